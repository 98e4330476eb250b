//! What the reader of TOML says, told apart: it speaks one language, and to programmers.

/// What kind of thing stands wrong in a declaration's file, by the words of its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// There is no such word here: the word, and those there are.
    Unknown(String, Vec<String>),
    /// A word has to stand here.
    Missing(String),
    /// The same stands twice.
    Twice,
    /// Something of another kind has to stand here.
    Wanted(Wanted),
    /// One of these words has to stand here: what stands there, and the words.
    OneOf(String, Vec<String>),
    /// Text that does not stand in quotes.
    Unquoted,
    /// What was opened is not closed: with this sign, where that is said.
    Open(Option<char>),
    /// Anything else.
    Other,
}

/// What has to stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Text in quotes.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// A list in brackets.
    List,
    /// A table in braces, or under a heading of its own.
    Table,
    /// Something else.
    Other,
}

impl Syntax {
    /// Tells what is meant by what the reader said.
    pub fn of(said: &str) -> Self {
        let said = said.lines().next().unwrap_or_default();
        let words = || quoted(said).into_iter().map(str::to_owned);
        let first = || words().next().unwrap_or_default();
        if said.starts_with("unknown field ") {
            return Self::Unknown(first(), words().skip(1).collect());
        }
        if said.starts_with("unknown variant ") {
            return Self::OneOf(first(), words().skip(1).collect());
        }
        if said.starts_with("missing field ") {
            return Self::Missing(first());
        }
        if said.starts_with("duplicate ") {
            return Self::Twice;
        }
        if let Some(wanted) =
            said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "))
        {
            return Self::Wanted(Wanted::of(
                wanted.rsplit_once("expected ").map_or("", |(_, wanted)| wanted),
            ));
        }
        if said.starts_with("invalid boolean") {
            return Self::Wanted(Wanted::YesNo);
        }
        if said.starts_with("string values must be quoted") {
            return Self::Unquoted;
        }
        if said.starts_with("unclosed ") || said.contains(" string, expected `") {
            return Self::Open(words().next_back().and_then(|sign| sign.chars().next()));
        }
        Self::Other
    }
}

impl Wanted {
    fn of(wanted: &str) -> Self {
        match wanted {
            "a string" | "string" | "a borrowed string" => Self::Text,
            "a boolean" => Self::YesNo,
            "a sequence" | "an array" => Self::List,
            "a map" | "a table" => Self::Table,
            "an integer" | "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" => {
                Self::Number
            }
            of if of.starts_with("struct ") => Self::Table,
            _ => Self::Other,
        }
    }
}

/// What stands between grave accents.
fn quoted(said: &str) -> Vec<&str> {
    said.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::Ledger;
    use crate::domain::ledger::file::Wrong;

    /// A sound file; each case changes one thing in it.
    const SOUND: &str = "name = \"x\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"甲\", en = \"A\" }\nimport = true\n\
        [[column]]\nfield = \"a\"\ntitle = { zh = \"甲\", en = \"A\" }\ntype = \"code\"\ncodes = { one = [\"一\"] }\n";

    fn of(from: &str, to: &str) -> (usize, Syntax) {
        assert!(SOUND.contains(from), "{from}");
        let fault = Ledger::parse(&SOUND.replacen(from, to, 1)).unwrap_err();
        let Wrong::Syntax(_, said) = fault.wrong else { panic!("{fault:?}") };
        (fault.line, Syntax::of(&said))
    }

    #[test]
    fn what_the_reader_says_is_told_apart() {
        let wanted = |wanted| Syntax::Wanted(wanted);
        let (line, Syntax::Unknown(word, known)) = of("import", "imprt") else { panic!() };
        assert_eq!((line, word.as_str(), known.contains(&"import".to_owned())), (5, "imprt", true));
        let (line, Syntax::OneOf(word, known)) = of("\"code\"", "\"coed\"") else { panic!() };
        assert_eq!((line, word.as_str(), known.contains(&"code".to_owned())), (9, "coed", true));
        assert_eq!(
            of("what = \"ledger\"", "what = \"x\"").1,
            Syntax::OneOf("x".to_owned(), vec!["ledger".to_owned()])
        );
        assert_eq!(of("field = \"a\"\n", ""), (6, Syntax::Missing("field".to_owned())));
        assert_eq!(of(", en = \"A\"", "").1, Syntax::Missing("en".to_owned()));
        assert_eq!(of("import = true", "import = true\nimport = true"), (6, Syntax::Twice));
        assert_eq!(of("version = 1", "version = \"1\""), (2, wanted(Wanted::Number)));
        assert_eq!(of("version = 1", "version = 70000"), (2, wanted(Wanted::Number)));
        assert_eq!(of("true", "\"yes\""), (5, wanted(Wanted::YesNo)));
        assert_eq!(of("true", "tru"), (5, wanted(Wanted::YesNo)));
        assert_eq!(of("[\"一\"]", "\"一\"").1, wanted(Wanted::List));
        assert_eq!(of("{ zh = \"甲\", en = \"A\" }", "\"甲\"").1, wanted(Wanted::Table));
        assert_eq!(of("\"x\"", "7"), (1, wanted(Wanted::Text)));
        assert_eq!(of("\"x\"", "x"), (1, Syntax::Unquoted));
        assert_eq!(of("\"x\"", "“x”"), (1, Syntax::Unquoted));
        assert_eq!(of("\"x\"", "\"x"), (1, Syntax::Open(Some('"'))));
        assert_eq!(of("[[column]]", "[[column]"), (6, Syntax::Open(Some(']'))));
        assert_eq!(of("[[column]]", "[[column]] x").1, Syntax::Other);
    }
}
