//! The command as clap knows it, in the reader's language; and its errors in words.

use super::value::{NoLonger, NotWithin, TooLong};
use super::{Args, out};
use crate::domain::limits::{grouped, of_argument};
use crate::domain::text::safe_line;
use crate::error::Error;
use crate::error::words;
use crate::i18n::cli as say;
use crate::say::{Lang, Say};
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};
use std::error::Error as _;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::ExitCode;

/// The whole command line with its words in `lang`.
pub(super) fn command(lang: Lang) -> Command {
    dress(root(), "", lang, &|_| true)
}

/// The command line with the words that these arguments can ask for: putting in all of them takes longer than most
/// commands, and the opening of the desk waits for it.
pub(super) fn command_for(lang: Lang, given: &[OsString]) -> Command {
    dress(root(), "", lang, &|name| given.iter().any(|arg| arg == name))
}

fn root() -> Command {
    let root = Args::command().styles(Styles::styled().literal(AnsiColor::Cyan.on_default()));
    root.arg(Arg::new("version").short('V').long("version").action(ArgAction::Version))
}

/// Puts in the words of a command and of those below it that are wanted; of the others only what a list of them says.
fn dress(command: Command, path: &str, lang: Lang, wanted: &dyn Fn(&str) -> bool) -> Command {
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
        say::USAGE.get(lang)
    );
    let mut command = command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(say::COMMANDS.get(lang))
        .subcommand_value_name(say::COMMAND.get(lang))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help))
        .mut_args(|arg| dress_arg(arg, path, lang));
    if let Some(about) = say::help::of(path, None) {
        command = command.about(about.get(lang)).long_about(None);
    }
    command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name()).trim_start().to_owned();
        if wanted(sub.get_name()) {
            return dress(sub, &path, lang, wanted);
        }
        match say::help::of(&path, None) {
            Some(about) => sub.about(about.get(lang)),
            None => sub,
        }
    })
}

fn dress_arg(arg: Arg, path: &str, lang: Lang) -> Arg {
    let mut help =
        say::help::of(path, Some(arg.get_id().as_str())).map_or("", |word| word.get(lang)).to_owned();
    // Free text: not one of a list, which is a text as well.
    let is_text =
        arg.get_value_parser().type_id() == std::any::TypeId::of::<String>() && possible(&arg).is_empty();
    let most = of_argument(arg.get_id().as_str());
    let arg = if is_text { arg.value_parser(NoLonger(most)) } else { arg };
    if arg.get_action().takes_values() {
        let possible = possible(&arg).join(lang_comma(lang));
        if !possible.is_empty() {
            help.push_str(say::one_of(possible).get(lang));
        }
        let default = arg.get_default_values().iter().map(|value| value.to_string_lossy());
        let default = default.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ");
        if !default.is_empty() {
            help.push_str(say::by_default(default).get(lang));
        }
    }
    let heading = if arg.is_positional() {
        say::ARGUMENTS
    } else if arg.is_global_set() {
        say::GLOBAL
    } else {
        say::OPTIONS
    };
    // Somebody new has no other number yet.
    let is_second = path.starts_with("add ") && matches!(arg.get_id().as_str(), "no" | "code");
    let arg = arg.hide(is_second);
    let arg = arg.help(help).help_heading(heading.get(lang));
    if arg.get_action().takes_values() {
        arg.hide_possible_values(true).hide_default_value(true).hide_env(true)
    } else {
        arg
    }
}

fn possible(arg: &Arg) -> Vec<String> {
    arg.get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|v| v.get_name().to_owned())
        .collect()
}

fn lang_comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// Shows what clap has to say: help on standard output, errors in `lang` on standard error.
pub(super) fn tell(error: &clap::Error, lang: Lang) -> ExitCode {
    // clap has no word of the reader's for this one.
    let options = say::SOME_OPTIONS.get(lang);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let shown = error.render();
            let shown = if in_colour() { shown.ansi().to_string() } else { shown.to_string() };
            // Its colours are our own; nothing from outside is in it. Nobody may be reading any more: that is no fault.
            let _ = out::bytes(shown.replace("[OPTIONS]", options).as_bytes());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            out::tell_block(&error.render().to_string().replace("[OPTIONS]", options));
            ExitCode::from(2)
        }
        _ => {
            out::tell(&format!("{}{}", say::ERROR.get(lang), what(error, lang).get(lang)));
            if let Some(usage) = context(error, ContextKind::Usage) {
                let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", options);
                out::tell_block(&format!("\n{}{usage}", say::USAGE.get(lang)));
            }
            out::tell(say::MORE_HELP.get(lang));
            ExitCode::from(2)
        }
    }
}

/// Whether help may be coloured. <https://no-color.org>: any value but an empty one.
fn in_colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// What is longer than this is told back by how it begins.
const LONGEST_SHOWN: usize = 80;
/// So much of it.
const BEGINS_WITH: usize = 40;

