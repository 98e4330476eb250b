//! The office a command works on: where it lies, what time it is there, who acts.

use super::{out, value};
use crate::app::shown::trust::behind_said;
use crate::clock::{Clock, Ids};
use crate::domain::ids::{CaseId, ContactId, Mint, OfficerId, PersonId, Subject, UnitId};
use crate::domain::office::Settings;
use crate::domain::officer::Role;
use crate::domain::report::Round;
use crate::domain::text::safe_line;
use crate::domain::time::Ts;
use crate::domain::when;
use crate::error::{Error, Kind, Result, User};
use crate::i18n::cli as say;
use crate::i18n::store as words;
use crate::i18n::{file, rights};
use crate::say::{Lang, Say};
use crate::store::act::{Act, Author, Committed};
use crate::store::heads::Behind;
use crate::store::{Reader, Store, local, query};
use chrono::NaiveDate;
use etcetera::BaseStrategy;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(clap::Args, Clone)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    #[arg(long, global = true, value_name = "TIME", value_parser = value::instant)]
    pub now: Option<Ts>,
    #[arg(long, global = true, value_name = "zh|en", value_parser = value::lang())]
    pub lang: Option<Lang>,
    #[arg(long, global = true, value_name = "NAME", env = "ZHIBAN_OFFICER")]
    pub officer: Option<String>,
}

/// What every command is given: the arguments all have, and the reader's language.
#[derive(Clone)]
pub(super) struct Ctx {
    /// Arguments that every command has.
    pub global: Global,
    /// The reader's language.
    pub lang: Lang,
}

/// An opened office.
pub(super) struct Office {
    /// It is older than what this machine saw last.
    pub behind: Option<Behind>,
    /// To read. Goes first: who closes the file last takes what lies beside it into it.
    pub reader: Reader,
    /// To write; or why the office can only be read.
    store: std::result::Result<Store, Box<User>>,
    path: PathBuf,
    /// Its settings.
    pub settings: Settings,
    /// The reader's language.
    pub lang: Lang,
    clock: Clock,
    ids: Ids,
    officer: Option<String>,
}

impl Ctx {
    /// The database: as told, or in the platform's folder for data.
    pub fn db(&self) -> Result<PathBuf> {
        match &self.global.db {
            Some(path) => Ok(path.clone()),
            None => default_db(),
        }
    }

    /// The clock of a new office: a rehearsal's when `--now` is given.
    pub fn clock(&self) -> Clock {
        self.global.now.map_or(Clock::System, Clock::running_from)
    }
}

fn default_db() -> Result<PathBuf> {
    let strategy = etcetera::choose_base_strategy()
        .map_err(|_| Error::file(say::NO_DATA_DIR).hint(say::NO_DATA_DIR_HINT))?;
    Ok(strategy.data_dir().join("zhiban").join("office.db"))
}

/// The language: as told, else what was chosen on this machine, else the office's, else the locale's.
pub(super) fn language(told: Option<Lang>, db: Option<&Path>) -> Lang {
    told.or_else(|| {
        let path = db.map_or_else(|| default_db().ok(), |path| Some(path.to_owned()))?;
        let reader = path.exists().then(|| Reader::open_within(&path, MOMENT).ok()).flatten()?;
        let chosen = local::choice(&reader, "lang").ok().flatten();
        chosen
            .and_then(|code| Lang::from_code(&code))
            .or_else(|| Lang::from_code(&query::settings(&reader).ok()?.lang))
    })
    .unwrap_or_else(locale)
}

/// Nothing was written, and why.
fn only_read(why: &User) -> Error {
    let mut why = why.clone();
    why.what = why.what.within(|why| file::only_read(why));
    Error::User(Box::new(why))
}

fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    Lang::of_locale(&set.unwrap_or_default())
}

/// How long another program may hold the file before that is told.
const MOMENT: Duration = Duration::from_millis(150);
/// How often it is then waited for, each time as long as an act waits.
const PATIENCE: u32 = 4;

/// Whether another program holds the file.
fn is_held(error: &Error) -> bool {
    matches!(error, Error::User(why) if why.what == words::LOCKED.into())
}

