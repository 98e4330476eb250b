//! Blocks → lines of text: the paper as a plain text file, and what the preview shows of it on the screen.

use super::Paper;
use super::block::{Align, Block, Mark, Sheet, Span, Table, plain, tick};
use super::chart::{Chart, ChartKind};
use crate::domain::text::Safe;
use crate::i18n::paper as words;
use crate::say::Lang;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of a text paper: what a terminal and a printer's fixed type both hold.
pub const WIDTH: usize = 78;

/// What a line is, for whoever draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// The head of a table.
    Head,
    /// Anything else.
    Plain,
    /// Small print.
    Small,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its text.
    pub spans: Vec<Span>,
}

impl Line {
    fn new(kind: LineKind, spans: Vec<Span>) -> Self {
        Self { kind, spans }
    }

    fn text(text: impl Into<String>) -> Self {
        Self::new(LineKind::Plain, vec![Span::plain(text)])
    }

    fn empty() -> Self {
        Self::new(LineKind::Plain, Vec::new())
    }
}

/// The paper as a text file. Plain text has no bold: an item that stands out on paper has `>>` before it, and all else
/// that does says so in its words.
pub fn text(paper: &Paper) -> String {
    let mut out = String::new();
    for line in head(&paper.look, paper.lang) {
        out.push_str(&line);
        out.push('\n');
    }
    for line in lines(&paper.blocks, WIDTH, true) {
        out.push_str(plain(&line.spans).trim_end());
        out.push('\n');
    }
    if !paper.look.foot.is_empty() {
        out.push('\n');
        out.push_str(&paper.look.foot);
        out.push('\n');
    }
    Safe::block(&out).into_string()
}

/// What stands over an official paper; nothing over any other.
fn head(look: &Sheet, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let signer = (!look.signer.is_empty()).then(|| words::signer(&look.signer).get(lang).to_owned());
    for text in [Some(look.red_head.clone()), Some(look.number.clone()), signer].into_iter().flatten() {
        if !text.is_empty() {
            out.push(format!("{}{text}", " ".repeat(WIDTH.saturating_sub(text.width()) / 2)));
        }
    }
    if !out.is_empty() {
        out.push(String::new());
    }
    out
}

/// Blocks as lines of at most `width` columns, an empty line between what belongs apart. With `marks` nothing is bold,
/// and an item that was has `>>` before it.
pub fn lines(blocks: &[Block], width: usize, marks: bool) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| blocks.get(place));
        if before.is_some_and(|before| apart(before, block)) {
            out.push(Line::empty());
        }
        out.extend(block_lines(block, width, marks));
    }
    out
}

/// Whether an empty line stands between two blocks.
pub fn apart(before: &Block, block: &Block) -> bool {
    use Block::{Heading, Item, Para, Small};
    !matches!(
        (before, block),
        (Item(..), Item(..))
            | (Heading(..), Para(..) | Item(..) | Small(_) | Block::Table(_))
            | (Para(..), Item(..) | Para(..))
            | (Small(_), Small(_))
    )
}

/// One block as lines.
pub fn block_lines(block: &Block, width: usize, marks: bool) -> Vec<Line> {
    let width = width.max(8);
    let as_kind =
        |kind, lines: Vec<Vec<Span>>| lines.into_iter().map(move |line| Line::new(kind, line)).collect();
    match block {
        Block::Title(spans) => {
            let lines = wrap(&unmarked(spans), width);
            let mut out: Vec<Line> = as_kind(LineKind::Title, lines);
            for line in &mut out {
                align(&mut line.spans, width, Align::Center);
            }
            out.push(Line::text("=".repeat(width)));
            out
        }
        Block::Heading(_, spans) => as_kind(LineKind::Heading, wrap(&unmarked(spans), width)),
        Block::Para(side, spans) => {
            let mut lines = wrap(&marked(spans, marks), width);
            for line in &mut lines {
                align(line, width, *side);
            }
            as_kind(LineKind::Plain, lines)
        }
        Block::Small(spans) => as_kind(LineKind::Small, wrap(&marked(spans, marks), width)),
        Block::Item(mark, spans) => {
            let stands_out = marks && !spans.is_empty() && spans.iter().all(|span| span.bold);
            item(*mark, &marked(spans, marks), stands_out, width)
        }
        Block::Table(table) => table_lines(table, 0..table.rows.len(), width, marks),
        Block::Rule => vec![Line::text("-".repeat(width))],
        // What it holds stands in letters beside it.
        Block::Break | Block::Code(_) => Vec::new(),
        Block::Sign(signers) => signers.iter().flat_map(|(who, name)| sign(who, name, width)).collect(),
        Block::Issued(issued) => {
            let inset = "    ";
            let lines = [&issued.by, &issued.day].map(|text| {
                let mut line = vec![Span::plain(format!("{text}{inset}"))];
                let free = width.saturating_sub(plain(&line).width());
                line.insert(0, Span::plain(" ".repeat(free)));
                Line::new(LineKind::Plain, line)
            });
            lines.into_iter().collect()
        }
        Block::Room(lines) => (0..*lines).map(|_| Line::text("_".repeat(width))).collect(),
        Block::Chart(chart) => chart_lines(chart, width),
    }
}

