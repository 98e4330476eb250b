//! The threads and the main loop against a real database and a made-up face. Conditions are waited for, never time.

use super::desk::{Desk, Face};
use super::finder::Find;
use super::painter::Paint;
use super::reader::Read;
use super::work::Work;
use super::writer::Write;
use super::*;
use crate::app::shown::shades::Shades;
use crate::app::{Data, FindHit, Query, Tone};
use crate::domain::ids::{Mint, Subject};
use crate::domain::office::Settings;
use crate::domain::password::Passwords;
use crate::domain::person::PersonFacts;
use crate::domain::report::FormRef;
use crate::domain::time::Ts;
use crate::domain::unit::UnitFacts;
use crate::log::event::Adopted;
use crate::store::act::{Act, Author, LedgerAct, Made};
use crate::store::query::rows::{LogQuery, PeopleQuery};
use crate::store::{NewOffice, local};
use crossbeam_channel::Receiver;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Longer than anything here takes, unless it never comes.
const NEVER: Duration = Duration::from_secs(20);

struct Office {
    folder: tempfile::TempDir,
    store: Option<Store>,
    clock: Clock,
    officer: OfficerId,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap());
        let rules =
            Adopted { form: FormRef { name: "rules".to_owned(), version: 1 }, content: String::new() };
        let new = NewOffice {
            settings: Settings::new("海岬理工大学"),
            officer: "周宁".to_owned(),
            others: Vec::new(),
            rules,
        };
        let mut ids = Ids::seeded("runtime");
        let store = Store::create(&folder.path().join("office.db"), &new, &mut ids, clock.now()).unwrap();
        let officer = query::officers(&store.reader().unwrap()).unwrap()[0].0;
        Self { folder, store: Some(store), clock, officer }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    /// Commits from outside, as another process would.
    fn commit_elsewhere(&self, act: &Act) -> Option<Made> {
        let mut store = Store::open(&self.path()).unwrap();
        let mut ids = Ids::Random;
        let now = self.clock.now();
        let author = Author { officer: self.officer, now, happened_at: None, op_id: ids.id(now) };
        store.commit(&author, &mut ids, act).unwrap().made
    }

    /// The desk as `run` builds it, with a made-up face.
    fn desk(&mut self, hooks: Hooks) -> (Desk<Paper>, Sender<Event>) {
        let (events, inbox) = crossbeam_channel::unbounded();
        let crew = threads::Crew::gather();
        let ids = Ids::seeded("writer");
        let own = reader::Own::default();
        let (begun, first) = crossbeam_channel::bounded(0);
        let finds = finder::start(finder::Begin {
            path: self.path(),
            writable: true,
            clock: self.clock.clone(),
            officer: Some(self.officer),
            events: events.clone(),
            first,
        })
        .unwrap();
        let finding = (finds.clone(), begun);
        let reads = reader::start(self.reader(), self.clock.clone(), own.clone(), finding, events.clone());
        let reads = reads.unwrap();
        let store = self.store.take().ok_or_else(|| Say::same("read only"));
        let read_only = store.as_ref().err().cloned();
        let writes = writer::start(
            (store, self.path()),
            self.clock.clone(),
            ids.clone(),
            own,
            finds.clone(),
            events.clone(),
        )
        .unwrap();
        let work = Work::new(self.path(), self.clock.clone(), ids, hooks, writes.clone(), events.clone());
        let now = self.clock.now();
        let mut state =
            State::new(Lang::Zh, false, Shades::NONE, now, crate::domain::time::Calendar::default());
        state.officer = Some((self.officer, "周宁".to_owned()));
        state.read_only = read_only;
        let face = Paper::new();
        let clock = self.clock.clone();
        let desk = Desk {
            state,
            hooks,
            clock,
            face,
            reads,
            finds,
            writes,
            files: crossbeam_channel::unbounded().0,
            work,
            crew,
            path: self.path(),
            inbox,
            waiting: desk::Waiting::default(),
            over: false,
            stale: true,
            stopped: false,
        };
        (desk, events)
    }
}

/// A face that draws on paper.
struct Paper {
    terminal: Terminal<TestBackend>,
    frames: usize,
    gone: bool,
    copied: Vec<String>,
}

impl Paper {
    fn new() -> Self {
        let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        Self { terminal, frames: 0, gone: false, copied: Vec::new() }
    }
}

