//! Text → glyphs → lines. Shaping in the fonts' own units (an em is 1, so one shaping serves every size); where a line
//! may break by the Unicode rules, strictly, with what Chinese papers ask beyond them: figures stay with their units,
//! and curly quotation marks open and close like brackets. Figures are all of one width, marks side by side share their
//! room, and between Chinese and figures the same gap stands everywhere.

use super::block::Span;
use super::fonts::{Face, Fonts, Role, missing};
use crate::domain::text::safe_block;
use crate::error::Result;
use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// One glyph. Lengths in ems.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its place in its font.
    pub id: u32,
    /// Which of the text's fonts.
    pub face: usize,
    /// How far the pen moves.
    pub advance: f32,
    /// How much further it moves where no line ends behind it.
    pub gap: f32,
    /// How far from the pen it stands.
    pub offset: (f32, f32),
    /// The bytes of the text it stands for.
    pub range: Range<usize>,
}

/// Where a line may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Inside a cluster: never.
    Never,
    /// Only if nothing else helps: a word longer than the line.
    Forced,
    /// Inside what is read at one glance: only where all of it is longer than the line.
    Rather,
    /// Here.
    May,
    /// Here, and nowhere later.
    Must,
}

/// Text as glyphs.
#[derive(Debug)]
pub struct Shaped {
    /// The text.
    pub text: String,
    /// Its glyphs, in order.
    pub glyphs: Vec<Glyph>,
    /// The fonts they are of.
    pub faces: Vec<Arc<Face>>,
    /// Whether any of it stands out.
    pub is_strong: bool,
    starts: Vec<Start>,
}

/// Some glyphs of a [`Shaped`] text on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which, without the spaces at its end.
    pub glyphs: Range<usize>,
    /// How wide they are, in ems.
    pub width: f32,
    /// Whether the next line begins of itself: such a line may be spread to the full width.
    pub soft: bool,
}

/// Shapes text; the same text in the same font is shaped once.
pub struct Shaper<'a> {
    fonts: &'a Fonts,
    known: HashMap<(Role, Vec<Span>), Rc<Shaped>>,
    buffer: Option<UnicodeBuffer>,
    gap: Option<f32>,
}

impl<'a> Shaper<'a> {
    /// A shaper with these fonts.
    pub fn new(fonts: &'a Fonts) -> Self {
        Self::spaced(fonts, None)
    }

    /// One that puts this gap, in ems, between Chinese and figures or letters, in place of any blank.
    pub fn spaced(fonts: &'a Fonts, gap: Option<f32>) -> Self {
        Self { fonts, known: HashMap::new(), buffer: None, gap }
    }