/// Headings stand out by what they are.
fn unmarked(spans: &[Span]) -> Vec<Span> {
    vec![Span::plain(plain(spans))]
}

fn marked(spans: &[Span], marks: bool) -> Vec<Span> {
    if marks { unmarked(spans) } else { spans.to_vec() }
}

/// A cell of a table: one with a box that stood out has `>>` before it.
fn cell_marked(spans: &[Span], marks: bool) -> Vec<Span> {
    let mut out = marked(spans, marks);
    let stands_out = spans.iter().all(|span| span.bold);
    if let (true, true, Some(first)) = (marks, stands_out, out.first_mut())
        && tick(&first.text).is_some()
    {
        first.text.insert_str(0, ">>");
    }
    out
}

fn item(mark: Mark, spans: &[Span], stands_out: bool, width: usize) -> Vec<Line> {
    let mark = match mark {
        Mark::Dot => "- ".to_owned(),
        Mark::Number(n) => format!("{n}. "),
        Mark::Box(true) => "[x] ".to_owned(),
        Mark::Box(false) => "[ ] ".to_owned(),
    };
    let hang = 2 + mark.len();
    let lines = wrap(spans, width.saturating_sub(hang));
    let with = |(place, mut line): (usize, Vec<Span>)| {
        let before = match (place, stands_out) {
            (0, true) => format!(">>{mark}"),
            (0, false) => format!("  {mark}"),
            _ => " ".repeat(hang),
        };
        line.insert(0, Span::plain(before));
        Line::new(LineKind::Plain, line)
    };
    lines.into_iter().enumerate().map(with).collect()
}

fn sign(who: &str, name: &str, width: usize) -> Vec<Line> {
    let text = format!("  {who}: {name} ");
    let room = width.saturating_sub(text.width() + 2).min(40);
    vec![Line::empty(), Line::text(format!("{text}{}", "_".repeat(room)))]
}

fn align(line: &mut Vec<Span>, width: usize, side: Align) {
    let free = width.saturating_sub(plain(line).trim_end().width());
    let before = match side {
        Align::Left => 0,
        Align::Center => free / 2,
        Align::Right => free,
    };
    if before > 0 {
        line.insert(0, Span::plain(" ".repeat(before)));
    }
}

