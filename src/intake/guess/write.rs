//! The file of a guessed form, with what is to be looked at beside each column.

use super::{Guess, Guessed, ToCheck};
use crate::domain::field::Type;
use crate::domain::text::safe_line;
use crate::i18n::form_file as words;
use crate::say::Lang;
use std::collections::BTreeMap;
use std::fmt::Write;

impl Guess {
    /// The form file, TOML, its comments in a language.
    pub fn toml(&self, lang: Lang) -> String {
        let mut out = String::new();
        comment(&mut out, words::HEAD.get(lang));
        comment(&mut out, words::HEAD_CHECK.get(lang));
        comment(&mut out, words::found_at(&self.sheet, &self.header_rows, self.rows).get(lang));
        let _ = writeln!(out, "name = {}", text(&self.name));
        let _ = writeln!(out, "version = {}", self.version);
        let _ = writeln!(out, "what = {}", text(self.what.code()));
        let _ = writeln!(out, "title = {}", text(&self.title));
        if !self.ignored.is_empty() {
            let _ = writeln!(out, "ignore = {}", list(&self.ignored));
        }
        for column in &self.columns {
            self.column(&mut out, column, lang);
        }
        out
    }

    fn column(&self, out: &mut String, column: &Guessed, lang: Lang) {
        out.push('\n');
        let header = column.headers.first().map_or("", String::as_str);
        comment(out, words::column(&column.place, header, column.filled, self.rows).get(lang));
        if !column.samples.is_empty() {
            comment(out, words::samples(column.samples.join(" | ")).get(lang));
        }
        if column.unread > 0 {
            comment(out, words::unread(column.unread).get(lang));
        }
        let named = match (column.by_header, column.known) {
            (true, _) => None,
            (false, true) => Some(words::BY_CELLS),
            (false, false) => Some(words::OWN_FIELD),
        };
        for said in [named, column.doubt.map(doubt)].into_iter().flatten() {
            comment(out, said.get(lang));
        }
        let _ = writeln!(out, "[[column]]\nfield = {}", text(&column.field));
        let _ = writeln!(out, "headers = {}", list(&column.headers));
        if let Some(other) = &column.same_as {
            let _ = writeln!(out, "same_as = {}", text(other));
            return;
        }
        if column.kind != Type::Text {
            let _ = writeln!(out, "type = {}", text(column.kind.code()));
        }
        if column.kind == Type::Date && super::is_of_birth(&column.headers) {
            let _ = writeln!(out, "any_day = true");
        }
        if column.field == "name" {
            let _ = writeln!(out, "required = true");
        }
        if !column.codes.is_empty() {
            codes(out, &column.codes);
        }
    }
}

const fn doubt(doubt: ToCheck) -> crate::say::Word {
    match doubt {
        ToCheck::NotAsHeaded => words::NOT_AS_HEADED,
        ToCheck::ZeroOne => words::ZERO_ONE,
        ToCheck::Numbers => words::NUMBERS,
        ToCheck::Contradicts => words::CONTRADICTS,
        ToCheck::Day => words::BARE_DAY,
    }
}

fn codes(out: &mut String, codes: &BTreeMap<String, Vec<String>>) {
    out.push_str("[column.codes]\n");
    for (code, spellings) in codes {
        let _ = writeln!(out, "{} = {}", text(code), list(spellings));
    }
}

/// A comment is one line, whatever a sheet has in it.
fn comment(out: &mut String, said: &str) {
    let plain: String = safe_line(said).chars().filter(|c| !c.is_control()).collect();
    let _ = writeln!(out, "# {plain}");
}

fn list(all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|one| text(one)).collect();
    format!("[{}]", all.join(", "))
}

/// A text as TOML writes it.
fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