/// Opens the office to write, once no other program holds it: one that saves is done in a moment, and one that could
/// be written to a moment later is not opened as if it could only be read.
fn open_when_free(path: &Path, lang: Lang) -> Result<(Reader, Store)> {
    let open = |store: Store| Ok((store.reader()?, store));
    let mut opened = Store::open_here_within(path, MOMENT).and_then(open);
    if opened.as_ref().is_err_and(is_held) {
        out::tell(words::LOCKED_WAITING.get(lang));
    }
    for _ in 0..PATIENCE {
        if !opened.as_ref().is_err_and(is_held) {
            break;
        }
        opened = Store::open_here(path).and_then(open);
    }
    opened
}

impl Office {
    /// Opens the office.
    pub fn open(ctx: &Ctx) -> Result<Self> {
        let path = ctx.db()?;
        let (reader, mut store) = match open_when_free(&path, ctx.lang) {
            Ok((reader, store)) => (reader, Ok(store)),
            Err(error) if is_held(&error) => return Err(error),
            // What cannot be written to may still be looked at.
            Err(Error::User(why)) if matches!(why.kind, Kind::ReadOnly | Kind::NotSaved) => {
                // What an earlier program wrote cannot even be looked at; a copy of it is still first of all a copy.
                let reader = Reader::open_alone(&path).map_err(|error| match error {
                    Error::User(old)
                        if why.kind == Kind::ReadOnly && old.hint == Some(file::OLD_FORMAT_HINT.into()) =>
                    {
                        Error::User(why.clone())
                    }
                    other => other,
                })?;
                (reader, Err(why))
            }
            Err(error) => return Err(error),
        };
        if let Some(open) = super::private::open_database(&path) {
            out::tell(open.get(ctx.lang));
        }
        let behind = match (&mut store, crate::platform::state_folder()) {
            (Ok(store), Some(folder)) => store.keep_head(&folder)?,
            (Err(_), Some(folder)) if !reader.is_copy()? => reader.behind(&folder)?,
            _ => None,
        };
        let settings = query::settings(&reader)?;
        let clock = match ctx.global.now {
            Some(at) => Clock::running_from(at),
            // A rehearsal goes on from where it stopped.
            None if settings.rehearsal => Clock::running_from(query::last_recorded(&reader)?),
            None => Clock::System,
        };
        let officer = ctx.global.officer.clone();
        if let Some(behind) = &behind {
            out::tell(behind_said(behind, settings.calendar).get(ctx.lang));
        }
        if let Ok(store) = &store
            && !store.is_laid_out()?
        {
            let told =
                Error::user(Kind::Database, words::LAID_OUT_OTHERWISE).hint(words::LAID_OUT_OTHERWISE_HINT);
            out::tell(&told.text(ctx.lang));
        }
        Ok(Self { behind, reader, store, path, settings, lang: ctx.lang, clock, ids: Ids::Random, officer })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// To write to it.
    pub fn store(&mut self) -> Result<&mut Store> {
        self.store.as_mut().map_err(|why| only_read(why))
    }

    /// Why it can only be read, if so.
    pub fn barred(&self) -> Option<&User> {
        self.store.as_ref().err().map(AsRef::as_ref)
    }

    /// What the desk is opened with: to read, to write or why not; and the clock.
    pub fn into_desk(self) -> (PathBuf, Reader, std::result::Result<Store, Say>, Clock) {
        (self.path, self.reader, self.store.map_err(|why| Error::User(why).say()), self.clock)
    }

    /// The present moment there.
    pub fn now(&self) -> Ts {
        self.clock.now()
    }

    /// Refuses to write to an office that can only be read, and to a real one under `--now`.
    pub fn may_write(&self) -> Result<()> {
        if let Some(why) = self.barred() {
            return Err(only_read(why));
        }
        if self.clock.is_rehearsal() && !self.settings.rehearsal {
            return Err(Error::refused(crate::i18n::store::REAL_OFFICE_NOW));
        }
        Ok(())
    }

    /// Refuses what a read-only officer may not do outside the log.
    pub fn may_change(&self) -> Result<()> {
        self.may_write()?;
        self.officer()?;
        self.not_read_only()
    }

    /// Refuses a read-only officer where nobody need be named.
    pub fn not_read_only(&self) -> Result<()> {
        let me = match self.officer() {
            Err(_) if self.officer.is_none() => return Ok(()),
            me => me?,
        };
        if query::role(&self.reader, me)? == Role::ReadOnly {
            return Err(Error::refused(rights::read_only(self.officer_name()?)).hint(rights::READ_ONLY_HINT));
        }
        Ok(())
    }

    /// Who acts: the officer named, else the one on duty.
    pub fn officer(&self) -> Result<OfficerId> {
        if let Some(name) = &self.officer {
            return self.officer_named(name);
        }
        match query::shift_range(&self.reader)? {
            Some(shift) => Ok(shift.officer),
            None => Err(Error::input(say::WHO).hint(say::WHO_HINT)),
        }
    }

    /// The name of who does it.
    pub fn officer_name(&self) -> Result<String> {
        let officer = self.officer()?;
        let found = query::officers(&self.reader)?.into_iter().find(|(id, _)| *id == officer);
        Ok(found.map(|(_, name)| name).unwrap_or_default())
    }

    /// Who asks, if it is known: a question needs nobody's name.
    pub fn asking(&self) -> Option<OfficerId> {
        self.officer().ok()
    }

    /// Counts a find by a part of a personal number. Where nothing can be written it is answered all the same; under
    /// `--now` it is counted at the time it really is.
    pub fn probed(&mut self, typed: &str) {
        let (Some(officer), None) = (self.asking(), self.barred()) else { return };
        let now = if self.may_write().is_ok() { self.now() } else { Clock::System.now() };
        let author = Author { officer, now, happened_at: None, op_id: self.ids.id(now) };
        let Ok(store) = &mut self.store else { return };
        if let Err(error) = store.probed(&author, &mut self.ids, typed) {
            tracing::warn!(kind = ?error.kind(), "a find was not counted");
        }
    }

    /// The officer with this name.
    pub fn officer_named(&self, name: &str) -> Result<OfficerId> {
        let officers = query::officers(&self.reader)?;
        let found = officers.into_iter().find(|(_, known)| known == name.trim());
        found
            .map(|(id, _)| id)
            .ok_or_else(|| Error::not_found(say::no_officer(safe_line(name))).hint(say::NO_OFFICER_HINT))
    }

    /// When it happened, as told.
    pub fn at(&self, text: Option<&str>) -> Result<Option<Ts>> {
        Ok(text.map(|text| when::parse_at(text, self.now(), self.settings.calendar)).transpose()?)
    }

    /// Refuses a round that the office does not have, naming those it has.
    pub fn has_round(&self, round: &Round) -> Result<()> {
        if query::knows_round(&self.reader, round)? {
            return Ok(());
        }
        let rounds = self.settings.rounds.iter().map(|known| known.round.to_string());
        let rounds = rounds.collect::<Vec<_>>().join(", ");
        Err(Error::input(crate::i18n::store::no_round(round)).hint(say::rounds_are(rounds)))
    }

    /// Reports by day, and by round where the office has more than one.
    pub fn reports_named(&self, reports: &[(NaiveDate, Round)]) -> String {
        const MOST: usize = 5;
        let one = self.settings.rounds.len() == 1;
        let name = |(day, round): &(NaiveDate, Round)| {
            let plain = one && self.settings.round(round).is_some();
            if plain { day.to_string() } else { format!("{day} {}", self.round_name(round)) }
        };
        let mut names: Vec<String> = reports.iter().take(MOST).map(name).collect();
        names.extend((reports.len() > MOST).then(|| format!("… {}", reports.len())));
        names.join(if self.lang == Lang::Zh { "、" } else { ", " })
    }

    /// A round as the office calls it.
    pub fn round_name(&self, round: &Round) -> String {
        let name = self.settings.round(round).map(|known| known.name.clone()).unwrap_or_default();
        if name.is_empty() { round.to_string() } else { name }
    }

    /// A time to come, as told.
    pub fn coming(&self, text: Option<&str>, from: Option<Ts>) -> Result<Option<Ts>> {
        let from = from.unwrap_or_else(|| self.now());
        Ok(text
            .map(|text| when::parse(text, from, self.settings.calendar).map(|read| read.at))
            .transpose()?)
    }

    /// Does one act.
    pub fn commit(&mut self, act: &Act, happened_at: Option<Ts>) -> Result<Committed> {
        self.may_write()?;
        let officer = self.officer()?;
        let now = self.now();
        let author = Author { officer, now, happened_at, op_id: self.ids.id(now) };
        let store = self.store.as_mut().map_err(|why| only_read(why))?;
        store.commit(&author, &mut self.ids, act).map_err(|error| match error {
            // Here the reason has a name.
            Error::User(mut user) if user.hint == Some(crate::i18n::store::ALREADY_RECEIVED_HINT.into()) => {
                user.hint = Some(say::REASON_HINT.into());
                Error::User(user)
            }
            other => other,
        })
    }

    /// Passes a shift on: what `pass` does with the store, as the officer who acts.
    pub fn hand_over(
        &mut self,
        pass: impl FnOnce(&mut Store, &Author, &mut Ids) -> Result<Committed>,
    ) -> Result<Committed> {
        self.may_write()?;
        let officer = self.officer()?;
        let now = self.now();
        let author = Author { officer, now, happened_at: None, op_id: self.ids.id(now) };
        let store = self.store.as_mut().map_err(|why| only_read(why))?;
        pass(store, &author, &mut self.ids)
    }

    /// The person with this number.
    pub fn person(&self, no: &str) -> Result<PersonId> {
        query::person_by_no(&self.reader, no)?.ok_or_else(|| {
            let no = safe_line(no);
            Error::not_found(say::no_person(&no)).hint(say::find_person(out::quoted(&no)))
        })
    }

    /// The unit with this code or name.
    pub fn unit(&self, code: &str) -> Result<UnitId> {
        if let Some(unit) = query::unit_by_code(&self.reader, code)? {
            return Ok(unit);
        }
        let near = self.near_units(code)?;
        let hint = match near.as_slice() {
            [] => say::UNITS_HINT.into(),
            near => {
                let near = Say::listed(near.iter().map(|unit| safe_line(unit)));
                say::near_units(near.zh, near.en)
            }
        };
        Err(Error::not_found(say::no_unit(safe_line(code))).hint(hint))
    }

    /// A few units whose name has most of what was written in it, best first: whoever wrote half a name, or one
    /// character of it wrong, finds it here.
    fn near_units(&self, written: &str) -> Result<Vec<String>> {
        const NAMED: usize = 3;
        let letters: HashSet<char> = written.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut near: Vec<(usize, String)> = query::units(&self.reader, self.now())?
            .into_iter()
            .map(|unit| {
                let name: HashSet<char> = unit.name.chars().chain(unit.code.chars()).collect();
                (letters.intersection(&name).count(), format!("{} {}", unit.code, unit.name))
            })
            // Most of the letters, and more than one: a single character stands in half of the names.
            .filter(|(shared, _)| *shared >= 2 && shared * 2 > letters.len())
            .collect();
        near.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(near.into_iter().take(NAMED).map(|(_, unit)| unit).collect())
    }

    /// The open case of the person with this number.
    pub fn case(&self, no: &str) -> Result<CaseId> {
        let person = self.person(no)?;
        query::case_of(&self.reader, person)?
            .ok_or_else(|| Error::not_found(say::no_case(safe_line(no))).hint(say::CASES_HINT))
    }

    /// The outside contact of this organisation, name or id.
    pub fn contact(&self, text: &str) -> Result<ContactId> {
        let found = query::contact_by_name(&self.reader, text)?;
        match found.as_slice() {
            [one] => Ok(one.id),
            [] => Err(Error::not_found(say::no_contact(safe_line(text))).hint(say::CONTACTS_HINT)),
            several => {
                let all = several.iter().map(|one| format!("{} {}", one.title(), one.phone));
                let all = all.collect::<Vec<_>>().join("; ");
                Err(Error::input(say::several_contacts(safe_line(text), safe_line(&all)))
                    .hint(say::SEVERAL_CONTACTS_HINT))
            }
        }
    }

    /// `person:NO`, `unit:CODE` or `contact:ORG`.
    pub fn subject(&self, text: &str) -> Result<Subject> {
        let wide = text.replace('：', ":");
        match wide.split_once(':') {
            Some(("person" | "人员", no)) => self.person(no).map(Subject::Person),
            Some(("unit" | "单位", code)) => self.unit(code).map(Subject::Unit),
            Some(("contact" | "外部", who)) => self.contact(who).map(Subject::Contact),
            _ => Err(Error::input(say::bad_subject(safe_line(text)))),
        }
    }

    /// A subject as it is named on the command line and in JSON.
    pub fn named(&self, subject: Option<Subject>) -> Result<Option<String>> {
        crate::paper::ledger::json::subject(&self.reader, subject)
    }

    /// A time on the office's clock, with the year where it is another.
    pub fn brief(&self, at: Ts) -> String {
        self.settings.calendar.brief(at, self.now())
    }

    /// RFC 3339 with the office's offset.
    pub fn time(&self, at: Ts) -> String {
        self.settings.calendar.rfc3339(at)
    }
}
