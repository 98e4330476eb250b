//! Every paper of a made-up office is measured as it is laid out, in both languages: where its text stands, how far from
//! one another, how dark; and the official ones against GB/T 9704-2012.

use crate::common::Once;
use std::path::Path;
use std::sync::OnceLock;
use zhiban::demo::{self, Size};
use zhiban::domain::case::CaseState;
use zhiban::domain::letterhead::Letterhead;
use zhiban::paper::block::{Block, Look};
use zhiban::paper::draw::{Ink, Op};
use zhiban::paper::flow::Page;
use zhiban::paper::fonts::Fonts;
use zhiban::paper::glyphs::printable;
use zhiban::paper::layout::{Laid, layout};
use zhiban::paper::ledger::cells::Voice;
use zhiban::paper::pdf::{pdf, unpacked};
use zhiban::paper::sitrep::{SitrepPaper, Wording};
use zhiban::paper::template::{Templates, make};
use zhiban::paper::{
    Paper, Source, access, callsheet, dossier, feedback, ledger, release, summary, unit_sheet,
};
use zhiban::say::Lang;
use zhiban::store::query::AccessQuery;
use zhiban::store::query::rows::{LedgerAsk, SitrepAsk};
use zhiban::store::{Reader, query};

const SIZE: Size = Size { people: 300, units: 12, days: 6 };
const MM: f32 = 72.0 / 25.4;

fn file() -> &'static Path {
    static FILE: Once = Once::new();
    FILE.of(SIZE)
}

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::carried().unwrap())
}

fn letterhead() -> Letterhead {
    Letterhead {
        red_head: "海岬理工大学文件".to_owned(),
        number: "海理工防控〔2020〕12号".to_owned(),
        signer: "宋知微".to_owned(),
        sealed: false,
    }
}

/// Every paper, as far as the office has something for it.
fn sources(lang: Lang) -> Vec<Box<dyn Source>> {
    let (reader, now) = (Reader::open(file()).unwrap(), demo::now());
    let cases = query::cases(&reader, now).unwrap();
    let case = cases.iter().find(|case| case.state == CaseState::Observing).unwrap();
    let unit = query::outstanding(&reader, now).unwrap()[0].id;
    let mut out: Vec<Box<dyn Source>> = vec![
        Box::new(summary::summary(&reader, now).unwrap().unwrap()),
        Box::new(callsheet::Paper { sheet: query::call_sheet(&reader, now).unwrap(), revealed: true }),
        Box::new(dossier::Paper {
            sheet: query::dossier_sheet(&reader, case.person, now).unwrap().unwrap(),
            revealed: true,
        }),
        Box::new(
            release::Paper::of(query::release_sheet(&reader, case.person, now).unwrap().unwrap(), true)
                .unwrap(),
        ),
        Box::new(unit_sheet::Paper::each(query::debts(&reader, Some(unit), now).unwrap()).pop().unwrap()),
        Box::new(
            feedback::Paper::each(query::feedback(&reader, query::Span::Last(14), now).unwrap())
                .into_iter()
                .find(|paper| paper.unit().id == unit)
                .unwrap(),
        ),
        Box::new(access::Paper { sheet: query::access(&reader, &AccessQuery::default(), now).unwrap() }),
    ];
    let ask = LedgerAsk { ledger: "places".to_owned(), ..LedgerAsk::default() };
    let page = query::ledger(&reader, &ask, now).unwrap();
    let voice = Voice { lang, calendar: query::settings(&reader).unwrap().calendar, now, revealed: true };
    out.push(Box::new(ledger::Paper::of(&reader, &voice, &page, "", false).unwrap()));
    for wording in [Wording::Tables, Wording::Numbers, Wording::Campus] {
        let view = query::sitrep(&reader, now, &SitrepAsk::default()).unwrap();
        out.push(Box::new(SitrepPaper::of(view, wording, &letterhead()).unwrap()));
    }
    out
}

