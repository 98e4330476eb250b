//! The desk without a terminal: keys go in, screen text and log come out; time stands still until moved.
//! Effects run at once, on the same thread, against a real database.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;
use zhiban::app::shown::effect::InboxTask;
use zhiban::app::shown::found::Found;
use zhiban::app::shown::shades::Shades;
use zhiban::app::{self, Effect, ImportRequest, Msg, State};
use zhiban::clock::{Clock, Ids};
use zhiban::demo::{self, Size};
use zhiban::domain::columns::Choices;
use zhiban::domain::ids::{Mint, OfficerId, UnitId};
use zhiban::domain::time::Ts;
use zhiban::runtime;
use zhiban::say::{Lang, Say};
use zhiban::store::act::{Act, Author};
use zhiban::store::{Reader, Store, query};

/// A small demonstration office: the same story with fewer people.
pub const SMALL: Size = Size { people: 200, units: 8, days: 4 };

pub struct Desk {
    pub state: State,
    pub store: Store,
    pub reader: Reader,
    pub ids: Ids,
    pub clock: Clock,
    pub copied: Vec<String>,
    pub bells: u32,
    pub quit: bool,
    book: runtime::Book,
    size: (u16, u16),
    folder: tempfile::TempDir,
    tray: Option<runtime::tray::Tray>,
    plans: HashMap<u64, Act>,
}

impl Desk {
    /// The desk on a small demonstration office.
    pub fn open(lang: Lang, size: (u16, u16)) -> Self {
        Self::open_of(lang, size, SMALL)
    }

