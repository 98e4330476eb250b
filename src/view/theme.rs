//! How things look: in the colours of the terminal's ground where it has enough of them, else in its own 16, so that
//! light and dark terminals both serve, and in attributes alone where colours are not wanted. What a colour says, a word
//! beside it says too.

use super::palette::{On, Palette, Shade};

use crate::app::State;
use crate::app::Tone;
use crate::app::shown::column::Mood;
use crate::app::shown::shades::Depth;
use crate::app::shown::widths::Widths;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// Styles for one state of the screen. Every style is asked of the theme, whether or not it has a colour today.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    depth: Depth,
    /// The colours of the ground, where it is known and there are enough.
    palette: Option<&'static Palette>,
    /// Of the terminal's own colours only those that are read on any ground.
    safe: bool,
    /// Symbols of one column only.
    pub ascii: bool,
    /// What the terminal makes of characters.
    pub widths: Widths,
}

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

#[allow(clippy::unused_self, reason = "callers need not know which styles depend on colours")]
impl Theme {
    /// The theme of a state.
    pub fn of(state: &State) -> Self {
        let (depth, ground) = state.shades.drawn();
        let palette = matches!(depth, Depth::Many | Depth::True).then(|| Palette::of(ground));
        let safe = state.shades.wants_safe();
        Self { depth, palette, safe, ascii: state.widths.ambiguous, widths: state.widths }
    }

    /// A colour of the palette; without one the terminal's own.
    fn fg(self, shade: fn(&Palette) -> Shade, own: Color) -> Style {
        match self.palette {
            Some(palette) => Style::new().fg(shade(palette).at(self.depth)),
            None if self.depth == Depth::None => Style::new(),
            // Cyan, yellow and green are hardly seen on white; red is seen on both.
            None if self.safe && own != Color::Red => Style::new(),
            None => Style::new().fg(own),
        }
    }

    /// Letters on a ground of the palette; without one the two exchanged.
    fn on(self, pair: fn(&Palette) -> On) -> Style {
        let Some(palette) = self.palette else { return Style::new().add_modifier(Modifier::REVERSED) };
        let pair = pair(palette);
        Style::new().fg(pair.text.at(self.depth)).bg(pair.ground.at(self.depth))
    }

    /// Of less weight.
    pub fn dim(self) -> Style {
        match self.palette {
            Some(palette) => Style::new().fg(palette.dim.at(self.depth)),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// A title or heading.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The selected row, or the answer the cursor stands on. [`Theme::ink`] makes the one look of it that there is.
    pub fn selected(self) -> Style {
        // A red cell of a selected row would be a red block among others.
        let plain = Style::new().fg(Color::Reset).remove_modifier(Modifier::BOLD | Modifier::DIM);
        plain.add_modifier(Modifier::REVERSED)
    }

    /// The ground of a field that is typed into; where there is none it stands in [`Theme::brackets`].
    pub fn field(self) -> Style {
        self.palette.map_or_else(Style::new, |_| self.on(|palette| palette.field))
    }

    /// What stands in a field of itself while nothing is typed.
    pub fn field_dim(self) -> Style {
        match self.palette {
            Some(palette) => self.field().fg(palette.field_dim.at(self.depth)),
            None => self.dim(),
        }
    }

    /// What a field that is typed into stands between.
    pub fn brackets(self) -> [&'static str; 2] {
        if self.palette.is_some() { [" ", " "] } else { ["[", "]"] }
    }

    /// The line at the top.
    pub fn bar(self) -> Style {
        self.on(|palette| palette.bar)
    }

    /// What calls.
    pub fn alert(self) -> Style {
        self.on(|palette| palette.alert).add_modifier(Modifier::BOLD)
    }

    /// A key's name.
    pub fn key(self) -> Style {
        self.fg(|palette| palette.key, Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What was typed, pointed out in what was found: never by a colour alone.
    pub fn mark(self) -> Style {
        self.key().add_modifier(Modifier::UNDERLINED)
    }

    /// The border of a box: the one with the cursor stands out.
    pub fn border(self, focused: bool) -> Style {
        if focused { self.key() } else { self.dim() }
    }

    /// Of less weight, over the border of a box.
    pub fn on_edge(self) -> Style {
        Style::reset().patch(self.dim())
    }

    /// How something is meant.
    pub fn mood(self, mood: Mood) -> Style {
        match mood {
            Mood::Plain => Style::new(),
            Mood::Dim => self.dim(),
            Mood::Good => self.fg(|palette| palette.good, Color::Green),
            // Without a colour it stands out by its weight.
            Mood::Warn if self.safe => self.strong(),
            Mood::Warn => self.fg(|palette| palette.warn, Color::Yellow),
            Mood::Bad => self.fg(|palette| palette.bad, Color::Red).add_modifier(Modifier::BOLD),
        }
    }

    /// The tone of a line of feedback.
    pub fn tone(self, tone: Tone) -> Style {
        self.mood(match tone {
            Tone::Info => Mood::Plain,
            Tone::Good => Mood::Good,
            Tone::Warn => Mood::Warn,
            Tone::Bad => Mood::Bad,
        })
    }

    /// The symbols of borders.
    pub fn border_set(self) -> border::Set<'static> {
        if self.ascii { ASCII_BORDER } else { border::PLAIN }
    }

    /// What lies behind a dialog, in a dimmer look: less of everything, and still to be read.
    pub fn veil(self, cell: &mut Cell) {
        cell.modifier.remove(Modifier::BOLD);
        let Some(palette) = self.palette else {
            cell.modifier.insert(Modifier::DIM);
            return;
        };
        let grounds = [palette.behind, palette.behind_marked].map(|pair| pair.ground.at(self.depth));
        if grounds.contains(&cell.bg) {
            return;
        }
        let marked = cell.modifier.contains(Modifier::REVERSED) || cell.bg != Color::Reset;
        self.put(cell, if marked { palette.behind_marked } else { palette.behind });
    }

    /// The last thing that is done to a frame: what has no colour of its own gets those of the ground, whatever the
    /// terminal's are, and what is selected its own two.
    pub fn ink(self, buffer: &mut Buffer) {
        let Some(palette) = self.palette else { return };
        let plain = palette.plain;
        for cell in &mut buffer.content {
            if cell.modifier.contains(Modifier::REVERSED) {
                self.put(cell, palette.selected);
            }
            if cell.fg == Color::Reset {
                cell.fg = plain.text.at(self.depth);
            }
            if cell.bg == Color::Reset {
                cell.bg = plain.ground.at(self.depth);
            }
        }
    }

    fn put(self, cell: &mut Cell, pair: On) {
        cell.modifier.remove(Modifier::REVERSED);
        (cell.fg, cell.bg) = (pair.text.at(self.depth), pair.ground.at(self.depth));
    }
}