/// Each paper in both languages.
fn made() -> &'static [(String, Paper)] {
    static PAPERS: OnceLock<Vec<(String, Paper)>> = OnceLock::new();
    PAPERS.get_or_init(|| {
        let both = [Lang::Zh, Lang::En].into_iter().flat_map(|lang| {
            sources(lang).into_iter().enumerate().map(move |(place, source)| (place, source, lang))
        });
        let each = both.map(|(place, source, lang)| {
            let paper = make(source.as_ref(), lang, &Templates::builtin()).unwrap();
            assert_eq!(paper.warning, None);
            (format!("{place} {} {}", paper.kind.code(), lang.code()), printable(&paper, fonts()))
        });
        each.collect()
    })
}

/// Each of them laid out with the fonts that every machine has.
fn papers() -> impl Iterator<Item = (&'static str, &'static Paper, Laid)> {
    made().iter().map(|(name, paper)| (name.as_str(), paper, layout(paper, fonts()).unwrap()))
}

/// A line of text on a page: where its ink may stand, and what it says.
#[derive(Debug, Clone)]
struct Text {
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    ink: Ink,
    says: String,
}

impl Text {
    fn top(&self) -> f32 {
        self.base - self.size * 0.76
    }
    fn bottom(&self) -> f32 {
        self.base + self.size * 0.08
    }
}

fn texts(page: &Page) -> Vec<Text> {
    let all = page.ops.iter().filter_map(|op| {
        let Op::Text { x, y, text, line, size, em, spread, ink, .. } = op else { return None };
        let says = text.text[text.bytes(line)].to_owned();
        let right = x + line.width * em + spread.0 * spread.1.len() as f32;
        (!says.trim().is_empty()).then_some(Text { left: *x, right, base: *y, size: *size, ink: *ink, says })
    });
    all.collect()
}

fn official() -> impl Iterator<Item = (&'static str, &'static Paper, Laid)> {
    papers().filter(|(_, paper, _)| paper.look.look == Look::Official)
}

fn near(one: f32, other: f32) -> bool {
    (one - other).abs() < 0.1
}

#[test]
fn no_text_stands_on_another_and_none_beyond_the_margins() {
    let mut seen = 0;
    for (name, _, laid) in papers() {
        let (corner, area) = (laid.measures.corner, laid.measures.area);
        for (number, page) in laid.pages.iter().enumerate() {
            let texts = texts(page);
            for (place, one) in texts.iter().enumerate() {
                let inside = one.left > corner.0 - 0.5 && one.right < corner.0 + area.0 + 0.5;
                assert!(inside, "{name} page {}: {one:?}", number + 1);
                for other in &texts[place + 1..] {
                    let apart = one.right < other.left + 0.2
                        || other.right < one.left + 0.2
                        || one.bottom() < other.top() + 0.2
                        || other.bottom() < one.top() + 0.2;
                    assert!(apart, "{name} page {}: {one:?} {other:?}", number + 1);
                    seen += 1;
                }
            }
            // What belongs to the text ends above the foot of the page.
            let runs = page.runs.iter().flat_map(|run| &page.ops[run.ops.clone()]);
            for op in runs {
                let Op::Text { y, .. } = op else { continue };
                assert!(*y > corner.1 && *y < corner.1 + area.1, "{name} page {}: {op:?}", number + 1);
            }
        }
    }
    assert!(seen > 10_000, "{seen}");
}

/// The light that comes back from a grey, by WCAG.
fn light(grey: f32) -> f32 {
    if grey <= 0.040_45 { grey / 12.92 } else { ((grey + 0.055) / 1.055).powf(2.4) }
}

#[test]
fn every_text_can_be_read_in_black_and_white() {
    let mut faint = 0;
    for (name, _, laid) in papers() {
        for page in &laid.pages {
            for text in texts(page) {
                let Ink::Grey(grey) = text.ink else {
                    assert!(text.size > 20.0, "{name}: red is for the head alone: {text:?}");
                    continue;
                };
                // The last shade that was laid under it.
                let middle = (f32::midpoint(text.left, text.right), text.base - text.size * 0.3);
                let mut under = page.ops.iter().filter_map(|op| match op {
                    Op::Path { points, closed: true, fill: Some(Ink::Grey(fill)), .. }
                        if points.len() == 4 =>
                    {
                        let holds = points[0].0 <= middle.0
                            && points[2].0 >= middle.0
                            && points[0].1 <= middle.1
                            && points[2].1 >= middle.1;
                        holds.then_some(*fill)
                    }
                    _ => None,
                });
                let paper = under.next_back().unwrap_or(1.0);
                let (one, other) = (light(grey) + 0.05, light(paper) + 0.05);
                let contrast = one.max(other) / one.min(other);
                assert!(contrast >= 4.5, "{name}: {contrast} {text:?} on {paper}");
                faint += usize::from(grey > 0.1);
            }
        }
    }
    assert!(faint > 0, "a nought in a table steps back");
}