    /// Spans in `role`; what stands out is set in [`Role::Strong`].
    ///
    /// # Errors
    /// No font has a character: the text it stands in is named.
    pub fn spans(&mut self, role: Role, spans: &[Span]) -> Result<Rc<Shaped>> {
        let key = (role, spans.to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        let shaped = Rc::new(self.shape(role, spans)?);
        self.known.insert(key, Rc::clone(&shaped));
        Ok(shaped)
    }

    /// Whether the font of titles has all of it.
    pub fn is_title(&self, text: &str) -> bool {
        self.fonts.is_title(text)
    }

    /// Plain text in `role`.
    ///
    /// # Errors
    /// No font has a character.
    pub fn text(&mut self, role: Role, text: &str) -> Result<Rc<Shaped>> {
        self.spans(role, &[Span::plain(text)])
    }

    fn shape(&mut self, role: Role, spans: &[Span]) -> Result<Shaped> {
        let mut text = String::new();
        let mut roles: Vec<(usize, Role)> = Vec::new();
        for span in spans {
            text.push_str(&safe_block(&span.text));
            roles.push((text.len(), if span.bold { Role::Strong } else { role }));
        }
        let is_strong = roles.iter().any(|(_, role)| *role == Role::Strong);
        let mut shaped =
            Shaped { text, glyphs: Vec::new(), faces: Vec::new(), is_strong, starts: Vec::new() };
        for (range, face) in self.runs(&shaped.text, &roles)? {
            let text = &shaped.text[range.clone()];
            let glyphs = self.run(&shaped.faces_with(&face), text, range.start);
            let place = shaped.place(face);
            shaped.glyphs.extend(glyphs.into_iter().map(|glyph| Glyph { face: place, ..glyph }));
        }
        squeeze(&mut shaped);
        if let Some(gap) = self.gap {
            space(&mut shaped, gap);
        }
        shaped.starts = starts(&shaped);
        Ok(shaped)
    }

    /// The text cut where its font changes.
    fn runs(&self, text: &str, roles: &[(usize, Role)]) -> Result<Vec<(Range<usize>, Arc<Face>)>> {
        let mut runs: Vec<(Range<usize>, Arc<Face>)> = Vec::new();
        let mut roles = roles.iter().peekable();
        for (at, c) in text.char_indices() {
            while roles.next_if(|(end, _)| *end <= at).is_some() {}
            let role = roles.peek().map_or(Role::Body, |(_, role)| *role);
            let end = at + c.len_utf8();
            // What has no glyph of its own goes with what stands before it.
            if let (Some(run), true) = (runs.last_mut(), c == '\n' || is_selector(c)) {
                run.0.end = end;
                continue;
            }
            let drawn = if c == '\n' { ' ' } else { stand_in(c) };
            let face = self.fonts.face(role, drawn).ok_or_else(|| missing(text, at, c))?;
            match runs.last_mut() {
                Some((range, last)) if Arc::ptr_eq(last, &face) => range.end = end,
                _ => runs.push((at..end, face)),
            }
        }
        Ok(runs)
    }

    /// Glyphs of one run; `from` is where it begins in the whole text.
    fn run(&mut self, face: &Face, text: &str, from: usize) -> Vec<Glyph> {
        let Some(parsed) = face.parsed() else { return Vec::new() };
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Face::SCRIPT);
        if let Some(language) = Face::language() {
            buffer.set_language(language);
        }
        for (at, c) in text.char_indices() {
            buffer.add(if c == '\n' { ' ' } else { stand_in(c) }, at as u32);
        }
        let shaper = face.shaper.shaper(&parsed).build();
        let out = shaper.shape(buffer, ShapeOptions::new().plan(Some(&face.plan)));
        let infos = out.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        for (place, (info, position)) in infos.iter().zip(out.glyph_positions()).enumerate() {
            let start = info.cluster as usize;
            let next = infos[place..].iter().map(|info| info.cluster as usize).find(|next| *next > start);
            let c = text[start..].chars().next().unwrap_or(' ');
            let mut advance = if c == '\n' { 0.0 } else { position.x_advance as f32 / face.units };
            let mut right = position.x_offset as f32 / face.units;
            // Figures stand under one another.
            if let Some((all, own)) = face.figure(c) {
                advance = all;
                right += (all - own) / 2.0;
            }
            glyphs.push(Glyph {
                id: info.glyph_id,
                face: 0,
                advance,
                gap: 0.0,
                offset: (right, position.y_offset as f32 / face.units),
                range: from + start..from + next.unwrap_or(text.len()),
            });
        }
        self.buffer = Some(out.clear());
        glyphs
    }
}

impl Shaped {
    fn faces_with(&self, face: &Arc<Face>) -> Arc<Face> {
        self.faces.iter().find(|known| Arc::ptr_eq(known, face)).unwrap_or(face).clone()
    }

    fn place(&mut self, face: Arc<Face>) -> usize {
        self.faces.iter().position(|known| Arc::ptr_eq(known, &face)).unwrap_or_else(|| {
            self.faces.push(face);
            self.faces.len() - 1
        })
    }

    /// The character a glyph stands for.
    fn char(&self, glyph: usize) -> char {
        self.glyphs.get(glyph).and_then(|glyph| self.text[glyph.range.start..].chars().next()).unwrap_or(' ')
    }

    /// The whole text on one line: how wide it is, in ems, if nothing in it asks for a new line.
    pub fn width(&self) -> f32 {
        self.lines(f32::MAX, f32::MAX).iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// The widest piece that would rather not be broken, in ems.
    pub fn widest_word(&self) -> f32 {
        let (mut widest, mut word) = (0.0_f32, 0.0_f32);
        for (place, glyph) in self.glyphs.iter().enumerate() {
            if matches!(self.starts[place], Start::May | Start::Must) {
                word = 0.0;
            }
            if self.char(place) != ' ' {
                word += glyph.advance + glyph.gap;
            }
            widest = widest.max(word);
        }
        widest
    }

    /// The whole text as one line.
    pub fn line(&self) -> Line {
        self.finish(0..self.glyphs.len(), false)
    }

    /// The text in lines of at most `width` ems, the first of at most `first`. A word longer than a line is cut
    /// between two characters, even there without a closing mark at the head of the next line if it can be helped.
    pub fn lines(&self, first: f32, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut begin, mut room, mut used, mut last) = (0, first, 0.0_f32, None);
        let mut rather = None;
        let mut at = 0;
        while at < self.glyphs.len() {
            let start = self.starts[at];
            if start == Start::Must && at > begin {
                lines.push(self.finish(begin..at, false));
                (begin, room, used, last, rather) = (at, width, 0.0, None, None);
            } else if at > begin {
                match start {
                    Start::May => last = Some(at),
                    Start::Rather => rather = Some(at),
                    _ => {}
                }
            }
            // Rounding must not push out the last character of a line that is exactly full.
            let advance = self.glyphs[at].advance;
            if used + advance > room + 0.001 && at > begin && self.char(at) != ' ' {
                let cut = last.or(rather).unwrap_or_else(|| self.forced(begin, at));
                lines.push(self.finish(begin..cut, true));
                (begin, room, used, last, rather) = (cut, width, 0.0, None, None);
                at = cut;
                continue;
            }
            used += advance + self.glyphs[at].gap;
            at += 1;
        }
        if begin < self.glyphs.len() || lines.is_empty() {
            lines.push(self.finish(begin..self.glyphs.len(), false));
        }
        lines
    }

