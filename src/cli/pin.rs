//! PINs on the command line: typed without being shown, or read from standard input.

use super::args::OfficerPin;
use super::office::Office;
use super::{Done, out};
use crate::domain::ids::OfficerId;
use crate::domain::pin::Pin;
use crate::domain::text::safe_line;
use crate::error::{Error, Kind, Result};
use crate::i18n::handover as words;
use crate::say::Lang;
use crate::store::act::Act;
use crate::store::{local, query};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::BufRead;

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
    if !local::has_pin(&office.reader, officer)? {
        if let Some((at, by)) = local::taken_away(&office.reader, officer)? {
            let by = by.join(if office.lang == Lang::Zh { "、" } else { ", " });
            let at = office.settings.calendar.ymd_hm(at);
            out::tell(words::pin_was_taken(safe_line(name), at, by).get(office.lang));
        }
        return Ok(None);
    }
    if !stdin && !out::is_interactive() {
        return Err(Error::refused(words::pin_needed(safe_line(name))).hint(words::PIN_STDIN_HINT));
    }
    if !stdin {
        out::tell(words::pin_of(safe_line(name)).get(office.lang));
    }
    read(office, words::PIN_PROMPT, stdin).map(Some)
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
    let typed = if stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| no_input(&error))?;
        line
    } else if out::is_interactive() {
        out::prompt(prompt.get(office.lang));
        let typed = unseen();
        out::tell("");
        typed?
    } else {
        return Err(Error::refused(words::PIN_TERMINAL).hint(words::PIN_STDIN_HINT));
    };
    Pin::new(&typed).ok_or_else(|| Error::input(words::PIN_LENGTH))
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
