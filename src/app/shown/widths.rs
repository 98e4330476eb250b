//! What the terminal makes of characters whose width is a matter of opinion: measured, or taken at its worst.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a character is measured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Signs of ambiguous width: borders, `①`, `…`.
    Signs,
    /// Letters of ambiguous width: `é`, `ü`, `ǎ`. Some terminals draw them two columns wide with the signs, whatever
    /// the tables of widths say.
    Letters,
    /// A block of Chinese characters that is younger than many terminals: one of them drops what it does not know.
    Block(usize),
}

/// The characters that are measured, each on a row of its own, so that an answer says which it is for.
const PROBES: [(char, Asks); 9] = [
    ('①', Asks::Signs),
    ('é', Asks::Letters),
    ('í', Asks::Letters),
    ('ü', Asks::Letters),
    ('ǎ', Asks::Letters),
    ('\u{30000}', Asks::Block(0)),
    ('\u{31350}', Asks::Block(1)),
    ('\u{2ebf0}', Asks::Block(2)),
    ('\u{323b0}', Asks::Block(3)),
];

/// The CJK extensions G, H, I and J.
const BLOCKS: [std::ops::RangeInclusive<char>; 4] = [
    '\u{30000}'..='\u{3134f}',
    '\u{31350}'..='\u{323af}',
    '\u{2ebf0}'..='\u{2ee5f}',
    '\u{323b0}'..='\u{3347f}',
];

/// What the terminal makes of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Widths {
    /// Signs of ambiguous width take two columns.
    pub ambiguous: bool,
    /// So do letters.
    pub letters: bool,
    /// Blocks of characters it does not draw two columns wide, as the newest are in a terminal that drops them.
    pub lacks: [bool; BLOCKS.len()],
}

impl Widths {
    /// Nothing that any terminal draws otherwise: for one that cannot be asked.
    pub const PLAIN: Self = Self { ambiguous: true, letters: true, lacks: [true; BLOCKS.len()] };

    /// Takes in how many columns a probe took.
    pub(in crate::app) fn take(&mut self, probe: usize, columns: u16) {
        match PROBES.get(probe) {
            Some((_, Asks::Signs)) => self.ambiguous = columns >= 2,
            Some((_, Asks::Letters)) => self.letters |= columns >= 2,
            Some((_, Asks::Block(block))) => self.lacks[*block] = columns != 2,
            None => {}
        }
    }

    /// What is written instead of a character that the terminal would not draw as wide as it is laid out.
    pub fn instead(self, c: char) -> Option<String> {
        if c.is_ascii() {
            return None;
        }
        // These are not of two widths by the tables; many a font that draws others so has them so, or not at all.
        if self.ambiguous
            && let Some(plain) = [('▸', ">"), ('▾', "v")].iter().find(|(sign, _)| *sign == c)
        {
            return Some(plain.1.to_owned());
        }
        if self.ambiguous && c.width() != c.width_cjk() {
            return Some(sign(c).to_owned());
        }
        if self.letters
            && let Some(letter) = letter(c)
        {
            return Some(letter.to_owned());
        }
        let lacking = BLOCKS.iter().zip(self.lacks).any(|(block, lacks)| lacks && block.contains(&c));
        lacking.then(|| format!("〔U+{:04X}〕", u32::from(c)))
    }
}

/// What asks the terminal: each probe at the beginning of its row, and then where the cursor went.
pub fn questions() -> String {
    let mut asked = String::new();
    for (row, (c, _)) in PROBES.iter().enumerate() {
        let place = (row + 1).to_string();
        asked.extend(["\x1b[", &place, ";1H"]);
        asked.push(*c);
        asked.push_str("\x1b[6n");
    }
    asked
}

/// How many probes there are.
pub const fn probes() -> usize {
    PROBES.len()
}

/// Whether it is one of the characters that are younger than many terminals.
pub fn is_young(symbol: &str) -> bool {
    !symbol.is_ascii() && symbol.width() == 2 && symbol.chars().any(|c| BLOCKS.iter().any(|b| b.contains(&c)))
}

