//! PINs: waits that no clock shortens, hashes that do not travel, a kept hash that has to agree with the log, and what
//! it takes to take a colleague's away.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use zhiban::clock::Ids;
use zhiban::domain::handover::How;
use zhiban::domain::ids::{Mint, OfficerId};
use zhiban::domain::office::Settings;
use zhiban::domain::pin::Pin;
use zhiban::domain::report::FormRef;
use zhiban::domain::time::{HOUR, MINUTE, Ts};
use zhiban::error::Result;
use zhiban::log::event::{Adopted, Event};
use zhiban::paper::summary::summary;
use zhiban::paper::template::{self, Templates};
use zhiban::platform::Uptime;
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author, Close, Committed};
use zhiban::store::check::{FaultKind, check};
use zhiban::store::{NewOffice, Reader, Store, backup, local, query};

/// What the machine says of how long it has been running.
type Told = Arc<Mutex<Uptime>>;

struct Office {
    store: Store,
    ids: Ids,
    now: Ts,
    officers: Vec<OfficerId>,
    uptime: Told,
    folder: tempfile::TempDir,
}

/// Those of the office, by place: the one on duty, and three more.
const NAMES: [&str; 4] = ["林静", "周航", "何敏", "吴磊"];
const DUTY: usize = 0;

fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

