//! The office's file: it appears whole, is closed whole, knows when it is a copy, and is read where it cannot be written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use zhiban::clock::{Clock, Ids};
use zhiban::domain::ids::Mint;
use zhiban::domain::keep::Keep;
use zhiban::domain::office::Settings;
use zhiban::domain::report::FormRef;
use zhiban::domain::time::Ts;
use zhiban::error::Kind;
use zhiban::log::event::Adopted;
use zhiban::store::act::{Act, Author};
use zhiban::store::check::check;
use zhiban::store::query::rows::LogQuery;
use zhiban::store::{NewOffice, Reader, Store, backup, local, query, rotate, seal, whole};

const NOW: &str = "2020-02-17T10:05:00+08:00";

fn now() -> Ts {
    Ts::from_rfc3339(NOW).unwrap()
}

fn new_office() -> NewOffice {
    NewOffice {
        settings: Settings { rehearsal: true, ..Settings::new("海岬理工大学") },
        officer: "周宁".to_owned(),
        others: Vec::new(),
        rules: Adopted { form: FormRef { name: "rules".to_owned(), version: 1 }, content: String::new() },
    }
}

/// An office of one note in a folder of its own.
struct Office {
    folder: TempDir,
    ids: Ids,
}

impl Office {
    fn new() -> Self {
        let mut office = Self { folder: tempfile::tempdir().unwrap(), ids: Ids::seeded("backup") };
        drop(Store::create(&office.path(), &new_office(), &mut office.ids, now()).unwrap());
        office.note("电话会议");
        office
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.path()).unwrap()
    }

    fn note(&mut self, text: &str) {
        let mut store = Store::open(&self.path()).unwrap();
        write(&mut store, &mut self.ids, &Act::Note { subject: None, text: text.to_owned() });
    }

    /// Besides the program's own diary.
    fn files(&self) -> BTreeSet<String> {
        names(self.folder.path()).into_iter().filter(|name| name != "state").collect()
    }
}

fn write(store: &mut Store, ids: &mut Ids, act: &Act) {
    let officer = query::officers(&store.reader().unwrap()).unwrap()[0].0;
    let author = Author { officer, now: now(), happened_at: None, op_id: ids.id(now()) };
    store.commit(&author, ids, act).unwrap();
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn newest_kind(path: &Path) -> String {
    let log = query::log(&Reader::open(path).unwrap(), &LogQuery { limit: 1, ..Default::default() }).unwrap();
    log.rows[0].kind.clone()
}

/// Ids; and a look at the folder whenever one is drawn: what a program that is killed there would leave.
struct Watched<'a> {
    ids: &'a mut Ids,
    folder: PathBuf,
    before: BTreeSet<String>,
    to: PathBuf,
    looked: u32,
}

impl<'a> Watched<'a> {
    fn new(ids: &'a mut Ids, to: &Path) -> Self {
        let folder = to.parent().unwrap().to_owned();
        Self { ids, before: names(&folder), folder, to: to.to_owned(), looked: 0 }
    }
}

impl Mint for Watched<'_> {
    fn id(&mut self, now: Ts) -> uuid::Uuid {
        self.looked += 1;
        assert!(!self.to.exists(), "the file has its name before it is whole");
        for name in names(&self.folder).difference(&self.before) {
            let half = self.folder.join(name);
            assert!(Reader::open(&half).is_err() && Store::open(&half).is_err(), "{name} opens");
        }
        self.ids.id(now)
    }

    fn nonce(&mut self) -> [u8; 16] {
        self.ids.nonce()
    }

    fn secret(&mut self) -> [u8; 32] {
        self.ids.secret()
    }
}

#[test]
fn a_restored_office_appears_whole_or_not_at_all() {
    let mut office = Office::new();
    let copy = office.file("copy.db");
    backup::backup(&office.reader(), &copy).unwrap();
    let to = office.file("restored.db");
    let mut ids = office.ids.clone();
    let mut watched = Watched::new(&mut ids, &to);
    let (store, found) = backup::restore(&copy, &to, &mut watched, now()).unwrap();
    assert!(watched.looked > 0 && found.is_sound());
    drop(store);
    assert_eq!(office.files(), ["copy.db", "office.db", "restored.db"].map(str::to_owned).into());
    assert!(check(&Reader::open(&to).unwrap(), None).unwrap().is_sound());
    // What it was restored from is as it was.
    assert_eq!(Store::open(&copy).err().unwrap().kind(), Some(Kind::ReadOnly));
    office.note("还在记");
}

