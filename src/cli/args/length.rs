//! Text of the command line, no longer than it may be: what is longer is refused, as it is in the forms of the desk.

use clap::builder::TypedValueParser;

/// A text of so many characters at most.
#[derive(Clone, Debug)]
pub(in crate::cli) struct NoLonger(pub usize);

/// How many characters it had, and how many it may have.
#[derive(Clone, Debug)]
pub(in crate::cli) struct TooLong(pub usize, pub usize);

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} > {}", self.0, self.1)
    }
}

impl std::error::Error for TooLong {}

impl TypedValueParser for NoLonger {
    type Value = String;

    fn parse_ref(
        &self,
        cmd: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let most = self.0;
        let read = move |text: &str| match text.chars().count() {
            n if n > most => Err(TooLong(n, most)),
            _ => Ok(text.to_owned()),
        };
        TypedValueParser::parse_ref(&read, cmd, arg, value)
    }
}
