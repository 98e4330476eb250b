//! What goes to standard output: lines, tables aligned by the width of what is shown, JSON; what goes to standard
//! error; and questions. Nothing else in this room writes to either: text from outside passes here.

use crate::domain::text::{Safe, safe_block, safe_json, safe_line};
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::say::{Lang, Word};
use serde::Serialize;
use std::io::{BufRead, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// Writes a text of several lines, made safe.
pub(super) fn text(text: &str) -> Result<()> {
    safe(&Safe::block(text))
}

/// Writes what has been made safe.
pub(super) fn safe(text: &Safe) -> Result<()> {
    bytes(text.as_str().as_bytes())
}

/// Writes a file of the office's own: as it is into a file or a pipe, made safe on a terminal.
pub(super) fn own_file(text: &str) -> Result<()> {
    if std::io::stdout().is_terminal() { self::text(text) } else { bytes(text.as_bytes()) }
}

/// Writes a file's content as it is: a paper in its form, which was made safe when it was made.
pub(super) fn bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        // `zhiban list … | head` closes its end when it has enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Error::machine(Kind::File, &error, say::no_output)),
    }
}

/// Writes a line; text from outside in it is made safe.
pub(super) fn line(line: &str) -> Result<()> {
    bytes(format!("{}\n", safe_line(line)).as_bytes())
}

/// Writes a value as JSON, set out over lines.
pub(super) fn json(value: &impl Serialize) -> Result<()> {
    safe(&json_text(value)?)
}

/// A value as JSON, set out over lines. What a terminal would not show as it stands is written as `\uXXXX`: the
/// same value to a script.
pub(super) fn json_text(value: &impl Serialize) -> Result<Safe> {
    let mut plain = serde_json::to_string_pretty(value).map_err(|e| Error::internal("writing JSON", e))?;
    plain.push('\n');
    Ok(safe_json(&plain))
}

/// Writes a line to standard error; text from outside in it is made safe.
pub(super) fn tell(line: &str) {
    // Nobody may be reading; that changes nothing about what was done.
    let _ = writeln!(std::io::stderr().lock(), "{}", safe_line(line));
}

/// Writes several lines to standard error, made safe.
pub(super) fn tell_block(lines: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", safe_block(lines));
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

    /// A table with headings that are no words of the program's.
    pub fn headed(lang: Lang, heads: Vec<String>) -> Self {
        let columns = heads.len();
        let mut table = Self { lang, columns, rows: Vec::new() };
        table.row(heads);
        table
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

/// A value as it is typed behind a command: in quotes where it has a blank in it.
pub(super) fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

/// Shows a question on standard error; what is typed stands behind it.
pub(super) fn prompt(question: &str) {
    let mut err = std::io::stderr().lock();
    let _ = write!(err, "{}", safe_block(question)).and_then(|()| err.flush());
}

/// Asks for a line of text; none at the end of the input. The question goes to standard error, so that output can
/// be redirected.
pub(super) fn ask(question: &str) -> Option<String> {
    prompt(question);
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
        tell("");
    }
    answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes" | "是" | "好" | "ｙ"))
}

/// Whether somebody sits at a terminal and can be asked.
pub(super) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// After so long something is long.
const LONG: std::time::Duration = std::time::Duration::from_secs(1);

/// Does something; says on standard error what it is when it takes long.
pub(super) fn when_long<T>(say: &str, task: impl FnOnce() -> T) -> T {
    told_after(LONG, || tell(say), task)
}

fn told_after<T>(long: std::time::Duration, told: impl FnOnce() + Send, task: impl FnOnce() -> T) -> T {
    let (done, waits) = crossbeam_channel::bounded::<()>(0);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waits.recv_timeout(long) == Err(crossbeam_channel::RecvTimeoutError::Timeout) {
                told();
            }
        });
        let out = task();
        drop(done);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    #[test]
    fn json_says_what_a_terminal_would_not_show() {
        let odd = "\u{1b}[2J\u{9b}王\u{200b}伟\u{202e}\u{e0041}\u{7f}e\u{301}\n末\\";
        let out = json_text(&serde_json::json!({ "name": odd, "plain": "海岬 ①℃" })).unwrap().into_string();
        assert_eq!(safe_block(&out), out, "shown as it stands");
        assert!(out.contains(r"\u001b[2J\u009b王\u200b伟\u202e\udb40\udc41\u007fe\u0301\n末\\"), "{out}");
        assert!(out.contains("海岬 ①℃"), "{out}");
        let back: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(back["name"], odd);
    }

    #[test]
    fn columns_line_up_by_what_is_shown() {
        let heads = [Word { zh: "名称", en: "Name" }, Word { zh: "人数", en: "People" }];
        let mut table = Table::new(Lang::Zh, &heads);
        table.row(["土木工程学院".to_owned(), "12".to_owned()]);
        table.row(["IT\u{1b}[2J".to_owned(), "3".to_owned()]);
        assert_eq!(table.render(), "名称          人数\n土木工程学院  12\nIT^[[2J       3\n");
    }

    #[test]
    fn only_what_takes_long_is_told() {
        let told = AtomicBool::new(false);
        let (said, hears) = crossbeam_channel::bounded(1);
        let answer = told_after(Duration::ZERO, || said.send(()).unwrap(), || hears.recv().map(|()| 7));
        assert_eq!(answer, Ok(7), "it is told while it is done");
        told_after(Duration::from_hours(1), || told.store(true, Ordering::SeqCst), || ());
        assert!(!told.load(Ordering::SeqCst));
    }
}
