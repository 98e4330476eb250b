//! Sheets that are locked with a password: it is asked for at a terminal, without being shown, or comes over standard input.

use super::{out, pin};
use crate::domain::password::{Password, Passwords};
use crate::error::{Error, Kind, Result};
use crate::i18n::{handover, locked as words};
use crate::intake::inbox::is_locked;
use crate::say::Lang;
use std::io::BufRead;
use zeroize::Zeroizing;

/// So often one file's password is asked for.
const TRIES: u32 = 3;

/// The passwords of one command: what is typed for a file is tried on those that follow.
pub(super) struct Keys {
    lang: Lang,
    stdin: bool,
    /// Standard input was read.
    heard: bool,
    known: Passwords,
}

impl Keys {
    pub(super) fn new(lang: Lang, stdin: bool) -> Self {
        Self { lang, stdin, heard: false, known: Passwords::default() }
    }

    /// Whether they come over standard input.
    pub(super) const fn is_given(&self) -> bool {
        self.stdin
    }

    /// Does something with a file; where it is locked, once more with its password.
    pub(super) fn open<T>(&mut self, file: &str, mut act: impl FnMut(&Passwords) -> Result<T>) -> Result<T> {
        let mut tries = 0;
        let mut typed: Option<Password> = None;
        loop {
            let error = match act(&self.known) {
                Err(error) if is_locked(&error) => error,
                other => return other,
            };
            if let Some(wrong) = typed.take() {
                self.known.drop(&wrong);
                if tries < TRIES && !self.stdin {
                    out::tell(words::WRONG.get(self.lang));
                }
            }
            if tries == TRIES {
                return Err(error);
            }
            tries += 1;
            let Some(next) = self.ask(file)? else {
                // Nobody is there who could be asked.
                let unasked = error.kind() == Some(Kind::Locked) && !self.stdin && !out::is_interactive();
                return Err(if unasked { error.hint(words::STDIN_HINT) } else { error });
            };
            self.known.add(next.clone());
            typed = Some(next);
        }
    }

    /// The next password to try; none where there is none.
    fn ask(&mut self, file: &str) -> Result<Option<Password>> {
        if self.stdin {
            if std::mem::replace(&mut self.heard, true) {
                return Ok(None);
            }
            let mut line = Zeroizing::new(String::new());
            let read = std::io::stdin().lock().read_line(&mut line);
            read.map_err(|error| Error::machine(Kind::File, &error, handover::no_input))?;
            return Ok(Password::new(&line));
        }
        if !out::is_interactive() {
            return Ok(None);
        }
        out::prompt(words::asked(file).get(self.lang));
        let typed = pin::unseen().map(Zeroizing::new);
        out::tell("");
        Ok(Password::new(&typed?))
    }
}

/// For programs: why a file is not read, where that is its password.
pub(super) fn code(error: &Error) -> Option<&'static str> {
    match error.kind() {
        Some(Kind::Locked) => Some("locked"),
        Some(Kind::WrongPassword) => Some("wrong-password"),
        _ => None,
    }
}
