//! The reference as a manual page for `man`. Written here: `clap_mangen` knows the commands alone.

use super::{Line, Part, Run, say};
use crate::i18n::cli::help;
use crate::say::Lang;

pub(super) fn page(parts: &[Part], lang: Lang) -> String {
    let about = help::of("", None).map_or("", |word| word.get(lang));
    let mut out = format!(".TH ZHIBAN 1 \"\" \"zhiban {}\" \"\"\n", env!("CARGO_PKG_VERSION"));
    out.push_str(&format!(".SH {}\nzhiban \\- {}\n", heading(say::NAME.get(lang)), text(about)));
    out.push_str(&format!(".SH {}\n\\fBzhiban\\fR [\\fI{}\\fR]\n", heading(say::SYNOPSIS.get(lang)), {
        text(crate::i18n::cli::COMMAND.get(lang))
    }));
    for part in parts {
        match part {
            Part::Heading(1, line) => out.push_str(&format!(".SH {}\n", heading(&plain(line)))),
            Part::Heading(_, line) => out.push_str(&format!(".SS {}\n", inline(line))),
            Part::Text(line) => out.push_str(&format!(".PP\n{}\n", guarded(&inline(line)))),
            Part::Table(_, rows) => rows.iter().for_each(|row| entry(row, &mut out)),
        }
    }
    out
}

/// A term, and behind it what is said of it.
fn entry(row: &[Line], out: &mut String) {
    let cells: Vec<String> = row.iter().map(|cell| inline(cell)).filter(|cell| !cell.is_empty()).collect();
    let Some((term, rest)) = cells.split_first() else { return };
    out.push_str(&format!(".TP\n{}\n{}\n", guarded(term), guarded(&rest.join(" \\(en "))));
}

fn heading(words: &str) -> String {
    text(&words.to_uppercase())
}

fn plain(line: &Line) -> String {
    let run = |run: &Run| match run {
        Run::Words(text) | Run::Code(text) => text.clone(),
    };
    line.iter().map(run).collect()
}

fn inline(line: &Line) -> String {
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
