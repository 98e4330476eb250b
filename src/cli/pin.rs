//! PINs on the command line: typed without being shown, or read from standard input.

use super::office::Office;
use super::{Done, out};
use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::handover as words;
use crate::say::{Lang, Say};
use crate::store::act::Act;
use crate::store::{local, query};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::BufRead;

#[derive(clap::Args)]
pub(super) struct OfficerPin {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long)]
    pub remove: bool,
    #[arg(long, value_name = "NAME", requires = "remove")]
    pub with: Option<String>,
    #[arg(long)]
    pub stdin: bool,
}

/// `zhiban officer pin NAME`: sets, changes or takes away.
pub(super) fn run(office: &mut Office, args: &OfficerPin) -> Result<Done> {
    let officer = office.officer_named(&args.name)?;
    office.may_write()?;
    let has = local::has_pin(&office.reader, officer)?;
    let me = office.officer()?;
    let by_others = args.remove && has && me != officer;
    let with = args.with.as_ref().filter(|_| by_others).map(|name| office.officer_named(name)).transpose()?;
    let old = if by_others {
        // A lost one is taken away without knowing it: each who does so signs with their own.
        sign(office, me, &name_of(office, me)?, args.stdin)?
    } else if has {
        Some(read(office, words::PIN_OLD, args.stdin)?)
    } else {
        None
    };
    let second = match with {
        Some(with) => sign(office, with, &name_of(office, with)?, args.stdin)?.map(|pin| (with, pin)),
        None => None,
    };
    let new = if args.remove { None } else { Some(read_new(office, args.stdin)?) };
    let told = match (has, new.is_some()) {
        (_, false) => words::pin_removed(safe_line(&args.name)),
        (true, true) => words::pin_changed(safe_line(&args.name)),
        (false, true) => words::pin_set(safe_line(&args.name)),
    };
    office.commit(&Act::ChangePin { officer, new, old, second }, None)?;
    out::line(told.get(office.lang))?;
    Ok(Done::Yes)
}

fn name_of(office: &Office, officer: OfficerId) -> Result<String> {
    let found = query::officers(&office.reader)?.into_iter().find(|(id, _)| *id == officer);
    Ok(found.map(|(_, name)| name).unwrap_or_default())
}

/// The PIN with which an officer signs, asked for when one is set.
pub(super) fn sign(office: &Office, officer: OfficerId, name: &str, stdin: bool) -> Result<Option<Pin>> {
    sign_as(office, officer, name, &|name| Say::same(name), stdin)
}

/// The same of one of several who sign: whose PIN it is stands in every word about it, with what they sign as.
pub(super) fn sign_as(
    office: &Office,
    officer: OfficerId,
    name: &str,
    who: &dyn Fn(&str) -> Say,
    stdin: bool,
) -> Result<Option<Pin>> {
    let name = safe_line(name);
    if !local::has_pin(&office.reader, officer)? {
        if let Some((at, by)) = local::taken_away(&office.reader, officer)? {
            let by = by.join(if office.lang == Lang::Zh { "、" } else { ", " });
            let at = office.settings.calendar.ymd_hm(at);
            out::tell(words::pin_was_taken(name, at, by).get(office.lang));
        }
        return Ok(None);
    }
    let who = who(&name);
    if !stdin && !out::is_interactive() {
        return Err(Error::refused(who.within(|who| words::pin_needed(who))).hint(words::PIN_STDIN_HINT));
    }
    let typed = typed(words::pin_prompt(who.get(office.lang)).get(office.lang), stdin)?;
    if typed.is_empty() && stdin {
        return Err(Error::refused(who.within(|who| words::pin_missing(who))).hint(words::PIN_MISSING_HINT));
    }
    let pin = Pin::new(&typed).ok_or_else(|| whose(Error::input(words::PIN_LENGTH), &who))?;
    Ok(Some(pin))
}

/// Says of a refused PIN whose it is.
pub(super) fn whose(mut error: Error, who: &Say) -> Error {
    if let Error::User(user) = &mut error {
        let what = std::mem::take(&mut user.what);
        user.what =
            Say { zh: words::pin_fault(&who.zh, &what.zh).zh, en: words::pin_fault(&who.en, &what.en).en };
    }
    error
}

/// Whoever acts is there: has their PIN typed and looked at, where they have one.
pub(super) fn present(office: &mut Office, stdin: bool) -> Result<()> {
    let (me, name, now) = (office.officer()?, office.officer_name()?, office.now());
    match sign(office, me, &name, stdin)? {
        // A second officer's may follow.
        Some(pin) => office
            .store()?
            .check_pin(me, &pin, now)
            .map_err(|error| whose(error, &Say::same(safe_line(&name)))),
        None => Ok(()),
    }
}

fn read_new(office: &Office, stdin: bool) -> Result<Pin> {
    let new = read(office, words::PIN_NEW, stdin)?;
    // What nobody saw is typed twice.
    if !stdin && read(office, words::PIN_AGAIN, false)? != new {
        return Err(Error::input(words::PIN_DIFFERS));
    }
    Ok(new)
}

fn read(office: &Office, prompt: crate::say::Word, stdin: bool) -> Result<Pin> {
    let typed = typed(prompt.get(office.lang), stdin)?;
    Pin::new(&typed).ok_or_else(|| Error::input(words::PIN_LENGTH))
}

/// A line from standard input, or typed without being shown; empty where there is none.
fn typed(prompt: &str, stdin: bool) -> Result<String> {
    if stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| no_input(&error))?;
        return Ok(line);
    }
    if !out::is_interactive() {
        return Err(Error::refused(words::PIN_TERMINAL).hint(words::PIN_STDIN_HINT));
    }
    out::prompt(prompt);
    let typed = unseen();
    out::tell("");
    typed
}

fn no_input(error: &std::io::Error) -> Error {
    Error::machine(Kind::File, error, words::no_input)
}

/// The terminal shows what is typed again, whatever happens.
struct Unseen;

impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// A line that is typed without being shown.
pub(super) fn unseen() -> Result<String> {
    let failed = |error: std::io::Error| no_input(&error);
    enable_raw_mode().map_err(failed)?;
    let _seen_again = Unseen;
    let mut typed = String::new();
    loop {
        let Event::Key(key) = event::read().map_err(failed)? else { continue };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        match key.code {
            KeyCode::Enter => return Ok(typed),
            KeyCode::Backspace => {
                typed.pop();
            }
            KeyCode::Esc => return Err(Error::refused(crate::i18n::cli::NOT_DONE)),
            KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return Err(Error::refused(crate::i18n::cli::NOT_DONE));
            }
            KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::CONTROL) => typed.push(c),
            _ => {}
        }
    }
}