    /// Where a word that does not fit is cut, at most at `at`.
    fn forced(&self, begin: usize, at: usize) -> usize {
        let whole = |cut: &usize| self.starts[*cut] != Start::Never;
        let good =
            |cut: &usize| whole(cut) && !is_closing(self.char(*cut)) && !self.opens_before(begin, *cut);
        let mut cuts = (begin + 1..=at).rev();
        let fallback = cuts.clone().find(whole);
        // The first cluster alone may be wider than the line: it stands out rather than nothing moving on.
        let next = || (at..self.glyphs.len()).find(whole);
        cuts.find(good).or(fallback).or_else(next).unwrap_or(self.glyphs.len())
    }

    /// Whether an opening mark stands before `cut`: it stays open over the spaces behind it.
    fn opens_before(&self, begin: usize, cut: usize) -> bool {
        let before = (begin..cut).rev().map(|place| self.char(place)).find(|c| *c != ' ');
        before.is_some_and(is_opening)
    }

    fn finish(&self, glyphs: Range<usize>, soft: bool) -> Line {
        let mut end = glyphs.end;
        while end > glyphs.start && matches!(self.char(end - 1), ' ' | '\n') {
            end -= 1;
        }
        let line = &self.glyphs[glyphs.start..end];
        let all: f32 = line.iter().map(|glyph| glyph.advance + glyph.gap).sum();
        let width = all - line.last().map_or(0.0, |last| last.gap);
        Line { glyphs: glyphs.start..end, width, soft }
    }

    /// The bytes of the text that stand on a line.
    pub fn bytes(&self, line: &Line) -> Range<usize> {
        let of = |place: usize| self.glyphs.get(place).map_or(self.text.len(), |glyph| glyph.range.start);
        of(line.glyphs.start)..of(line.glyphs.end)
    }

    /// After which glyphs of a line space may be put to make it wider: on either side of Chinese and at spaces, or
    /// at spaces alone.
    pub fn gaps(&self, line: &Line, spaces: bool) -> Vec<usize> {
        let inner = line.glyphs.start..line.glyphs.end.saturating_sub(1);
        let open = |c: char| c == ' ' || !spaces && is_chinese(c);
        inner
            .filter(|place| self.starts[place + 1] != Start::Never)
            .filter(|place| open(self.char(*place)) || !spaces && open(self.char(place + 1)))
            .collect()
    }
}

/// Marks whose right half is empty, and those whose left half is.
const LEFT: &str = "，。、；：）】》〉」』〕”’";
const RIGHT: &str = "（【《〈「『〔“‘";

/// Marks side by side share their room: each is half an em wide.
fn squeeze(shaped: &mut Shaped) {
    let is_mark = |place: usize| {
        let c = shaped.char(place);
        let is_wide = shaped.glyphs.get(place).is_some_and(|glyph| glyph.advance > 0.9);
        is_wide && (LEFT.contains(c) || RIGHT.contains(c))
    };
    let marks: Vec<bool> = (0..shaped.glyphs.len()).map(is_mark).collect();
    for place in 0..marks.len() {
        let beside = place > 0 && marks[place - 1] || marks.get(place + 1) == Some(&true);
        if marks[place] && beside {
            let opens = RIGHT.contains(shaped.char(place));
            let glyph = &mut shaped.glyphs[place];
            glyph.advance -= 0.5;
            if opens {
                glyph.offset.0 -= 0.5;
            }
        }
    }
}

