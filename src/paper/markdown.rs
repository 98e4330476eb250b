//! Markdown → blocks. Plain CommonMark with tables and boxes to tick; what Markdown has no sign for stands in fenced
//! blocks (`sign`, `issued sealed`, `room 4`, `chart NAME`, `break`, `small`, `center`, `right`, `table shares=2,1 lines=3`).

use super::block::{Align, Block, Issued, Look, Mark, Sheet, Span, Table, plain};
use super::chart::Chart;
use crate::i18n::paper as say;
use crate::say::Say;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthChar;

/// The whole paper's look and its blocks.
///
/// # Errors
/// What cannot be laid out, in words with its place.
pub fn blocks(text: &str, charts: &[Chart]) -> Result<(Sheet, Vec<Block>), Say> {
    let text = text.replace("\r\n", "\n");
    let (front, body) = split_front(&text);
    let sheet = front_matter(front)?;
    let mut reader = Reader { charts, out: Vec::new(), spans: Vec::new(), bold: 0 };
    reader.read(body)?;
    Ok((sheet, reader.out))
}

/// The paper's title as plain text.
pub fn title(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Title(spans) => Some(plain(spans)),
        _ => None,
    })
}

fn split_front(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return ("", text) };
    match rest.split_once("\n---\n") {
        Some((front, body)) => (front, body),
        None => ("", text),
    }
}

fn front_matter(front: &str) -> Result<Sheet, Say> {
    let mut sheet = Sheet::default();
    for line in front.lines().filter(|line| !line.trim().is_empty()) {
        let Some((key, value)) = line.split_once(':') else { return Err(say::bad_front(line)) };
        let value = unescape(value.trim());
        match key.trim() {
            "look" if value == "working" => sheet.look = Look::Working,
            "look" if value == "official" => sheet.look = Look::Official,
            "red_head" => sheet.red_head = value,
            "number" => sheet.number = value,
            "signer" => sheet.signer = value,
            "wide" => sheet.wide = value == "yes",
            "foot" => sheet.foot = value,
            _ => return Err(say::bad_front(line)),
        }
    }
    Ok(sheet)
}

/// Escaped text as it was: what stands in a fenced block is not read as Markdown.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

