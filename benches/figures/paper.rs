//! The papers: from plain data to the file, beside typst with an equal paper.
//!
//! The peer is typst's own engine in its Python package (`pip install typst`), found as `python3` or as what
//! `ZHIBAN_BENCH_PYTHON` names; without it the comparison is left out, and said to be. It is given the same blocks,
//! the same fonts, and only the time of its compile call counts, not that of starting Python.

use crate::store::{memory_folder, office};
use crate::{RUNS, line, median, number, timed};
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use zhiban::demo::{self, Size};
use zhiban::paper::block::{Align, Block, Mark, Span};
use zhiban::paper::file::{Format, bytes};
use zhiban::paper::fonts::Fonts;
use zhiban::paper::summary::summary;
use zhiban::paper::template::{Templates, make};
use zhiban::paper::{Paper, Source, dossier, preview, unit_sheet};
use zhiban::say::Lang;
use zhiban::store::query;

/// The program itself, as the bench was built with it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_zhiban");

fn pdf(source: &dyn Source) -> Vec<u8> {
    let paper = make(source, Lang::Zh, &Templates::builtin()).expect("a paper");
    bytes(&paper, Format::Pdf).expect("a PDF")
}

/// The whole program from its start to the file, nothing unpacked yet.
fn cold(path: &Path, args: &[&str]) -> Duration {
    median(|| {
        let folder = memory_folder();
        let file = folder.path().join("paper.pdf");
        let run = || {
            Command::new(PROGRAM)
                .args(["--lang", "zh", "--db"])
                .arg(path)
                .args(args)
                .arg("--out")
                .arg(&file)
                .output()
                .expect("the program runs")
        };
        let (output, took) = timed(run);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        took
    })
}

/// Blocks in typst's own language.
fn typst_of(paper: &Paper) -> String {
    let mut out = String::from(
        "#set page(paper: \"a4\", margin: 18mm)\n#set text(font: \"Noto Serif CJK SC\", size: 10.5pt, lang: \"zh\")\n\
         #set table(stroke: 0.4pt)\n",
    );
    for block in &paper.blocks {
        // Writing into a string cannot fail.
        let _ = match block {
            Block::Title(spans) => writeln!(out, "#align(center, text(size: 16pt)[{}])\n", marked(spans)),
            Block::Heading(level, spans) => {
                writeln!(out, "{} {}\n", "=".repeat(usize::from(*level)), marked(spans))
            }
            Block::Para(_, spans) | Block::Small(spans) => writeln!(out, "{}\n", marked(spans)),
            Block::Item(mark, spans) => writeln!(out, "{} {}\n", sign(*mark), marked(spans)),
            Block::Table(table) => {
                let align =
                    table.align.iter().map(|align| if *align == Align::Right { "right" } else { "left" });
                let cells = |row: &[Vec<Span>]| {
                    row.iter().map(|cell| format!("[{}]", marked(cell))).collect::<Vec<_>>().join(", ")
                };
                let rows: Vec<String> = table.rows.iter().map(|row| cells(row)).collect();
                writeln!(
                    out,
                    "#table(columns: {}, align: ({},), table.header({}), {})\n",
                    table.head.len(),
                    align.collect::<Vec<_>>().join(", "),
                    cells(&table.head),
                    rows.join(",\n")
                )
            }
            Block::Sign(signers) => signers.iter().try_for_each(|(who, name)| {
                writeln!(out, "{}：{} #box(width: 6cm, line(length: 100%))\n", escaped(who), escaped(name))
            }),
            Block::Issued(issued) => {
                writeln!(out, "#align(right)[{}\\ {}]\n", escaped(&issued.by), escaped(&issued.day))
            }
            Block::Break => writeln!(out, "#pagebreak()"),
            Block::Rule => writeln!(out, "#line(length: 100%)"),
            // The peer draws no pictures here: it is spared the work.
            Block::Room(_) | Block::Chart(_) | Block::Code(_) => Ok(()),
        };
    }
    out
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Dot => "-",
        Mark::Number(_) => "+",
        Mark::Box(true) => "- ☑",
        Mark::Box(false) => "- □",
    }
}

