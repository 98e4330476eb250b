//! A laid-out paper as a PDF: fonts cut down to what it uses, its text findable and readable by other programs, its parts
//! told as what they are (`tags`), fit for an archive (PDF/A-2b), the same bytes for the same paper. Nothing about
//! persons or machines stands in the file beside the pages, and no time but the one at which the paper was cut.

use super::fonts::Fonts;
use super::glyphs::printable;
use super::layout::layout;
use super::pack::packed;
use super::tags::Tags;
use super::{Moment, Paper, PaperKind};
use crate::error::{Error, Result};
use crate::i18n::paper as say;
use crate::say::Lang;
use chrono::{Datelike, Timelike};
use flate2::read::ZlibDecoder;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use std::io::Read;

/// The paper as a PDF.
///
/// # Errors
/// The PDF could not be written.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>> {
    let printed = printable(paper, fonts);
    let laid = layout(&printed, fonts)?;
    let mut configuration = ConfigurationBuilder::new();
    // An archive asks when it was made: what has no time is none for it.
    if paper.cut.is_some() {
        configuration = configuration.with_archival_validator(Archival::A2_B);
    }
    let configuration =
        configuration.finish().map_err(|error| Error::internal("writing a PDF", format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut tags = Tags::new(&printed);
    let (width, height) = laid.measures.page;
    for page in &laid.pages {
        let size = PageSettings::from_wh(width, height)
            .ok_or_else(|| Error::internal("writing a PDF", "a page without size"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        tags.draw(page, &mut surface);
        surface.finish();
        sheet.finish();
    }
    let language = match paper.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    document.set_tag_tree(tags.tree().with_lang(Some(language.to_owned())));
    let mut metadata = Metadata::new().title(title(paper)).language(language.to_owned());
    if let Some(cut) = paper.cut {
        metadata = metadata.creation_date(date(cut));
    }
    document.set_metadata(metadata);
    let written = document.finish();
    written.map(packed).map_err(|error| Error::internal("writing a PDF", format!("{error:?}")))
}

/// What stands in a file as text, also in its packed streams of objects: for whoever looks into one.
pub fn unpacked(pdf: &[u8]) -> String {
    let mut out = String::from_utf8_lossy(pdf).into_owned();
    let mut rest = pdf;
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    while let Some(at) = find(rest, b"/Type/ObjStm") {
        rest = &rest[at..];
        let Some(begin) = find(rest, b"stream\n") else { break };
        rest = &rest[begin + b"stream\n".len()..];
        let mut data = Vec::new();
        // What follows the stream is not read.
        if ZlibDecoder::new(rest).read_to_end(&mut data).is_ok() {
            out.push_str(&String::from_utf8_lossy(&data));
        }
    }
    out
}

/// When it was cut, as the file says it.
fn date(cut: Moment) -> DateTime {
    let (local, offset) = (cut.local, cut.offset);
    DateTime::new(local.year() as u16)
        .month(local.month() as u8)
        .day(local.day() as u8)
        .hour(local.hour() as u8)
        .minute(local.minute() as u8)
        .second(local.second() as u8)
        .utc_offset_hour((offset / 60) as i8)
        .utc_offset_minute((offset % 60).unsigned_abs() as u8)
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
        PaperKind::Feedback => crate::i18n::feedback::KIND,
        PaperKind::Access => crate::i18n::rights::KIND,
        PaperKind::Ledger => crate::i18n::ledger_desk::LEDGER,
    };
    word.get(paper.lang).to_owned()
}
