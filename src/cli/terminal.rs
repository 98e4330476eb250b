//! What the terminal is: chosen on this machine, for one call, or asked of the terminal itself; what it shows of colours;
//! and the encoding it was told to show.

use super::office::Office;
use super::{Done, out};
use crate::app::shown::shades::{Depth, Ground, Shades};
use crate::domain::setting::{OF_MACHINE, TERMINAL, THEME, Terminal, Theme};
use crate::domain::text::safe_line;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::settings as words;
use crate::say::{Lang, Say};
use crate::store::{Reader, local};
use serde_json::{Map, Value};

/// For one call: they go before what was chosen.
const TERMINAL_VARIABLE: &str = "ZHIBAN_TERMINAL";
const THEME_VARIABLE: &str = "ZHIBAN_THEME";

/// `zhiban settings terminal [auto|plain]`, `theme [auto|light|dark|terminal]`: a choice of this machine, which is no act
/// of the office.
pub(super) fn run(
    office: &mut Office,
    (key, like): (&'static str, &'static str),
    value: Option<&str>,
    json: bool,
) -> Result<Done> {
    if let Some(value) = value {
        let value = value.trim();
        let bad = || Error::input(say::bad_value(key, safe_line(value), like));
        let chosen = like.split('|').find(|word| *word == value).ok_or_else(bad)?;
        office.may_write()?;
        office.store()?.keep_choice(key, chosen)?;
    }
    let chosen = kept(&office.reader, key);
    if json {
        out::json(&Map::from_iter([(key.to_owned(), Value::from(chosen))]))?;
    } else if value.is_some() {
        out::line(words::chosen(key, &chosen).get(office.lang))?;
    } else {
        out::line(&chosen)?;
    }
    Ok(Done::Yes)
}

/// What was chosen on this machine; without that, what asks the terminal.
pub(super) fn kept(reader: &Reader, key: &str) -> String {
    let like = OF_MACHINE.into_iter().find(|(one, _)| *one == key).map_or("", |(_, like)| like);
    let mut words = like.split('|');
    let first = words.clone().next().unwrap_or_default();
    let chosen = local::choice(reader, key).ok().flatten();
    chosen.filter(|word| words.any(|one| one == word)).unwrap_or_else(|| first.to_owned())
}

/// Whether the desk draws with plain signs alone.
pub(super) fn is_plain(reader: &Reader) -> bool {
    let told = std::env::var(TERMINAL_VARIABLE).ok().and_then(|word| Terminal::parse(word.trim()));
    told.or_else(|| Terminal::parse(&kept(reader, TERMINAL))) == Some(Terminal::Plain)
}

/// The colours that the desk draws with.
pub(super) fn shades(reader: &Reader, plain: bool) -> Shades {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let told = set(THEME_VARIABLE).and_then(|word| Theme::parse(word.trim()));
    let theme = told.or_else(|| Theme::parse(&kept(reader, THEME))).unwrap_or(Theme::Auto);
    shades_of(theme, plain, set)
}

/// The colours of a terminal by what is set for it. One that is `plain` is asked nothing.
fn shades_of(theme: Theme, plain: bool, set: impl Fn(&str) -> Option<String>) -> Shades {
    // https://no-color.org: any value but an empty one.
    if set("NO_COLOR").is_some() {
        return Shades::NONE;
    }
    let term = set("TERM");
    let has = depth_of(term.clone(), &set);
    let many = matches!(has, Depth::Many | Depth::True);
    let depth = if theme == Theme::Terminal { Depth::Sixteen } else { has };
    let ground = match theme {
        Theme::Light => Some(Ground::Light),
        Theme::Dark => Some(Ground::Dark),
        Theme::Auto | Theme::Terminal => {
            let told = set("COLORFGBG").and_then(|numbers| Ground::of_numbers(&numbers));
            // The console is dark; of others of 16 colours nothing is known, and what is seen on any ground serves.
            let dark = if many { plain } else { term.as_deref() == Some("linux") };
            told.or(dark.then_some(Ground::Dark))
        }
    };
    // A terminal of few colours may write the question on the screen.
    Shades { depth, ground, asks: many && matches!(theme, Theme::Auto | Theme::Terminal) && !plain }
}

