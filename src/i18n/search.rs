//! What is wrong with an office's own tables of readings and short names.

use crate::error::Error;
use crate::say::Say;
use crate::search::tables::{Flaw, TableError};

crate::words! {
    /// The file is not TOML, or not of this shape.
    NOT_A_TABLE: "写法有误", "it is not written as a table is";
    /// A reading that is no letters.
    bad_reading(of, reading): "“{of}”的读音“{reading}”不对，应是不带声调的小写拼音，ü 写作 v",
        "the reading \"{reading}\" of \"{of}\" is wrong: small pinyin letters without tones are needed, ü as v";
    /// A key that is not one character.
    one_character(key): "“{key}”应是一个字", "\"{key}\" should be one character";
    /// A key that is not two characters.
    two_characters(key): "“{key}”应是两个字的复姓", "\"{key}\" should be a compound surname of two characters";
    /// A compound surname whose reading is not two syllables.
    two_syllables(key, reading): "复姓“{key}”的读音“{reading}”应是两个音节，中间一个空格",
        "the reading \"{reading}\" of \"{key}\" should be two syllables with a space between";
    /// No reading, or no short form.
    empty(key): "“{key}”后面是空的", "nothing stands behind \"{key}\"";
    /// Where it stands.
    MEND: "请改正这个文件，或删去以用内置的表", "Mend the file, or remove it to use the built-in table";
}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        let what: Say = match error.what {
            Flaw::NotATable => NOT_A_TABLE.into(),
            Flaw::Reading(key, reading) => bad_reading(key, reading),
            Flaw::OneCharacter(key) => one_character(key),
            Flaw::TwoCharacters(key) => two_characters(key),
            Flaw::TwoSyllables(key, reading) => two_syllables(key, reading),
            Flaw::Empty(key) => empty(key),
        };
        Self::file(at_line(error.file, error.line, &what)).hint(MEND)
    }
}

/// What is wrong, with its file and line before it.
pub fn at_line(file: &str, line: usize, what: &Say) -> Say {
    Say {
        zh: format!("words/{file} 第 {line} 行：{}", what.zh),
        en: format!("words/{file}, line {line}: {}", what.en),
    }
}