/// The same gap between Chinese and figures or letters, whether a blank stands there or not.
fn space(shaped: &mut Shaped, gap: f32) {
    let char_of = |shaped: &Shaped, place: Option<usize>| place.map_or('\n', |place| shaped.char(place));
    let last = shaped.glyphs.len().checked_sub(1);
    let mut drop = Vec::new();
    for place in 0..shaped.glyphs.len() {
        let c = shaped.char(place);
        let next = char_of(shaped, (Some(place) < last).then_some(place + 1));
        if c == ' ' {
            let before = char_of(shaped, place.checked_sub(1));
            if are_mixed(before, next) {
                shaped.glyphs[place].advance = gap;
                drop.push(place);
            }
        } else if are_mixed(c, next) {
            shaped.glyphs[place].gap = gap;
        }
    }
    if gap == 0.0 {
        let mut place = 0;
        shaped.glyphs.retain(|_| {
            place += 1;
            drop.binary_search(&(place - 1)).is_err()
        });
    }
}

/// Whether one is Chinese and the other a figure or a letter.
fn are_mixed(one: char, other: char) -> bool {
    let is_word = |c: char| c.is_alphabetic() && is_chinese(c) && !('\u{ff00}'..='\u{ffef}').contains(&c);
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    is_word(one) && is_latin(other) || is_latin(one) && is_word(other)
}

/// Where lines may begin, for every glyph.
fn starts(shaped: &Shaped) -> Vec<Start> {
    let text = shaped.text.as_str();
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    let mut allowed = vec![false; text.len() + 1];
    for at in LineSegmenter::new_for_non_complex_scripts(options).segment_str(text) {
        allowed[at] = true;
    }
    let together = kept_together(text);
    let inside_of = |at: usize| together.iter().any(|kept| kept.start < at && at < kept.end);
    let mut before = None;
    let mut out = Vec::with_capacity(shaped.glyphs.len());
    for glyph in &shaped.glyphs {
        let at = glyph.range.start;
        let inside = before == Some(at);
        before = Some(at);
        out.push(match text[..at].chars().next_back() {
            _ if inside => Start::Never,
            Some('\n') => Start::Must,
            Some(_) if may(text, at, allowed[at]) && inside_of(at) => Start::Rather,
            Some(_) if may(text, at, allowed[at]) => Start::May,
            _ => Start::Forced,
        });
    }
    out
}

/// The longest formula that stands on one line, in ems: longer ones are broken like other text.
const FORMULA: f32 = 28.0;

/// The longest name in brackets that stands on one line, in characters.
const BRACKETED: usize = 8;

/// The longest code that stands on one line, in characters.
const CODE: usize = 40;

/// Codes, dates, numbers of telephones: letters and figures joined by marks, and the options of a command.
fn codes(text: &str, out: &mut Vec<Range<usize>>) {
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_alphanumeric() || "-_/.:@+~−".contains(c) {
            from.get_or_insert(at);
            continue;
        }
        let Some(piece) = from.take().map(|from| from..at) else { continue };
        let code = &text[piece.clone()];
        let is_code = code.starts_with("--") || code.contains(|c: char| c.is_ascii_digit());
        if is_code && code.contains(|c: char| !c.is_ascii_alphanumeric()) && code.len() <= CODE {
            out.push(piece);
        }
    }
}

/// The longest name of an office in the number of a paper, in characters.
const ISSUER: usize = 10;

/// Numbers of papers: 防控办〔2020〕14号.
fn paper_numbers(text: &str, out: &mut Vec<Range<usize>>) {
    for (open, mark) in text.match_indices('〔') {
        let Some((year, rest)) = text[open + mark.len()..].split_once('〕') else { return };
        let Some((number, _)) = rest.split_once('号') else { return };
        let is_figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        if !is_figures(year) || !is_figures(number.trim_start_matches('第').trim()) {
            continue;
        }
        let office = text[..open].chars().rev().take(ISSUER).take_while(|c| c.is_alphanumeric());
        let from = open - office.map(char::len_utf8).sum::<usize>();
        out.push(from..text.len() - rest.len() + number.len() + '号'.len_utf8());
    }
}

/// Dates and times in Chinese, each by itself: 2020年2月17日, 10时06分.
fn dates(text: &str, out: &mut Vec<Range<usize>>) {
    let (mut from, mut units) = (None, 0);
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                from.get_or_insert(at);
            }
            ' ' => {}
            '年' | '月' | '日' | '时' | '分' if from.is_some() => {
                units += 1;
                if let ('日' | '分', true, Some(from)) = (c, units > 1, from) {
                    out.push(from..at + c.len_utf8());
                }
                if matches!(c, '日' | '分') {
                    (from, units) = (None, 0);
                }
            }
            _ => (from, units) = (None, 0),
        }
    }
}

