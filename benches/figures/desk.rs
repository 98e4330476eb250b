//! The desk itself: start, frames, memory, idling.

use crate::store::{LARGE, memory_folder, office};
use crate::{line, median, number, p99, timed};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::io::Read;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::Duration;
use zhiban::app::shown::shades::{Depth, Ground, Shades};
use zhiban::app::{Effect, Msg, State, update};
use zhiban::clock::monotonic;
use zhiban::demo::{self, Size};
use zhiban::runtime;
use zhiban::say::Lang;
use zhiban::store::{Reader, query};

const ROWS: NonZeroU16 = NonZeroU16::new(50).expect("not nought");
const COLUMNS: NonZeroU16 = NonZeroU16::new(200).expect("not nought");

/// The real program in a real pseudo-terminal.
struct Running {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    bytes: crossbeam_channel::Receiver<Vec<u8>>,
    parser: vt100::Parser,
    // Held open: the program ends when its terminal goes.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Running {
    fn start(db: &Path) -> Self {
        let size = PtySize { rows: 50, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zhiban"));
        command.args(["--lang", "en", "--db"]);
        command.arg(db);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the desk");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let (sender, bytes) = crossbeam_channel::unbounded();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, bytes, parser: vt100::Parser::new(ROWS, COLUMNS, 0), _master: pair.master }
    }

    /// Waits until the screen shows all of `texts`.
    fn until(&mut self, texts: &[&str]) {
        self.until_it(&|shown| texts.iter().all(|text| shown.contains(text)));
    }

    /// Waits until what the screen shows is as it should be.
    fn until_it(&mut self, is_there: &dyn Fn(&str) -> bool) {
        let begin = monotonic();
        while begin.elapsed() < Duration::from_secs(20) {
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(100)) {
                self.parser.process(&bytes);
                if is_there(&self.parser.screen().contents()) {
                    return;
                }
            }
        }
        panic!("the desk never showed what was waited for:\n{}", self.parser.screen().contents());
    }