#[test]
fn a_new_office_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("office.db");
    let mut ids = Ids::seeded("new");
    let mut watched = Watched::new(&mut ids, &to);
    drop(Store::create(&to, &new_office(), &mut watched, now()).unwrap());
    assert!(watched.looked > 3);
    assert_eq!(names(folder.path()), ["office.db".to_owned()].into());
}

/// The number of a process that is over.
fn gone_process() -> u32 {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_zhiban")).arg("--version").stdout(Stdio::null()).spawn().unwrap();
    child.wait().unwrap();
    child.id()
}

#[test]
fn what_a_killed_program_left_is_swept_and_what_others_are_making_stays() {
    let office = Office::new();
    let copy = office.file("copy.db");
    backup::backup(&office.reader(), &copy).unwrap();
    // As it is named while it is made.
    let mut ids = Ids::seeded("killed");
    let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        struct Dies<'a>(&'a mut Ids, PathBuf, &'a mut Vec<String>);
        impl Mint for Dies<'_> {
            fn id(&mut self, _: Ts) -> uuid::Uuid {
                self.2.extend(names(&self.1).into_iter().filter(|name| name.starts_with(".zhiban-")));
                panic!("killed");
            }
            fn nonce(&mut self) -> [u8; 16] {
                self.0.nonce()
            }
            fn secret(&mut self) -> [u8; 32] {
                self.0.secret()
            }
        }
        let mut seen = Vec::new();
        let mut dies = Dies(&mut ids, office.folder.path().to_owned(), &mut seen);
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            backup::restore(&copy, &office.file("x.db"), &mut dies, now()).map(drop)
        }));
        assert!(ended.is_err());
        seen
    }));
    let mine = killed.unwrap().remove(0);
    let own = std::process::id().to_string();
    assert!(mine.contains(&own), "{mine}");
    let gone = gone_process().to_string();
    // This process is at work; that one is over; an earlier program's names told nothing.
    let left = [mine.clone(), mine.replace(&own, &gone), ".zhiban-backup-abc123".to_owned()];
    for name in &left {
        std::fs::copy(&copy, office.file(name)).unwrap();
    }
    let day = 24 * 3600 * 1000;
    let real = Clock::System.now();
    assert_eq!(whole::sweep(office.folder.path(), real), 1);
    assert!(!office.file(&left[1]).exists() && office.file(&left[0]).exists());
    assert_eq!(whole::sweep(office.folder.path(), real.plus(day + 60_000)), 1);
    assert!(!office.file(&left[2]).exists());
}

#[test]
fn the_side_files_of_an_older_file_are_noticed() {
    for side in ["-wal", "-shm", "-journal"] {
        let mut office = Office::new();
        let copy = office.file("copy.db");
        backup::backup(&office.reader(), &copy).unwrap();
        std::fs::write(office.file(&format!("new.db{side}")), "x").unwrap();
        let to = office.file("new.db");
        let error = backup::restore(&copy, &to, &mut office.ids, now()).err().unwrap();
        assert!(error.text(zhiban::say::Lang::En).contains(&format!("new.db{side}")));
        assert!(Store::create(&to, &new_office(), &mut office.ids, now()).is_err());
        assert!(!to.exists());
    }
}

/// The real program in the office's folder.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn zhiban(folder: &Path, args: &[&str], input: &str) -> Ran {
    run(&mut program(folder, args), input)
}

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhiban"));
    command.env_remove("ZHIBAN_OFFICER").env("HOME", folder).env("XDG_STATE_HOME", folder.join("state"));
    command.current_dir(folder).args(["--lang", "en"]).args(args);
    if !args.contains(&"--db") {
        command.args(["--db", "office.db"]);
    }
    command
}

fn run(command: &mut Command, input: &str) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that asks for nothing may be over already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ran {
    fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        self.err
    }
}

