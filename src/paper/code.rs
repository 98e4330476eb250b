//! A few letters as a square that a telephone reads: the head code of a signed paper.

use super::draw::{BLACK, Op};
use crate::error::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};

/// How large the square is, in points: 22 millimetres.
const SIDE: f32 = 62.4;
/// The white room that must stand around it, in modules.
const QUIET: f32 = 4.0;

/// The square with the room around it, and how high it is with that.
///
/// # Errors
/// The text is too long for one.
pub(super) fn code(text: &str) -> Result<(Vec<Op>, f32)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Error::internal("drawing a code", error.to_string()))?;
    let width = code.width();
    let module = SIDE / width as f32;
    let dark = code.into_colors();
    let mut ops = Vec::new();
    for (y, line) in dark.chunks(width).enumerate() {
        let mut x = 0;
        // Dark modules beside each other are one rectangle: no hairline stands between them.
        for run in line.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let corner = ((QUIET + x as f32) * module, (QUIET + y as f32) * module);
                let overlap = if y + 1 < width { 1.02 } else { 1.0 };
                ops.push(Op::rect(corner, (run.len() as f32 * module, module * overlap), Some(BLACK), None));
            }
            x += run.len();
        }
    }
    Ok((ops, SIDE + 2.0 * QUIET * module))
}