/// Breaks text into lines of at most `width` columns: at spaces where there are any, else between any two
/// characters; a line never begins with a closing mark, which may stand out by its own width instead.
pub fn wrap(spans: &[Span], width: usize) -> Vec<Vec<Span>> {
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line: Vec<Span> = Vec::new();
    let mut used = 0;
    for span in spans {
        for token in tokens(&span.text) {
            if token == "\n" {
                lines.push(std::mem::take(&mut line));
                used = 0;
                continue;
            }
            for piece in pieces(token, width) {
                let columns = piece.width();
                if used + columns > width && !closing(piece) {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                    if piece.trim().is_empty() {
                        continue;
                    }
                }
                match line.last_mut() {
                    Some(last) if last.bold == span.bold => last.text.push_str(piece),
                    _ => line.push(Span { text: piece.to_owned(), bold: span.bold }),
                }
                used += columns;
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// What is not broken: a run of narrow characters between spaces (a word, a date, a number), a wide character by
/// itself, a space.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let alone = |g: &str| g.width() != 1 || g.trim().is_empty();
        let first = rest.graphemes(true).next()?;
        let long = if alone(first) {
            first.len()
        } else {
            rest.graphemes(true).take_while(|g| !alone(g)).map(str::len).sum()
        };
        let (token, after) = rest.split_at(long);
        rest = after;
        Some(token)
    })
}

/// A word as it is, unless it is wider than a line.
fn pieces(token: &str, width: usize) -> Vec<&str> {
    if token.width() <= width { vec![token] } else { token.graphemes(true).collect() }
}

fn closing(piece: &str) -> bool {
    !piece.is_empty() && piece.chars().all(|c| "，。、；：！？）》」』】”’…,.;:!?)]}%℃".contains(c))
}

/// Columns between two cells.
const GAP: usize = 2;

/// A table's head and these of its rows.
pub fn table_lines(table: &Table, rows: Range<usize>, width: usize, marks: bool) -> Vec<Line> {
    let widths = widths(table, width, marks);
    let mut out = row_lines(&table.head, table, &widths, LineKind::Head, false);
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    out.push(Line::text(rule.join(&" ".repeat(GAP))));
    for row in table.rows.get(rows).unwrap_or_default() {
        let mut lines = row_lines(row, table, &widths, LineKind::Plain, marks);
        while lines.len() < usize::from(table.lines) {
            lines.push(Line::empty());
        }
        out.append(&mut lines);
    }
    out
}

/// Longer words than this may be broken to let the other columns have their room.
const LONG: usize = 12;

/// Fewer columns than these make a tower of characters.
const LEAST: usize = 6;

/// A column is given this much before others get more than their words need: one character a line reads badly.
const FAIR: usize = 8;

/// How wide each column is: as wide as its widest cell when all fit; else as wide as its longest word, and what is
/// left is shared by what each still wants.
fn widths(table: &Table, width: usize, marks: bool) -> Vec<usize> {
    let columns = table.head.len();
    let room = width.saturating_sub(GAP * columns.saturating_sub(1));
    let shares: usize = table.shares.iter().map(|share| usize::from(*share)).sum();
    let wants = |column: usize| -> (usize, usize) {
        let (mut least, mut most) = (2, 2);
        let mut is_empty = true;
        let cells = std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(column));
        for (row, cell) in cells.enumerate() {
            let text = plain(&cell_marked(cell, marks));
            is_empty &= row == 0 || text.is_empty();
            most = text.split('\n').map(UnicodeWidthStr::width).fold(most, usize::max);
            least = tokens(&text).map(UnicodeWidthStr::width).fold(least, usize::max);
            if tick(text.trim_start_matches('>')).is_some() {
                // A box stays with its number.
                least = least.max(text.width());
            }
        }
        // Room to write in is wanted even where nothing stands: there the share says how much.
        match table.shares.get(column) {
            Some(share) if is_empty => {
                let wanted = most.max(usize::from(*share) * room / shares.max(1));
                (most, wanted.max(FAIR))
            }
            _ => (least.min(LONG).max(most.min(LEAST)), most),
        }
    };
    let wanted: Vec<(usize, usize)> = (0..columns).map(wants).collect();
    if wanted.iter().map(|(_, most)| most).sum::<usize>() <= room {
        return wanted.into_iter().map(|(_, most)| most).collect();
    }
    // Words are kept whole before columns are given their fair part.
    let fair = || wanted.iter().map(|(least, most)| (*least).max(FAIR.min(*most))).collect::<Vec<_>>();
    let words = || wanted.iter().map(|(least, _)| *least).collect::<Vec<_>>();
    let fits = |widths: &Vec<usize>| widths.iter().sum::<usize>() <= room;
    let mut widths = Some(fair()).filter(fits).unwrap_or_else(words);
    let used: usize = widths.iter().sum();
    for _ in room..used {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 2) else { break };
        *widest -= 1;
    }
    let free = room.saturating_sub(used);
    let wants = |width: usize, most: usize| most.saturating_sub(width);
    let want: usize = widths.iter().zip(&wanted).map(|(width, (_, most))| wants(*width, *most)).sum();
    for (width, (_, most)) in widths.iter_mut().zip(&wanted) {
        *width += wants(*width, *most) * free / want.max(1);
    }
    widths
}

