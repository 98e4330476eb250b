//! `zhiban reference`: what the program knows of itself, from the tables that it uses: commands, keys, settings, events,
//! JSON, values. Its output is kept in `docs/`, and a test compares the two.

mod commands;
mod json;
mod keys;
mod lists;
mod man;
mod md;

use super::office::Ctx;
use super::{Done, out, value};
use crate::error::Result;
use crate::i18n::reference as say;
use crate::say::Lang;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "md|man", value_parser = value::reference_format(), default_value = "md")]
    pub format: String,
}

/// A run of a line: words, or what is typed or printed as it stands.
enum Run {
    Words(String),
    Code(String),
}

/// A line of runs.
type Line = Vec<Run>;

/// A part of the reference, before it has a form.
enum Part {
    /// A heading, and how deep it stands: 1 is a section.
    Heading(u8, Line),
    /// A paragraph.
    Text(Line),
    /// Terms in the first column, and what is said of them in the others.
    Table(Vec<&'static str>, Vec<Vec<Line>>),
}

fn words(text: impl Into<String>) -> Line {
    vec![Run::Words(text.into())]
}

fn code(text: impl Into<String>) -> Line {
    vec![Run::Code(text.into())]
}

/// Several in code font, with a space between them.
fn codes<'a>(all: impl IntoIterator<Item = &'a str>) -> Line {
    let mut line = Line::new();
    for one in all {
        if !line.is_empty() {
            line.push(Run::Words(" ".to_owned()));
        }
        line.push(Run::Code(one.to_owned()));
    }
    line
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let parts = parts(ctx.lang);
    let made = if args.format == "man" { man::page(&parts, ctx.lang) } else { md::page(&parts, ctx.lang) };
    out::bytes(made.as_bytes())?;
    Ok(Done::Yes)
}

fn parts(lang: Lang) -> Vec<Part> {
    let mut all = commands::parts(lang);
    all.extend(keys::parts(lang));
    all.extend(lists::settings(lang));
    all.extend(lists::events(lang));
    all.extend(json::parts(lang));
    all.extend(lists::values(lang));
    all
}

/// A section, and a table below it.
fn section(title: &str, titles: Vec<&'static str>, rows: Vec<Vec<Line>>) -> [Part; 2] {
    [Part::Heading(1, words(title)), Part::Table(titles, rows)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parts: &[Part]) -> String {
        md::page(parts, Lang::En)
    }

    #[test]
    fn what_would_end_a_cell_or_begin_an_order_is_kept_as_it_stands() {
        let odd = vec![vec![code("a|b"), words("x | y")], vec![code("\\"), words(".SH no")]];
        let parts = [Part::Table(vec!["one", "two"], odd)];
        let md = text(&parts);
        assert!(md.contains("| `a\\|b` | x \\| y |"), "{md}");
        let man = man::page(&parts, Lang::En);
        assert!(man.contains("\\fB\\e\\fR") && man.contains("\n\\&.SH no"), "{man}");
        assert!(!man.contains("\n.SH no"), "{man}");
    }

    #[test]
    fn every_kind_of_event_has_words() {
        for (kind, _) in crate::log::event::KINDS {
            assert!(say::event(kind).is_some(), "i18n/reference.rs has no words for {kind}");
        }
        for flaw in crate::domain::form::value::Flaw::ALL {
            assert!(say::flaw(flaw.code()).is_some(), "i18n/reference.rs has no words for {flaw}");
        }
    }

    #[test]
    fn a_command_has_its_arguments_and_no_hidden_one() {
        let all = text(&commands::parts(Lang::En));
        assert!(all.contains("### `zhiban case release`"), "{all}");
        assert!(all.contains("| `--early` |"), "{all}");
        assert!(!all.contains(crate::intake::READ_CELLS), "{all}");
    }
}