impl Face for Paper {
    fn size(&self) -> io::Result<(u16, u16)> {
        Ok((80, 24))
    }

    fn draw(&mut self, paint: &mut Paint<'_>) -> io::Result<()> {
        if self.gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.frames += 1;
        self.terminal
            .draw(|frame| {
                paint(frame);
            })
            .map(drop)
            .map_err(io::Error::other)
    }

    fn redraw(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn ring(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.to_owned());
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A small pure core: keys stand for effects, and what came back stands in the feedback line.
fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let officer = state.officer.as_ref().map(|(id, _)| *id);
    let draft = || Effect::SaveDraft { key: "note".to_owned(), json: "{\"words\":\"半句\"}".to_owned() };
    let mut tell = |text: &str| {
        state.feedback = Some(app::shown::state::Feedback { say: Say::same(text), ..Default::default() });
    };
    match msg {
        Msg::Key(KeyEvent { code: KeyCode::Char(c), .. }) => match (c, officer) {
            ('n', Some(officer)) => {
                let act = Box::new(Act::Note { subject: None, text: "电话会议".to_owned() });
                vec![Effect::Commit { token: 7, officer, act, happened_at: None }]
            }
            ('y', _) => vec![Effect::Copy("123".to_owned())],
            ('q', _) => vec![Effect::Quit],
            ('d', _) => vec![draft()],
            ('D', _) => vec![Effect::DropDraft { key: "note".to_owned() }],
            ('i', Some(officer)) => {
                vec![Effect::RunImport {
                    token: 99,
                    officer,
                    reason: String::new(),
                    happened_at: None,
                    except: std::collections::BTreeSet::new(),
                }]
            }
            ('p', Some(officer)) => vec![Effect::Backup { officer }],
            _ => Vec::new(),
        },
        Msg::Committed { token: 7, .. } => {
            tell("saved");
            vec![Effect::Quit]
        }
        Msg::CommitFailed { token, .. } => {
            tell(&format!("failed {token}"));
            vec![Effect::Quit]
        }
        Msg::Notice { tone, say } | Msg::Printed { tone, say } => {
            tell(&format!("{tone:?} {}", say.en));
            vec![Effect::Quit]
        }
        Msg::Terminate => vec![draft()],
        Msg::Saving => {
            tell("saving");
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn draw(state: &State, frame: &mut Frame<'_>) -> Position {
    let words = state.feedback.as_ref().map_or("", |feedback| feedback.say.en.as_str());
    frame.render_widget(ratatui::widgets::Paragraph::new(words), frame.area());
    Position::ORIGIN
}

fn hooks() -> Hooks {
    Hooks {
        start: |_| vec![Effect::Load { query: Query::Status, generation: 1 }],
        update,
        draw,
        roster: |_| Ok(Roster::default()),
    }
}

fn press(events: &Sender<Event>, c: char) {
    let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
    events.send(Event::Msg(Msg::Key(key))).unwrap();
}

fn feedback(desk: &Desk<Paper>) -> String {
    desk.state.feedback.as_ref().map(|feedback| feedback.say.en.clone()).unwrap_or_default()
}

fn commit(token: u64, officer: OfficerId, act: Act) -> Write {
    Write::Commit { token: Some(token), officer, act: Box::new(act), happened_at: None }
}

/// The first message that `wanted` picks.
fn wait<T>(inbox: &Receiver<Event>, wanted: impl Fn(Msg) -> Option<T>) -> T {
    loop {
        let event = inbox.recv_timeout(NEVER).expect("it comes");
        if let Event::Msg(msg) = event
            && let Some(found) = wanted(msg)
        {
            return found;
        }
    }
}

#[test]
fn a_key_becomes_an_act_and_its_answer_a_frame() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    assert_eq!(desk.face.frames, 1);
    press(&events, 'n');
    desk.stay().unwrap();
    assert_eq!(feedback(&desk), "saved");
    desk.leave();
    let log = query::log(&office.reader(), &LogQuery { limit: 1, ..Default::default() }).unwrap();
    assert_eq!(log.rows[0].kind, "note.written");
}

#[test]
fn keys_that_come_together_cost_one_frame() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    for _ in 0..100 {
        press(&events, 'y');
    }
    press(&events, 'q');
    desk.stay().unwrap();
    assert_eq!(desk.face.copied.len(), 100);
    assert_eq!(desk.face.frames, 1);
}

#[test]
fn when_the_system_ends_the_desk_the_draft_is_on_disk() {
    for event in [Event::Notice(Notice::End), Event::TerminalGone] {
        let mut office = Office::new();
        let (mut desk, events) = office.desk(hooks());
        desk.open();
        events.send(event).unwrap();
        desk.stay().unwrap();
        desk.leave();
        let drafts = local::drafts(&office.reader()).unwrap();
        assert_eq!(drafts.len(), 1);
        assert!(drafts[0].body.contains("半句"));
    }
}

#[test]
fn a_terminal_that_takes_no_output_ends_the_desk_and_keeps_the_draft() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    desk.face.gone = true;
    press(&events, 'y');
    desk.stay().unwrap();
    desk.leave();
    assert_eq!(local::drafts(&office.reader()).unwrap().len(), 1);
}

#[test]
fn what_cannot_be_done_is_told_and_never_called_saved() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    press(&events, 'i');
    desk.stay().unwrap();
    assert_eq!(feedback(&desk), "failed 99");
    // A writer that is gone.
    let (lost, _) = crossbeam_channel::unbounded();
    desk.writes = lost;
    desk.over = false;
    press(&events, 'n');
    desk.stay().unwrap();
    assert_eq!(feedback(&desk), "failed 7");
}

