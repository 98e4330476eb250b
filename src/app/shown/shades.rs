//! What the terminal shows of colours, and what ground it draws on: read from what is set, or asked of it.

/// How many colours there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// None are wanted.
    None,
    /// The terminal's own 16, whatever they look like.
    #[default]
    Sixteen,
    /// The 256 that look the same everywhere but for the first 16.
    Many,
    /// Each that there is.
    True,
}

/// What is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on a dark ground.
    Dark,
    /// Dark letters on a light one.
    Light,
}

impl Ground {
    /// That of a colour: whichever letters are seen better on it.
    pub fn of(red: u8, green: u8, blue: u8) -> Self {
        // Here black and white letters are seen equally well.
        const MIDDLE: f64 = 0.179;
        if luminance(red, green, blue) > MIDDLE { Self::Light } else { Self::Dark }
    }

    /// That of `COLORFGBG`, as some terminals set it: the numbers of the letters' colour and of the ground's.
    pub fn of_numbers(text: &str) -> Option<Self> {
        match text.rsplit(';').next()?.trim().parse().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }
}

/// How light a colour is, between nought and one, as WCAG counts it.
pub fn luminance(red: u8, green: u8, blue: u8) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// What the terminal shows of colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shades {
    /// How many it has.
    pub depth: Depth,
    /// What is written on, once it is known: until then in the terminal's own colours, which can be read on any.
    pub ground: Option<Ground>,
    /// The terminal is asked for its ground.
    pub asks: bool,
}

impl Shades {
    /// Attributes alone.
    pub const NONE: Self = Self { depth: Depth::None, ground: None, asks: false };

    /// The colours that are drawn with: those of the terminal where the ground is not known.
    pub fn drawn(self) -> (Depth, Ground) {
        match (self.depth, self.ground) {
            (Depth::Many | Depth::True, None) => (Depth::Sixteen, Ground::Dark),
            (depth, ground) => (depth, ground.unwrap_or(Ground::Dark)),
        }
    }

    /// Of the terminal's own 16 only those may be used that are read on light grounds as well as on dark ones: the ground is
    /// light, or nobody knows.
    pub fn wants_safe(self) -> bool {
        self.drawn().0 == Depth::Sixteen && self.ground != Some(Ground::Dark)
    }

    /// What was asked after the ground has its answer: a terminal that answers in turn does not know its ground, if
    /// that is unknown still.
    pub(in crate::app) fn settle(&mut self) {
        if self.asks {
            self.ground.get_or_insert(Ground::Dark);
        }
    }
}

/// What asks the terminal for the colour of its ground. It ends as the answers of some do, with a bell that is not rung.
pub const QUESTION: &str = "\x1b]11;?\x07";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_is_light_where_dark_letters_are_seen_better() {
        for (red, green, blue) in [(0, 0, 0), (30, 30, 30), (0, 43, 54), (0, 0, 255), (100, 100, 100)] {
            assert_eq!(Ground::of(red, green, blue), Ground::Dark, "{red} {green} {blue}");
        }
        for (red, green, blue) in [(255, 255, 255), (253, 246, 227), (150, 150, 150), (255, 255, 0)] {
            assert_eq!(Ground::of(red, green, blue), Ground::Light, "{red} {green} {blue}");
        }
    }

    #[test]
    fn the_ground_that_some_terminals_set_is_read() {
        for (text, ground) in [
            ("15;0", Some(Ground::Dark)),
            ("0;15", Some(Ground::Light)),
            ("0;default;15", Some(Ground::Light)),
            ("7;8", Some(Ground::Dark)),
            ("0;7", Some(Ground::Light)),
            ("15;default", None),
            ("", None),
            ("0;231", None),
        ] {
            assert_eq!(Ground::of_numbers(text), ground, "{text}");
        }
    }

    #[test]
    fn the_terminals_own_colours_stand_until_the_ground_is_known() {
        let mut shades = Shades { depth: Depth::True, ground: None, asks: true };
        assert_eq!(shades.drawn().0, Depth::Sixteen);
        shades.settle();
        assert_eq!(shades.drawn(), (Depth::True, Ground::Dark));
        let mut light = Shades { ground: Some(Ground::Light), ..shades };
        light.settle();
        assert_eq!(light.drawn(), (Depth::True, Ground::Light));
        for (ground, safe) in [(None, true), (Some(Ground::Light), true), (Some(Ground::Dark), false)] {
            assert_eq!(Shades { ground, ..Shades::default() }.wants_safe(), safe, "{ground:?}");
            let many = Shades { depth: Depth::Many, ground, asks: true };
            assert_eq!(many.wants_safe(), ground.is_none(), "{ground:?}");
        }
        assert!(!Shades::NONE.wants_safe());
        let mut never = Shades::default();
        never.settle();
        assert_eq!(never, Shades::default());
    }
}