fn counted_by(store: &mut Store, uptime: &Told) {
    let uptime = uptime.clone();
    store.count_waits_by(move |_| uptime.lock().unwrap().clone());
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ids = Ids::seeded("pin tests");
        let now = Ts::from_rfc3339("2020-02-17T08:00:00+08:00").unwrap();
        let new = NewOffice {
            settings: Settings::new("海岬理工大学防控办"),
            officer: NAMES[DUTY].to_owned(),
            others: NAMES[1..].iter().map(|name| (*name).to_owned()).collect(),
            rules: Adopted { form: FormRef { name: "rules".to_owned(), version: 1 }, content: String::new() },
        };
        let mut store = Store::create(&folder.path().join("office.db"), &new, &mut ids, now).unwrap();
        let known = query::officers(&store.reader().unwrap()).unwrap();
        let named = |name: &str| known.iter().find(|(_, known)| known == name).unwrap().0;
        let officers = NAMES.iter().map(|name| named(name)).collect();
        let uptime = Arc::new(Mutex::new(Uptime { boot: "first".to_owned(), ms: HOUR }));
        counted_by(&mut store, &uptime);
        Self { store, ids, now, officers, uptime, folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    fn act(&mut self, who: usize, act: &Act) -> Result<Committed> {
        self.now = self.now.plus(MINUTE);
        let officer = self.officers[who];
        let author = Author { officer, now: self.now, happened_at: None, op_id: self.ids.id(self.now) };
        self.store.commit(&author, &mut self.ids, act)
    }

    fn set(&mut self, who: usize, text: &str) {
        self.act(who, &change(self.officers[who], Some(text), None, None)).unwrap();
    }

    fn wrong(&mut self, who: usize, times: u32) {
        for _ in 0..times {
            let error = self.store.check_pin(self.officers[who], &pin("0000"), self.now).unwrap_err();
            assert!(error.text(Lang::En).contains("wrong"), "{error}");
        }
    }

    fn passes(&mut self, who: usize, text: &str) -> bool {
        self.store.check_pin(self.officers[who], &pin(text), self.now).is_ok()
    }

    fn runs(&self, ms: i64) {
        self.uptime.lock().unwrap().ms += ms;
    }

    fn tamper(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    fn paper(&self, lang: Lang) -> String {
        let cut = summary(&self.store.reader().unwrap(), self.now).unwrap().unwrap();
        let paper = template::make(&cut, lang, &Templates::builtin()).unwrap();
        zhiban::paper::lines::text(&paper).split_whitespace().collect()
    }
}

fn change(
    officer: OfficerId,
    new: Option<&str>,
    old: Option<&str>,
    second: Option<(OfficerId, &str)>,
) -> Act {
    Act::ChangePin {
        officer,
        new: new.map(pin),
        old: old.map(pin),
        second: second.map(|(officer, text)| (officer, pin(text))),
    }
}

#[test]
fn a_wait_is_neither_shortened_nor_drawn_out_by_the_clock() {
    let mut office = Office::new();
    office.set(DUTY, "1357");
    office.wrong(DUTY, 3);
    assert!(!office.passes(DUTY, "1357"), "even the right one waits");
    // The clock leaps a day ahead.
    office.now = office.now.plus(24 * HOUR);
    assert!(!office.passes(DUTY, "1357"), "the clock does not shorten it");
    // And back by a week: half a minute is half a minute.
    office.now = office.now.plus(-7 * 24 * HOUR);
    office.runs(31_000);
    assert!(office.passes(DUTY, "1357"), "the clock does not draw it out");
    office.wrong(DUTY, 3);
    office.runs(31_000);
    office.wrong(DUTY, 1);
    office.runs(45_000);
    assert!(!office.passes(DUTY, "1357"), "each wrong one doubles it");
    office.runs(16_000);
    assert!(office.passes(DUTY, "1357"));
}

#[test]
fn a_wait_outlives_the_program_and_the_machine() {
    let mut office = Office::new();
    office.set(DUTY, "1357");
    office.wrong(DUTY, 3);
    let mut other = Store::open(&office.path()).unwrap();
    counted_by(&mut other, &office.uptime);
    assert!(other.check_pin(office.officers[DUTY], &pin("1357"), office.now).is_err());
    drop(other);
    // Started anew: no more is known than that it was before.
    *office.uptime.lock().unwrap() = Uptime { boot: "second".to_owned(), ms: 20_000 };
    assert!(!office.passes(DUTY, "1357"));
    office.runs(11_000);
    assert!(office.passes(DUTY, "1357"));
}

#[test]
fn pins_do_not_travel_in_a_backup_and_are_set_anew() {
    let mut office = Office::new();
    office.set(DUTY, "1357");
    office.wrong(DUTY, 1);
    let copy = office.folder.path().join("backup.db");
    backup::backup(&office.store.reader().unwrap(), &copy).unwrap();
    let conn = Connection::open(&copy).unwrap();
    let kept = |table: &str| -> i64 {
        conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((kept("local_pin"), kept("local_probe")), (0, 0));
    let salt: Vec<u8> = Connection::open(office.path())
        .unwrap()
        .query_row("SELECT salt FROM local_pin", [], |row| row.get(0))
        .unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    assert!(!bytes.windows(salt.len()).any(|part| part == salt), "nothing to try four digits against");
    drop(conn);
    let back = office.folder.path().join("back.db");
    let (restored, _) = backup::restore(&copy, &back, &mut office.ids, office.now).unwrap();
    let reader = restored.reader().unwrap();
    assert!(!local::has_pin(&reader, office.officers[DUTY]).unwrap());
    assert!(local::altered_pins(&reader).unwrap().is_empty(), "left out is not taken out");
    assert!(local::pins_to_set(&reader).unwrap());
    assert!(check(&reader, None).unwrap().is_sound());
    office.store = restored;
    office.set(DUTY, "2468");
    assert!(office.passes(DUTY, "2468"));
    assert!(local::altered_pins(&office.store.reader().unwrap()).unwrap().is_empty());
}

#[test]
fn a_hash_that_was_swapped_or_taken_out_is_found_and_refused() {
    let mut office = Office::new();
    office.set(DUTY, "1357");
    office.set(1, "2468");
    assert!(check(&office.store.reader().unwrap(), None).unwrap().is_sound());
    let altered = |office: &Office| local::altered_pins(&office.store.reader().unwrap()).unwrap();
    assert!(altered(&office).is_empty());
    // Somebody puts the hash of their own PIN in the place of a colleague's.
    office.tamper(
        "UPDATE local_pin SET (salt, hash) = (SELECT salt, hash FROM local_pin o WHERE o.officer <> local_pin.officer) \
         WHERE officer = (SELECT id FROM cur_officer WHERE name = '林静')",
    );
    assert_eq!(altered(&office), [office.officers[DUTY]]);
    let report = check(&office.store.reader().unwrap(), None).unwrap();
    assert!(report.faults.iter().any(|fault| fault.what == FaultKind::Pin), "{report:?}");
    let error = office.store.check_pin(office.officers[DUTY], &pin("2468"), office.now).unwrap_err();
    assert!(error.text(Lang::Zh).contains("与日志不符"), "{error}");
    // Or takes it out, to sign by name.
    office.tamper("DELETE FROM local_pin WHERE officer = (SELECT id FROM cur_officer WHERE name = '林静')");
    assert_eq!(altered(&office), [office.officers[DUTY]]);
    assert!(local::has_pin(&office.store.reader().unwrap(), office.officers[DUTY]).unwrap());
    let shift = query::shift_range(&office.store.reader().unwrap()).unwrap().unwrap().id;
    let close = Close { to_pin: Some(pin("2468")), ..Close::new(shift, office.officers[1]) };
    let by_name = office.act(DUTY, &Act::CloseShift(Box::new(close.clone()))).unwrap_err();
    assert!(by_name.text(Lang::En).contains("signs with a PIN"), "{by_name}");
    let by_pin = Close { from_pin: Some(pin("1357")), ..close };
    assert!(office.act(DUTY, &Act::CloseShift(Box::new(by_pin))).is_err());
    // One put in where there was none is none either.
    office.tamper(
        "INSERT INTO local_pin SELECT (SELECT id FROM cur_officer WHERE name = '何敏'), salt, hash, memory, passes, 0, 0, \
         '', 0 FROM local_pin",
    );
    assert!(altered(&office).contains(&office.officers[2]));
    assert!(!office.passes(2, "2468"));
}

#[test]
fn the_log_holds_a_digest_and_nothing_to_try_a_pin_against() {
    let mut office = Office::new();
    let officer = office.officers[DUTY];
    let done = office.act(DUTY, &change(officer, Some("1357"), None, None)).unwrap();
    let events = query::op_events(&office.store.reader().unwrap(), done.op).unwrap();
    let [Event::PinChanged(changed)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(changed.digest.as_ref().map(String::len), Some(64));
    let conn = Connection::open(office.path()).unwrap();
    let salt: Vec<u8> = conn.query_row("SELECT salt FROM local_pin", [], |row| row.get(0)).unwrap();
    let salt = salt.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let bodies: String =
        conn.query_row("SELECT group_concat(body) FROM log_body", [], |row| row.get(0)).unwrap();
    assert!(!bodies.contains("1357") && !bodies.contains(&salt));
}

#[test]
fn a_colleagues_pin_is_taken_away_by_two_others_and_that_is_said() {
    let mut office = Office::new();
    let (me, lost, third) = (office.officers[DUTY], office.officers[1], office.officers[2]);
    office.tamper("UPDATE cur_officer SET role = 'duty'");
    assert!(office.act(DUTY, &change(lost, Some("2468"), None, None)).is_err(), "everyone sets their own");
    office.set(1, "2468");
    assert!(office.act(1, &change(lost, Some("1357"), None, None)).is_err(), "the old one is needed");
    assert!(office.act(1, &change(lost, None, None, None)).is_err(), "its own officer needs it too");
    // One alone does not, with a PIN or without.
    assert!(office.act(DUTY, &change(lost, None, None, None)).is_err());
    office.set(DUTY, "9876");
    let alone = office.act(DUTY, &change(lost, None, Some("9876"), None)).unwrap_err();
    assert!(alone.text(Lang::En).contains("two officers"), "{alone}");
    // A second one has to have proven something, and to be another.
    let with = |who, text| change(lost, None, Some("9876"), Some((who, text)));
    assert!(office.act(DUTY, &with(third, "1111")).is_err(), "without a PIN nothing is proven");
    assert!(office.act(DUTY, &with(me, "9876")).is_err(), "twice oneself is once");
    office.set(2, "5555");
    assert!(office.act(DUTY, &with(third, "1111")).is_err(), "wrong");
    assert!(office.act(3, &change(lost, None, None, Some((third, "5555")))).is_err(), "not on duty");
    let reader = office.store.reader().unwrap();
    let now = office.now;
    let told = |reader: &Reader| query::status(reader, now).unwrap().pins_taken;
    assert!(told(&reader).is_empty());
    let done = office.act(DUTY, &with(third, "5555")).unwrap();
    assert!(!local::has_pin(&reader, lost).unwrap());
    assert!(matches!(told(&reader).as_slice(), [(whose, ..)] if *whose == lost), "though it was read before");
    let events = query::op_events(&reader, done.op).unwrap();
    let [Event::PinChanged(changed)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(changed.by, [me, third]);
    assert!(office.act(DUTY, &Act::Undo { op: Some(done.op) }).is_err(), "it is never taken back");
    // The paper says so, and so is the officer told until a new one is set.
    for (lang, said) in [(Lang::Zh, "1位值班员的签字口令被他人取消"), (Lang::En, "1PINwastakenawaybyothers")]
    {
        let paper = office.paper(lang);
        assert!(paper.contains(said) && paper.contains("周航"), "{paper}");
    }
    let (_, by) = local::taken_away(&office.store.reader().unwrap(), lost).unwrap().unwrap();
    assert_eq!(by, ["林静", "何敏"]);
    office.set(1, "8642");
    assert!(local::taken_away(&office.store.reader().unwrap(), lost).unwrap().is_none());
    assert!(told(&reader).is_empty());
    // Whoever knows it may take it away, without being on duty.
    office.act(3, &change(lost, None, None, Some((lost, "8642")))).unwrap();
    // Whoever leads needs nobody beside them, but their own PIN.
    office.set(1, "8642");
    office.tamper("UPDATE cur_officer SET role = 'lead' WHERE name = '吴磊'");
    assert!(office.act(3, &change(lost, None, None, None)).is_err(), "a name proves nothing");
    office.set(3, "7777");
    office.act(3, &change(lost, None, Some("7777"), None)).unwrap();
    assert!(office.paper(Lang::Zh).contains("2位值班员的签字口令"), "who knew it does not count");
}

#[test]
fn taking_a_shift_over_alone_needs_ones_own_pin() {
    let mut office = Office::new();
    office.set(1, "2468");
    let shift = query::shift_range(&office.store.reader().unwrap()).unwrap().unwrap().id;
    let close =
        Close {
            how: How::TakenOver, reason: "突发疾病".to_owned(), ..Close::new(shift, office.officers[1])
        };
    assert!(office.act(1, &Act::CloseShift(Box::new(close.clone()))).is_err());
    let wrong = Close { to_pin: Some(pin("1111")), ..close.clone() };
    assert!(office.act(1, &Act::CloseShift(Box::new(wrong))).is_err());
    let right = Close { to_pin: Some(pin("2468")), ..close };
    office.act(1, &Act::CloseShift(Box::new(right))).unwrap();
}

/// The command line, with what is typed at its standard input.
fn zhiban(office: &Office, args: &[&str], input: &str) -> (bool, String) {
    let mut command = assert_cmd::Command::cargo_bin("zhiban").unwrap();
    // What this machine remembers of other runs' files is none of this one's.
    let state = office.path().parent().unwrap().join("state");
    command
        .env_clear()
        .env("ZHIBAN_STATE_DIR", state)
        .arg("--db")
        .arg(office.path())
        .args(args)
        .write_stdin(input.to_owned());
    let done = command.output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn at_the_command_line_each_types_their_own() {
    let mut office = Office::new();
    for (who, text) in [(DUTY, "9876"), (1, "2468"), (2, "5555")] {
        office.set(who, text);
    }
    office.tamper("UPDATE cur_officer SET role = 'duty'");
    let remove = ["officer", "pin", "周航", "--remove", "--stdin", "--lang", "zh"];
    let (done, said) = zhiban(&office, &remove, "9876\n");
    assert!(!done && said.contains("--with"), "{said}");
    let two = [&remove[..], &["--with", "何敏"]].concat();
    let (done, said) = zhiban(&office, &two, "9876\n5555\n");
    assert!(done, "{said}");
    let log = zhiban(&office, &["list", "log", "--lang", "en"], "").1;
    assert!(log.contains("by two others"), "{log}");
}