#[test]
fn a_backup_is_taken_and_logged() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    press(&events, 'p');
    desk.stay().unwrap();
    assert!(feedback(&desk).starts_with("Good Backed up to"), "{}", feedback(&desk));
    desk.leave();
    let log = query::log(&office.reader(), &LogQuery { limit: 1, ..Default::default() }).unwrap();
    assert_eq!(log.rows[0].kind, "backup.made");
    let files: Vec<_> = std::fs::read_dir(office.folder.path()).unwrap().flatten().collect();
    assert!(files.iter().any(|file| file.file_name().to_string_lossy().contains("-backup-20200217-")));
}

#[test]
fn another_process_is_noticed_and_our_own_writes_are_no_news() {
    let mut office = Office::new();
    let (desk, _events) = office.desk(hooks());
    let note = |text: &str| Act::Note { subject: None, text: text.to_owned() };
    desk.writes.send(commit(1, office.officer, note("我们"))).unwrap();
    wait(&desk.inbox, |msg| matches!(msg, Msg::Committed { token: 1, .. }).then_some(()));
    // Answered after the reader has looked past our own write.
    desk.reads.send(Read::Load { query: Query::Status, generation: 5 }).unwrap();
    wait(&desk.inbox, |msg| {
        assert!(!matches!(msg, Msg::Changed), "our own write came back as news");
        matches!(msg, Msg::Loaded { generation: 5, data: Data::Status(_) }).then_some(())
    });
    office.commit_elsewhere(&note("他们"));
    wait(&desk.inbox, |msg| matches!(msg, Msg::Changed).then_some(()));
}

#[test]
fn only_the_newest_question_of_a_place_is_answered() {
    let mut office = Office::new();
    let (desk, _events) = office.desk(hooks());
    let ask = |generation, filter: &str| Read::Load {
        query: Query::People(PeopleQuery { filter: filter.to_owned(), limit: 10, ..Default::default() }),
        generation,
    };
    for generation in 1..200 {
        desk.reads.send(ask(generation, "a")).unwrap();
    }
    let mut answers = 0;
    wait(&desk.inbox, |msg| matches!(msg, Msg::Loaded { generation: 199, .. }).then_some(()));
    answers += desk.inbox.try_iter().count();
    assert_eq!(answers, 0);
}

