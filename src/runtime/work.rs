//! Work beside the screen: an import's plan, a paper, a backup; each on a thread of its own.

use super::checker::Checker;
use super::papers::Kept;
use super::plan_view::{self, Around};
use super::writer::Write;
use super::{Event, Hooks, guarded, sentence, spawn};
use crate::app::{ImportRequest, Msg, PlanView, SheetKind, Tone, Unread};
use crate::clock::{Clock, Ids};
use crate::domain::form::What;
use crate::domain::ids::{OfficerId, UnitId};
use crate::domain::time::{Calendar, Ts};
use crate::error::{Error, Kind, Result};
use crate::i18n::{file as words, runtime as say};
use crate::intake;
use crate::intake::entries::plan::plan;
use crate::intake::entries::read::{Known, Reads};
use crate::intake::inbox::is_locked;
use crate::say::Say;
use crate::store::act::{Act, LedgerAct};
use crate::store::query::roster::Roster;
use crate::store::{Reader, backup, query, rotate, whole};
use crossbeam_channel::Sender;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What goes on, the plans that wait for a yes, and the papers that are looked at.
pub(super) struct Work {
    pub(super) path: PathBuf,
    pub(super) clock: Clock,
    ids: Ids,
    hooks: Hooks,
    pub(super) writes: Sender<Write>,
    pub(super) events: Sender<Event>,
    pub(super) running: HashMap<u64, Arc<AtomicBool>>,
    plans: HashMap<u64, Box<Act>>,
    /// The check that runs by itself.
    pub(super) checker: Option<Checker>,
    pub(super) papers: HashMap<u64, Arc<Kept>>,
}

impl Work {
    pub(super) fn new(
        path: PathBuf,
        clock: Clock,
        ids: Ids,
        hooks: Hooks,
        writes: Sender<Write>,
        events: Sender<Event>,
    ) -> Self {
        let (running, plans, papers) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { path, clock, ids, hooks, writes, events, running, plans, checker: None, papers }
    }

    /// Reads a sheet and plans its import.
    pub(super) fn plan(&mut self, token: u64, request: ImportRequest) {
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(token, Arc::clone(&stop));
        self.tell(Msg::Progress { token, done: 0, total: 0, words: say::READING_SHEET.into() });
        let (path, hooks, clock) = (self.path.clone(), self.hooks, self.clock.clone());
        let mut ids = match &self.ids {
            Ids::Random => Ids::Random,
            // A copy of the stream would give the same ids as the writer's.
            Ids::Seeded { .. } => Ids::seeded(&format!("plan {token} {}", clock.now().0)),
        };
        let events = self.events.clone();
        let task = move || {
            let planned = guarded(|| {
                let reader = Reader::open(&path)?;
                if request.what == SheetKind::Ledger {
                    return entries(&reader, &request, &stop, clock.now());
                }
                let known = (hooks.roster)(&reader)?;
                let mut options = options(&request, Arc::clone(&stop), intake::form_dir_beside(&path));
                options.calendar = query::settings(&reader)?.calendar;
                planned(&reader, &request, &known, &options, &mut ids, clock.now())
            });
            // Nobody waits for what was stopped.
            if stop.load(Ordering::SeqCst) {
                return;
            }
            let _ = events.send(match planned {
                Ok((act, view)) => Event::Planned { token, act: Box::new(act), view: Box::new(view) },
                Err(error) => {
                    Event::Msg(Msg::ImportFailed { token, error: sentence(&error), why: unread(&error) })
                }
            });
        };
        if let Err(error) = spawn("work-import", task) {
            self.tell(Msg::ImportFailed { token, error: sentence(&error), why: Unread::Otherwise });
        }
    }

    /// Keeps a plan, unless its work was stopped meanwhile.
    pub(super) fn keep(&mut self, token: u64, act: Box<Act>) -> bool {
        let wanted = self.running.remove(&token).is_some();
        if wanted {
            self.plans.insert(token, act);
        }
        wanted
    }

    /// The act of a kept plan. The plan stays until it is in the log: a full disk must not cost the preview.
    pub(super) fn act(&self, token: u64, reason: String, except: &BTreeSet<UnitId>) -> Option<Box<Act>> {
        let mut act = self.plans.get(&token)?.clone();
        if let Act::Import(import) = &mut *act
            && !except.is_empty()
        {
            import.leave_out(except);
        }
        if !reason.trim().is_empty() {
            match &mut *act {
                Act::Import(import) => import.reason = reason,
                Act::Ledger(act) => {
                    if let LedgerAct::Import { reason: why, .. } = &mut **act {
                        *why = reason;
                    }
                }
                _ => {}
            }
        }
        Some(act)
    }