    /// The desk on a demonstration office of this size.
    pub fn open_of(lang: Lang, size: (u16, u16), of: Size) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("office.db");
        let store = demo::create(&path, of).unwrap();
        let reader = store.reader().unwrap();
        let settings = query::settings(&reader).unwrap();
        let clock = Clock::fixed(demo::now());
        let mut state = State::new(lang, false, Shades::default(), clock.now(), settings.calendar);
        let shift = query::shift_range(&reader).unwrap().unwrap();
        state.officer = Some((shift.officer, shift.name));
        let book = runtime::Book::read(&reader).unwrap();
        let mut desk = Self {
            state,
            store,
            reader,
            ids: Ids::seeded("journey"),
            clock,
            copied: Vec::new(),
            bells: 0,
            quit: false,
            book,
            size,
            folder,
            tray: None,
            plans: HashMap::new(),
        };
        let effects = desk.state.start();
        desk.run(effects);
        desk.send(Msg::Resize(size.0, size.1));
        desk
    }

    /// Sends one message and runs what follows from it.
    pub fn send(&mut self, msg: Msg) {
        let effects = app::update(&mut self.state, msg);
        self.run(effects);
    }

    /// Types keys: plain characters, and `<Enter>`, `<Esc>`, `<Tab>`, `<Down>` … between angle brackets.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        // Whoever types has seen what is there.
        self.state.seen();
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (code, modifiers, used) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, _)) => (code(name), modifiers(name), name.len() + 2),
                None => (KeyCode::Char(c), KeyModifiers::NONE, c.len_utf8()),
            };
            rest = &rest[used..];
            self.send(Msg::Key(KeyEvent::new(code, modifiers)));
        }
        self
    }

    /// Lets time pass, second by second as far as the desk is concerned.
    pub fn wait_minutes(&mut self, minutes: i64) -> &mut Self {
        self.clock.advance(minutes * 60_000);
        self.send(Msg::Tick(self.clock.now()));
        // The screen locked itself meanwhile: whoever comes back unlocks it.
        if self.state.lock.is_some() {
            self.keys("<Enter>");
        }
        self
    }

    /// What the screen shows.
    pub fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| zhiban::view::draw(&self.state, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut out = String::new();
        for y in 0..self.size.1 {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..self.size.0 {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = symbol.width().saturating_sub(1);
                line.push_str(symbol);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Fails unless the screen shows every one of these.
    pub fn shows(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        for text in texts {
            assert!(screen.contains(text), "the screen does not show “{text}”:\n{screen}");
        }
        self
    }

    /// Fails if the screen shows any of these.
    pub fn hides(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        for text in texts {
            assert!(!screen.contains(text), "the screen shows “{text}”:\n{screen}");
        }
        self
    }

    /// Wire names of the newest ops in the log, the newest first.
    pub fn log(&self, count: u32) -> Vec<String> {
        let wanted = query::rows::LogQuery { limit: count, ..Default::default() };
        query::log(&self.reader, &wanted).unwrap().rows.into_iter().map(|row| row.kind).collect()
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effect(effect);
        }
    }

    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Load { query, generation } => {
                let msg = match runtime::load(&self.reader, self.clock.now(), &query) {
                    Ok(data) => Msg::Loaded { generation, data },
                    Err(error) => Msg::LoadFailed { generation, error: say(&error) },
                };
                self.send(msg);
            }
            Effect::Search { text, generation } => {
                self.book.follow(&self.reader).unwrap();
                let found = self.book.find(&self.reader, &text, 50, self.clock.now()).unwrap();
                let found = Found::new(found, runtime::tried(&text, false)).by(&text);
                self.send(Msg::Found { generation, found });
            }
            Effect::Commit { token, officer, act, happened_at } => {
                let now = self.clock.now();
                let author = Author { officer, now, happened_at, op_id: self.ids.id(now) };
                let msg = match runtime::write(&mut self.store, &author, &mut self.ids, &act) {
                    Ok(committed) => Msg::Committed { token, committed },
                    Err(error) => Msg::CommitFailed { token, error: say(&error), field: error.field() },
                };
                self.send(msg);
            }
            Effect::Preview { token, ask, lang, revealed } => {
                let made = runtime::paper_shown(&self.reader, self.clock.now(), &ask, lang, &revealed);
                self.send(match made {
                    Ok(sheaf) => Msg::Paged { token, sheaf: Box::new(sheaf.unwrap()) },
                    Err(error) => Msg::PaperFailed { token, error: say(&error) },
                });
            }
            Effect::Unlock { token, of, officer, pin } => {
                let now = self.clock.now();
                let msg = match self.store.unlock(of, officer, pin.as_ref(), now) {
                    Ok(()) => Msg::Unlocked { token },
                    Err(error) => Msg::UnlockFailed { token, error: say(&error) },
                };
                self.send(msg);
            }
            Effect::SaveDraft { key, json } => {
                self.store.save_draft(&key, &json, self.clock.now()).unwrap();
            }
            Effect::DropDraft { key } => self.store.drop_draft(&key).unwrap(),
            Effect::KeepSearch { text } => self.store.keep_search(&text, self.clock.now()).unwrap(),
            Effect::Probe { officer, typed } => {
                let now = self.clock.now();
                let author = Author { officer, now, happened_at: None, op_id: self.ids.id(now) };
                self.store.probed(&author, &mut self.ids, &typed).unwrap();
            }
            Effect::Copy(text) => self.copied.push(text),
            Effect::Bell => self.bells += 1,
            Effect::Quit => self.quit = true,
            Effect::PlanImport { token, request } => self.plan(token, &request),
            Effect::RunImport { token, officer, reason, happened_at, except } => {
                self.run_import(token, officer, reason, happened_at, &except);
            }
            Effect::Inbox(task) => self.inbox(&task),
            Effect::ReadColumns { token, request, said, seen, lang } => {
                self.columns(token, &request, (&said, &seen), None, lang);
            }
            Effect::KeepColumns { token, request, said, seen, name, title, lang } => {
                self.columns(token, &request, (&said, &seen), Some((&name, &title)), lang);
            }
            _ => {}
        }
    }

    /// The folder that the office lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn plan(&mut self, token: u64, request: &ImportRequest) {
        let forms = zhiban::intake::form_dir_beside(&self.folder().join("office.db"));
        let known = query::roster(&self.reader).unwrap();
        let options = zhiban::intake::Options {
            program: Some(PROGRAM.into()),
            ..runtime::import_options(request, Arc::default(), forms)
        };
        let now = self.clock.now();
        let msg = match runtime::planned(&self.reader, request, &known, &options, &mut self.ids, now) {
            Ok((act, plan)) => {
                self.plans.insert(token, act);
                Msg::ImportPlanned { token, plan: Box::new(plan) }
            }
            Err(error) => Msg::ImportFailed { token, error: say(&error), why: runtime::unread(&error) },
        };
        self.send(msg);
    }

    fn columns(
        &mut self,
        token: u64,
        request: &ImportRequest,
        (said, seen): (&Choices, &str),
        named: Option<(&str, &str)>,
        lang: Lang,
    ) {
        let program = Some(Path::new(PROGRAM));
        let wanted = runtime::WantedColumns { request, said, seen, named, lang, program };
        let database = self.folder().join("office.db");
        let stop = std::sync::atomic::AtomicBool::new(false);
        let done = if named.is_some() {
            let kept = runtime::keep_columns(&self.reader, &database, &wanted, &stop);
            kept.map(|form| Msg::ColumnsKept { token, form })
        } else {
            let sheet = runtime::read_columns(&self.reader, &database, &wanted, &stop);
            sheet.map(|sheet| Msg::Columns { token, sheet: Box::new(sheet) })
        };
        let failed = |error: zhiban::error::Error| Msg::ImportFailed {
            token,
            error: say(&error),
            why: runtime::unread(&error),
        };
        self.send(done.unwrap_or_else(failed));
    }

    fn run_import(
        &mut self,
        token: u64,
        officer: OfficerId,
        reason: String,
        happened_at: Option<Ts>,
        except: &BTreeSet<UnitId>,
    ) {
        let Some(Act::Import(mut import)) = self.plans.get(&token).cloned() else { panic!("no plan") };
        if !except.is_empty() {
            import.leave_out(except);
        }
        if !reason.is_empty() {
            import.reason = reason;
        }
        let act = Box::new(Act::Import(import));
        self.effect(Effect::Commit { token, officer, act, happened_at });
    }

    /// The watched folder is looked at, and what is asked about it done.
    pub fn inbox(&mut self, task: &InboxTask) {
        let lang = self.state.lang;
        let path = self.store.path().to_owned();
        let tray = self.tray.get_or_insert_with(|| runtime::tray::Tray::new(&path, Some(PROGRAM.into())));
        let now = self.clock.now();
        let mut own = Ids::seeded("tray");
        let moves = self.state.read_only.is_none();
        let mut hand =
            runtime::tray::Hand { reader: &self.reader, now, lang, ids: &mut own, stop: None, moves };
        let (store, ids) = (&mut self.store, &mut self.ids);
        let mut commit = |officer, act: Act, happened_at| {
            let author = Author { officer, now, happened_at, op_id: ids.id(now) };
            runtime::write(store, &author, ids, &act)
        };
        let mut told = tray.run(&mut hand, task, &mut commit, &mut |_, _, _| {});
        told.extend(tray.look(&mut hand, &|_, _| {}));
        for msg in told {
            self.send(msg);
        }
    }
}