#[test]
fn a_filter_of_the_log_is_answered_beside_and_only_the_newest() {
    let mut office = Office::new();
    let (desk, _events) = office.desk(hooks());
    let ask = |generation, filter: &str| Read::Load {
        query: Query::Log(LogQuery { filter: filter.to_owned(), limit: 10, ..Default::default() }),
        generation,
    };
    let note = |text: &str| Act::Note { subject: None, text: text.to_owned() };
    desk.writes.send(commit(1, office.officer, note("停电"))).unwrap();
    wait(&desk.inbox, |msg| matches!(msg, Msg::Committed { token: 1, .. }).then_some(()));
    let found = |wanted: u64| {
        wait(&desk.inbox, |msg| match msg {
            Msg::Loaded { generation, data: Data::Log(page) } if generation == wanted => Some(page.total),
            _ => None,
        })
    };
    desk.reads.send(ask(1, "")).unwrap();
    let all = found(1);
    for generation in 2..200 {
        desk.reads.send(ask(generation, "停电")).unwrap();
    }
    assert_eq!(found(199), 1);
    assert_eq!(desk.inbox.try_iter().count(), 0);
    // What was written since is found by the same words.
    desk.writes.send(commit(2, office.officer, note("又停电"))).unwrap();
    wait(&desk.inbox, |msg| matches!(msg, Msg::Committed { token: 2, .. }).then_some(()));
    desk.reads.send(ask(200, "停电")).unwrap();
    assert_eq!(found(200), 2);
    desk.reads.send(ask(201, "")).unwrap();
    assert_eq!(found(201), all + 1);
}

#[test]
fn entries_of_ledgers_come_after_who_is_found_and_only_for_the_newest_question() {
    let mut office = Office::new();
    let place = [("name", "东门错峰就餐通道"), ("class", "key")];
    let values = place.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let write = LedgerAct::Write {
        ledger: "places".to_owned(),
        entries: vec![(values, Vec::new())],
        reason: String::new(),
    };
    office.commit_elsewhere(&Act::Ledger(Box::new(write)));
    let (desk, _events) = office.desk(hooks());
    let ask = |generation: u64, text: &str| {
        desk.finds.send(Find::Ask { text: text.to_owned(), generation }).unwrap();
    };
    for generation in 1..30 {
        ask(generation, "错峰");
    }
    ask(30, "就餐");
    let (more, mut found) = (std::cell::Cell::new(false), None);
    while found.is_none() {
        found = wait(&desk.inbox, |msg| match msg {
            Msg::Found { generation: 30, found } => {
                more.set(found.more);
                Some(None)
            }
            Msg::FoundEntries { generation: 30, entries } => {
                assert!(more.get(), "the others came first");
                Some(Some(entries))
            }
            _ => None,
        });
    }
    assert_eq!(found.unwrap().rows.len(), 1);
    ask(31, "餐");
    wait(&desk.inbox, |msg| match msg {
        Msg::Found { generation: 31, found } => {
            assert!(!found.more, "nothing is to come for so little");
            Some(())
        }
        _ => None,
    });
}

#[test]
fn who_is_new_is_found_after_the_commit() {
    let mut office = Office::new();
    let (desk, _events) = office.desk(hooks());
    let ask = |generation: u64, text: &str| {
        desk.finds.send(Find::Ask { text: text.to_owned(), generation }).unwrap();
    };
    let answer = || -> Vec<FindHit> {
        wait(&desk.inbox, |msg| match msg {
            Msg::Found { found, .. } => Some(found.hits),
            _ => None,
        })
    };
    ask(1, "zengyan");
    assert!(answer().is_empty());
    let unit =
        Act::AddUnit {
            code: "T01".to_owned(), name: "土木工程学院".to_owned(), facts: UnitFacts::default()
        };
    let Some(Made::Unit(unit)) = office.commit_elsewhere(&unit) else { panic!("a unit was made") };
    let facts = PersonFacts {
        name: Some("曾岩".to_owned()),
        unit: Some(unit),
        phone: Some("19900001234".to_owned()),
        ..Default::default()
    };
    let act = Act::AddPerson { no: "0042".to_owned(), facts, told_by: "本人".to_owned() };
    desk.writes.send(commit(2, office.officer, act)).unwrap();
    let person = wait(&desk.inbox, |msg| match msg {
        Msg::Committed { committed, .. } => committed.made,
        _ => None,
    });
    let Made::Person(person) = person else { panic!("a person was made") };
    // The index is built a moment after the change: ask until it is.
    let deadline = crate::clock::monotonic() + NEVER;
    let hits = loop {
        ask(3, "1234");
        let hits = answer();
        if !hits.is_empty() || crate::clock::monotonic() > deadline {
            break hits;
        }
    };
    assert_eq!(hits[0].subject(), Some(Subject::Person(person)));
    assert_eq!((hits[0].row.name.as_str(), hits[0].row.no.as_str()), ("曾岩", "0042"));
    assert_eq!(
        (hits[0].row.phone.masked().as_str(), hits[0].found.way),
        ("199****1234", crate::search::found::Way::Phone)
    );
}