#[test]
fn a_backup_that_is_opened_is_only_read_and_says_so() {
    let office = Office::new();
    let folder = office.folder.path();
    zhiban(folder, &["backup", "copy.db"], "").done();
    assert_eq!(newest_kind(&office.path()), "backup.made");
    let before = std::fs::read(office.file("copy.db")).unwrap();
    assert!(zhiban(folder, &["--db", "copy.db", "list", "log"], "").done().contains("电话会议"));
    let refused = zhiban(folder, &["--db", "copy.db", "log", "note", "x"], "").refused();
    assert!(refused.contains("This is a backup") && refused.contains("zhiban restore copy.db"), "{refused}");
    assert!(zhiban(folder, &["--db", "copy.db", "check"], "").done().contains("Sound"));
    assert!(std::fs::read(office.file("copy.db")).unwrap() == before);
    zhiban(folder, &["--db", "new.db", "restore", "copy.db"], "").done();
    zhiban(folder, &["--db", "new.db", "log", "note", "x"], "").done();
}

#[test]
fn a_copied_office_is_read_until_somebody_says_what_it_is() {
    let mut office = Office::new();
    let folder = office.folder.path().to_owned();
    zhiban(&folder, &["log", "note", "here"], "").done();
    std::fs::copy(office.path(), office.file("second.db")).unwrap();
    let second = |args: &[&str]| zhiban(&folder, &[&["--db", "second.db"], args].concat(), "");
    assert!(second(&["list", "log"]).done().contains("here"));
    let refused = second(&["log", "note", "there"]).refused();
    assert!(refused.contains("still there") && refused.contains("zhiban desk new"), "{refused}");
    second(&["desk", "new"]).done();
    second(&["log", "note", "there"]).done();
    let desk = |name| query::desk(&Reader::open(&office.file(name)).unwrap()).unwrap();
    assert_ne!(desk("second.db"), desk("office.db"));
    assert!(check(&Reader::open(&office.file("second.db")).unwrap(), None).unwrap().is_sound());
    // The first goes on as it did; renamed on its disk it is the same file.
    office.note("still here");
    std::fs::rename(office.path(), office.file("renamed.db")).unwrap();
    zhiban(&folder, &["--db", "renamed.db", "log", "note", "x"], "").done();
    // Moved to where its number changes: one says so.
    std::fs::copy(office.file("renamed.db"), office.file("moved.db")).unwrap();
    std::fs::remove_file(office.file("renamed.db")).unwrap();
    let moved = |args: &[&str]| zhiban(&folder, &[&["--db", "moved.db"], args].concat(), "");
    assert!(moved(&["log", "note", "x"]).refused().contains("zhiban desk moved"));
    moved(&["desk", "moved"]).done();
    moved(&["log", "note", "x"]).done();
    // So with what an earlier program wrote, which cannot even be looked at before there is an answer.
    let earlier = |name: &str| {
        std::fs::copy(office.file("moved.db"), office.file(name)).unwrap();
        let conn = rusqlite::Connection::open(office.file(name)).unwrap();
        let changed = conn.execute("UPDATE local_value SET value = value - 1 WHERE key = 'projection'", []);
        assert_eq!(changed.unwrap(), 1);
    };
    for answer in ["moved", "new"] {
        let name = format!("earlier-{answer}.db");
        earlier(&name);
        let run = |args: &[&str]| zhiban(&folder, &[&["--db", &name], args].concat(), "");
        assert!(run(&["log", "note", "x"]).refused().contains("zhiban desk moved"));
        run(&["desk", answer]).done();
        run(&["log", "note", "x"]).done();
    }
}

/// A real office: what this machine saw of it is kept outside.
fn real_office(folder: &Path) {
    zhiban(folder, &["init", "--office", "海岬理工大学", "--officer", "周宁"], "").done();
    zhiban(folder, &["log", "note", "one"], "").done();
}