fn row_lines(row: &[Vec<Span>], table: &Table, widths: &[usize], kind: LineKind, marks: bool) -> Vec<Line> {
    let cells: Vec<Vec<Vec<Span>>> =
        row.iter().zip(widths).map(|(cell, width)| wrap(&cell_marked(cell, marks), *width)).collect();
    let high = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut spans = Vec::new();
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let mut part = cell.get(at).cloned().unwrap_or_default();
            align(&mut part, *width, table.align.get(column).copied().unwrap_or_default());
            let used = plain(&part).width();
            spans.append(&mut part);
            if column + 1 < widths.len() {
                spans.push(Span::plain(" ".repeat(width.saturating_sub(used) + GAP)));
            }
        }
        Line::new(kind, spans)
    };
    (0..high).map(line).collect()
}

/// A picture in characters that every printer has.
fn chart_lines(chart: &Chart, width: usize) -> Vec<Line> {
    let mut out = vec![Line::text(chart.title.clone())];
    let widest = chart.labels.iter().map(|label| label.width()).max().unwrap_or(0);
    match chart.kind {
        ChartKind::Bars | ChartKind::Lines | ChartKind::Temperatures => {
            for series in &chart.series {
                if chart.series.len() > 1 || series.name != chart.title {
                    out.push(Line::text(format!("  {}", series.name)));
                }
                let room = width.saturating_sub(widest + 14).max(4);
                let scale = Scale::of(chart.kind, &series.values, room);
                for (label, value) in chart.labels.iter().zip(&series.values) {
                    let gap = " ".repeat(widest - label.width());
                    out.push(Line::text(match value {
                        // Unknown is not zero.
                        None => format!("    {label}{gap}  {:>6}", "?"),
                        Some(value) => {
                            format!("    {label}{gap}  {:>6}  {}", number(*value), scale.mark(*value))
                        }
                    }));
                }
            }
        }
        ChartKind::Heat => {
            let most =
                chart.series.iter().flat_map(|s| s.values.iter().flatten()).copied().fold(0.0, f64::max);
            let name = chart.series.iter().map(|series| series.name.width()).max().unwrap_or(0);
            for series in &chart.series {
                let cells: String = series.values.iter().map(|value| shade(*value, most)).collect();
                let gap = " ".repeat(name - series.name.width());
                out.push(Line::text(format!("    {}{gap}  {cells}", series.name)));
            }
            if let (Some(first), Some(last)) = (chart.labels.first(), chart.labels.last()) {
                out.push(Line::text(format!("    {}  {first} .. {last}", " ".repeat(name))));
            }
        }
    }
    out
}

/// How a value is drawn along its line.
struct Scale {
    kind: ChartKind,
    least: f64,
    most: f64,
    room: usize,
}

impl Scale {
    /// Bars begin at zero, whose length would mislead otherwise; points of a line lie between its least and its most.
    fn of(kind: ChartKind, values: &[Option<f64>], room: usize) -> Self {
        let known = || values.iter().flatten().copied();
        let least = if kind == ChartKind::Bars { 0.0 } else { known().fold(f64::INFINITY, f64::min) };
        Self { kind, least, most: known().fold(least.min(0.0), f64::max), room }
    }

    fn mark(&self, value: f64) -> String {
        let long = if self.most > self.least { (value - self.least) / (self.most - self.least) } else { 0.0 };
        if self.kind != ChartKind::Bars {
            let before = (long * (self.room - 1) as f64).round() as usize;
            return format!("{}*", " ".repeat(before));
        }
        "#".repeat((long * self.room as f64).round() as usize)
    }
}