    fn end(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a full first frame of the board shows: a late unit, a case, a due item.
fn wanted(reader: &Reader) -> Vec<String> {
    let now = query::last_recorded(reader).expect("the last moment");
    vec![
        query::outstanding(reader, now).expect("rows")[0].name.clone(),
        query::cases(reader, now).expect("rows")[0].name.clone(),
        // What is due first of all: what sheets brought, above whom to call.
        "to act".to_owned(),
    ]
}

/// From the start of the process until the screen shows all of `wanted`.
fn first_frame(path: &Path, wanted: &[&str]) -> Duration {
    first_frame_with(path, &|shown| wanted.iter().all(|text| shown.contains(text)))
}

/// From the start of the process until what the screen shows is as it should be.
pub fn first_frame_with(path: &Path, is_there: &dyn Fn(&str) -> bool) -> Duration {
    let begin = monotonic();
    let mut desk = Running::start(path);
    desk.until_it(is_there);
    let took = begin.elapsed();
    desk.end();
    took
}

pub fn start() {
    let folder = memory_folder();
    let (store, path) = office(folder.path(), Size::default());
    let wanted = wanted(&store.reader().expect("a reader"));
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let took = median(|| first_frame(&path, &wanted));
    line("process start to first full frame, demo, 200×50", took, Duration::from_millis(60));
}

pub fn memory_and_idle() {
    let folder = memory_folder();
    let (store, path) = office(folder.path(), Size::default());
    let wanted = wanted(&store.reader().expect("a reader"));
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let mut desk = Running::start(&path);
    desk.until(&wanted);
    let pid = desk.child.process_id().expect("a process");
    std::thread::sleep(Duration::from_secs(3));
    let before = cpu_ticks(pid);
    std::thread::sleep(Duration::from_mins(1));
    let used = (cpu_ticks(pid) - before) as f64 / 100.0;
    number("idle desk over 60 s, share of a core", used / 60.0 * 100.0, 0.5, "%");
    number("memory of the desk on the demo, peak", peak_mb(pid), 80.0, "MB");
    desk.end();
}

/// User and system time in hundredths of a second.
fn cpu_ticks(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process's times");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

fn peak_mb(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

pub fn screens() {
    let folder = memory_folder();
    for size in [Size::default(), LARGE] {
        let (store, _) = office(folder.path(), size);
        let reader = store.reader().expect("a reader");
        for (key, name) in [
            ('1', "board"),
            ('2', "units"),
            ('3', "outstanding"),
            ('4', "cases"),
            ('6', "due"),
            ('7', "people"),
            ('9', "log"),
            ('0', "handover"),
        ] {
            screen(&reader, size.people, key, name);
        }
    }
}

/// One screen at 200×50: loading its rows, and a key's update with the frame that follows.
fn screen(reader: &Reader, people: usize, key: char, name: &str) {
    let settings = query::settings(reader).expect("settings");
    let now = demo::now();
    // Every colour there is: what costs most to draw.
    let shades = Shades { depth: Depth::True, ground: Some(Ground::Dark), asks: false };
    let mut state = State::new(Lang::Zh, false, shades, now, settings.calendar);
    let mut loads = Vec::new();
    let mut effects = state.start();
    effects.extend(update(&mut state, Msg::Resize(200, 50)));
    answer(&mut state, reader, effects, &mut Vec::new());
    let effects = update(&mut state, press(KeyCode::Char(key)));
    answer(&mut state, reader, effects, &mut Vec::new());
    // Every commit makes the screen ask again: all it asks for then, one after the other, is what loading costs.
    for _ in 0..20 {
        let effects = update(&mut state, Msg::Changed);
        let mut took = Vec::new();
        answer(&mut state, reader, effects, &mut took);
        loads.push(took.iter().sum());
    }
    line(&format!("{name}, {people} people: loading its rows, p99"), p99(loads), Duration::from_millis(30));

    let mut terminal = Terminal::new(TestBackend::new(200, 50)).expect("a screen");
    let mut frames = Vec::new();
    for i in 0..400 {
        let code = if i % 50 < 40 { KeyCode::Down } else { KeyCode::Up };
        let (effects, took) = timed(|| {
            let effects = update(&mut state, press(code));
            terminal.draw(|frame| zhiban::view::draw(&state, frame)).expect("a frame");
            effects
        });
        frames.push(took);
        answer(&mut state, reader, effects, &mut Vec::new());
    }
    line(&format!("{name}, {people} people: update and frame, p99"), p99(frames), Duration::from_millis(4));
    if key == '9' {
        // Done once, by a thread of its own, as soon as the screen is opened.
        let (done, took) = timed(|| query::word_log(reader));
        done.expect("the log in words");
        let what = format!("{name}, {people} people: put into words, once");
        println!("{what:<58} {:>9.2} ms", took.as_secs_f64() * 1000.0);
    }
    if matches!(key, '7' | '9') {
        filtered(&mut state, reader, &format!("{name}, {people} people"));
    }
}

/// A filter typed letter by letter: each asks the database again.
fn filtered(state: &mut State, reader: &Reader, what: &str) {
    let effects = update(state, press(KeyCode::Char('\\')));
    answer(state, reader, effects, &mut Vec::new());
    let mut loads = Vec::new();
    for letter in "zhangw".chars() {
        let effects = update(state, press(KeyCode::Char(letter)));
        let mut took = Vec::new();
        answer(state, reader, effects, &mut took);
        loads.push(took.iter().sum());
    }
    line(&format!("{what}: a letter of the filter, slowest"), p99(loads), Duration::from_millis(30));
}

fn press(code: KeyCode) -> Msg {
    Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Answers every load at once; notes how long each took.
fn answer(state: &mut State, reader: &Reader, effects: Vec<Effect>, took: &mut Vec<Duration>) {
    for effect in effects {
        if let Effect::Load { query, generation } = effect {
            let (data, time) = timed(|| runtime::load(reader, demo::now(), &query));
            took.push(time);
            if let Ok(data) = data {
                let more = update(state, Msg::Loaded { generation, data });
                answer(state, reader, more, took);
            }
        }
    }
}