#[test]
fn a_check_of_an_older_file_is_not_sound_until_it_is_said_that_it_counts() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    real_office(folder);
    std::fs::copy(folder.join("office.db"), folder.join("old")).unwrap();
    zhiban(folder, &["backup", "taken.db"], "").done();
    zhiban(folder, &["log", "note", "two"], "").done();
    assert!(zhiban(folder, &["--db", "taken.db", "check"], "").done().contains("Sound"), "a backup is older");
    std::fs::copy(folder.join("old"), folder.join("office.db")).unwrap();
    let told = zhiban(folder, &["check"], "").refused();
    assert!(told.contains("older than what this machine saw") && !told.contains("Sound"), "{told}");
    let json = zhiban(folder, &["check", "--json"], "");
    assert_eq!(json.code, Some(1));
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["sound"], &json["behind"]["missing"]), (&false.into(), &2.into()), "{json}");
    // A paper that is signed meanwhile does not call it sound.
    let close = ["handover", "--close", "--continue", "--reason", "x", "--tick", "all"];
    let paper = zhiban(folder, &close, "").done();
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(paper.contains("older than what this machine saw"), "{paper}");
    zhiban(folder, &["check", "--accept-older"], "").done();
    assert!(zhiban(folder, &["check"], "").done().contains("Sound"));
}

#[test]
fn what_is_looked_at_stays_as_it_is_with_its_log_and_gets_no_side_files() {
    let office = Office::new();
    let folder = office.folder.path();
    // A file whose program was killed: its last entries lie in the log beside it.
    let mut store = Store::open(&office.path()).unwrap();
    write(&mut store, &mut Ids::seeded("killed"), &Act::Note { subject: None, text: "last".to_owned() });
    let bytes = |name: &str| std::fs::read(folder.join(name)).unwrap();
    std::fs::copy(office.path(), folder.join("killed.db")).unwrap();
    std::fs::copy(office.file("office.db-wal"), folder.join("killed.db-wal")).unwrap();
    drop(store);
    let before = (bytes("killed.db"), bytes("killed.db-wal"));
    zhiban(folder, &["--db", "killed.db", "check"], "").done();
    assert!((bytes("killed.db"), bytes("killed.db-wal")) == before, "a check writes nothing");
    // A copy of an office in use is kept with a log; none stays beside it.
    std::fs::copy(office.path(), folder.join("copied.db")).unwrap();
    let before = bytes("copied.db");
    zhiban(folder, &["drill", "copied.db"], "").done();
    zhiban(folder, &["--db", "copied.db", "check"], "").done();
    assert!(bytes("copied.db") == before);
    assert!(!folder.join("copied.db-wal").exists() && !folder.join("copied.db-shm").exists());
}

#[test]
fn a_check_mends_nothing_in_a_copy_that_is_only_read() {
    let office = Office::new();
    let folder = office.folder.path();
    zhiban(folder, &["list", "log"], "").done();
    let conn = rusqlite::Connection::open(office.path()).unwrap();
    conn.execute("UPDATE cur_officer SET name = 'x'", []).unwrap();
    drop(conn);
    std::fs::copy(office.path(), folder.join("second.db")).unwrap();
    let before = std::fs::read(folder.join("second.db")).unwrap();
    let refused = zhiban(folder, &["--db", "second.db", "check", "--rebuild"], "").refused();
    assert!(refused.contains("zhiban desk new"), "{refused}");
    assert!(std::fs::read(folder.join("second.db")).unwrap() == before);
    zhiban(folder, &["check", "--rebuild"], "").done();
}

/// A copy as earlier programs made them: it bears no mark, and does not know where it lies.
fn unmarked(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
    let conn = rusqlite::Connection::open(to).unwrap();
    conn.execute("DELETE FROM local_value WHERE key IN ('place', 'copy')", []).unwrap();
    conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
}