fn number(value: f64) -> String {
    if (value - value.round()).abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// The darker the more; unknown has its own sign.
fn shade(value: Option<f64>, most: f64) -> char {
    const SHADES: &[u8] = b".:-=+*#@";
    let Some(value) = value else { return '?' };
    // Figures that stand for something are read, as in the picture; nothing at all is a dot, so that its column is found.
    if most <= 9.0 && value.fract() == 0.0 && value >= 0.0 {
        return char::from_digit(value as u32, 10).filter(|_| value > 0.0).unwrap_or('.');
    }
    if value <= 0.0 || most <= 0.0 {
        return ' ';
    }
    let place = (value / most * SHADES.len() as f64).ceil() as usize;
    char::from(SHADES[place.clamp(1, SHADES.len()) - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| plain(&line.spans).trim_end().to_owned()).collect()
    }

    #[test]
    fn lines_keep_their_width_and_never_begin_with_a_closing_mark() {
        let text = "今天上午已与学院联系，答应十一点前补报；体温正常，无异常情况。".repeat(3);
        let lines: Vec<String> = wrap(&[Span::plain(&text)], 20).iter().map(|line| plain(line)).collect();
        assert!(lines.len() > 5);
        for line in &lines {
            // A closing mark may hang over by its own two columns.
            assert!(line.width() <= 22, "{line}");
            assert!(!line.starts_with(['，', '。', '；']), "{line}");
        }
        assert_eq!(lines.concat(), text);
        let words = wrap(&[Span::plain("alpha beta gamma delta")], 11);
        assert_eq!(
            words.iter().map(|l| plain(l).trim().to_owned()).collect::<Vec<_>>(),
            ["alpha beta", "gamma delta"]
        );
    }

    #[test]
    fn an_item_that_stands_out_has_a_mark_and_no_other_text_has_one() {
        let bold = |text: &str| vec![Span::bold(text)];
        let blocks = [
            Block::Item(Mark::Box(false), bold("土木工程学院，已超时6分钟")),
            Block::Item(Mark::Box(true), vec![Span::plain("图书馆")]),
            Block::Item(Mark::Dot, vec![Span::bold("观察中"), Span::plain(" 居家观察")]),
            Block::Para(Align::Left, bold("草稿：尚未交班")),
        ];
        let text = shown(&lines(&blocks, 20, true));
        let expected = [
            ">>[ ] 土木工程学院，",
            "      已超时6分钟",
            "  [x] 图书馆",
            "  - 观察中 居家观察",
            "",
            "草稿：尚未交班",
        ];
        assert_eq!(text, expected);
        // On the screen and on paper it is bold.
        assert!(lines(&blocks, 20, false)[0].spans.iter().any(|span| span.bold));
    }

    #[test]
    fn a_table_lines_up_and_gives_way() {
        let cell = |text: &str| vec![Span::plain(text)];
        let table = Table {
            head: vec![cell("单位"), cell("人数")],
            align: vec![Align::Left, Align::Right],
            rows: vec![vec![cell("土木工程学院"), cell("12")], vec![vec![Span::bold("图书馆")], cell("3")]],
            shares: Vec::new(),
            lines: 1,
            join: 0,
        };
        let lines = table_lines(&table, 0..2, 40, true);
        assert_eq!(
            shown(&lines),
            ["单位          人数", "------------  ----", "土木工程学院    12", "图书馆           3"]
        );
        // Too narrow: the widest column wraps, the others stay.
        let lines = shown(&table_lines(&table, 0..1, 12, true));
        assert_eq!(lines[1..], ["------  ----", "土木工    12", "程学院"]);
        // Part of a table has its head too.
        assert_eq!(shown(&table_lines(&table, 1..2, 40, false)).len(), 3);
    }

    #[test]
    fn a_box_in_a_table_stays_with_its_number_and_stands_out_where_it_is_bold() {
        let row = |no: Span, name: &str| vec![vec![no], vec![Span::plain(name)]];
        let table = Table {
            head: vec![vec![Span::plain("序号")], vec![Span::plain("对象")]],
            rows: vec![row(Span::bold("[ ] 104"), "张䶮"), row(Span::plain("[x] 2"), "李㛃")],
            lines: 1,
            ..Table::default()
        };
        let text = shown(&table_lines(&table, 0..2, 30, true));
        assert_eq!(text[2..], [">>[ ] 104  张䶮", "[x] 2      李㛃"]);
    }

    #[test]
    fn a_picture_in_text_tells_unknown_from_zero() {
        let chart = Chart {
            name: "t".to_owned(),
            title: "走势".to_owned(),
            kind: ChartKind::Bars,
            labels: vec!["2-15".to_owned(), "2-16".to_owned(), "2-17".to_owned()],
            series: vec![super::super::chart::Series {
                name: "走势".to_owned(),
                values: vec![Some(4.0), None, Some(0.0)],
            }],
        };
        let lines = shown(&chart_lines(&chart, 24));
        assert_eq!(lines, ["走势", "    2-15       4  ######", "    2-16       ?", "    2-17       0"]);
    }

    #[test]
    fn each_state_of_a_heat_map_has_a_mark_of_its_own() {
        let states = [Some(0.0), Some(1.0), Some(2.0), None];
        assert_eq!(states.map(|value| shade(value, 2.0)), ['.', '1', '2', '?']);
        // Of many values the darker says the more.
        assert_eq!([0.0, 2.5, 40.0].map(|value| shade(Some(value), 40.0)), [' ', '.', '@']);
    }
}
