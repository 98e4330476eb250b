//! The office's own tables of readings and short names, in the folder `words` beside its database.

use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::search::tables::{READINGS, SURNAMES, Tables, UNIT_NAMES};
use std::path::Path;

/// Puts the office's own tables to use, if it has any: before anything is looked for.
///
/// # Errors
/// A file cannot be read, or says something that no table can.
pub(super) fn install_beside(database: &Path) -> Result<()> {
    let folder = database.with_file_name("words");
    if !folder.is_dir() {
        return Ok(());
    }
    let text = |name: &str| -> Result<Option<String>> {
        let path = folder.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::machine(Kind::File, &error, |why| say::no_words(path.display(), why))),
        }
    };
    let (surnames, unit_names, readings) = (text(SURNAMES)?, text(UNIT_NAMES)?, text(READINGS)?);
    let tables = Tables::read(surnames.as_deref(), unit_names.as_deref(), readings.as_deref())?;
    // One office a process: nothing was looked for yet.
    tables.install();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_table_is_told_with_its_line_and_a_missing_folder_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("office.db");
        install_beside(&database).unwrap();
        std::fs::create_dir(folder.path().join("words")).unwrap();
        std::fs::write(folder.path().join("words").join(SURNAMES), "[single]\n\"曾\" = [\"Zēng\"]\n")
            .unwrap();
        let error = install_beside(&database).unwrap_err();
        let text = error.text(crate::say::Lang::Zh);
        assert!(text.contains("surnames.toml") && text.contains('2') && text.contains("曾"), "{text}");
    }
}