#[test]
fn an_earlier_programs_backup_is_only_read_until_somebody_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    real_office(folder);
    let name = "office-backup-20200217-100500.db";
    unmarked(&folder.join("office.db"), &folder.join(name));
    std::fs::create_dir(folder.join("away")).unwrap();
    for to in ["other.db", "away/office.db"] {
        unmarked(&folder.join("office.db"), &folder.join(to));
    }
    zhiban(folder, &["log", "note", "two"], "").done();
    for (copy, why) in [
        (name, "By its name this is a backup"),
        ("other.db", "goes on in ./office.db"),
        ("away/office.db", "seen newer entries"),
    ] {
        let before = std::fs::read(folder.join(copy)).unwrap();
        let ran = |args: &[&str]| zhiban(folder, &[&["--db", copy], args].concat(), "");
        assert!(ran(&["list", "log"]).done().contains("one"));
        let refused = ran(&["log", "note", "x"]).refused();
        assert!(refused.contains(why) && refused.contains("zhiban desk new"), "{refused}");
        assert!(std::fs::read(folder.join(copy)).unwrap() == before, "{copy} stays as it is");
        ran(&["desk", "new"]).done();
        ran(&["log", "note", "x"]).done();
    }
    // The office itself goes on, and a backup of it still restores.
    assert!(zhiban(folder, &["check"], "").done().contains("Sound"));
}

#[test]
fn an_earlier_programs_office_takes_its_place_without_a_question() {
    let office = Office::new();
    let conn = rusqlite::Connection::open(office.path()).unwrap();
    conn.execute("DELETE FROM local_value WHERE key = 'place'", []).unwrap();
    drop(conn);
    zhiban(office.folder.path(), &["log", "note", "x"], "").done();
    let conn = rusqlite::Connection::open(office.path()).unwrap();
    let kept: String =
        conn.query_row("SELECT value FROM local_value WHERE key = 'place'", [], |row| row.get(0)).unwrap();
    assert!(kept.contains("office.db"), "{kept}");
    if let Ok(machine) = std::fs::read_to_string("/etc/machine-id")
        && machine.trim().len() > 8
    {
        assert!(!kept.contains(machine.trim()));
    }
}

#[test]
fn a_command_leaves_one_file_that_holds_everything() {
    let office = Office::new();
    zhiban(office.folder.path(), &["log", "note", "everything"], "").done();
    assert!(!office.file("office.db-wal").exists() && !office.file("office.db-shm").exists());
    let text = std::fs::read(office.path()).unwrap();
    assert!(text.windows(10).any(|bytes| bytes == b"everything"));
}

