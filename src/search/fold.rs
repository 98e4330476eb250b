//! One spelling for everything that is compared.

use crate::domain::text::is_hidden;

/// Small letters, half-width forms and digits only: spaces, dots, hyphens, invisible characters and tone marks
/// are left out; `ü` becomes `v`, as it is typed.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |c, _| out.push(c));
    out
}

/// The folded characters, each with the place of the character of `text` that it comes from.
pub fn fold_places(text: &str) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(text.len());
    each(text, |c, place| out.push((c, place)));
    out
}

fn each(text: &str, mut emit: impl FnMut(char, usize)) {
    let mut chars = text.chars().enumerate().peekable();
    while let Some((place, c)) = chars.next() {
        let c = width(c);
        // A `u` whose dots stand in a character of their own.
        if matches!(c, 'u' | 'U') && chars.peek().is_some_and(|(_, next)| *next == '\u{308}') {
            emit('v', place);
            continue;
        }
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                emit(c.to_ascii_lowercase(), place);
            }
        } else if let Some(letter) = toned(c) {
            emit(letter, place);
        } else if c.is_alphanumeric() && !is_hidden(c) {
            c.to_lowercase().for_each(|small| emit(small, place));
        }
    }
}

fn width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A letter with a tone mark or dots, without.
fn toned(c: char) -> Option<char> {
    Some(match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'Ā' | 'Á' | 'Ǎ' | 'À' | 'ä' | 'Ä' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'Ē' | 'É' | 'Ě' | 'È' | 'ê' | 'Ê' | 'ë' | 'Ë' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'Ī' | 'Í' | 'Ǐ' | 'Ì' | 'ï' | 'Ï' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'Ō' | 'Ó' | 'Ǒ' | 'Ò' | 'ö' | 'Ö' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' | 'Ū' | 'Ú' | 'Ǔ' | 'Ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' | 'ñ' | 'Ñ' => 'n',
        _ => return None,
    })
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
        assert_eq!(fold("Lǚ lü lu\u{308}"), "lvlvlv");
        assert_eq!(fold("王\u{200b}伟\u{202e}\u{3164}"), "王伟");
        assert_eq!(fold("138-0013 5678"), "13800135678");
        assert_eq!(fold("—…（）"), "");
    }

    #[test]
    fn places_point_into_the_text() {
        assert_eq!(fold_places("热 合·曼"), [('热', 0), ('合', 2), ('曼', 4)]);
    }
}