/// What was typed, as far as it is told back: of what is long, how it begins, and its length.
fn brief(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST_SHOWN {
        return text.to_owned();
    }
    let begins: String = text.chars().take(BEGINS_WITH).collect();
    format!("{begins}… ({})", grouped(length))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    error.get(kind).map(ToString::to_string).filter(|text| !text.is_empty())
}

fn what(error: &clap::Error, lang: Lang) -> Say {
    let shown = |kind| safe_line(&brief(&context(error, kind).unwrap_or_default())).into_owned();
    let arg = shown(ContextKind::InvalidArg);
    let value = shown(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => hinted(say::unknown_argument(arg), &shown(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            let name = shown(ContextKind::InvalidSubcommand);
            hinted(say::unknown_command(name), &shown(ContextKind::SuggestedSubcommand))
        }
        // clap does not name the arguments that would do as well.
        ErrorKind::MissingRequiredArgument
            if arg == "<UNIT>" && (is_for(error, "unit-sheet") || is_for(error, "feedback")) =>
        {
            say::UNIT_OR_ALL.into()
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => {
            say::missing(if arg.is_empty() { say::COMMAND.get(lang).to_owned() } else { arg })
        }
        ErrorKind::ArgumentConflict => say::conflict(arg, shown(ContextKind::PriorArg)),
        ErrorKind::InvalidValue if value.is_empty() => say::value_needed(arg),
        ErrorKind::InvalidValue => say::not_one_of(value, arg, shown(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => match source.downcast_ref::<NotWithin>() {
                Some(NotWithin(range)) => say::not_within(value, arg, range.start(), range.end()),
                None => match source.downcast_ref::<TooLong>() {
                    Some(TooLong(n, most)) => say::value_too_long(arg, grouped(*n), grouped(*most)),
                    None => say::malformed(value, arg, source),
                },
            },
            None => say::BAD_ARGUMENTS.into(),
        },
        ErrorKind::TooManyValues => say::too_many(value, arg),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            say::value_needed(arg)
        }
        ErrorKind::InvalidUtf8 => say::NOT_TEXT.into(),
        _ => say::BAD_ARGUMENTS.into(),
    }
}

/// Whether the error is one of this subcommand.
fn is_for(error: &clap::Error, name: &str) -> bool {
    context(error, ContextKind::Usage).is_some_and(|usage| usage.contains(&format!("zhiban {name} ")))
}

fn hinted(what: Say, suggestion: &str) -> Say {
    if suggestion.is_empty() {
        return what;
    }
    let meant = say::meant(suggestion);
    Say { zh: format!("{}。{}", what.zh, meant.zh), en: format!("{}. {}", what.en, meant.en) }
}

/// Tells an error on standard error.
pub(super) fn fail(error: &Error, lang: Lang) {
    if let Error::Internal(internal) = error {
        // What it was about may hold what somebody wrote; the diary gets only what was being done.
        tracing::error!(context = %internal.context, "internal error");
    }
    let mut text = error.text(lang);
    if let (Error::Internal(_), Some(diary)) = (error, super::diary::place()) {
        let place = words::details_in(diary.display());
        text = format!("{text}\n{}", place.get(lang));
    }
    out::tell_block(&format!("{}{text}", say::ERROR.get(lang)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, path: &str, see: &mut dyn FnMut(&str, Option<&Arg>)) {
        see(path, None);
        for arg in command.get_arguments() {
            see(path, Some(arg));
        }
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let path = format!("{path} {}", sub.get_name());
            walk(sub, path.trim_start(), see);
        }
    }

    #[test]
    fn every_command_and_argument_has_words() {
        for lang in [Lang::Zh, Lang::En] {
            walk(&command(lang), "", &mut |path, arg| {
                let id = arg.map(|arg| arg.get_id().as_str());
                assert!(say::help::of(path, id).is_some(), "{path}:{}", id.unwrap_or_default());
            });
        }
    }

    #[test]
    fn of_a_long_text_only_how_it_begins_is_told_back() {
        assert_eq!(brief("王小明"), "王小明");
        let told = brief(&"长".repeat(5_000));
        assert_eq!(told, format!("{}… (5,000)", "长".repeat(40)));
    }

    #[test]
    fn the_arguments_are_well_formed() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn errors_are_in_the_chosen_language() {
        let wrong = |args: &[&str]| command(Lang::Zh).try_get_matches_from(args).unwrap_err();
        let error = wrong(&["zhiban", "list", "nothing"]);
        assert!(what(&error, Lang::Zh).zh.contains("可选：units"), "{:?}", what(&error, Lang::Zh));
        let error = wrong(&["zhiban", "received", "U01", "--date", "17.2."]);
        assert!(what(&error, Lang::En).en.contains("write it like 2020-02-17"));
        let error = wrong(&["zhiban", "--lagn", "zh"]);
        assert_eq!(what(&error, Lang::Zh).zh, "不认识 --lagn。是不是 --lang？");
        let error = wrong(&["zhiban", "log", "followup"]);
        assert_eq!(what(&error, Lang::Zh).zh, "还缺 --outcome <OUTCOME>");
    }
}
