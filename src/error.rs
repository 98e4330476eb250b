//! Two kinds of error: [`User`] says what is wrong and what to do about it, in the reader's language;
//! [`Internal`] is ours, with the chain of what was being done.

pub mod words;

use crate::say::{Lang, Say};

/// The result used throughout.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the officer can act on.
    #[error("{}", .0.what.en)]
    User(Box<User>),
    /// A fault of the program or of the machine.
    #[error(transparent)]
    Internal(Internal),
}

/// Something the officer can act on.
#[derive(Debug, Clone)]
pub struct User {
    /// Which kind, for callers that react to it.
    pub kind: Kind,
    /// What is wrong, and where.
    pub what: Say,
    /// What to do about it.
    pub hint: Option<Say>,
    /// Which field of a form is to be filled in anew, when it is that.
    pub field: Option<&'static str>,
}

/// The kinds of user error that callers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An act is refused: it does not fit what is already known.
    Refused,
    /// Nothing has that name, number or id.
    NotFound,
    /// The words given cannot be understood.
    Input,
    /// The database or the disk would not have it, now: it may be tried again.
    NotSaved,
    /// The office can only be read here, for as long as nothing is done about it.
    ReadOnly,
    /// A file is not what it claims, or cannot be read.
    File,
    /// A sheet has no header that a form knows.
    Layout,
    /// A file is locked, and no password for it is known.
    Locked,
    /// A file is locked, with another password than those that were tried.
    WrongPassword,
    /// The database is damaged, or newer than the program.
    Database,
}

/// A fault of the program or of the machine, with what was being done.
#[derive(Debug, thiserror::Error)]
#[error("{context}: {source}")]
pub struct Internal {
    /// What was being done, outermost first.
    pub context: String,
    /// What failed.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl Error {
    /// A user error without a hint.
    pub fn user(kind: Kind, what: impl Into<Say>) -> Self {
        Self::User(Box::new(User { kind, what: what.into(), hint: None, field: None }))
    }

    /// An act that is refused.
    pub fn refused(what: impl Into<Say>) -> Self {
        Self::user(Kind::Refused, what)
    }

    /// Words that cannot be understood.
    pub fn input(what: impl Into<Say>) -> Self {
        Self::user(Kind::Input, what)
    }

    /// Nothing has that name.
    pub fn not_found(what: impl Into<Say>) -> Self {
        Self::user(Kind::NotFound, what)
    }

    /// A file that cannot be used.
    pub fn file(what: impl Into<Say>) -> Self {
        Self::user(Kind::File, what)
    }

    /// A file that the machine refuses: `said` puts the reason into its sentence, the hint says what to do. What the
    /// system says itself goes to the diary alone.
    pub fn machine(kind: Kind, error: &std::io::Error, said: impl Fn(&'static str) -> Say) -> Self {
        let (why, hint) = words::io(error.kind());
        tracing::warn!(kind = ?error.kind(), code = error.raw_os_error(), "a file was refused");
        Self::user(kind, why.within(said)).hint(hint)
    }

    /// Says that nothing was saved, where something was to be and the machine would not have it.
    #[must_use]
    pub fn nothing_saved(mut self) -> Self {
        if let Self::User(user) = &mut self
            && user.kind == Kind::NotSaved
        {
            user.what.zh.push_str(words::NOTHING_SAVED.zh);
            user.what.en.push_str(words::NOTHING_SAVED.en);
        }
        self
    }

    /// Says that nobody knows whether it was saved: the disk failed while it was to keep it for good.
    #[must_use]
    pub fn perhaps_saved(mut self) -> Self {
        if let Self::User(user) = &mut self
            && user.kind == Kind::NotSaved
        {
            user.what.zh.push_str(words::PERHAPS_SAVED.zh);
            user.what.en.push_str(words::PERHAPS_SAVED.en);
            user.hint = Some(words::PERHAPS_SAVED_HINT.into());
        }
        self
    }

    /// A fault of ours.
    pub fn internal(
        context: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Internal(Internal { context: context.into(), source: source.into() })
    }

    /// Adds what to do about it (user errors only).
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Say>) -> Self {
        if let Self::User(user) = &mut self {
            user.hint = Some(hint.into());
        }
        self
    }

    /// Says of which of several it is (user errors only).
    #[must_use]
    pub fn of(mut self, which: &Say) -> Self {
        if let Self::User(user) = &mut self {
            let (zh, en) =
                (format!("{}：{}", which.zh, user.what.zh), format!("{}: {}", which.en, user.what.en));
            user.what = Say { zh, en };
        }
        self
    }

    /// Adds which field of a form is to be filled in anew (user errors only).
    #[must_use]
    pub fn in_field(mut self, field: &'static str) -> Self {
        if let Self::User(user) = &mut self {
            user.field = Some(field);
        }
        self
    }

    /// Which field of a form is to be filled in anew, if it says so.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::User(user) => user.field,
            Self::Internal(_) => None,
        }
    }

    /// Adds what was being done (internal errors only).
    #[must_use]
    pub fn context(mut self, doing: &str) -> Self {
        if let Self::Internal(internal) = &mut self {
            internal.context = format!("{doing}: {}", internal.context);
        }
        self
    }

    /// Which kind of user error it is, if it is one.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::User(user) => Some(user.kind),
            Self::Internal(_) => None,
        }
    }

    /// The same in both languages.
    pub fn say(&self) -> Say {
        Say { zh: self.text(Lang::Zh), en: self.text(Lang::En) }
    }

    /// The message as one line in `lang`, with the hint.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::User(user) => match &user.hint {
                Some(hint) => match lang {
                    Lang::Zh => format!("{}。{}", user.what.zh.trim_end_matches('。'), hint.zh),
                    Lang::En => format!("{}. {}", user.what.en.trim_end_matches('.'), hint.en),
                },
                None => user.what.get(lang).to_owned(),
            },
            // What failed inside is for the diary: it speaks no language of the reader's.
            Self::Internal(_) => words::INTERNAL.get(lang).to_owned(),
        }
    }
}