struct Reader<'a> {
    charts: &'a [Chart],
    out: Vec<Block>,
    spans: Vec<Span>,
    bold: u32,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Result<(), Say> {
        let mut events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS);
        let mut numbers: Vec<Option<u64>> = Vec::new();
        let mut mark = None;
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Strong | Tag::Emphasis) => self.bold += 1,
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => self.bold = self.bold.saturating_sub(1),
                Event::Text(text) | Event::Code(text) => self.push(&text),
                Event::SoftBreak => self.soft_break(),
                Event::HardBreak => self.push("\n"),
                Event::InlineHtml(html) | Event::Html(html) => match html.trim() {
                    "<br>" | "<br/>" => self.push("\n"),
                    other => return Err(say::no_html(other)),
                },
                Event::Start(Tag::List(first)) => {
                    self.item(&mut mark);
                    numbers.push(first);
                }
                Event::End(TagEnd::List(_)) => {
                    numbers.pop();
                }
                Event::Start(Tag::Item) => {
                    let number = numbers.last_mut().and_then(Option::as_mut);
                    mark = Some(number.map_or(Mark::Dot, |number| {
                        *number += 1;
                        Mark::Number(*number - 1)
                    }));
                }
                Event::TaskListMarker(ticked) => mark = Some(Mark::Box(ticked)),
                Event::End(TagEnd::Item) => self.item(&mut mark),
                Event::End(TagEnd::Paragraph) if mark.is_some() => self.item(&mut mark),
                Event::End(TagEnd::Paragraph) => {
                    let spans = self.take();
                    self.out.push(Block::Para(Align::Left, spans));
                }
                Event::End(TagEnd::Heading(level)) => {
                    let spans = self.take();
                    self.out.push(match level as u8 {
                        1 => Block::Title(spans),
                        level => Block::Heading(level - 1, spans),
                    });
                }
                Event::Rule => self.out.push(Block::Rule),
                Event::Start(Tag::Table(align)) => {
                    let table = self.table(&align, &mut events)?;
                    self.out.push(Block::Table(table));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let mut body = String::new();
                    for event in events.by_ref() {
                        match event {
                            Event::Text(text) => body.push_str(&text),
                            Event::End(TagEnd::CodeBlock) => break,
                            _ => {}
                        }
                    }
                    self.fenced(&info, &body)?;
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    return Err(say::FOUR_SPACES.into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Adds text in the weight that is on.
    fn push(&mut self, text: &str) {
        let bold = self.bold > 0;
        match self.spans.last_mut() {
            Some(last) if last.bold == bold => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold }),
        }
    }

    /// A line end in the source: a space, but none beside a wide character, where Chinese has none.
    fn soft_break(&mut self) {
        let wide = |c: char| c.width() == Some(2);
        let before = self.spans.last().and_then(|span| span.text.chars().last());
        if !before.is_some_and(wide) {
            self.push(" ");
        }
    }

    fn take(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.spans)
    }

    fn item(&mut self, mark: &mut Option<Mark>) {
        if let Some(mark) = mark.take() {
            let spans = self.take();
            self.out.push(Block::Item(mark, spans));
        }
    }

    fn table<'t>(
        &mut self,
        align: &[Alignment],
        events: &mut impl Iterator<Item = Event<'t>>,
    ) -> Result<Table, Say> {
        let mut table = Table {
            align: align
                .iter()
                .map(|align| match align {
                    Alignment::Right => Align::Right,
                    Alignment::Center => Align::Center,
                    Alignment::Left | Alignment::None => Align::Left,
                })
                .collect(),
            lines: 1,
            ..Table::default()
        };
        let mut row = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::Strong | Tag::Emphasis) => self.bold += 1,
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => self.bold = self.bold.saturating_sub(1),
                Event::Text(text) | Event::Code(text) => self.push(&text),
                Event::InlineHtml(html) if html.starts_with("<br") => self.push("\n"),
                Event::InlineHtml(html) => return Err(say::no_html(html)),
                Event::End(TagEnd::TableCell) => row.push(self.take()),
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Ok(table)
    }

    fn fenced(&mut self, info: &str, body: &str) -> Result<(), Say> {
        let (what, rest) = info.split_once(' ').unwrap_or((info, ""));
        match what {
            "break" => self.out.push(Block::Break),
            "room" => {
                let lines = rest.trim().parse().map_err(|_| say::bad_room(rest))?;
                self.out.push(Block::Room(lines));
            }
            "chart" => {
                let name = rest.trim();
                let chart = self.charts.iter().find(|chart| chart.name == name);
                let chart = chart.ok_or_else(|| say::no_picture(name))?;
                // A frame without a figure says nothing.
                if !chart.is_empty() {
                    self.out.push(Block::Chart(chart.clone()));
                }
            }
            "sign" => {
                let lines = body.lines().filter(|line| !line.trim().is_empty()).map(|line| {
                    let line = unescape(line);
                    let (who, name) = line.split_once([':', '：']).unwrap_or((line.as_str(), ""));
                    (who.trim().to_owned(), name.trim().to_owned())
                });
                self.out.push(Block::Sign(lines.collect()));
            }
            "issued" => {
                let mut lines =
                    body.lines().map(|line| unescape(line.trim())).filter(|line| !line.is_empty());
                let (by, day) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
                let sealed = rest.trim() == "sealed";
                self.out.push(Block::Issued(Issued { by, day, sealed }));
            }
            "code" => self.out.push(Block::Code(unescape(body.trim()))),
            "small" => self.inline(body, Block::Small)?,
            "center" => self.inline(body, |spans| Block::Para(Align::Center, spans))?,
            "right" => self.inline(body, |spans| Block::Para(Align::Right, spans))?,
            "table" => self.shaped_table(rest, body)?,
            other => return Err(say::no_block(other)),
        }
        Ok(())
    }

    /// The paragraphs of a fenced block, as blocks of another kind.
    fn inline(&mut self, body: &str, block: impl Fn(Vec<Span>) -> Block) -> Result<(), Say> {
        let mut inner = Reader { charts: &[], out: Vec::new(), spans: Vec::new(), bold: 0 };
        inner.read(body)?;
        for found in inner.out {
            match found {
                Block::Para(_, spans) => self.out.push(block(spans)),
                _ => return Err(say::only_text(body.trim())),
            }
        }
        Ok(())
    }

    fn shaped_table(&mut self, rest: &str, body: &str) -> Result<(), Say> {
        let mut inner = Reader { charts: &[], out: Vec::new(), spans: Vec::new(), bold: 0 };
        inner.read(body)?;
        let Some(Block::Table(mut table)) = inner.out.into_iter().next() else {
            return Err(say::bad_table(rest));
        };
        for option in rest.split_whitespace() {
            let wrong = || say::bad_table(rest);
            match option.split_once('=') {
                Some(("shares", shares)) => {
                    let shares = shares.split(',').map(str::parse).collect::<Result<Vec<u16>, _>>();
                    table.shares = shares.map_err(|_| wrong())?;
                    if table.shares.len() != table.head.len() || table.shares.contains(&0) {
                        return Err(wrong());
                    }
                }
                Some(("lines", lines)) => table.lines = lines.parse().map_err(|_| wrong())?,
                Some(("join", column)) => table.join = column.parse().map_err(|_| wrong())?,
                _ => return Err(wrong()),
            }
        }
        self.out.push(Block::Table(table));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::chart::{ChartKind, Series};

    fn read(text: &str) -> Vec<Block> {
        blocks(text, &[]).unwrap().1
    }

    #[test]
    fn a_picture_without_a_figure_is_left_out() {
        let series = vec![Series { name: "现有".to_owned(), values: vec![None, None] }];
        for series in [vec![], series] {
            let chart = Chart {
                name: "units".to_owned(),
                title: "各单位".to_owned(),
                kind: ChartKind::Bars,
                labels: vec![],
                series,
            };
            let (_, found) = blocks("前\n\n```chart units\n```\n\n后\n", &[chart]).unwrap();
            assert_eq!(found.len(), 2, "{found:?}");
        }
    }

    #[test]
    fn every_block_has_its_sign() {
        let chart = Chart {
            name: "trend".to_owned(),
            title: "走势".to_owned(),
            kind: ChartKind::Lines,
            labels: vec!["02-17".to_owned()],
            series: vec![Series { name: "现有".to_owned(), values: vec![Some(0.0)] }],
        };
        let text = "---\nlook: official\nred_head: 海岬大学\nfoot: a \\* b\n---\n# 题\n## 一\n正文**要紧**的\n下一行\n\n- 点\n- [x] 办了\n- [ ] 没办\n\n3. 三\n4. 四\n\n---\n\n```sign\n交班人: 王\\_伟\n接班人:\n```\n\n```room 4\n```\n\n```chart trend\n```\n\n```break\n```\n\n```small\n小字\n```\n\n```right\n2月17日\n```\n";
        let (sheet, found) = blocks(text, std::slice::from_ref(&chart)).unwrap();
        assert_eq!(
            (sheet.look, sheet.red_head.as_str(), sheet.foot.as_str()),
            (Look::Official, "海岬大学", "a * b")
        );
        let p = Span::plain;
        assert_eq!(
            found,
            [
                Block::Title(vec![p("题")]),
                Block::Heading(1, vec![p("一")]),
                Block::Para(Align::Left, vec![p("正文"), Span::bold("要紧"), p("的下一行")]),
                Block::Item(Mark::Dot, vec![p("点")]),
                Block::Item(Mark::Box(true), vec![p("办了")]),
                Block::Item(Mark::Box(false), vec![p("没办")]),
                Block::Item(Mark::Number(3), vec![p("三")]),
                Block::Item(Mark::Number(4), vec![p("四")]),
                Block::Rule,
                Block::Sign(vec![
                    ("交班人".to_owned(), "王_伟".to_owned()),
                    ("接班人".to_owned(), String::new())
                ]),
                Block::Room(4),
                Block::Chart(chart),
                Block::Break,
                Block::Small(vec![p("小字")]),
                Block::Para(Align::Right, vec![p("2月17日")]),
            ]
        );
    }

    #[test]
    fn a_table_keeps_its_sides_its_shares_and_its_empty_cells() {
        let text =
            "```table shares=3,1 lines=2\n| 单位 | 人数 |\n|---|---:|\n| **土木** | 12 |\n|  | 3 |\n```\n";
        let found = read(text);
        let Block::Table(table) = &found[0] else { panic!("{found:?}") };
        assert_eq!(table.align, [Align::Left, Align::Right]);
        assert_eq!((table.shares.as_slice(), table.lines), ([3, 1].as_slice(), 2));
        assert_eq!(table.rows[0], [vec![Span::bold("土木")], vec![Span::plain("12")]]);
        assert!(table.rows[1][0].is_empty());
    }

    #[test]
    fn what_cannot_be_laid_out_is_told() {
        let wrong = |text: &str| blocks(text, &[]).unwrap_err().zh;
        assert!(wrong("```chart none\n```\n").contains("none"));
        assert!(wrong("```what\n```\n").contains("what"));
        assert!(wrong("<div>x</div>\n").contains("div"));
        assert!(wrong("---\nlook: odd\n---\n").contains("odd"));
        assert!(wrong("```table shares=1\n| a | b |\n|---|---|\n```\n").contains("shares=1"));
    }
}