#[test]
fn figures_stand_under_one_another() {
    let mut seen = 0;
    for (name, _, laid) in papers() {
        for op in laid.pages.iter().flat_map(|page| &page.ops) {
            let Op::Text { text, line, .. } = op else { continue };
            let mut wide: Option<(usize, f32)> = None;
            for glyph in &text.glyphs[line.glyphs.clone()] {
                if !text.text[glyph.range.start..].starts_with(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                if let Some((face, advance)) = wide.filter(|(face, _)| *face == glyph.face) {
                    assert!((advance - glyph.advance).abs() < 0.001, "{name}: {} {face}", text.text);
                    seen += 1;
                }
                wide = Some((glyph.face, glyph.advance));
            }
        }
    }
    assert!(seen > 1_000, "{seen}");
}

#[test]
fn official_papers_stand_as_the_standard_has_them() {
    let mut seen = 0;
    for (name, paper, laid) in official() {
        let m = &laid.measures;
        assert!(near(m.corner.1, 37.0 * MM) && near(m.corner.0, 28.0 * MM), "{name}");
        assert!(near(m.page.0 - m.corner.0 - m.area.0, 26.0 * MM), "{name}");
        assert!(near(m.page.1 - m.corner.1 - m.area.1, 35.0 * MM), "{name}");
        assert!(near(m.body.size, 16.0) && near(m.body.em * 28.0, m.area.0), "{name}");
        assert!(near(m.body.line * 22.0, m.area.1), "{name}");
        for (place, page) in laid.pages.iter().enumerate() {
            let texts = texts(page);
            let number = texts.iter().find(|text| text.says == format!("— {} —", place + 1)).unwrap();
            // The dash is 0.293 em above the base line: 7 mm below what is written on.
            let dash = number.base - number.size * 0.293;
            assert!(near(dash - m.corner.1 - m.area.1, 7.0 * MM), "{name}: {dash}");
            let (left, right) = (number.left - m.corner.0, m.corner.0 + m.area.0 - number.right);
            assert!(near(if place % 2 == 0 { right } else { left }, number.size), "{name}: {number:?}");
        }
        let issued = paper.blocks.iter().find_map(|block| match block {
            Block::Issued(issued) => Some(issued),
            _ => None,
        });
        let issued = issued.unwrap_or_else(|| panic!("{name}: nobody issues it"));
        // The same words may stand in the title.
        let of = |page: &[Text], says: &str| {
            let is_body = |text: &&Text| (text.size - 16.0).abs() < 0.1;
            page.iter().rev().filter(is_body).find(|text| text.says.trim() == says).cloned()
        };
        let pages = laid.pages.iter().map(texts);
        let page = pages.into_iter().find(|page| of(page, &issued.day).is_some()).unwrap();
        let of = |says: &str| of(&page, says).unwrap_or_else(|| panic!("{name}: {says}"));
        let (by, day) = (of(&issued.by), of(&issued.day));
        let edge = m.corner.0 + m.area.0;
        let two = 2.0 * m.body.em;
        let from_right = (edge - by.right).min(edge - day.right);
        assert!(near(from_right, two), "{name}: {by:?} {day:?}");
        assert!(
            near(day.left - by.left, two) && near(day.base - by.base, m.body.line),
            "{name}: {by:?} {day:?}"
        );
        assert!(page.iter().any(|text| text.base < by.base && text.size > 15.0), "{name}: signed alone");
        // One blank line under the title, and above who issues it.
        seen += 1;
    }
    assert_eq!(seen, 8);
}

#[test]
fn the_red_head_the_number_and_the_line_stand_where_they_belong() {
    for (name, paper, laid) in official().filter(|(_, paper, _)| !paper.look.red_head.is_empty()) {
        let (m, page) = (&laid.measures, &laid.pages[0]);
        let texts = texts(page);
        let find = |says: &str| texts.iter().find(|text| text.says.contains(says)).unwrap();
        let (head, number, signer) = (find("大学文件"), find("〔2020〕12号"), find("宋知微"));
        assert!(near(head.base - head.size * 0.88 - m.corner.1, 35.0 * MM), "{name}: {head:?}");
        assert!(near(head.left - m.corner.0, m.corner.0 + m.area.0 - head.right), "{name}: {head:?}");
        assert!(near(number.base, signer.base) && near(number.left - m.corner.0, m.body.em), "{name}");
        assert!(near(m.corner.0 + m.area.0 - signer.right, m.body.em), "{name}: {signer:?}");
        let line = page.ops.iter().find_map(|op| match op {
            Op::Path { points, stroke: Some((Ink::Red, _)), .. } => Some(points.clone()),
            _ => None,
        });
        let line = line.unwrap();
        let under = number.base + number.size * 0.12;
        assert!(near(line[0].1 - under, 4.0 * MM), "{name}: {line:?}");
        assert!(near(line[1].0 - line[0].0, m.area.0), "{name}: {line:?}");
        // The title two blank lines below it.
        let Block::Title(_) = &paper.blocks[0] else { panic!("{name}") };
        let title = texts.iter().filter(|text| text.size > 21.0 && text.size < 23.0).map(Text::top);
        let first = title.fold(f32::MAX, f32::min) - line[0].1;
        assert!((2.0 * m.body.line..3.0 * m.body.line).contains(&first), "{name}: {first}");
    }
}

#[test]
fn no_stub_of_a_table_stands_alone() {
    for (name, paper, laid) in papers() {
        for (place, block) in paper.blocks.iter().enumerate() {
            let Block::Table(table) = block else { continue };
            let parts: Vec<usize> = laid
                .pages
                .iter()
                .filter_map(|page| {
                    let of = page.runs.iter().filter(|run| run.block == place && !run.again);
                    let rows =
                        of.filter(|run| matches!(run.part, zhiban::paper::flow::Part::Rows(_))).count();
                    (rows > 0).then_some(rows)
                })
                .collect();
            let least = table.rows.len().min(3);
            // Rows of many lines are let go.
            let is_low = table
                .rows
                .iter()
                .flatten()
                .all(|cell| zhiban::paper::block::plain(cell).chars().count() < 60);
            assert!(!is_low || parts.iter().all(|rows| *rows >= least), "{name}: {parts:?}");
        }
    }
}

#[test]
fn each_paper_is_tagged_titled_and_fit_for_an_archive() {
    for (name, paper) in made() {
        let bytes = pdf(paper, fonts()).unwrap();
        let text = unpacked(&bytes);
        for wanted in ["/StructTreeRoot", "/MarkInfo", "/Marked true", "/Lang", "/OutputIntents", "/S/H1"] {
            assert!(text.replace(' ', "").contains(&wanted.replace(' ', "")), "{name}: {wanted}");
        }
        let xmp = text.find("<x:xmpmeta").map_or_else(|| panic!("{name}: no XMP"), |at| &text[at..]);
        for wanted in ["<pdfaid:part>2<", "<pdfaid:conformance>B<", "<dc:title>"] {
            assert!(xmp.contains(wanted), "{name}: {wanted}");
        }
        // Every table has heads, every picture says what it shows.
        let count = |what: &str| text.replace(' ', "").matches(what).count();
        let of = |wanted: fn(&Block) -> bool| paper.blocks.iter().filter(|block| wanted(block)).count();
        assert_eq!(count("/S/Table"), of(|block| matches!(block, Block::Table(_))), "{name}");
        assert_eq!(
            count("/S/Figure"),
            of(|block| matches!(block, Block::Chart(_) | Block::Code(_))),
            "{name}"
        );
        assert!(count("/S/TH") >= count("/S/Table"), "{name}");
        for word in ["/Author", "/Creator(", "dc:creator", "pdf:Producer"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[test]
#[ignore = "needs qpdf; .ci/run has it"]
fn a_checker_finds_no_fault_in_any_paper() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    for (name, paper) in made() {
        std::fs::write(&file, pdf(paper, fonts()).unwrap()).unwrap();
        let out = std::process::Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success() && !said.contains("WARNING"), "{name}: {said}");
    }
}
