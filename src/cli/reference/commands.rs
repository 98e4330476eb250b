//! Commands and their arguments, as clap knows them.

use super::{Line, Part, Run, code, section, words};
use crate::cli::help;
use crate::i18n::cli::SOME_OPTIONS;
use crate::i18n::reference as say;
use crate::say::Lang;
use clap::{Arg, Command};

pub(super) fn parts(lang: Lang) -> Vec<Part> {
    let mut root = help::command(lang);
    root.build();
    let global = root.get_arguments().filter(|arg| is_global(arg)).map(argument).collect();
    let mut out = vec![Part::Heading(1, words(say::COMMANDS.get(lang)))];
    each(&root, lang, &mut out);
    out.extend(section(say::GLOBAL.get(lang), titles(lang), global));
    let exits = [("0", say::EXIT_DONE), ("1", say::EXIT_REFUSED), ("2", say::EXIT_USAGE)];
    let exits = exits.map(|(status, word)| vec![code(status), words(word.get(lang))]);
    out.extend(section(say::EXIT.get(lang), vec![say::CODE.get(lang), say::MEANING.get(lang)], exits.into()));
    let variables = [
        ("ZHIBAN_OFFICER", say::ENV_OFFICER),
        ("ZHIBAN_STATE_DIR", say::ENV_STATE),
        ("ZHIBAN_TERMINAL", say::ENV_TERMINAL),
        ("ZHIBAN_THEME", say::ENV_THEME),
        ("NO_COLOR", say::ENV_NO_COLOR),
    ];
    let variables = variables.map(|(name, word)| vec![code(name), words(word.get(lang))]);
    out.extend(section(
        say::ENVIRONMENT.get(lang),
        vec![say::NAME.get(lang), say::MEANING.get(lang)],
        variables.into(),
    ));
    out
}

fn titles(lang: Lang) -> Vec<&'static str> {
    vec![say::ARGUMENT.get(lang), say::MEANING.get(lang)]
}

fn is_global(arg: &Arg) -> bool {
    arg.is_global_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

fn each(command: &Command, lang: Lang, out: &mut Vec<Part>) {
    let subs: Vec<&Command> = command.get_subcommands().filter(|sub| !sub.is_hide_set()).collect();
    // What only holds others, and runs nothing itself, needs no place of its own.
    if !command.is_subcommand_required_set() {
        one(command, lang, out);
    }
    for sub in subs {
        each(sub, lang, out);
    }
}

fn one(command: &Command, lang: Lang, out: &mut Vec<Part>) {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned();
    out.push(Part::Heading(2, code(name)));
    out.extend(command.get_about().map(|about| Part::Text(words(about.to_string()))));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", SOME_OPTIONS.get(lang));
    for line in usage.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push(Part::Text(code(line)));
    }
    let own = command.get_arguments().filter(|arg| !is_global(arg) && !arg.is_hide_set());
    let own: Vec<_> = own.map(argument).collect();
    if !own.is_empty() {
        out.push(Part::Table(titles(lang), own));
    }
}

fn argument(arg: &Arg) -> Vec<Line> {
    let mut name = Line::new();
    let long = arg.to_string();
    if let (Some(short), false) = (arg.get_short(), arg.is_positional()) {
        name.push(Run::Code(format!("-{short}")));
        name.push(Run::Words(" ".to_owned()));
    }
    name.push(Run::Code(long));
    vec![name, words(arg.get_help().map(ToString::to_string).unwrap_or_default())]
}