/// The longest name that stands on one line, in characters.
const NAME: usize = 4;

/// Names that stand by themselves, behind a blank or in a list: 包保联系人 李杰国, 于瑶、孙梅燕. What follows a comma is
/// running text, and is broken as such.
fn names(text: &str, out: &mut Vec<Range<usize>>) {
    let is_word = |c: char| c.is_alphabetic() && is_chinese(c);
    let (mut from, mut is_apart) = (0, true);
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_word(c) {
            continue;
        }
        let piece = from..at;
        if is_apart && (2..=NAME).contains(&text[piece.clone()].chars().count()) && !c.is_ascii_alphanumeric()
        {
            out.push(piece);
        }
        (from, is_apart) = (at + c.len_utf8(), " \u{3000}\n、：:（(".contains(c));
    }
}

/// What is read at one glance and not broken: a code, a date, the number of a paper, a name, a formula
/// (及时率＝按时÷应报), a name in brackets (（东校区）).
fn kept_together(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    codes(text, &mut out);
    paper_numbers(text, &mut out);
    dates(text, &mut out);
    names(text, &mut out);
    if text.contains(['=', '＝']) {
        let mut from = 0;
        let ends = text.match_indices(|c: char| "，。；：、！？（）()\n".contains(c));
        for (end, mark) in ends.map(|(at, mark)| (at, mark.len())).chain([(text.len(), 0)]) {
            let piece = &text[from..end];
            let wide: f32 = piece.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
            if piece.contains(['=', '＝']) && wide <= FORMULA {
                out.push(from..end);
            }
            from = end + mark;
        }
    }
    for (open, mark) in text.match_indices(['（', '(']) {
        let inner = &text[open + mark.len()..];
        let Some((long, close)) = inner.match_indices(['）', ')']).next() else { break };
        let name = &inner[..long];
        if !name.is_empty() && name.chars().count() <= BRACKETED && name.chars().all(char::is_alphabetic) {
            out.push(open..open + mark.len() + long + close.len());
        }
    }
    out
}

/// Whether a line may begin at `at`, given what the Unicode rules say.
fn may(text: &str, at: usize, allowed: bool) -> bool {
    let mut back = text[..at].chars().rev();
    let (before, earlier) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
    let mut ahead = text[at..].chars();
    let (after, later) = (ahead.next().unwrap_or(' '), ahead.next().unwrap_or(' '));
    // An opening mark stays open over the spaces behind it.
    if is_closing(after) || text[..at].trim_end_matches(' ').ends_with(is_opening) {
        return false;
    }
    // A figure and its unit: 3人, 3 人, 37.2 ℃; and what counts it: 第3.
    let figure = before.is_ascii_digit() && is_unit(after)
        || before == ' ' && earlier.is_ascii_digit() && is_unit(after)
        || before == '第' && after.is_ascii_digit();
    // A dash and an ellipsis of two are one mark.
    let pair = before == after && matches!(after, '—' | '…');
    if figure || pair {
        return false;
    }
    // Unicode leaves open which way a curly mark turns; here it is known.
    let opens = is_opening(after) && is_chinese(before) && later != ' ';
    let closes = is_closing(before) && matches!(before, '”' | '’') && is_chinese(after);
    allowed || opens || closes
}

/// Marks that no line begins with (GB/T 15834).
pub fn is_closing(c: char) -> bool {
    "、，。．；：？！）〕］｝〉》」』】〗”’·～%‰％℃,.;:?!)]}»›".contains(c)
}

/// Marks that no line ends with.
pub fn is_opening(c: char) -> bool {
    "（〔［｛〈《「『【〖“‘([{«‹￥¥$＄".contains(c)
}

/// Characters that count what a figure before them says.
fn is_unit(c: char) -> bool {
    "℃°％%‰人例名位个项次份间家户日号天周月年岁时点分秒元期批班级届楼层室栋号条件台张页行处万亿千百多余"
        .contains(c)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Whether a font draws `c`, or it needs none. The same private place holds another character on another machine.
pub(super) fn is_drawn_with(fonts: &Fonts, role: Role, c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    c == '\n' || is_selector(c) || !private && fonts.has(role, stand_in(c))
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Signs that stand in for some that the fonts lack; the text of the PDF keeps the original.
fn stand_in(c: char) -> char {
    match c {
        '☐' => '□',
        '☑' | '☒' => '✓',
        '⟨' => '〈',
        '⟩' => '〉',
        '↵' => '←',
        '\u{a0}' => ' ',
        _ => c,
    }
}
