//! The preview of a paper, page by page, and the short list of papers.

use super::paint::{fill, popup, write};
use super::text::width;
use super::theme::Theme;
use crate::app::shown::column::Mood;
use crate::app::shown::paper::{Preview, Which};
use crate::app::{State, layout};
use crate::i18n::paper as say;
use crate::paper::lines::LineKind;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The preview.
pub fn preview(frame: &mut Frame, state: &State, preview: &Preview) {
    let (theme, lang) = (Theme::of(state), state.lang);
    let area = layout::paper_box(state.size);
    let title = preview.sheaf.as_ref().map_or("", |sheaf| sheaf.title.as_str());
    popup(frame, area, &format!(" {title} "), theme);
    let inner = layout::paper(state.size);
    if let Some(error) = &preview.error {
        let lines = super::text::wrap(error.get(lang), usize::from(inner.width));
        for (y, line) in (inner.y..inner.bottom()).zip(&lines) {
            write(frame, inner, inner.x, y, line, theme.mood(Mood::Bad), theme);
        }
        return;
    }
    let Some(sheaf) = &preview.sheaf else {
        write(frame, inner, inner.x, inner.y, preview.words.get(lang), theme.dim(), theme);
        return;
    };
    let lines = preview.seen();
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(preview.scroll)) {
        let style = match line.kind {
            LineKind::Title | LineKind::Heading | LineKind::Head => theme.strong(),
            LineKind::Small => theme.dim(),
            LineKind::Plain => Style::new(),
        };
        let mut x = inner.x;
        for span in &line.spans {
            let style = if span.bold { theme.strong() } else { style };
            x += write(frame, inner, x, y, &span.text, style, theme);
        }
    }
    // Which page, on the lower border; above it stands the page itself.
    let mut words = vec![say::page_of(preview.page + 1, preview.pages()).get(lang).to_owned()];
    if let Some(file) = &preview.written {
        // The folder is that of the database; the name alone still says that it is done.
        let room = usize::from(area.width) * 2 / 3;
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let file = if width(file) <= room { file.as_str() } else { name };
        words.insert(0, say::written_already(file).get(lang).to_owned());
    }
    if preview.scroll + usize::from(inner.height) < lines.len() {
        words.push(say::MORE_BELOW.get(lang).to_owned());
    }
    if sheaf.revealed {
        words.push(say::IN_FULL.get(lang).to_owned());
    } else if !sheaf.numbers.is_empty() {
        words.push(say::MASKED.get(lang).to_owned());
    }
    let text = format!(" {} ", words.join("  "));
    let edge = Rect { x: area.x + 2, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    let x = edge.right().saturating_sub(width(&text) as u16).max(edge.x);
    write(frame, edge, x, edge.y, &text, theme.strong(), theme);
}

/// The short list of papers.
pub fn which(frame: &mut Frame, state: &State, which: &Which) {
    let theme = Theme::of(state);
    let area = layout::dialog(state.size, 50, which.papers.len().min(14) as u16 + 2);
    let inner = popup(frame, area, &format!(" {} ", say::WHICH_TITLE.get(state.lang)), theme);
    let rows = which.papers.iter().enumerate();
    for (y, (at, (words, _))) in (inner.y..inner.bottom()).zip(rows) {
        let cursor = if at == which.at { '>' } else { ' ' };
        let words = format!("{cursor}{}", words.get(state.lang));
        write(frame, inner, inner.x, y, &words, Style::new(), theme);
        if at == which.at {
            fill(frame, inner, y, theme.selected());
        }
    }
}