#[test]
fn a_plan_that_was_stopped_is_not_kept() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    let request = app::ImportRequest {
        passwords: Passwords::default(),
        what: app::SheetKind::Roster,
        path: office.folder.path().join("nothing.xlsx").display().to_string(),
        day: None,
        round: None,
        unit: String::new(),
        happened_at: None,
        ledger: String::new(),
        part: false,
        same: false,
        inbox: false,
    };
    desk.work.plan(4, request.clone());
    desk.work.cancel(4);
    assert!(desk.work.act(4, String::new(), &std::collections::BTreeSet::new()).is_none());
    // One that cannot be read says so.
    desk.work.plan(5, request);
    let error = wait(&desk.inbox, |msg| match msg {
        Msg::ImportFailed { token: 5, error, .. } => Some(error),
        _ => None,
    });
    assert_ne!(error.zh, error.en);
    drop(events);
}

#[test]
fn a_fault_in_one_task_is_an_error_and_no_more() {
    let failed = guarded(|| -> Result<()> { panic!("a fault") });
    assert_eq!(failed.expect_err("caught").kind(), Some(Kind::Refused));
    assert_eq!(guarded(|| Ok(1)).unwrap(), 1);
    assert_eq!(Tone::default(), Tone::Info);
}

#[test]
fn nothing_of_another_process_is_taken_for_ours_whatever_is_written_here_meanwhile() {
    let office = Office::new();
    let reader = office.reader();
    let own = reader::Own::default();
    let mut news = reader::News::from_now(&reader, own.clone()).unwrap();
    let write = || office.commit_elsewhere(&Act::Note { subject: None, text: "一条".to_owned() });
    assert!(!news.any(&reader).unwrap());
    // Ours.
    own.begin();
    write();
    assert!(!news.any(&reader).unwrap());
    // Theirs, while one of ours is on its way and then fails.
    own.begin();
    write();
    own.failed();
    assert!(news.any(&reader).unwrap());
    assert!(!news.any(&reader).unwrap());
    // Theirs and ours between two looks.
    write();
    own.begin();
    write();
    assert!(news.any(&reader).unwrap());
    assert!(!news.any(&reader).unwrap());
}

#[test]
fn an_act_that_fails_while_the_desk_is_left_is_told() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    events.send(Event::Msg(Msg::CommitFailed { token: 3, error: Say::same("busy"), field: None })).unwrap();
    let lost = desk.leave();
    assert_eq!(lost.iter().map(|say| say.en.as_str()).collect::<Vec<_>>(), ["Not saved: busy"]);
}

#[test]
fn when_the_desk_is_left_its_file_alone_holds_everything_and_no_thrown_away_draft() {
    for event in [None, Some(Event::Notice(Notice::End)), Some(Event::TerminalGone)] {
        let mut office = Office::new();
        let (mut desk, events) = office.desk(hooks());
        desk.open();
        press(&events, 'd');
        press(&events, 'D');
        press(&events, 'n');
        desk.stay().unwrap();
        let kept = event.is_some();
        if let Some(event) = event {
            desk.over = false;
            events.send(event).unwrap();
            desk.stay().unwrap();
        }
        assert!(desk.leave().is_empty());
        let copied = tempfile::tempdir().unwrap();
        let copy = copied.path().join("copied.db");
        std::fs::copy(office.path(), &copy).unwrap();
        let reader = Reader::open(&copy).unwrap();
        let log = query::log(&reader, &LogQuery { limit: 1, ..Default::default() }).unwrap();
        assert_eq!(log.rows[0].kind, "note.written");
        assert_eq!(local::drafts(&reader).unwrap().len(), usize::from(kept));
        drop(reader);
        for side in ["-wal", "-shm"] {
            let side = office.folder.path().join(format!("office.db{side}"));
            assert!(!side.exists(), "{}", side.display());
        }
        let bytes = std::fs::read(office.path()).unwrap();
        let typed = bytes.windows("半句".len()).any(|bytes| bytes == "半句".as_bytes());
        assert_eq!(typed, kept, "a draft that was thrown away lies in the file");
        // The face and its state are still there: only the threads are gone.
        drop(desk);
    }
}

