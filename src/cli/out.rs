//! What goes to standard output: lines, tables aligned by the width of what is shown, JSON; and questions.

use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::{Lang, Word};
use serde::Serialize;
use std::io::{BufRead, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// Writes a text as it is: it has been made safe already.
pub(super) fn text(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        // `zhiban list … | head` closes its end when it has enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::file(say::no_output(error))),
    }
}

/// Writes a line; text from outside in it is made safe.
pub(super) fn line(line: &str) -> Result<()> {
    text(&format!("{}\n", safe_line(line)))
}

/// Writes a value as JSON, set out over lines.
pub(super) fn json(value: &impl Serialize) -> Result<()> {
    let mut out = serde_json::to_string_pretty(value).map_err(|e| Error::internal("writing JSON", e))?;
    out.push('\n');
    text(&out)
}

/// A table: headings, and rows of as many cells.
pub(super) struct Table {
    lang: Lang,
    rows: Vec<Vec<String>>,
    columns: usize,
}

impl Table {
    /// A table with these headings.
    pub fn new(lang: Lang, heads: &[Word]) -> Self {
        let heads = heads.iter().map(|head| head.get(lang).to_owned()).collect::<Vec<_>>();
        Self { lang, columns: heads.len(), rows: vec![heads] }
    }

    /// Adds a row; its text is made safe.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| safe_line(&cell).into_owned()).collect());
    }

    /// The table as text, its columns aligned by display width.
    pub fn render(&self) -> String {
        if self.rows.len() == 1 {
            return format!("{}\n", say::NOTHING.get(self.lang));
        }
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns).map(width).collect();
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Writes it.
    pub fn print(&self) -> Result<()> {
        text(&self.render())
    }
}

/// Asks for a line of text; none at the end of the input. The question goes to standard error, so that output can
/// be redirected.
pub(super) fn ask(question: &str) -> Option<String> {
    eprint!("{question}");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    match std::io::stdin().lock().read_line(&mut answer) {
        Ok(read) if read > 0 => Some(answer.trim().to_owned()),
        _ => None,
    }
}

/// Asks a question whose answer is No unless somebody says yes.
pub(super) fn confirm(question: Word, lang: Lang) -> bool {
    let answer = ask(&format!("{}{}", question.get(lang), say::YES_NO.get(lang)));
    if answer.is_none() {
        eprintln!();
    }
    answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes" | "是" | "好" | "ｙ"))
}

/// Whether somebody sits at a terminal and can be asked.
pub(super) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_is_shown() {
        let heads = [Word { zh: "名称", en: "Name" }, Word { zh: "人数", en: "People" }];
        let mut table = Table::new(Lang::Zh, &heads);
        table.row(["土木工程学院".to_owned(), "12".to_owned()]);
        table.row(["IT\u{1b}[2J".to_owned(), "3".to_owned()]);
        assert_eq!(table.render(), "名称          人数\n土木工程学院  12\nIT^[[2J       3\n");
    }
}