/// A command that may write nowhere in the folder, whoever runs the tests.
#[cfg(unix)]
fn without_rights(command: &mut Command, folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::File::create(folder.join("x")).is_ok() {
        std::fs::remove_file(folder.join("x")).unwrap();
        // Whom no mode holds, another user is.
        command.uid(65534).gid(65534);
    }
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_everything_is_still_read() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    let folder = office.folder.path();
    for args in [&["list", "log"][..], &["find", "电话会议"], &["check"], &["settings"]] {
        let mut command = program(folder, args);
        command.env("HOME", "/nonexistent").env("XDG_STATE_HOME", "/nonexistent");
        without_rights(&mut command, folder);
        let ran = run(&mut command, "");
        assert_eq!(ran.code, Some(0), "{args:?}: {}{}", ran.out, ran.err);
    }
    let mut command = program(folder, &["log", "note", "x"]);
    command.env("HOME", "/nonexistent").env("XDG_STATE_HOME", "/nonexistent");
    without_rights(&mut command, folder);
    let refused = run(&mut command, "").refused();
    assert!(refused.contains("It can only be read") && refused.contains("permissions"), "{refused}");
    // With something in the log beside it, reading the file alone would hide the last entries.
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(office.file("office.db-wal"), [0; 64]).unwrap();
    let mut command = program(folder, &["list", "log"]);
    command.env("HOME", "/nonexistent").env("XDG_STATE_HOME", "/nonexistent");
    without_rights(&mut command, folder);
    let refused = run(&mut command, "").refused();
    assert!(refused.contains("-wal"), "{refused}");
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn only_the_offices_own_old_backups_are_removed() {
    let mut office = Office::new();
    let other = Office::new();
    let name = |day: u32| format!("office-backup-202002{day:02}-080000.db");
    for day in 1..=10 {
        backup::backup(&office.reader(), &office.file(&name(day))).unwrap();
        office.note("x");
    }
    // Another office's under such a name, a plain copy, and something else.
    std::fs::remove_file(office.file(&name(2))).unwrap();
    let foreign = office.file(&name(2));
    let mut ids = Ids::Random;
    let strange = other.file("strange.db");
    drop(Store::create(&strange, &new_office(), &mut ids, now()).unwrap());
    backup::backup(&Reader::open(&strange).unwrap(), &foreign).unwrap();
    std::fs::copy(office.path(), office.file("office-backup-20200102-080000.db")).unwrap();
    std::fs::write(office.file("office-backup-20200103-080000.db"), "not a database").unwrap();
    let keep = Keep { days: 3, weeks: 1, months: 1 };
    let at = chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap().and_hms_opt(10, 0, 0).unwrap();
    let gone = rotate::rotate(&office.reader(), &office.path(), keep, at).unwrap();
    let gone: BTreeSet<String> =
        gone.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(gone, [1, 3, 4, 5, 6, 7].map(name).into());
    for left in [name(2), name(8), name(9), name(10), "office-backup-20200103-080000.db".to_owned()] {
        assert!(office.file(&left).exists(), "{left}");
    }
    assert!(office.file("office-backup-20200102-080000.db").exists());
    assert_eq!(rotate::newest(&office.path()), Some(office.file(&name(10))));
    let all = rotate::rotate(&office.reader(), &office.path(), Keep::EVERYTHING, at).unwrap();
    assert!(all.is_empty());
}

#[test]
fn what_cannot_be_restored_takes_no_days_place() {
    let mut office = Office::new();
    let other = Office::new();
    let name = |day: u32| format!("office-backup-202002{day:02}-080000.db");
    for day in 1..=5 {
        backup::backup(&office.reader(), &office.file(&name(day))).unwrap();
        office.note("x");
    }
    let strange = other.file("strange.db");
    drop(Store::create(&strange, &new_office(), &mut Ids::Random, now()).unwrap());
    backup::backup(&Reader::open(&strange).unwrap(), &office.file(&name(8))).unwrap();
    // Its own, cut off; and one that did not verify when it was made.
    let cut = office.file(&name(9));
    backup::backup(&office.reader(), &cut).unwrap();
    let length = std::fs::metadata(&cut).unwrap().len();
    std::fs::OpenOptions::new().write(true).open(&cut).unwrap().set_len(length - 4096).unwrap();
    backup::backup(&office.reader(), &office.file(&name(7))).unwrap();
    let head = query::head(&office.reader()).unwrap();
    let unsound = Act::BackedUp { file: name(7), head, verified: false, print: None };
    write(&mut Store::open(&office.path()).unwrap(), &mut office.ids, &unsound);
    let keep = Keep { days: 3, weeks: 0, months: 0 };
    let at = chrono::NaiveDate::from_ymd_opt(2020, 2, 17).unwrap().and_hms_opt(10, 0, 0).unwrap();
    let gone = rotate::rotate(&office.reader(), &office.path(), keep, at).unwrap();
    let gone: BTreeSet<String> =
        gone.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(gone, [1, 2].map(name).into(), "the last three days of which there is one to restore stay");
    for left in [3, 4, 5, 7, 8, 9].map(name) {
        assert!(office.file(&left).exists(), "{left}");
    }
}

#[test]
fn a_drill_restores_the_newest_backup_and_is_logged() {
    let office = Office::new();
    let folder = office.folder.path();
    assert!(zhiban(folder, &["drill"], "").refused().contains("no backup"));
    zhiban(folder, &["backup", "office-backup-20200217-080000.db"], "").done();
    zhiban(folder, &["log", "note", "since"], "").done();
    let before = office.files();
    let told = zhiban(folder, &["drill"], "").done();
    assert!(told.contains("went well") && told.contains("office-backup-20200217-080000.db"), "{told}");
    assert_eq!(newest_kind(&office.path()), "drill.done");
    assert_eq!(office.files(), before, "the drill left something");
    let json = zhiban(folder, &["drill", "--json"], "").done();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["sound"], &json["in_log"], &json["faults"]), (&true.into(), &true.into(), &0.into()));
    // Another office's backup restores, and is none of this one.
    let other = tempfile::tempdir().unwrap();
    let strange = other.path().join("strange.db");
    drop(Store::create(&strange, &new_office(), &mut Ids::Random, now()).unwrap());
    backup::backup(&Reader::open(&strange).unwrap(), &office.file("strange.db")).unwrap();
    assert!(zhiban(folder, &["drill", "strange.db"], "").refused().contains("no backup of this database"));
    assert!(check(&office.reader(), None).unwrap().is_sound());
}

