//! How things look: the terminal's own 16 colours, so that light and dark terminals both serve, and attributes
//! alone where colours are not wanted. What a colour says, a word beside it says too.

use crate::app::State;
use crate::app::Tone;
use crate::app::shown::column::Mood;
use crate::app::shown::widths::Widths;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

/// Styles for one state of the screen. Every style is asked of the theme, whether or not it has a colour today.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    color: bool,
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
        Self { color: state.color, ascii: state.widths.ambiguous, widths: state.widths }
    }

    fn fg(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    /// Of less weight.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// A title or heading.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The selected row, or the answer the cursor stands on.
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A key's name.
    pub fn key(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What was typed, pointed out in what was found: never by a colour alone.
    pub fn mark(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// The border of a box: the one with the cursor stands out.
    pub fn border(self, focused: bool) -> Style {
        if focused { self.fg(Color::Cyan).add_modifier(Modifier::BOLD) } else { self.dim() }
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
            Mood::Good => self.fg(Color::Green),
            Mood::Warn => self.fg(Color::Yellow),
            Mood::Bad => self.fg(Color::Red).add_modifier(Modifier::BOLD),
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
}
