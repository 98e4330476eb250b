//! A laid-out paper as a PDF: fonts cut down to what it uses, its text findable and readable by other programs, the
//! same bytes for the same paper. Nothing about persons, machines or times stands in the file beside the pages.

use super::fonts::Fonts;
use super::glyphs::printable;
use super::layout::layout;
use super::{Paper, PaperKind};
use crate::error::{Error, Result};
use crate::i18n::paper as say;
use crate::say::Lang;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;

/// The paper as a PDF.
///
/// # Errors
/// The PDF could not be written.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>> {
    let laid = layout(&printable(paper, fonts), fonts)?;
    // No XMP: it would only say the title again, with an identity and a time of its own.
    let mut document =
        Document::new_with(SerializeSettings { xmp_metadata: false, ..SerializeSettings::default() });
    let (width, height) = laid.measures.page;
    for page in &laid.pages {
        let size = PageSettings::from_wh(width, height)
            .ok_or_else(|| Error::internal("writing a PDF", "a page without size"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for op in &page.ops {
            op.draw(&mut surface);
        }
        surface.finish();
        sheet.finish();
    }
    let language = match paper.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    document.set_metadata(Metadata::new().title(title(paper)).language(language.to_owned()));
    document.finish().map_err(|error| Error::internal("writing a PDF", format!("{error:?}")))
}

/// Which paper it is. Its own title may name a person, and viewers show the title of a file to whoever stands by.
fn title(paper: &Paper) -> String {
    let word = match paper.kind {
        PaperKind::Handover => say::KIND_HANDOVER,
        PaperKind::Sitrep => say::KIND_SITREP,
        PaperKind::CallSheet => say::KIND_CALL_SHEET,
        PaperKind::Dossier => say::KIND_DOSSIER,
        PaperKind::Release => say::KIND_RELEASE,
        PaperKind::UnitSheet => say::KIND_UNIT_SHEET,
        PaperKind::Access => crate::i18n::rights::KIND,
        PaperKind::Ledger => crate::i18n::ledger_desk::LEDGER,
    };
    word.get(paper.lang).to_owned()
}