/// A sign of ambiguous width in letters and signs that have one.
fn sign(c: char) -> &'static str {
    match c {
        '“' | '”' | '„' => "\"",
        '‘' | '’' => "'",
        // A late day in a strip of days is a dash, one that is not there yet in a gauge a dot.
        '—' | '–' | '─' | '―' | '▌' => "-",
        '…' => "...",
        '·' | '•' | '░' => ".",
        '○' | '◎' | '°' => "o",
        '●' | '★' | '☆' | '※' => "*",
        '×' => "x",
        '÷' => "/",
        '±' => "+-",
        '→' => "->",
        '←' => "<-",
        '↑' => "^",
        '↓' => "v",
        '│' | '║' => "|",
        '℃' => "C",
        '①' => "(1)",
        '②' => "(2)",
        '③' => "(3)",
        '④' => "(4)",
        '⑤' => "(5)",
        // What is drawn as columns: how high. And a day without a report.
        '▁' => "1",
        '▂' => "2",
        '▃' => "3",
        '▄' => "4",
        '▅' => "5",
        '▆' => "6",
        '▇' => "7",
        '█' => "8",
        '▉' => "X",
        '▊' => "#",
        '⟨' => "<",
        '⟩' => ">",
        _ => "?",
    }
}

/// The letters of ambiguous width that have a plain one, as a person without their keys would type them.
const LETTERS: &str = "Æ:AE Ð:D Ø:O Þ:Th ß:ss à:a á:a æ:ae è:e é:e ê:e ì:i í:i ð:d ò:o ó:o ø:o ù:u ú:u ü:u þ:th ā:a \
    đ:d ē:e ě:e Ħ:H ħ:h ī:i ı:i Ĳ:IJ ĳ:ij ĸ:k Ŀ:L ŀ:l Ł:L ł:l ń:n ň:n ŉ:'n Ŋ:N ŋ:n ō:o Œ:OE œ:oe Ŧ:T ŧ:t ū:u ǎ:a ǐ:i \
    ǒ:o ǔ:u ǖ:u ǘ:u ǚ:u ǜ:u ɑ:a ɡ:g ª:a º:o";

/// A letter of ambiguous width in plain ones; of Greek and Cyrillic, which have none, that one stands there.
fn letter(c: char) -> Option<&'static str> {
    let plain = LETTERS.split_whitespace().find_map(|pair| pair.strip_prefix(c)?.strip_prefix(':'));
    plain.or(matches!(c, 'Α'..='Ω' | 'α'..='ρ' | 'σ'..='ω' | 'Ё' | 'А'..='я' | 'ё').then_some("?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_taken_for_what_was_asked() {
        let mut widths = Widths::default();
        for (probe, columns) in [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (99, 7)] {
            widths.take(probe, columns);
        }
        assert_eq!(widths, Widths::default());
        widths.take(3, 2);
        assert!(widths.letters && !widths.ambiguous);
        // One letter that is wide is enough.
        widths.take(4, 1);
        assert!(widths.letters);
        // A terminal that drops a character leaves the cursor where it was; one that draws it narrow is as wrong.
        widths.take(7, 0);
        widths.take(8, 1);
        assert_eq!(widths.lacks, [false, false, true, true]);
        assert_eq!(questions().matches("\x1b[6n").count(), probes());
        assert!(questions().contains("\x1b[8;1H\u{2ebf0}\x1b[6n"));
    }

    #[test]
    fn what_stands_instead_has_one_width_everywhere() {
        let plain = Widths::PLAIN;
        let all = LETTERS.split_whitespace().filter_map(|pair| pair.chars().next());
        for c in all.chain("①…─“Ж😀é".chars()).filter(|c| *c != '😀') {
            let instead = plain.instead(c).unwrap();
            assert!(instead.is_ascii() && !instead.is_empty(), "{c}: {instead}");
        }
        assert_eq!(plain.instead('\u{2ebf0}').as_deref(), Some("〔U+2EBF0〕"));
        assert_eq!(plain.instead('\u{31350}').as_deref(), Some("〔U+31350〕"));
        for kept in ['a', '王', '𬱖', '〔', '\u{20000}', '，'] {
            assert_eq!(plain.instead(kept), None, "{kept}");
        }
        for kept in ['é', '①', '\u{2ebf0}'] {
            assert_eq!(Widths::default().instead(kept), None, "{kept}");
        }
        assert!(is_young("\u{323b0}") && !is_young("王") && !is_young("a"));
    }
}