fn marked(spans: &[Span]) -> String {
    let one = |span: &Span| {
        let text = escaped(&span.text);
        if span.bold { format!("#strong[{text}]") } else { text }
    };
    spans.iter().map(one).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// How long typst takes for an equal paper; none when it is not installed.
fn peer(paper: &Paper) -> Option<Duration> {
    let folder = memory_folder();
    for name in ["serif.otf", "sans-bold.otf"] {
        let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/fonts").join(format!("{name}.gz"));
        let mut font = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(packed).expect("a font"))
            .read_to_end(&mut font)
            .expect("a font");
        std::fs::write(folder.path().join(name), font).expect("a font is written");
    }
    std::fs::write(folder.path().join("paper.typ"), typst_of(paper)).expect("a paper is written");
    let script = "import sys, time, typst\nbegin = time.perf_counter()\n\
        typst.compile(sys.argv[1] + '/paper.typ', output=sys.argv[1] + '/paper.pdf', font_paths=[sys.argv[1]], ignore_system_fonts=True)\n\
        print(time.perf_counter() - begin)";
    let python = std::env::var("ZHIBAN_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let run = || {
        let output = Command::new(&python).args(["-c", script]).arg(folder.path()).output().ok()?;
        let told = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
        if told.is_none() {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default());
        }
        told.map(Duration::from_secs_f64)
    };
    let mut all: Vec<Duration> = (0..RUNS).map_while(|_| run()).collect();
    all.sort_unstable();
    all.get(RUNS / 2).copied()
}

/// The handover, a dossier, every unit's sheet.
pub fn papers() {
    let folder = memory_folder();
    let (store, path) = office(folder.path(), Size::default());
    let reader = store.reader().expect("a reader");
    let now = demo::now();
    let no = "20110048";

    line("handover PDF, the whole program, nothing unpacked", cold(&path, &["handover"]), ms(250));
    let handover = || summary(&reader, now).expect("a summary").expect("a shift");
    let source = handover();
    let one = pdf(&source);
    let paper = make(&source, Lang::Zh, &Templates::builtin()).expect("a paper");
    let pages = preview::pages(&paper, Fonts::get().expect("the fonts")).expect("pages").len();
    println!("  the handover has {pages} pages, {} KB", one.len() / 1024);
    number("handover PDF, size", one.len() as f64 / 1024.0, 300.0, "KB");
    // The reading of the log is part of it: that is what the key costs.
    let warm = median(|| timed(|| pdf(&handover())).1);
    line("handover PDF, fonts unpacked, with its reading", warm, ms(60));
    let laid = median(|| timed(|| pdf(&source)).1);
    match peer(&paper) {
        Some(peer) => {
            println!(
                "  from data to file {:.2} ms; typst, an equal paper: {:.2} ms",
                as_ms(laid),
                as_ms(peer)
            );
            number("handover PDF against typst", as_ms(laid) / as_ms(peer), 0.5, "x");
        }
        None => println!("  typst is not installed: not compared"),
    }

    let person = query::person_by_no(&reader, no).expect("people").expect("a person of the demonstration");
    let one = || {
        let sheet = query::dossier_sheet(&reader, person, now).expect("a dossier").expect("a person");
        dossier::Paper { sheet, revealed: false }
    };
    line("dossier PDF, warm, with its reading", median(|| timed(|| pdf(&one())).1), ms(40));
    let sheets = || {
        let all = unit_sheet::Paper::each(query::debts(&reader, None, now).expect("debts"));
        all.iter().map(|sheet| pdf(sheet).len()).collect::<Vec<_>>()
    };
    println!("  {} unit sheets", sheets().len());
    line("every unit's sheet as PDF, with the reading", median(|| timed(sheets).1), ms(1500));
}

fn ms(of: u64) -> Duration {
    Duration::from_millis(of)
}

fn as_ms(of: Duration) -> f64 {
    of.as_secs_f64() * 1000.0
}