    /// Its act is in the log.
    pub(super) fn forget(&mut self, token: u64) {
        self.plans.remove(&token);
    }

    /// Work of this token begins: what becomes true when it is to stop.
    pub(super) fn begin(&mut self, token: u64) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(token, Arc::clone(&stop));
        stop
    }

    /// Stops the work of this token and forgets its plan.
    pub(super) fn cancel(&mut self, token: u64) {
        self.plans.remove(&token);
        self.papers.remove(&token);
        if let Some(stop) = self.running.remove(&token) {
            stop.store(true, Ordering::SeqCst);
        }
    }

    /// Stops everything: the desk is left.
    pub(super) fn stop_all(&mut self) {
        for (_, stop) in self.running.drain() {
            stop.store(true, Ordering::SeqCst);
        }
        if let Some(checker) = self.checker.take() {
            checker.stop();
        }
    }

    /// Nothing more goes to the writer.
    pub(super) fn hang_up(&mut self) {
        self.writes = crossbeam_channel::unbounded().0;
    }

    /// Takes a backup beside the database.
    pub(super) fn backup(&self, officer: OfficerId) {
        let (path, clock) = (self.path.clone(), self.clock.clone());
        self.beside("work-backup", officer, move || {
            let reader = Reader::open(&path)?;
            let settings = query::settings(&reader)?;
            let file = backup_beside(&path, clock.now(), settings.calendar);
            whole::sweep(file.parent().unwrap_or(Path::new("")), Clock::System.now());
            // What is in the log is there: only the copy is missing.
            let taken = backup::take(&reader, &file)
                .map_err(|error| Error::file(error.say().within(|why| say::no_backup(why))))?;
            let (verified, name) = (taken.faults == 0, name_of(&file));
            let act = Act::BackedUp { file: name, head: taken.head, verified, print: None };
            if !verified {
                return Ok((act, Tone::Bad, words::backup_unsound(taken.faults)));
            }
            // It is known in the log, and pushes out none: a power cut may take it.
            if let Some(error) = taken.not_kept {
                return Ok((act, Tone::Bad, sentence(&error)));
            }
            let now = settings.calendar.local(clock.now());
            // The backup stands whatever becomes of the older ones.
            Ok(match rotate::rotate(&reader, &path, settings.backups, now).map(|gone| gone.len()) {
                Ok(0) => (act, Tone::Good, say::backed_up(file.display())),
                Ok(gone) => (act, Tone::Good, say::backed_up_rotated(file.display(), gone)),
                Err(error) => {
                    let why = words::not_rotated_because(&error);
                    (act, Tone::Warn, why.within(|why| say::backed_up_but(file.display(), why)))
                }
            })
        });
    }

    /// Does something on a thread of its own; what came of it is logged and told.
    pub(super) fn beside(
        &self,
        name: &str,
        officer: OfficerId,
        task: impl FnOnce() -> Result<(Act, Tone, Say)> + Send + 'static,
    ) {
        let (writes, events) = (self.writes.clone(), self.events.clone());
        let started = spawn(name, move || {
            let msg = match guarded(task) {
                Ok((act, tone, say)) => {
                    let of_paper = matches!(act, Act::Printed { .. });
                    // If the writer is gone the desk has told so already.
                    let act = Box::new(act);
                    let _ = writes.send(Write::Commit { token: None, officer, act, happened_at: None });
                    if of_paper { Msg::Printed { tone, say } } else { Msg::Notice { tone, say } }
                }
                Err(error) => Msg::Notice { tone: Tone::Bad, say: sentence(&error) },
            };
            let _ = events.send(Event::Msg(msg));
        });
        if let Err(error) = started {
            self.tell(Msg::Notice { tone: Tone::Bad, say: sentence(&error) });
        }
    }

    pub(super) fn tell(&self, msg: Msg) {
        let _ = self.events.send(Event::Msg(msg));
    }
}

