//! A paper as plain structure: what stands on it, in order, before anything is laid out. Every form of the paper
//! (screen, text, PDF) is drawn from these blocks.

use super::chart::Chart;

/// One piece of text in one weight.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The text, without line breaks unless they are meant (`\n`).
    pub text: String,
    /// Whether it stands out.
    pub bold: bool,
}

impl Span {
    /// Text in the usual weight.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false }
    }

    /// Text that stands out.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true }
    }
}

/// Spans as one string.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// To which side text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// From the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// To the right: figures.
    Right,
}

/// What stands before an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A dot.
    Dot,
    /// Its number.
    Number(u64),
    /// A box to tick, empty or ticked.
    Box(bool),
}

/// A table. Its head is repeated on every page it reaches; a row is never split.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The head; as many cells as every row has.
    pub head: Vec<Vec<Span>>,
    /// How each column stands.
    pub align: Vec<Align>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// How wide each column is to be, as shares; empty when the content decides.
    pub shares: Vec<u16>,
    /// How many lines high a row is at least: room to write on paper. 1 for a plain table.
    pub lines: u8,
    /// The column (from 1) that says whose a row is; a row where it is empty goes on with what the row above began, and
    /// stays with it. 0 for a table in which each row stands for itself.
    pub join: u8,
}

/// What a cell begins with that has a box to tick: `[ ] ` and `[x] `. Gives whether it is ticked, and what stands behind.
pub fn tick(text: &str) -> Option<(bool, &str)> {
    let is = |mark: &str| text.strip_prefix(mark);
    is("[ ] ").map(|rest| (false, rest)).or_else(|| is("[x] ").map(|rest| (true, rest)))
}

/// Who issues an official paper, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issued {
    /// The office.
    pub by: String,
    /// The day, as a letter writes it.
    pub day: String,
    /// Whether the office's seal is set on it.
    pub sealed: bool,
}

/// One block of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The paper's title.
    Title(Vec<Span>),
    /// A heading, of level 1 (一、) or 2 (（一）). Never the last thing on a page.
    Heading(u8, Vec<Span>),
    /// A paragraph.
    Para(Align, Vec<Span>),
    /// An item of a list.
    Item(Mark, Vec<Span>),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
    /// The next page.
    Break,
    /// Lines to sign on: who signs, and the name if known. Kept together, and never alone on a page.
    Sign(Vec<(String, String)>),
    /// Who issues the paper, and on which day (署名、成文日期); with a seal they stand elsewhere. Never alone on a page.
    Issued(Issued),
    /// Empty ruled lines to write on.
    Room(u8),
    /// A picture drawn from figures.
    Chart(Chart),
    /// A few letters as a square that a telephone reads (QR code).
    Code(String),
    /// Small print.
    Small(Vec<Span>),
}

/// How a paper looks on A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// A working paper: narrow margins, 10.5 points.
    #[default]
    Working,
    /// An official paper by GB/T 9704-2012: margins 37/26/35/28 mm, 22 lines of 28 characters at 16 points.
    Official,
}

/// What the template says of the whole paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// How it looks.
    pub look: Look,
    /// The words of the red head (红头) over an official paper; empty for none.
    pub red_head: String,
    /// Its number (发文字号); empty for none.
    pub number: String,
    /// Who signs it, where it goes upward (签发人); empty for nobody.
    pub signer: String,
    /// Whether the page lies on its side.
    pub wide: bool,
    /// What stands at the foot of every page before its number: the office, the paper, the log's head code.
    pub foot: String,
}