fn holds(path: &Path, text: &str) -> bool {
    std::fs::read(path).unwrap().windows(text.len()).any(|bytes| bytes == text.as_bytes())
}

#[test]
fn a_short_passphrase_seals_nothing_and_a_fault_of_the_key_file_is_said_of_it() {
    let office = Office::new();
    let folder = office.folder.path();
    let short = zhiban(folder, &["backup", "--seal", "--stdin", "safe.db.age"], "ab\n").refused();
    assert!(short.contains("at least 8 characters") && !folder.join("safe.db.age").exists(), "{short}");
    zhiban(folder, &["backup", "--seal", "--stdin", "safe.db.age"], "four words of it\n").done();
    let restore = |keys: &str| {
        zhiban(folder, &["--db", "new.db", "restore", "safe.db.age", "--identity", keys], "").refused()
    };
    let missing = restore("keys.txt");
    assert!(missing.contains("The file of keys keys.txt cannot be read"), "{missing}");
    std::fs::write(folder.join("keys.txt"), [0xff, 0xfe]).unwrap();
    let none = restore("keys.txt");
    assert!(none.contains("no usable key in keys.txt"), "{none}");
}

#[test]
fn a_sealed_backup_opens_with_its_passphrase_alone() {
    let office = Office::new();
    let folder = office.folder.path();
    assert!(zhiban(folder, &["backup", "--seal", "safe.db.age"], "").refused().contains("--stdin"));
    zhiban(folder, &["backup", "--seal", "--stdin", "safe.db.age"], "深夜 值班 电话 会议\n").done();
    assert!(holds(&office.path(), "电话会议") && !holds(&office.file("safe.db.age"), "电话会议"));
    assert_eq!(office.files(), ["office.db", "safe.db.age"].map(str::to_owned).into());
    let wrong = zhiban(folder, &["--db", "new.db", "restore", "--stdin", "safe.db.age"], "other\n").refused();
    assert!(wrong.contains("The passphrase does not open safe.db.age"), "{wrong}");
    let silent = zhiban(folder, &["--db", "new.db", "restore", "safe.db.age"], "").refused();
    assert!(silent.contains("sealed backup"), "{silent}");
    assert!(!office.file("new.db").exists());
    zhiban(folder, &["drill", "safe.db.age", "--stdin"], "深夜 值班 电话 会议\n").done();
    zhiban(folder, &["--db", "new.db", "restore", "--stdin", "safe.db.age"], "深夜 值班 电话 会议\n").done();
    assert!(zhiban(folder, &["--db", "new.db", "list", "log"], "").done().contains("电话会议"));
    assert_eq!(office.files(), ["office.db", "safe.db.age", "new.db"].map(str::to_owned).into());
}

#[test]
fn a_sealed_backup_for_a_key_opens_with_its_file() {
    let office = Office::new();
    let mut ids = Ids::seeded("keys");
    let identity = age::x25519::Identity::generate();
    let (key, other) = (office.file("key.txt"), office.file("other.txt"));
    let text = |identity: &age::x25519::Identity| {
        use age::secrecy::ExposeSecret;
        format!("# a key\n{}\n", identity.to_string().expose_secret())
    };
    std::fs::write(&key, text(&identity)).unwrap();
    std::fs::write(&other, text(&age::x25519::Identity::generate())).unwrap();
    let recipients =
        vec![identity.to_public().to_string(), age::x25519::Identity::generate().to_public().to_string()];
    let sealed = office.file("safe.db.age");
    let how = seal::Seal::Recipients(recipients);
    let taken = backup::take_sealed(&office.reader(), office.folder.path(), &sealed, &how).unwrap();
    assert!(taken.print.is_some() && taken.faults == 0);
    let restore = |key: &Path, ids: &mut Ids| {
        let key = seal::Key::Identities(std::fs::read_to_string(key).unwrap());
        backup::restore_with(&sealed, Some(&key), &office.file("new.db"), ids, &mut |_| Ok(now())).map(drop)
    };
    let refused = restore(&other, &mut ids).unwrap_err();
    assert!(refused.text(zhiban::say::Lang::En).contains("None of the keys opens"));
    restore(&key, &mut ids).unwrap();
    // Cut off, it restores nothing.
    let bytes = std::fs::read(&sealed).unwrap();
    std::fs::write(&sealed, &bytes[..bytes.len() - 7]).unwrap();
    std::fs::remove_file(office.file("new.db")).unwrap();
    assert!(restore(&key, &mut ids).is_err());
    assert!(!office.file("new.db").exists());
    let bad = seal::Seal::Recipients(vec!["age1nothing".to_owned()]);
    assert!(bad.check().is_err());
}

