//! What the terminal is: chosen on this machine, for one call, or asked of the terminal itself; and the encoding it was
//! told to show.

use super::office::Office;
use super::{Done, out};
use crate::domain::setting::{TERMINAL, Terminal};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::settings as words;
use crate::say::{Lang, Say};
use crate::store::{Reader, local};
use serde_json::{Map, Value};

/// For one call: it goes before what was chosen.
const VARIABLE: &str = "ZHIBAN_TERMINAL";

/// `zhiban settings terminal [auto|plain]`: a choice of this machine, which is no act of the office.
pub(super) fn run(office: &mut Office, value: Option<&str>, json: bool) -> Result<Done> {
    if let Some(value) = value {
        let value = value.trim();
        let like = Error::input(say::bad_value(TERMINAL, safe_line(value), "auto|plain"));
        let chosen = Terminal::parse(value).ok_or(like)?;
        office.may_write()?;
        office.store()?.keep_choice(TERMINAL, chosen.word())?;
    }
    let chosen = kept(&office.reader);
    if json {
        out::json(&Map::from_iter([(TERMINAL.to_owned(), Value::from(chosen.word()))]))?;
    } else if value.is_some() {
        out::line(words::chosen(chosen.word()).get(office.lang))?;
    } else {
        out::line(chosen.word())?;
    }
    Ok(Done::Yes)
}

/// What was chosen on this machine.
pub(super) fn kept(reader: &Reader) -> Terminal {
    let chosen = local::choice(reader, TERMINAL).ok().flatten();
    chosen.and_then(|word| Terminal::parse(&word)).unwrap_or(Terminal::Auto)
}

/// Whether the desk draws with plain signs alone.
pub(super) fn is_plain(reader: &Reader) -> bool {
    let told = std::env::var(VARIABLE).ok().and_then(|word| Terminal::parse(word.trim()));
    told.unwrap_or_else(|| kept(reader)) == Terminal::Plain
}

/// Tells, and answers for the desk to tell too, that the terminal was told to show another encoding than UTF-8. On the
/// error output first: it is still there when the desk has been left.
pub(super) fn other_encoding(lang: Lang) -> Option<Say> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set)?;
    let (encoding, instead) = encoding_of(&locale)?;
    let said = words::other_encoding(safe_line(&encoding), safe_line(&instead));
    out::tell(said.get(lang));
    Some(said)
}

/// The encoding that a locale names, if that is not UTF-8, and the same locale with UTF-8. A Chinese one that names none
/// has an older encoding; of others that name none nothing is known.
fn encoding_of(locale: &str) -> Option<(String, String)> {
    let (name, modifier) = locale.split_once('@').map_or((locale, None), |(name, rest)| (name, Some(rest)));
    let (place, encoding) = match name.split_once('.') {
        Some((place, encoding)) => (place, encoding.to_owned()),
        None => match name {
            "zh_CN" | "zh_SG" => (name, "GB2312".to_owned()),
            "zh_TW" => (name, "BIG5".to_owned()),
            "zh_HK" => (name, "BIG5-HKSCS".to_owned()),
            _ => return None,
        },
    };
    let plain: String = encoding.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.eq_ignore_ascii_case("utf8") {
        return None;
    }
    let modifier = modifier.map(|rest| format!("@{rest}")).unwrap_or_default();
    Some((encoding, format!("{place}.UTF-8{modifier}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_of_another_encoding_is_known() {
        let of = |locale| encoding_of(locale).map(|(encoding, instead)| format!("{encoding} {instead}"));
        assert_eq!(of("zh_CN.GB18030").as_deref(), Some("GB18030 zh_CN.UTF-8"));
        assert_eq!(of("zh_CN.gbk@pinyin").as_deref(), Some("gbk zh_CN.UTF-8@pinyin"));
        assert_eq!(of("zh_CN").as_deref(), Some("GB2312 zh_CN.UTF-8"));
        assert_eq!(of("en_US.ISO-8859-1").as_deref(), Some("ISO-8859-1 en_US.UTF-8"));
        for fine in ["zh_CN.UTF-8", "zh_CN.utf8", "C.UTF-8", "C", "POSIX", "en_US", ""] {
            assert_eq!(of(fine), None, "{fine}");
        }
        let said = words::other_encoding("GB18030", "zh_CN.UTF-8");
        // Shown in that encoding the Chinese may be unreadable: what to do stands in letters that are the same in all.
        assert!(said.zh.contains("export LANG=zh_CN.UTF-8") && said.en.contains("export LANG=zh_CN.UTF-8"));
    }
}