#[test]
fn what_still_lies_beside_the_file_is_told_with_what_to_copy() {
    // Held by another program, and on a disk that takes nothing more.
    for full in [false, true] {
        let mut office = Office::new();
        let (mut desk, events) = office.desk(hooks());
        desk.open();
        press(&events, 'n');
        desk.stay().unwrap();
        let other = Store::open(&office.path()).unwrap();
        let held = other.hold().unwrap();
        desk.state.read_only = full.then(|| Say::same("the disk is full"));
        let lost = desk.leave();
        assert_eq!(lost.len(), 1, "{lost:?}");
        assert!(lost[0].en.contains("office.db-wal") && lost[0].zh.contains("office.db-wal"), "{lost:?}");
        drop(held);
    }
}

#[test]
fn a_lock_held_elsewhere_is_told_within_a_moment_and_nothing_is_lost() {
    let mut office = Office::new();
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    let other = Store::open(&office.path()).unwrap();
    let held = other.hold().unwrap();
    let sent = crate::clock::monotonic();
    press(&events, 'n');
    // Until it is told: the tick comes later than that.
    while feedback(&desk) != "saving" {
        desk.stay_until(|desk| feedback(desk) == "saving").unwrap();
    }
    assert!(sent.elapsed() < Duration::from_millis(900), "{:?}", sent.elapsed());
    drop(held);
    desk.stay().unwrap();
    assert_eq!(feedback(&desk), "saved");
    desk.leave();
    let log = query::log(&office.reader(), &LogQuery { limit: 1, ..Default::default() }).unwrap();
    assert_eq!(log.rows[0].kind, "note.written");
}

#[test]
fn an_office_that_can_only_be_read_refuses_acts_with_the_reason() {
    let mut office = Office::new();
    drop(office.store.take());
    let (mut desk, events) = office.desk(hooks());
    desk.open();
    let loaded = |msg: Msg| matches!(msg, Msg::Loaded { data: Data::Status(_), .. }).then_some(());
    desk.reads.send(Read::Load { query: Query::Status, generation: 3 }).unwrap();
    wait(&desk.inbox, loaded);
    desk.writes.send(commit(7, office.officer, Act::Note { subject: None, text: "x".to_owned() })).unwrap();
    let error = wait(&desk.inbox, |msg| match msg {
        Msg::CommitFailed { token: 7, error, .. } => Some(error),
        _ => None,
    });
    assert!(error.en.contains("nothing was written: read only"), "{}", error.en);
    // Nobody is locked out of it.
    let (of, officer) = (Some(office.officer), office.officer);
    let unlock = Write::Unlock { token: 8, of, officer, pin: None };
    desk.writes.send(unlock).unwrap();
    wait(&desk.inbox, |msg| matches!(msg, Msg::Unlocked { token: 8 }).then_some(()));
    drop(events);
    assert!(desk.leave().is_empty());
}

#[test]
fn a_ledger_saved_beside_the_file_is_in_use_and_a_wrong_one_is_told() {
    const KEYS: &str = "name = \"keys\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"钥匙\", en = \"Keys\" }\n\
        [[column]]\nfield = \"room\"\ntitle = { zh = \"房间\", en = \"Room\" }\n";
    let mut office = Office::new();
    let folder = crate::intake::ledgers::folder_beside(&office.path());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("keys.toml"), KEYS).unwrap();
    std::fs::write(folder.join("wrong.toml"), KEYS.replace("column", "colunm")).unwrap();
    std::fs::write(folder.join("wrong2.toml"), KEYS.replace("version = 1", "version = \"1\"")).unwrap();
    let (mut desk, _events) = office.desk(hooks());
    desk.state.officer = Some((office.officer, "周宁".to_owned()));
    desk.open();
    desk.stay().unwrap();
    let told = feedback(&desk);
    assert!(told.contains("wrong.toml"), "{told}");
    assert!(told.contains("line 5") && told.contains("no \"colunm\" here"), "{told}");
    assert!(told.contains("1 other file too") && told.len() < 160, "both are told, in two lines: {told}");
    desk.leave();
    let log = query::log(&office.reader(), &LogQuery { limit: 1, ..Default::default() }).unwrap();
    assert_eq!(log.rows[0].kind, "ledger.adopted");
}