#[test]
fn a_thrown_away_draft_lies_nowhere_once_the_file_is_closed() {
    let office = Office::new();
    let store = Store::open(&office.path()).unwrap();
    store.save_draft("note", "{\"text\":\"thrown away words\"}", now()).unwrap();
    store.keep_search("thrown away search", now()).unwrap();
    store.drop_draft("note").unwrap();
    for n in 0..50 {
        store.keep_search(&format!("n{n}"), now().plus(i64::from(n) + 1)).unwrap();
    }
    let reader = store.reader().unwrap();
    assert!(local::drafts(&reader).unwrap().is_empty());
    drop((reader, store));
    assert!(Store::settle(&office.path()));
    assert!(!office.file("office.db-wal").exists());
    assert!(!holds(&office.path(), "thrown away"));
}

#[test]
fn a_month_without_a_drill_is_told_and_a_younger_office_is_left_alone() {
    let mut office = Office::new();
    let day = 24 * 3600 * 1000;
    let due = |office: &Office, days: i64| {
        query::status(&office.reader(), now().plus(days * day)).unwrap().drill_due
    };
    assert_eq!((due(&office, 29), due(&office, 30), due(&office, 45)), (None, Some(30), Some(45)));
    let summary = zhiban::paper::summary::summary(&office.reader(), now().plus(45 * day)).unwrap().unwrap();
    let told = zhiban::paper::handover::sentences(&summary)[0].zh.clone();
    assert!(told.contains("45 天没有做备份演练"), "{told}");
    let mut store = Store::open(&office.path()).unwrap();
    let drill = |faults| Act::Drilled { file: "x.db".to_owned(), head: String::new(), faults };
    write(&mut store, &mut office.ids, &drill(2));
    assert_eq!(due(&office, 45), Some(45), "one that failed is none");
    let author = |ids: &mut Ids, at: Ts| Author {
        officer: query::officers(&office.reader()).unwrap()[0].0,
        now: at,
        happened_at: None,
        op_id: ids.id(at),
    };
    let at = author(&mut office.ids.clone(), now().plus(40 * day));
    store.commit(&at, &mut Ids::seeded("drill"), &drill(0)).unwrap();
    assert_eq!((due(&office, 45), due(&office, 71)), (None, Some(31)));
}

#[test]
fn the_screen_says_that_it_can_only_read_and_that_it_still_saves() {
    use zhiban::app::{Msg, State, update};
    use zhiban::say::{Lang, Say};
    for (lang, read, saving) in [(Lang::Zh, "[只读]", "正在保存…"), (Lang::En, "[readonly]", "Saving…")]
    {
        let mut state = State::new(
            lang,
            false,
            zhiban::app::shown::shades::Shades::default(),
            now(),
            zhiban::domain::time::Calendar::default(),
        );
        update(&mut state, Msg::Resize(80, 24));
        let screen = |state: &State| {
            let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).unwrap();
            terminal.draw(|frame| zhiban::view::draw(state, frame)).unwrap();
            let cells = terminal.backend().buffer().content().iter();
            cells.map(ratatui::buffer::Cell::symbol).collect::<String>().replace(' ', "")
        };
        assert!(!screen(&state).contains(read) && !screen(&state).contains(saving));
        state.read_only = Some(Say::same("x"));
        assert!(screen(&state).contains(read), "{}", screen(&state));
        state.saving = true;
        assert!(screen(&state).contains(saving), "{}", screen(&state));
    }
}