/// Reads a sheet and plans its import, with what is to be seen of it.
///
/// # Errors
/// It cannot be read, or says nothing that can be taken in.
pub fn planned(
    reader: &Reader,
    request: &ImportRequest,
    known: &Roster,
    options: &intake::Options,
    ids: &mut Ids,
    now: Ts,
) -> Result<(Act, PlanView)> {
    let what = what(request.what);
    let mut plan = intake::prepare(Path::new(&request.path), what, known, options, ids, now)?;
    intake::look_back(&mut plan, reader, known, request.happened_at.unwrap_or(now))?;
    plan.import.sheet.inbox = request.inbox;
    let around = Around::read(reader, &plan.import)?;
    let view = plan_view::view(&plan, &around, known);
    Ok((Act::Import(Box::new(plan.import)), view))
}

/// Where a backup taken now would go: beside the database, named by the office's clock.
pub fn backup_beside(database: &Path, now: Ts, calendar: Calendar) -> PathBuf {
    beside(database, "backup", "db", now, calendar)
}

/// A file that is not there yet: `<database>-<what>-20200217-1005.<ending>`.
pub(super) fn beside(database: &Path, what: &str, ending: &str, now: Ts, calendar: Calendar) -> PathBuf {
    let stem = database.file_stem().map_or_else(|| "zhiban".into(), |stem| stem.to_string_lossy());
    let stamp = calendar.local(now).format("%Y%m%d-%H%M%S");
    let name = |n: u32| match n {
        1 => format!("{stem}-{what}-{stamp}.{ending}"),
        n => format!("{stem}-{what}-{stamp}-{n}.{ending}"),
    };
    let folder = database.parent().unwrap_or(Path::new(""));
    // A thousand files of one second: whoever writes the next one is told that it exists.
    (1..1000)
        .map(|n| folder.join(name(n)))
        .find(|file| !file.exists())
        .unwrap_or_else(|| folder.join(name(1)))
}

pub(super) fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(super) fn what(kind: SheetKind) -> What {
    match kind {
        SheetKind::Roster => What::Roster,
        SheetKind::Units => What::Units,
        // Entries of a register have no form: they are planned by its declaration.
        SheetKind::Report | SheetKind::Ledger => What::Report,
    }
}

/// Reads a sheet and plans what it would bring into a register.
fn entries(reader: &Reader, request: &ImportRequest, stop: &AtomicBool, now: Ts) -> Result<(Act, PlanView)> {
    let (ledger, calendar) = (query::declared(reader, &request.ledger)?, query::settings(reader)?.calendar);
    let known = Known(reader);
    let reads = Reads::new(reader, now, calendar, &known);
    let plan = plan(&reads, &ledger, Path::new(&request.path), None, (&request.passwords, Some(stop)))?;
    let unfit = plan.not_as_booked(&reads, request.same, request.happened_at.unwrap_or(now))?;
    let view = plan_view::entries(&plan, request.same, &unfit, calendar);
    Ok((Act::Ledger(Box::new(plan.act(request.same, ""))), view))
}

/// Why a sheet could not be planned, as far as something is to be asked.
pub fn unread(error: &Error) -> Unread {
    match error.kind() {
        _ if is_locked(error) => Unread::Locked,
        Some(Kind::Layout) => Unread::Layout,
        _ => Unread::Otherwise,
    }
}

/// What is said of a sheet besides itself.
pub fn options(request: &ImportRequest, stop: Arc<AtomicBool>, form_dir: Option<PathBuf>) -> intake::Options {
    intake::Options {
        part: request.part,
        day: request.day,
        round: request.round.clone().unwrap_or_default(),
        unit: (!request.unit.trim().is_empty()).then(|| request.unit.trim().to_owned()),
        stop: Some(stop),
        passwords: request.passwords.clone(),
        form_dir,
        ..intake::Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_has_its_own_forms_where_it_has_a_folder_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("office.db");
        assert_eq!(intake::form_dir_beside(&database), None);
        std::fs::create_dir(folder.path().join("forms")).unwrap();
        assert_eq!(intake::form_dir_beside(&database), Some(folder.path().join("forms")));
    }

    #[test]
    fn files_beside_the_database_never_meet() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("office.db");
        let now = Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap();
        let first = backup_beside(&database, now, Calendar::default());
        assert_eq!(name_of(&first), "office-backup-20200217-100500.db");
        std::fs::write(&first, "x").unwrap();
        let second = backup_beside(&database, now, Calendar::default());
        assert_eq!(name_of(&second), "office-backup-20200217-100500-2.db");
    }
}
