//! One spelling for everything that is compared.

use super::{hanzi, letters};
use crate::domain::text::is_hidden;

/// Small letters, half-width forms and digits only: spaces, dots, hyphens, invisible characters and marks above
/// letters are left out; `ü` becomes `v`, as it is typed; every Chinese character takes the form of today
/// (`data/hanzi.txt`).
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |c, _| out.push(compared(c)));
    out
}

/// The folded characters, each with the place of the character of `text` that it comes from.
pub fn fold_places(text: &str) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(text.len());
    each(text, |c, place| out.push((compared(c), place)));
    out
}

/// The characters of a name as it is read aloud, each with its place: folded, but for Chinese characters, which
/// keep the form they are written in, and for `ü ö ä ø å`. A form may have a reading that the folded one lacks
/// (`乾` is *qian*, `干` is not), and `ü` may be *u*; [`compared`] gives what each is compared as.
pub fn letters(text: &str) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(text.len());
    each(text, |c, place| out.push((c, place)));
    out
}

/// What one character of [`letters`] is compared as.
pub fn compared(c: char) -> char {
    if c.is_ascii() { c } else { hanzi::form(c) }
}

fn each(text: &str, mut emit: impl FnMut(char, usize)) {
    let mut chars = text.chars().enumerate().peekable();
    while let Some((place, c)) = chars.next() {
        let c = width(c);
        if hanzi::is_own(c) {
            emit(c, place);
        } else if c.is_ascii() {
            // A letter whose dots stand in a character of their own.
            let dots = chars.peek().is_some_and(|(_, next)| *next == '\u{308}');
            if c.is_ascii_alphanumeric() {
                emit(if dots { dotted(c) } else { c.to_ascii_lowercase() }, place);
            }
        } else if let Some(several) = letters::several(c) {
            several.chars().for_each(|small| emit(small, place));
        } else {
            other(c, |c| emit(c, place));
        }
    }
}

/// What is neither plain nor a Chinese character of its own.
fn other(c: char, mut emit: impl FnMut(char)) {
    let small = match c {
        'Ü' => 'ü',
        'Ö' => 'ö',
        'Ä' => 'ä',
        'Ø' => 'ø',
        'Å' => 'å',
        c => c,
    };
    if !letters::also(small).is_empty() {
        emit(small);
    } else if let Some(to) = hanzi::folded(c) {
        emit(to);
    } else if c.is_alphanumeric() && !is_hidden(c) && !stands_between(c) {
        c.to_lowercase().for_each(emit);
    }
}

/// Letters by their class that only part or lengthen others: modifier letters, `ㆍ` typed for a dot, `ー` for a dash.
fn stands_between(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}' | '\u{318d}' | '\u{30fc}' | '\u{ff70}')
}

fn width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn dotted(c: char) -> char {
    match c.to_ascii_lowercase() {
        'u' => 'ü',
        'o' => 'ö',
        'a' => 'ä',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling() {
        assert_eq!(fold("Zhāng Wěi"), "zhangwei");
        assert_eq!(fold("ＺＷ　１２３"), "zw123");
        assert_eq!(fold("阿不都·热合曼"), "阿不都热合曼");
        assert_eq!(fold("xi'an"), "xian");
        assert_eq!(fold("Lǚ lü lu\u{308} LÜ"), "lvlvlvlv");
        assert_eq!(fold("王\u{200b}伟\u{202e}\u{3164}"), "王伟");
        assert_eq!(fold("138-0013 5678"), "13800135678");
        assert_eq!(fold("—…（）"), "");
    }

    #[test]
    fn traditional_and_simplified_are_one() {
        assert_eq!(fold("張偉"), fold("张伟"));
        assert_eq!(fold("髙峯"), "高峰");
        assert_eq!(fold("瀋陽"), "沈阳");
        assert_eq!(fold("王\u{e863}"), "王䶮");
        // A variation selector behind a character changes nothing.
        assert_eq!(fold("葛\u{e0100}明"), "葛明");
    }

    #[test]
    fn every_dot_between_the_parts_of_a_name_is_left_out() {
        for dot in [
            "·", "•", "・", "‧", ".", "．", "-", " ", "　", "∙", "⋅", "●", "･", "ㆍ", "ˑ", "'", "’", "ʼ",
            "\u{b7}",
        ] {
            assert_eq!(fold(&format!("买买提{dot}艾力")), "买买提艾力", "{dot:?}");
        }
    }

    #[test]
    fn latin_names_are_plain_letters() {
        for (name, plain) in [
            ("José Muñoz", "josemunoz"),
            ("Jose\u{301}", "jose"),
            ("Đặng Thị Hồng", "dangthihong"),
            ("Søren", "soren"),
            ("Łukasz", "lukasz"),
            ("Weiß", "weiss"),
            ("ışık İzmir", "isikizmir"),
            ("Þór Ægir", "thoraegir"),
            ("Müller", "mvller"),
            ("Mu\u{308}ller", "mvller"),
            ("Ａｎｎａ", "anna"),
        ] {
            assert_eq!(fold(name), plain, "{name}");
        }
        assert_eq!(fold("计算机Ⅱ班"), "计算机ii班");
    }

    #[test]
    fn places_point_into_the_text() {
        assert_eq!(fold_places("热 合·曼"), [('热', 0), ('合', 2), ('曼', 4)]);
        assert_eq!(fold_places("ßü"), [('s', 0), ('s', 0), ('v', 1)]);
    }

    #[test]
    fn a_name_read_aloud_keeps_its_forms() {
        assert_eq!(letters("李·乾"), [('李', 0), ('乾', 2)]);
        assert_eq!(letters("Ü"), [('ü', 0)]);
        // A radical or a compatibility form never has readings of its own.
        assert_eq!(letters("⻰\u{f9b4}"), [('龙', 0), ('领', 1)]);
        for (c, _) in letters("髙Müller張") {
            assert_eq!(fold(&c.to_string()), compared(c).to_string());
        }
    }
}
