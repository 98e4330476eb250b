//! The colours of both grounds. Every text is seen on what it stands on with a contrast of 4.5 to 1 at least, and what is
//! well, to be watched and wrong differ in lightness, too: `theme_tests` measures it.

use crate::app::shown::shades::{Depth, Ground};
use ratatui::style::Color;

/// A colour: its number among 256, and as it is where there are all.
#[derive(Debug, Clone, Copy)]
pub struct Shade(u8, u32);

impl Shade {
    /// As the terminal can show it.
    pub fn at(self, depth: Depth) -> Color {
        if depth == Depth::True { Color::from_u32(self.1) } else { Color::Indexed(self.0) }
    }
}

/// What is written, on what.
#[derive(Debug, Clone, Copy)]
pub struct On {
    /// The letters.
    pub text: Shade,
    /// The ground.
    pub ground: Shade,
}

const fn on(text: Shade, ground: Shade) -> On {
    On { text, ground }
}

/// The colours of one ground.
#[derive(Debug)]
pub struct Palette {
    /// What is neither this nor that.
    pub plain: On,
    /// Of less weight.
    pub dim: Shade,
    /// Keys, and the border with the cursor.
    pub key: Shade,
    /// Well.
    pub good: Shade,
    /// To be watched.
    pub warn: Shade,
    /// Wrong.
    pub bad: Shade,
    /// What is selected.
    pub selected: On,
    /// The line at the top.
    pub bar: On,
    /// What calls.
    pub alert: On,
    /// A field that is typed into.
    pub field: On,
    /// What stands there of itself while nothing is typed.
    pub field_dim: Shade,
    /// What lies behind a dialog.
    pub behind: On,
    /// What was selected there, or stood out.
    pub behind_marked: On,
}

/// Of a dark ground.
static DARK: Palette = Palette {
    plain: on(Shade(252, 0x00d6_d6d6), Shade(234, 0x001b_1d1f)),
    dim: Shade(246, 0x009a_9a9a),
    key: Shade(80, 0x0062_d2dc),
    good: Shade(78, 0x0058_cf80),
    warn: Shade(227, 0x00ff_ee6b),
    bad: Shade(203, 0x00ff_6b68),
    selected: on(Shade(16, 0x0008_141f), Shade(153, 0x00a9_d3f7)),
    bar: on(Shade(255, 0x00f0_f0f0), Shade(238, 0x0040_464d)),
    alert: on(Shade(231, 0x00ff_ffff), Shade(160, 0x00c8_1414)),
    field: on(Shade(255, 0x00f0_f0f0), Shade(239, 0x004a_5058)),
    field_dim: Shade(251, 0x00c6_c8ca),
    behind: on(Shade(244, 0x0080_8080), Shade(233, 0x0011_1213)),
    behind_marked: on(Shade(247, 0x00a0_a0a0), Shade(236, 0x002b_2e31)),
};

/// Of a light one.
static LIGHT: Palette = Palette {
    plain: on(Shade(235, 0x0022_2426), Shade(231, 0x00fb_fbf9)),
    dim: Shade(241, 0x005c_5f63),
    key: Shade(24, 0x0000_5a8c),
    good: Shade(28, 0x0000_8038),
    warn: Shade(58, 0x0071_4f00),
    bad: Shade(88, 0x0080_000f),
    selected: on(Shade(231, 0x00ff_ffff), Shade(24, 0x0012_588c)),
    bar: on(Shade(233, 0x0014_1618), Shade(251, 0x00c9_d1d9)),
    alert: on(Shade(231, 0x00ff_ffff), Shade(160, 0x00c8_1414)),
    field: on(Shade(235, 0x0022_2426), Shade(250, 0x00bb_c2c9)),
    field_dim: Shade(238, 0x0044_484c),
    behind: on(Shade(240, 0x0056_585a), Shade(252, 0x00d2_d3d3)),
    behind_marked: on(Shade(234, 0x001e_2022), Shade(248, 0x00a9_acae)),
};

impl Palette {
    /// That of a ground.
    pub fn of(ground: Ground) -> &'static Self {
        match ground {
            Ground::Dark => &DARK,
            Ground::Light => &LIGHT,
        }
    }
}
