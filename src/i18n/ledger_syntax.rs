//! What is wrong with the writing of a declaration's file: which word, of which kind, what to write instead.

use crate::domain::ledger::file::{Syntax, Wanted};
use crate::say::Say;

crate::words! {
    /// There is no such word here.
    unknown(word, known): "这里没有“{word}”这个词；可以写：{known}", "there is no \"{word}\" here; there are {known}";
    /// There is no such word here, and no other.
    unknown_alone(word): "这里没有“{word}”这个词，请删去", "there is no \"{word}\" here: take it out";
    /// A word is missing.
    missing(word): "这一段缺“{word}”，请补上", "\"{word}\" is missing here: add it";
    /// It stands twice.
    twice(line): "“{line}”前面已经写过，请删去一处；一栏、一步以上，每一段的标题写成 [[…]]",
        "\"{line}\" stands there already: take one out; of columns, steps and the like each has a heading [[…]]";
    /// One of these has to stand there.
    one_of(word, known): "“{word}”不能写在这里；请写其中之一：{known}", "\"{word}\" cannot stand here; one of these can: {known}";
    /// Text in quotes.
    unquoted(line): "“{line}”：文字要放在英文双引号 \" 里", "\"{line}\": text stands in straight double quotes";
    /// Something is not closed.
    open(line, sign): "“{line}”有括号或引号没有写完，缺 {sign}", "\"{line}\": a bracket or quote is not closed, {sign} is missing";
    /// Something is not closed, and it is not known what with.
    open_somewhere(line): "“{line}”有括号或引号没有写完", "\"{line}\": a bracket or quote is not closed";
    /// Something of another kind has to stand there.
    wanted(line, what, what_en): "“{line}”：这里要写{what}", "\"{line}\": here stands {what_en}";
    /// Whatever else the reader says.
    other(line, said): "“{line}”不合 TOML 的写法，请对照手册里的例子改（读取程序的原话：\"{said}\"）",
        "\"{line}\" is no TOML: compare the examples of the manual (its reader says: \"{said}\")";
}

const fn kind(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Text => ("文字，放在英文双引号 \" 里", "text in straight double quotes"),
        Wanted::Number => ("整数，不加引号，也不能过大", "a whole number without quotes, not too great"),
        Wanted::YesNo => ("true（是）或 false（否），不加引号", "true or false, without quotes"),
        Wanted::List => ("一列，放在方括号里：[\"…\"]", "a list in brackets: [\"…\"]"),
        Wanted::Table => ("一组，放在花括号里：{ … = \"…\" }", "a group in braces: { … = \"…\" }"),
        Wanted::Other => ("另一种值", "another kind of value"),
    }
}

/// What is wrong with a line, of which its reader said this.
pub(super) fn wrong(line: &str, said: &str) -> Say {
    // The line is there to be found, not to be read here.
    let line: String = line.chars().take(60).collect();
    match Syntax::of(said) {
        Syntax::Unknown(word, known) if known.is_empty() => unknown_alone(word),
        Syntax::Unknown(word, known) => unknown(word, known.join(" ")),
        Syntax::Missing(word) => missing(word),
        Syntax::Twice => twice(line),
        Syntax::OneOf(word, known) => one_of(word, known.join(" ")),
        Syntax::Unquoted => unquoted(line),
        Syntax::Open(Some(sign)) => open(line, sign),
        Syntax::Open(None) => open_somewhere(line),
        Syntax::Wanted(Wanted::Other) | Syntax::Other => other(line, said.lines().next().unwrap_or_default()),
        Syntax::Wanted(what) => {
            let (zh, en) = kind(what);
            wanted(line, zh, en)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_reader_are_quoted_where_nothing_better_is_known() {
        let known = [
            "unknown field `imprt`, expected `import`",
            "missing field `title`",
            "duplicate key",
            "invalid type: string \"1\", expected u16",
            "invalid type: string \"x\", expected struct Title",
            "unknown variant `coed`, expected `code`",
            "string values must be quoted, expected literal string",
            "invalid basic string, expected `\"`",
        ];
        for said in known {
            let Say { zh, en } = wrong("x = 1", said);
            for word in ["expected", "invalid", "unknown", "missing field", "struct", "u16", "duplicate"] {
                assert!(!zh.contains(word) && !en.contains(word), "{said}: {zh} {en}");
            }
        }
        assert!(wrong("x = 1", "odd thing").zh.contains("原话：\"odd thing\""));
    }
}
