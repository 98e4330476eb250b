//! The reference as a manual page for `man`. Written here: `clap_mangen` knows the commands alone.

use super::{Line, Part, Run, say};
use crate::i18n::cli::{COMMAND, help};
use crate::say::Lang;

pub(super) fn page(parts: &[Part], lang: Lang) -> String {
    let about = help::of("", None).map_or("", |word| word.get(lang));
    let mut lines = vec![
        format!(".TH ZHIBAN 1 \"\" \"zhiban {}\" \"\"", env!("CARGO_PKG_VERSION")),
        format!(".SH {}", heading(say::NAME.get(lang))),
        format!("zhiban \\- {}", text(about)),
        format!(".SH {}", heading(say::SYNOPSIS.get(lang))),
        format!("\\fBzhiban\\fR [\\fI{}\\fR]", text(COMMAND.get(lang))),
    ];
    for part in parts {
        match part {
            Part::Heading(1, line) => lines.push(format!(".SH {}", heading(&plain(line)))),
            Part::Heading(_, line) => lines.push(format!(".SS {}", inline(line))),
            Part::Text(line) => lines.extend([".PP".to_owned(), guarded(&inline(line))]),
            Part::Table(_, rows) => lines.extend(rows.iter().flat_map(|row| entry(row))),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A term, and behind it what is said of it.
fn entry(row: &[Line]) -> Vec<String> {
    let cells: Vec<String> = row.iter().map(|cell| inline(cell)).filter(|cell| !cell.is_empty()).collect();
    let Some((term, rest)) = cells.split_first() else { return Vec::new() };
    vec![".TP".to_owned(), guarded(term), guarded(&rest.join(" \\(en "))]
}

fn heading(words: &str) -> String {
    text(&words.to_uppercase())
}

fn plain(line: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Words(text) | Run::Code(text) => text.clone(),
    };
    line.iter().map(run).collect()
}

fn inline(line: &[Run]) -> String {
    let run = |run: &Run| match run {
        Run::Words(words) => text(words),
        Run::Code(code) => format!("\\fB{}\\fR", text(code)),
    };
    line.iter().map(run).collect()
}

/// With nothing in it that the formatter would obey.
fn text(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " ")
}

/// A line that begins with a dot or a quote is an order.
fn guarded(line: &str) -> String {
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() }
}