/// How many colours a terminal has, by its name and what it sets.
fn depth_of(term: Option<String>, set: &impl Fn(&str) -> Option<String>) -> Depth {
    /// Those whose names do not say that they have 256.
    const KNOWN: [&str; 6] = ["alacritty", "contour", "foot", "wezterm", "xterm-ghostty", "xterm-kitty"];
    let term = term.unwrap_or_default();
    // GNU screen takes the parts of a true colour for attributes, and hands on what the terminal around it sets.
    let screen = set("STY").is_some() || (term.starts_with("screen") && set("TMUX").is_none());
    let says_true = set("COLORTERM").is_some_and(|word| ["truecolor", "24bit"].contains(&word.trim()));
    match () {
        () if ["", "dumb", "linux"].contains(&term.as_str()) => Depth::Sixteen,
        () if !screen && (says_true || term.ends_with("-direct")) => Depth::True,
        () if term.contains("256color") || KNOWN.iter().any(|name| term.starts_with(name)) => Depth::Many,
        () => Depth::Sixteen,
    }
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

    fn shades_in(theme: Theme, plain: bool, all: &[(&str, &str)]) -> (Depth, Option<Ground>, bool) {
        let set = |name: &str| all.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
        let shades = shades_of(theme, plain, set);
        (shades.depth, shades.ground, shades.asks)
    }

    #[test]
    fn colours_are_those_that_the_terminal_says_it_has() {
        const TRUE: (&str, &str) = ("COLORTERM", "truecolor");
        let depth = |all: &[(&str, &str)]| shades_in(Theme::Auto, false, all).0;
        for (all, has) in [
            (&[("TERM", "xterm-256color"), TRUE][..], Depth::True),
            (&[("TERM", "xterm-256color")], Depth::Many),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "xterm-kitty")], Depth::Many),
            (&[("TERM", "xterm")], Depth::Sixteen),
            (&[("TERM", "linux"), TRUE], Depth::Sixteen),
            (&[TRUE], Depth::Sixteen),
            (&[("TERM", "tmux-256color"), ("TMUX", "1"), TRUE], Depth::True),
            (&[("TERM", "screen"), ("TMUX", "1"), TRUE], Depth::True),
            (&[("TERM", "screen.xterm-256color"), TRUE], Depth::Many),
            (&[("TERM", "screen-256color"), ("STY", "1"), ("TMUX", "1"), TRUE], Depth::Many),
            (&[("TERM", "screen"), TRUE], Depth::Sixteen),
            (&[("TERM", "xterm-256color"), TRUE, ("NO_COLOR", "1")], Depth::None),
        ] {
            assert_eq!(depth(all), has, "{all:?}");
        }
    }

    #[test]
    fn the_ground_is_chosen_else_asked_for_else_what_is_set() {
        let many = ("TERM", "xterm-256color");
        let light = ("COLORFGBG", "0;15");
        for (theme, plain, all, ground, asks) in [
            (Theme::Auto, false, &[many][..], None, true),
            (Theme::Auto, false, &[many, light], Some(Ground::Light), true),
            (Theme::Auto, true, &[many], Some(Ground::Dark), false),
            (Theme::Auto, true, &[many, light], Some(Ground::Light), false),
            (Theme::Dark, false, &[many, light], Some(Ground::Dark), false),
            (Theme::Light, true, &[many], Some(Ground::Light), false),
            (Theme::Terminal, false, &[many], None, true),
            (Theme::Terminal, false, &[many, light], Some(Ground::Light), true),
            (Theme::Terminal, true, &[many], Some(Ground::Dark), false),
            (Theme::Light, false, &[("TERM", "xterm")], Some(Ground::Light), false),
            (Theme::Auto, false, &[("TERM", "xterm")], None, false),
            (Theme::Auto, false, &[("TERM", "xterm"), light], Some(Ground::Light), false),
            (Theme::Auto, false, &[("TERM", "linux")], Some(Ground::Dark), false),
            (Theme::Light, false, &[many, ("NO_COLOR", "1")], None, false),
        ] {
            let (_, has, is_asked) = shades_in(theme, plain, all);
            assert_eq!((has, is_asked), (ground, asks), "{theme:?} {plain} {all:?}");
        }
        assert_eq!(shades_in(Theme::Terminal, false, &[many]).0, Depth::Sixteen);
    }

    #[test]
    fn a_choice_of_this_machine_is_one_of_its_words() {
        for (key, like) in OF_MACHINE {
            let known = |word: &str| match key {
                TERMINAL => Terminal::parse(word).map(Terminal::word) == Some(word),
                _ => Theme::parse(word).map(Theme::word) == Some(word),
            };
            assert!(like.starts_with("auto|") && like.split('|').all(known), "{key}");
        }
    }

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