/// The program under test: it reads cells.
const PROGRAM: &str = env!("CARGO_BIN_EXE_zhiban");

fn say(error: &zhiban::error::Error) -> Say {
    Say { zh: error.text(Lang::Zh), en: error.text(Lang::En) }
}

fn modifiers(name: &str) -> KeyModifiers {
    if name.starts_with("C-") { KeyModifiers::CONTROL } else { KeyModifiers::NONE }
}

fn code(name: &str) -> KeyCode {
    match name.trim_start_matches("C-") {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageDown" => KeyCode::PageDown,
        "PageUp" => KeyCode::PageUp,
        "Backspace" => KeyCode::Backspace,
        one if one.chars().count() == 1 => KeyCode::Char(one.chars().next().unwrap()),
        other => panic!("no such key: {other}"),
    }
}

/// An office that is made once, for tests that only read it.
pub struct Once(std::sync::OnceLock<(tempfile::TempDir, PathBuf)>);

impl Once {
    /// None yet.
    pub const fn new() -> Self {
        Self(std::sync::OnceLock::new())
    }

    /// Its file; it is made when it is asked for first.
    pub fn of(&'static self, size: Size) -> &'static Path {
        let (_, path) = self.0.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("office.db");
            demo::create(&path, size).unwrap();
            (folder, path)
        });
        path
    }
}
