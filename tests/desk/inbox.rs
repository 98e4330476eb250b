//! The inbox: sheets as they come, taken in with three keys, the ones that raise a question one by one; what goes back to
//! their senders, and what a stop in the middle leaves.

use crate::common::{Desk, SMALL};
use crate::intake::lock::{Way, locked};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zhiban::app::shown::effect::InboxTask;
use zhiban::clock::Ids;
use zhiban::demo::Size;
use zhiban::domain::ids::{Mint, UnitId};
use zhiban::domain::inbox::Stand;
use zhiban::domain::person::PersonFacts;
use zhiban::domain::report::{ReportKey, Round};
use zhiban::error::Kind;
use zhiban::intake::inbox::{Inbox, Office, to_take};
use zhiban::say::{Lang, Say};
use zhiban::store::act::{Act, Author, Committed};
use zhiban::store::query;

const HEADS: &str = "工号,姓名,上午体温,测量部位";

/// A unit with the people whose report it sends.
struct Sender {
    id: UnitId,
    name: String,
    people: Vec<(String, String)>,
}

struct Post {
    desk: Desk,
    folder: PathBuf,
    senders: Vec<Sender>,
}

impl Post {
    /// A desk on the morning of the eighteenth, before anything of that day came, with a watched folder.
    fn open(lang: Lang, size: (u16, u16), of: Size) -> Self {
        let mut desk = Desk::open_of(lang, size, of);
        desk.wait_minutes(23 * 60);
        let folder = desk.folder().join("收件");
        std::fs::create_dir(&folder).unwrap();
        let mut settings = query::settings(&desk.reader).unwrap();
        folder.to_str().unwrap().clone_into(&mut settings.inbox);
        let (officer, now) = (desk.state.officer.clone().unwrap().0, desk.clock.now());
        let author = Author { officer, now, happened_at: None, op_id: desk.ids.id(now) };
        let act = Act::ChangeSettings(Box::new(settings));
        desk.store.commit(&author, &mut desk.ids, &act).unwrap();
        let known = query::roster(&desk.reader).unwrap();
        let mut of: BTreeMap<UnitId, Vec<(String, String)>> = BTreeMap::new();
        for person in &known.people {
            let unit = known.reporting_unit(person.facts.unit.unwrap());
            of.entry(unit).or_default().push((person.no.clone(), person.facts.name.clone().unwrap()));
        }
        let sender = |(id, people)| Sender { id, name: known.unit(id).unwrap().name.clone(), people };
        let senders = of.into_iter().map(sender).collect();
        Self { desk, folder, senders }
    }

    /// The rows of a unit's report.
    fn rows(&self, at: usize, temp: &str) -> String {
        let rows = self.senders[at].people.iter().map(|(no, name)| format!("{no},{name},{temp},腋温\n"));
        rows.collect()
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        // Written long ago: it is whole.
        std::fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(std::time::UNIX_EPOCH)
            .unwrap();
    }

    fn send(&self, at: usize, day: &str, temp: &str) -> String {
        let name = format!("{}{day}.csv", self.senders[at].name);
        self.put(&name, format!("{HEADS}\n{}", self.rows(at, temp)));
        name
    }

    fn look(&mut self) {
        self.desk.inbox(&InboxTask::Look { lang: Lang::Zh });
    }

    fn stands(&self) -> BTreeMap<String, Stand> {
        self.desk.state.inbox.rows.iter().map(|row| (row.file.clone(), row.stands())).collect()
    }

    fn stand(&self, file: &str) -> (Stand, String) {
        let row = self.desk.state.inbox.rows.iter().find(|row| row.file == file);
        let row = row.unwrap_or_else(|| panic!("no {file}: {:?}", self.stands()));
        (row.stands(), row.notes.first().map_or_else(String::new, |note| note.zh.clone()))
    }

    /// An inbox of its own on the folder.
    fn inbox(&self) -> Inbox {
        Inbox::new(self.folder.clone(), Some(env!("CARGO_BIN_EXE_zhiban").into()))
    }

    /// Does something with an inbox, where files may be moved or not.
    fn with<T>(&self, moves: bool, act: impl FnOnce(&mut Office<'_>) -> T) -> T {
        let (path, mut mint) = (self.desk.store.path().to_owned(), Ids::seeded("look"));
        act(&mut Office {
            reader: &self.desk.reader,
            database: &path,
            now: self.desk.clock.now(),
            lang: Lang::Zh,
            mint: &mut mint,
            stop: None,
            moves,
        })
    }

    fn commit(&mut self, act: &Act) -> zhiban::error::Result<Committed> {
        let (officer, now) = (self.desk.state.officer.clone().unwrap().0, self.desk.clock.now());
        let author = Author { officer, now, happened_at: None, op_id: self.desk.ids.id(now) };
        self.desk.store.commit(&author, &mut self.desk.ids, act)
    }

    /// The temperatures of a unit's report of the eighteenth, in tenths of a degree.
    fn temps(&self, at: usize) -> BTreeSet<Option<i16>> {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 18).unwrap();
        let key = ReportKey { unit: self.senders[at].id, day, round: Round::default() };
        let reports = query::earlier_reports(&self.desk.reader, std::iter::once(&key)).unwrap().reports;
        let readings = reports.iter().flat_map(|report| &report.readings);
        readings.map(|reading| reading.temp_am).collect()
    }

    /// The newest entry of the log: its number, and its words.
    fn newest(&self) -> (i64, String) {
        let wanted = query::rows::LogQuery { limit: 1, ..Default::default() };
        let row = query::log(&self.desk.reader, &wanted).unwrap().rows.remove(0);
        (row.op.seq, format!("{:?}", row.event))
    }

    fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap()
    }

    /// The line of feedback, whatever rings over it.
    fn told(&self) -> String {
        self.desk.state.feedback.as_ref().map_or_else(String::new, |line| line.say.zh.clone())
    }

    /// What lies in a folder of the inbox.
    fn lying(&self, part: &str) -> Vec<String> {
        names(&self.folder.join(part))
    }
}

/// The files in a folder that somebody sent.
fn sheets(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| !name.starts_with('.')).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    let files = all.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn forty_one_sheets_are_in_with_three_keys_and_what_was_refused_goes_back_mended_or_not() {
    let mut post = Post::open(Lang::Zh, (140, 50), Size { people: 246, units: 41, days: 2 });
    assert_eq!(post.senders.len(), 41);
    for at in 1..41 {
        post.send(at, "2.18", "36.4");
    }
    // Of the first one a row is wrong.
    let (no, name) = post.senders[0].people[0].clone();
    let wrong = format!("{no},{name},36.4,");
    let rows = post.rows(0, "36.4").replacen(&wrong, &format!("{no},{name},99,"), 1);
    let first = format!("{}2.18.csv", post.senders[0].name);
    post.put(&first, format!("{HEADS}\n{rows}"));
    post.look();
    post.desk.keys("1").shows(&["收件 41"]);
    post.desk.keys("R").shows(&["收件 41 · 可收 41", "可收，有退行", "02-18"]);
    post.desk.keys("a").shows(&["可收 41 份", "退 1 行"]);
    post.desk.keys("y").shows(&["收件目录里没有待收的文件"]);
    assert!(post.told().starts_with("已收 41 份"), "{}", post.told());
    assert_eq!(post.desk.log(41), vec!["sheet.imported"; 41]);
    assert!(sheets(&post.folder).is_empty(), "{:?}", names(&post.folder));
    assert_eq!(post.lying("done/2020-02-18").len(), 80, "each with its receipt");
    let stem = first.trim_end_matches(".csv");
    let back = post.lying("returned/2020-02-18");
    assert_eq!(back, [format!("{stem}-回执.txt"), format!("{stem}-退回.xlsx"), first.clone()]);
    let message = std::fs::read_to_string(post.folder.join("returned/2020-02-18").join(&back[0])).unwrap();
    for part in ["1 行未收", "（99）", &post.senders[0].name] {
        assert!(message.contains(part), "{part}: {message}");
    }
    // Every unit's report of the day is there.
    let status = query::status(&post.desk.reader, post.desk.clock.now()).unwrap();
    let running = status.running.unwrap();
    assert_eq!(
        (running.day.to_string().as_str(), running.received, running.expected),
        ("2020-02-18", 41, 41)
    );
    // The row comes back mended, in the sheet that was sent: no question is asked, and nobody drops out.
    let people = post.senders[0].people.len();
    post.put(
        &format!("{stem}-退回.csv"),
        format!("{HEADS},退回原因\n{no},{name},36.6,腋温,「上午体温」请改\n"),
    );
    post.look();
    assert_eq!(post.stand(&format!("{stem}-退回.csv")).0, Stand::Ready, "{:?}", post.stands());
    post.desk.keys("ay");
    assert!(post.told().starts_with("已收 1 份"), "{}", post.told());
    let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 18).unwrap();
    let key = ReportKey { unit: post.senders[0].id, day, round: Round::default() };
    let report = query::earlier_reports(&post.desk.reader, std::iter::once(&key)).unwrap();
    assert_eq!(report.reports[0].readings.len(), people, "the others are in it still");
}

#[test]
fn a_report_and_its_correction_after_the_deadline_are_opened_version_by_version() {
    let mut post = Post::open(Lang::Zh, (80, 24), SMALL);
    let first = post.send(0, "2.18", "36.4");
    post.look();
    post.desk.keys("Ray");
    assert!(post.told().starts_with("已收 1 份"), "{}", post.told());
    // After the deadline it comes again: one value is otherwise, and somebody is left out.
    post.desk.wait_minutes(120);
    let (no, name) = post.senders[0].people[0].clone();
    let rows = post.rows(0, "36.4").replacen(&format!("{no},{name},36.4"), &format!("{no},{name},36.9"), 1);
    let (_, gone) = post.senders[0].people.last().unwrap().clone();
    let rows: Vec<&str> = rows.lines().collect();
    let again = format!("{}2.18更正.csv", post.senders[0].name);
    post.put(&again, format!("{HEADS}\n{}\n", rows[..rows.len() - 1].join("\n")));
    post.look();
    let (stand, note) = post.stand(&again);
    assert!(stand == Stand::Question && note.contains(&gone), "whole, or those rows alone? {note}");
    // Of a day or a unit that is said nothing is said of that.
    post.desk.keys("<Enter><C-s>");
    post.look();
    assert_eq!(post.stand(&again).0, Stand::Question);
    post.desk.keys("<Enter><Tab><Tab><Tab>2<C-s>");
    post.look();
    assert_eq!(post.stand(&again).0, Stand::Correction, "{:?}", post.stands());
    post.desk.keys("ay体温看错<Enter>");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    // From the line of the log: the version in force, what changed first, who is gone.
    post.desk.keys("9b").shows(&["第 2/2 版 现行", "体温看错", &name, "36.9", "上午体温 36.4 → 36.9"]);
    post.desk.keys("<Tab>").shows(&[&name, &gone, "去掉"]);
    post.desk.keys("<Tab><Tab>").shows(&[&gone]);
    // The first version is what was sent, from which file.
    post.desk.keys("<Tab><Tab>[").shows(&["第 1/2 版 已被更正取代", &first]).hides(&["36.9", "体温看错"]);
    post.desk.keys("G").shows(&[&gone]);
    post.desk.keys("g[").shows(&["已是首版"]);
    // A row opens its person, and back is the same row of the same version.
    post.desk.keys("<Enter>").shows(&[&name, &no]);
    post.desk.keys("<Esc>").shows(&["第 1/2 版"]);
    post.desk.keys("]").shows(&["第 2/2 版 现行"]);
    // From the readings of the person the report they stand in opens.
    post.desk.keys("<Enter><Tab>b").shows(&["第 2/2 版 现行", &name]);
    // From the unit's page, its list of reports.
    let unit = post.senders[0].name.clone();
    post.desk.keys(&format!("2\\{unit}<Enter>b"));
    let unit = post.desk.state.page().map(|page| page.title(Lang::Zh).to_owned()).unwrap_or_default();
    assert!(unit.ends_with("日报"), "{}", post.desk.screen());
    post.desk.keys("<Esc><Enter><Tab><Tab><Enter>");
    let from = post.desk.state.page().map(|page| page.title(Lang::Zh).to_owned()).unwrap_or_default();
    assert!(from.ends_with("日报"), "{}", post.desk.screen());
    assert_eq!(post.desk.log(1), ["sheet.imported"], "looking writes nothing");
}

#[test]
fn what_raises_a_question_waits_with_the_question_and_what_is_no_sheet_says_so() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let ready = post.send(0, "2.18", "36.4");
    let text = std::fs::read(post.folder.join(&ready)).unwrap();
    post.put("又一份.csv", &text);
    post.put("半份.xlsx", b"PK\x03\x04 and the rest is on its way");
    post.put("下载中.xlsx.crdownload", b"x");
    post.put("空.csv", b"");
    post.put("照片.xlsx", b"\x89PNG");
    let strangers: Vec<String> = (1..9).map(|n| format!("9{n}999,王{n},36.5,腋温\n")).collect();
    post.put("别校2.18.csv", format!("{HEADS}\n{}", strangers.concat()));
    // Whose it is nothing says: a sheet of names alone.
    let (no, name) = post.senders[1].people[0].clone();
    post.put("日报.csv", format!("姓名,上午体温,测量部位\n{name},36.5,腋温\n"));
    // A template that came back with names and no answers.
    let names = post.senders[1].people.iter().map(|(no, name)| format!("{no},{name},,\n"));
    let unanswered: Vec<String> = names.collect();
    post.put("空答2.18.csv", format!("{HEADS}\n{}", unanswered.concat()));
    let later = format!("{}2.19.csv", post.senders[2].name);
    post.put(&later, format!("{HEADS}\n{}", post.rows(2, "36.3")));
    post.look();
    for (file, stand) in [
        (ready.as_str(), Stand::Ready),
        ("又一份.csv", Stand::Same),
        ("半份.xlsx", Stand::Writing),
        ("下载中.xlsx.crdownload", Stand::Writing),
        ("空.csv", Stand::Writing),
        ("照片.xlsx", Stand::Unreadable),
        ("别校2.18.csv", Stand::Elsewhere),
        ("日报.csv", Stand::Question),
        ("空答2.18.csv", Stand::Nothing),
        (later.as_str(), Stand::Question),
    ] {
        let (is, why) = post.stand(file);
        // Of two that are the same the one that came first counts, whichever that is here.
        let twins = [ready.as_str(), "又一份.csv"];
        if twins.contains(&file) {
            let both: BTreeSet<_> = twins.iter().map(|file| post.stand(file).0).collect();
            assert_eq!(both, [Stand::Ready, Stand::Same].into(), "{file}");
        } else {
            assert_eq!(is, stand, "{file}: {why}");
        }
        assert!(matches!(is, Stand::Ready | Stand::Writing) || !why.is_empty(), "{file} says no why");
    }
    assert!(post.stand("别校2.18.csv").1.contains("8 行里有 8 行"), "{:?}", post.stand("别校2.18.csv"));
    assert_eq!(post.stand("空答2.18.csv").1, "里面没有人填了内容");
    // The officer says whose it is: then it can be taken in.
    post.desk.keys("R\\日报.csv<Enter><Enter>").shows(&["日报.csv", "是谁的"]);
    let unit = post.senders[1].name.clone();
    post.desk.keys(&format!("{unit}<Enter>"));
    let (stand, why) = post.stand("日报.csv");
    assert_eq!(stand, Stand::Ready, "{why} {no}");
    // One that is for somebody else goes back whole, and the log says so.
    post.desk.keys("<Esc>\\别校<Enter>x不是本校的<Enter>");
    assert_eq!(post.desk.log(1), ["note.written"], "{}", post.desk.screen());
    assert_eq!(post.lying("returned/2020-02-18"), ["别校2.18-回执.txt", "别校2.18.csv"]);
    // The message to a sender is on the clipboard with one key.
    post.desk.keys("<Esc>\\日报.csv<Enter>y");
    assert!(post.desk.copied.last().unwrap().contains("日报.csv"), "{:?}", post.desk.copied);
}

#[test]
fn yesterdays_sheet_is_not_taken_for_todays() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let first = post.send(0, "2.18", "36.4");
    post.send(1, "2.18", "36.5");
    post.look();
    post.desk.keys("Ray");
    assert!(post.told().starts_with("已收 2 份"), "{}", post.told());
    post.desk.wait_minutes(24 * 60);
    // The very file under another name, and the same rows saved anew.
    let done = post.folder.join("done/2020-02-18").join(&first);
    post.put(&format!("{}2.19.csv", post.senders[0].name), std::fs::read(done).unwrap());
    post.put(&format!("{}2.19.csv", post.senders[1].name), format!("{HEADS}\n{}\n\n", post.rows(1, "36.5")));
    post.look();
    let stands = post.stands();
    assert_eq!(stands.values().collect::<Vec<_>>(), [&Stand::Old, &Stand::Old], "{stands:?}");
    post.desk.keys("a");
    assert!(post.told().contains("没有可以直接收的文件"), "{}", post.told());
    // Looked at, it can be taken all the same.
    post.desk.keys("<Enter>").shows(&["请注意"]);
    post.desk.keys("y");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    assert_eq!(post.stands().len(), 1);
}

#[test]
fn a_file_without_a_day_stays_of_the_day_on_which_it_came_over_midnight() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    post.desk.wait_minutes(14 * 60 + 50);
    let file = format!("{}.csv", post.senders[0].name);
    post.put(&file, format!("{HEADS}\n{}", post.rows(0, "36.4")));
    post.look();
    let day = |post: &Post| {
        let row = post.desk.state.inbox.rows.iter().find(|row| row.file == file).unwrap();
        row.day.unwrap().0.to_string()
    };
    assert_eq!(day(&post), "2020-02-18", "at {}", post.desk.screen());
    post.desk.wait_minutes(10);
    post.look();
    assert_eq!(post.desk.state.status.day.to_string(), "2020-02-19");
    assert_eq!(day(&post), "2020-02-18");
}

#[test]
fn a_file_that_was_taken_in_and_not_put_away_is_put_away_at_the_next_look() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    let mut inbox = post.inbox();
    let look = |inbox: &mut Inbox, post: &Post, moves| {
        post.with(moves, |office| inbox.look(office, &|_, _| {}).unwrap())
    };
    look(&mut inbox, &post, true);
    let import = to_take(inbox.named(&file).unwrap(), "", &BTreeSet::new()).unwrap();
    post.commit(&Act::Import(Box::new(import))).unwrap();
    // The desk stops here. It is opened again, and looks.
    drop(inbox);
    assert_eq!(names(&post.folder), std::slice::from_ref(&file));
    // Who may only look moves nothing, nor does who only asks for the list.
    let (home, path) = (tempfile::tempdir().unwrap(), post.desk.store.path().to_owned());
    let mut list = std::process::Command::new(env!("CARGO_BIN_EXE_zhiban"));
    for name in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "ZHIBAN_STATE_DIR"] {
        list.env(name, home.path());
    }
    list.args(["--lang", "zh", "--now", "2020-02-18T09:30:00+08:00", "--db", path.to_str().unwrap()]);
    let output = list.args(["inbox", "list"]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && printed.contains(&file) && printed.contains("重复"), "{printed}");
    assert_eq!(names(&post.folder), std::slice::from_ref(&file));
    let mut inbox = post.inbox();
    assert!(look(&mut inbox, &post, false).put_away.is_empty());
    let item = inbox.named(&file).unwrap();
    assert!(item.stand == Stand::Same && item.notes[0].zh.contains("还没有移走"), "{:?}", item.notes);
    assert_eq!(names(&post.folder), std::slice::from_ref(&file));
    let looked = look(&mut inbox, &post, true);
    assert_eq!(looked.put_away.len(), 1);
    assert!(inbox.items().is_empty() && sheets(&post.folder).is_empty());
    let stem = file.trim_end_matches(".csv");
    assert_eq!(post.lying("done/2020-02-18"), [format!("{stem}-回执.txt"), file]);
    let ops = post.desk.log(3);
    assert_eq!(ops.iter().filter(|kind| *kind == "sheet.imported").count(), 1, "taken once: {ops:?}");
}

#[test]
fn of_a_sheet_of_several_units_some_are_taken_and_the_others_may_come_in_the_very_file() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = "两院合报2.18.csv";
    let both = format!("{HEADS}\n{}{}", post.rows(0, "36.4"), post.rows(1, "36.5"));
    post.put(file, &both);
    post.look();
    post.desk.keys("R<Enter>").shows(&["[x]", &post.senders[0].name, &post.senders[1].name]);
    post.desk.keys("<Right> ").shows(&["[ ]"]);
    post.desk.keys("y");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    let received = |post: &Post, at: usize| {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 18).unwrap();
        let key = ReportKey { unit: post.senders[at].id, day, round: Round::default() };
        query::is_received(&post.desk.reader, &key).unwrap()
    };
    let taken: Vec<bool> = [0, 1].map(|at| received(&post, at)).into();
    assert_eq!(taken.iter().filter(|taken| **taken).count(), 1, "{taken:?}");
    let message =
        std::fs::read_to_string(post.folder.join("returned/2020-02-18/两院合报2.18-回执.txt")).unwrap();
    assert!(message.contains("本次没有收"), "{message}");
    let again = "两院合报2.18(1).csv";
    post.put(again, &both);
    post.look();
    assert_eq!(post.stand(again).0, Stand::Correction, "of the one that is there already");
    // A reason is asked for once, for all that correct.
    post.desk.keys("a").shows(&["更正 1 份"]);
    post.desk.keys("y").shows(&["请填原因"]);
    post.desk.keys("补齐另一院<Enter>");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    assert!(received(&post, 0) && received(&post, 1));
}

#[test]
fn a_newer_file_under_the_same_name_is_never_put_away_unread() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    post.look();
    post.desk.keys("Ra");
    // Between the look and the yes its sender writes it anew.
    let newer = format!("{HEADS}\n{}", post.rows(0, "36.9"));
    post.put(&file, &newer);
    post.desk.keys("y");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    assert_eq!(post.temps(0), [Some(364)].into(), "what was seen is in");
    assert!(post.told().contains("又换了内容"), "{}", post.told());
    assert_eq!(post.text(&file), newer);
    assert!(post.lying("done/2020-02-18").is_empty(), "{:?}", post.lying("done/2020-02-18"));
    let (stand, why) = post.stand(&file);
    assert_eq!(stand, Stand::Correction, "{why}");
    // Its turn comes, and then it is put away.
    post.desk.keys("ay更正<Enter>");
    assert_eq!(post.temps(0), [Some(369)].into(), "{}", post.desk.screen());
    assert!(sheets(&post.folder).is_empty() && post.lying("done/2020-02-18").contains(&file));
}

#[test]
fn what_changed_since_it_was_seen_is_neither_taken_in_nor_sent_back() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    post.look();
    post.desk.keys("R");
    let before = post.newest();
    let asked = [("a", "y", "1 份没有收成"), ("x", "不是本校的<Enter>", "1 份没有退成")];
    for (n, (keys, yes, told)) in asked.into_iter().enumerate() {
        post.desk.keys(keys);
        // While the question stands the file changes, and the desk looks at it anew.
        let newer = format!("{HEADS}\n{}{}", post.rows(0, "36.6"), "\n".repeat(n + 1));
        post.put(&file, &newer);
        post.look();
        post.desk.keys(yes);
        assert!(post.told().contains(told) && post.told().contains("看过以后变了"), "{}", post.told());
        assert_eq!((post.newest(), post.text(&file)), (before.clone(), newer));
        assert_eq!(post.stand(&file).0, Stand::Ready);
    }
    // So it is where its stand is another, or the day that it would be taken in for.
    let row = post.desk.state.inbox.rows.iter().find(|row| row.file == file).unwrap().clone();
    let mut inbox = post.inbox();
    post.with(true, |office| inbox.look(office, &|_, _| {})).unwrap();
    assert!(inbox.as_seen(&row.seen()).is_ok());
    let day = row.day.unwrap().0.pred_opt().unwrap();
    let mut others = [row.seen(), row.seen()];
    others[0].stand = Stand::Refused;
    others[1].of = Some((day, Round::default()));
    for other in others {
        assert!(inbox.as_seen(&other).is_err(), "{other:?}");
    }
}

#[test]
fn the_databases_own_folder_is_no_inbox_and_no_database_is_a_sheet() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let settings = query::settings(&post.desk.reader).unwrap();
    let own = post.desk.folder().to_owned();
    let said = [".".to_owned(), "./收件/..".to_owned(), own.to_str().unwrap().to_owned()];
    for inbox in said {
        let settings = zhiban::domain::office::Settings { inbox: inbox.clone(), ..settings.clone() };
        let error = post.commit(&Act::ChangeSettings(Box::new(settings))).unwrap_err();
        assert_eq!(error.kind(), Some(Kind::Input), "{inbox}");
        assert!(error.text(Lang::Zh).contains("不能当收件目录"), "{inbox}: {}", error.text(Lang::Zh));
    }
    // One that was set all the same, by an earlier version or another desk, is not looked at.
    let before = names(&own);
    let mut inbox = Inbox::new(own.clone(), Some(env!("CARGO_BIN_EXE_zhiban").into()));
    let error = post.with(true, |office| inbox.look(office, &|_, _| {})).unwrap_err();
    assert!(error.text(Lang::En).contains("cannot be the inbox"), "{}", error.text(Lang::En));
    assert!(inbox.items().is_empty() && names(&own) == before);
    // A database lies in the inbox: of no name is it a sheet.
    for name in ["o.db", "o.db-wal", "别处", "别处.csv"] {
        std::fs::copy(own.join("office.db"), post.folder.join(name)).unwrap();
    }
    let file = post.send(0, "2.18", "36.4");
    post.look();
    assert_eq!(post.stands().keys().collect::<Vec<_>>(), [&file]);
}

#[test]
fn what_was_imported_otherwise_stays_where_it_lies() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    let mut inbox = post.inbox();
    post.with(true, |office| inbox.look(office, &|_, _| {})).unwrap();
    let mut import = to_take(inbox.named(&file).unwrap(), "", &BTreeSet::new()).unwrap();
    assert!(import.sheet.inbox, "taken in from here, the log says so");
    import.sheet.inbox = false;
    post.commit(&Act::Import(Box::new(import))).unwrap();
    for mut inbox in [inbox, post.inbox()] {
        let looked = post.with(true, |office| inbox.look(office, &|_, _| {})).unwrap();
        assert!(looked.put_away.is_empty());
        assert_eq!(inbox.named(&file).unwrap().stand, Stand::Same);
    }
    assert_eq!(names(&post.folder), std::slice::from_ref(&file));
    // The officer may have it moved.
    post.look();
    post.desk.keys("Rx<Enter>");
    assert!(sheets(&post.folder).is_empty(), "{}", post.desk.screen());
    assert_eq!(
        (post.lying("done/2020-02-18"), post.desk.log(1)),
        (vec![file], vec!["sheet.imported".into()])
    );
}

#[test]
fn what_is_not_whole_is_not_sent_back_and_what_was_left_out_or_mended_comes_in_the_very_file() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    post.put("空.csv", b"");
    post.look();
    post.desk.keys("Rx");
    assert!(post.told().contains("文件还未写完"), "{}", post.told());
    let mut inbox = post.inbox();
    let error = post.with(true, |office| {
        inbox.look(office, &|_, _| {}).unwrap();
        let seen = inbox.named("空.csv").unwrap().seen();
        inbox.give_back(office, &seen, None).unwrap_err()
    });
    assert_eq!(error.kind(), Some(Kind::Refused));
    assert_eq!(names(&post.folder), ["空.csv"]);
    std::fs::remove_file(post.folder.join("空.csv")).unwrap();
    // Of two units one is left out. The very file comes again, under its name: it brings the other.
    let both = format!("{HEADS}\n{}{}", post.rows(0, "36.4"), post.rows(1, "36.5"));
    post.put("合报2.18.csv", &both);
    post.look();
    post.desk.keys("<Enter>").shows(&["[x]", &post.senders[0].name]);
    post.desk.keys("<Right> ").shows(&["[ ]"]);
    post.desk.keys("y");
    assert_eq!(post.desk.log(1), ["sheet.imported"], "{}", post.desk.screen());
    assert!(sheets(&post.folder).is_empty(), "{:?}", names(&post.folder));
    post.put("合报2.18.csv", &both);
    post.look();
    assert_eq!(post.stand("合报2.18.csv").0, Stand::Correction);
    post.desk.keys("ay补齐<Enter>");
    assert!(!post.temps(0).is_empty() && !post.temps(1).is_empty(), "{}", post.desk.screen());
    // All of it is in: once more it is the same.
    post.put("合报2.18.csv", &both);
    post.look();
    assert_eq!(post.stand("合报2.18.csv").0, Stand::Same);
    post.desk.keys("x<Enter>");
    // A row is refused because nobody is known by its number. The roster is mended: the very file brings it.
    let file = format!("{}2.18.csv", post.senders[2].name);
    let with_new = format!("{HEADS}\n{}770123,新来的,36.6,腋温\n", post.rows(2, "36.6"));
    post.put(&file, &with_new);
    post.look();
    assert_eq!(post.stand(&file).0, Stand::Refused, "{:?}", post.stand(&file));
    post.desk.keys("ay");
    let people = |post: &Post| {
        let day = chrono::NaiveDate::from_ymd_opt(2020, 2, 18).unwrap();
        let key = ReportKey { unit: post.senders[2].id, day, round: Round::default() };
        let reports = query::earlier_reports(&post.desk.reader, std::iter::once(&key)).unwrap().reports;
        reports.iter().map(|report| report.readings.len()).sum::<usize>()
    };
    let before = people(&post);
    post.put(&file, &with_new);
    post.look();
    assert_eq!(post.stand(&file).0, Stand::Same, "nothing was mended yet");
    let name = Some("新来的".to_owned());
    let facts = PersonFacts { name, unit: Some(post.senders[2].id), ..PersonFacts::default() };
    post.commit(&Act::AddPerson { no: "770123".into(), facts, told_by: "联络员".into() }).unwrap();
    post.look();
    let (stand, why) = post.stand(&file);
    assert_eq!(stand, Stand::Correction, "{why}");
    post.desk.keys("ay名册已补<Enter>");
    assert_eq!(people(&post), before + 1, "{}", post.desk.screen());
    post.put(&file, &with_new);
    post.look();
    assert_eq!(post.stand(&file).0, Stand::Same);
}

#[test]
fn what_goes_back_without_a_reason_is_logged_with_none_of_the_warnings_and_masked() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    // Somebody is missing in it: that is warned of, by name.
    let absent = post.senders[0].people[0].clone();
    let line = format!("{},{},36.4,腋温\n", absent.0, absent.1);
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, format!("{HEADS}\n{}", post.rows(0, "36.4").replacen(&line, "", 1)));
    post.look();
    let row = post.desk.state.inbox.rows[0].clone();
    assert_eq!(row.stands(), Stand::Ready);
    assert!(row.notes.iter().any(|note| note.zh.contains(&absent.1)), "{:?}", row.notes);
    post.desk.keys("Rx<Enter>");
    let (_, note) = post.newest();
    assert!(note.contains(&file) && !note.contains(&absent.1), "{note}");
    let message = std::fs::read_dir(post.folder.join("returned/2020-02-18")).unwrap();
    for path in message.map(|entry| entry.unwrap().path()).filter(|path| path.extension().unwrap() == "txt") {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(&absent.1), "{text}");
    }
    // What is typed is masked as everywhere.
    let file = post.send(1, "2.18", "36.4");
    post.look();
    post.desk.keys("x请打13800135678<Enter>");
    let (_, note) = post.newest();
    assert!(note.contains(&file) && note.contains("138****5678") && !note.contains("13800135678"), "{note}");
}

#[test]
fn what_cannot_be_moved_does_not_go_back_and_nothing_is_logged() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    // Something stands where the folder would be.
    std::fs::write(post.folder.join("returned"), "x").unwrap();
    post.look();
    post.desk.keys("R");
    let before = post.newest();
    post.desk.keys("\\2.18<Enter>x不是本校的<Enter>");
    assert!(post.told().starts_with("已退回 0 份") && post.told().contains("没有退成"), "{}", post.told());
    assert_eq!(post.newest(), before);
    assert_eq!(post.stand(&file).0, Stand::Ready);
    assert!(post.folder.join(&file).exists());
    // A desk that can only be read moves nothing either.
    std::fs::remove_file(post.folder.join("returned")).unwrap();
    post.desk.state.read_only = Some(Say::same("只读"));
    let row = post.desk.state.inbox.rows.iter().find(|row| row.file == file).unwrap();
    let (files, officer) = (vec![row.seen()], post.desk.state.officer.clone().unwrap().0);
    let task = InboxTask::Return { token: 9, officer, files, reason: "x".into(), lang: Lang::Zh };
    post.desk.inbox(&task);
    assert_eq!(post.newest(), before);
    assert!(post.folder.join(&file).exists() && post.lying("returned/2020-02-18").is_empty());
}

#[test]
fn of_too_many_files_it_is_said_how_many_wait() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    for n in 0..503 {
        post.put(&format!("{n}.csv"), b"");
    }
    post.look();
    let stands = post.stands();
    let of = |stand| stands.values().filter(|is| **is == stand).count();
    assert_eq!((of(Stand::Writing), of(Stand::Later)), (500, 3));
    post.desk.keys("R").shows(&["收件 503 · 可收 0 · 排队 3"]);
    for n in 0..3 {
        std::fs::remove_file(post.folder.join(format!("{n}.csv"))).unwrap();
    }
    post.look();
    assert!(post.stands().values().all(|stand| *stand == Stand::Writing));
    post.desk.shows(&["收件 500 · 可收 0 "]);
}

#[test]
fn rows_of_another_unit_than_the_files_are_asked_about_before_anything_is_taken_for_granted() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    // The file is called after one unit and holds another's people, one of them by name alone.
    let (no, name) = post.senders[1].people[0].clone();
    let rows = post.rows(1, "36.4").replacen(&format!("{no},{name}"), &format!(",{name}"), 1);
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, format!("{HEADS}\n{rows}"));
    post.look();
    let (stand, why) = post.stand(&file);
    assert_eq!(stand, Stand::Question, "{why}");
    assert!(why.contains(&post.senders[0].name) && why.contains(&post.senders[1].name), "{why}");
}

#[test]
fn a_folder_is_planned_anew_only_when_something_moved_that_its_plans_go_by() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    post.put("照片.xlsx", b"\x89PNG");
    let mut inbox = post.inbox();
    let mut look = |post: &Post| {
        let looked = post.with(true, |office| inbox.look(office, &|_, _| {})).unwrap();
        (looked.read, looked.changed)
    };
    assert_eq!(look(&post), (2, true));
    assert_eq!(look(&post), (0, false), "what its bytes forbid to read is not read again");
    post.commit(&Act::Note { subject: None, text: "与表无关".into() }).unwrap();
    assert_eq!(look(&post), (0, false));
    let facts =
        PersonFacts {
            name: Some("新来的".into()), unit: Some(post.senders[0].id), ..PersonFacts::default()
        };
    post.commit(&Act::AddPerson { no: "770123".into(), facts, told_by: "联络员".into() }).unwrap();
    assert_eq!(look(&post), (0, true), "who is missing in it goes by the roster");
    assert!(post.folder.join(file).exists());
}

impl Post {
    /// A unit's report of the eighteenth as a workbook that is locked.
    fn lock(&self, at: usize, password: &str) -> String {
        self.lock_with(at, password, None)
    }

    /// The same, with a row of somebody whom nobody knows.
    fn lock_with(&self, at: usize, password: &str, stranger: Option<[&str; 4]>) -> String {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, HEADS.split(',')).unwrap();
        for (row, (no, name)) in (1..).zip(&self.senders[at].people) {
            sheet.write_row(row, 0, [no, name, "36.4", "腋温"]).unwrap();
        }
        if let Some(row) = stranger {
            sheet.write_row(1 + self.senders[at].people.len() as u32, 0, row).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let name = format!("{}2.18.xlsx", self.senders[at].name);
        self.put(&name, locked(&bytes, password, Way::Agile("SHA512", 256, 1_000)));
        name
    }
}

#[test]
fn a_locked_file_asks_once_and_the_next_is_tried_with_what_was_typed() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.lock(0, "潮汐-20");
    post.look();
    let (stand, why) = post.stand(&file);
    assert_eq!(stand, Stand::Locked);
    assert!(why.contains("按 Enter 输入密码"), "{why}");
    post.desk.keys("1R").shows(&["收件 1 · 可收 0", "有密码"]);
    // Left alone it stays as it was.
    post.desk.keys("<Enter>").shows(&["有密码：", "文件的密码", "只在内存里"]);
    post.desk.keys("<Esc>");
    assert_eq!(post.stand(&file).0, Stand::Locked);
    // Nothing, then another one, and at last its own; it is shown only when somebody wants to see it.
    post.desk.keys("<Enter><Enter>").shows(&["请输入密码"]);
    post.desk.keys("chao").shows(&["****"]).hides(&["chao"]);
    post.desk.keys("<Enter>").shows(&["输入的密码不对", "文件的密码"]);
    post.desk.keys("潮汐-20").hides(&["潮汐-20"]);
    post.desk.keys("<Tab><Right>").shows(&["潮汐-20"]);
    post.desk.keys("<Enter>").hides(&["潮汐-20", "文件的密码"]).shows(&["可收 1"]);
    assert_eq!(post.stand(&file).0, Stand::Ready);
    // Two more come: of one the password is the same.
    let (second, third) = (post.lock(1, "潮汐-20"), post.lock(2, "别的"));
    post.look();
    assert_eq!((post.stand(&second).0, post.stand(&third).0), (Stand::Ready, Stand::Locked));
    post.desk.keys("a").shows(&["可收 2 份", "1 份有密码"]);
    post.desk.keys("y");
    assert!(post.told().starts_with("已收 2 份"), "{}", post.told());
    assert_eq!(post.desk.log(2), vec!["sheet.imported"; 2]);
    assert_eq!(post.temps(0), BTreeSet::from([Some(364)]));
    // Its preview needs no password again, as long as the desk is not locked.
    // Where nothing is ready, taking in asks as well.
    post.desk.keys("a").shows(&["文件的密码"]);
    post.desk.keys("别的<Enter>");
    assert_eq!(post.stand(&third).0, Stand::Ready);
    post.desk.keys("<Enter>").shows(&["收 "]).hides(&["文件的密码"]);
    post.desk.keys("<Esc>");
    // Once the desk was locked nothing of it is known any more: what comes then is asked about, and so is a preview.
    post.desk.keys("L<Enter>");
    let fourth = post.lock(3, "潮汐-20");
    post.look();
    assert_eq!((post.stand(&third).0, post.stand(&fourth).0), (Stand::Ready, Stand::Locked));
}

#[test]
fn the_refused_rows_of_a_locked_file_go_back_without_its_password_and_that_is_said() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.lock_with(0, "潮汐-20", Some(["99999999", "无名氏", "36.4", "腋温"]));
    post.send(1, "2.18", "36.4");
    post.look();
    post.desk.keys("1Ra").shows(&["可收 1 份", "1 份有密码"]);
    post.desk.keys("y");
    assert!(post.told().starts_with("已收 1 份"), "{}", post.told());
    assert!(!post.told().contains("密码"), "the other is as open as its rows: {}", post.told());
    post.desk.keys("<Enter>潮汐-20<Enter>");
    assert_eq!(post.stand(&file).0, Stand::Refused);
    post.desk.keys("ay");
    let told = post.told();
    assert!(
        told.contains("退 1 行") && told.contains(&format!("「{file}」有密码，退回的表没有加密码")),
        "{told}"
    );
    let returned = post.lying("returned/2020-02-18");
    assert_eq!(returned.iter().filter(|name| name.ends_with("-退回.xlsx")).count(), 1, "{returned:?}");
}

#[test]
fn a_file_named_in_the_import_form_asks_above_it_and_escape_goes_back_to_the_form() {
    let mut post = Post::open(Lang::En, (120, 40), SMALL);
    let file = post.lock(0, "Tide 20");
    let path = post.folder.join(&file).display().to_string();
    post.desk.keys(":import<Enter><Tab>");
    for _ in 0..120 {
        post.desk.keys("<Backspace>");
    }
    post.desk.keys(&path).keys("<Enter>").shows(&["Locked: ", "Its password"]);
    post.desk.keys("<Esc>").hides(&["Its password"]).shows(&["File"]);
    post.desk.keys("<Enter>").shows(&["Its password"]);
    post.desk.keys("tide<Enter>").shows(&["That is not its password", "Its password"]);
    post.desk.keys("Tide 20<Enter>").hides(&["Its password"]);
    let known = post.senders[0].people.len();
    post.desk.shows(&[&format!("{known} "), &file]);
    // Another file with the same password is not asked about, wherever it lies: the inbox knows it by now.
    post.desk.keys("<Esc>").hides(&["Its password"]);
    let second = post.lock(1, "Tide 20");
    post.look();
    assert_eq!((post.stand(&file).0, post.stand(&second).0), (Stand::Ready, Stand::Ready));
    // Until the desk is locked.
    post.desk.keys("<Esc>L<Enter>");
    let third = post.lock(2, "Tide 20");
    post.look();
    assert_eq!(post.stand(&third).0, Stand::Locked);
}

/// A sheet with headers that no form knows: who, how warm in the morning, how they are.
fn in_own_words(post: &Post, at: usize) -> String {
    let rows = post.senders[at].people.iter().enumerate().map(|(n, (no, name))| {
        let how = if n == 0 { "有点不行" } else { "挺好" };
        format!("{no},{name},36.{},{how}\n", n % 7)
    });
    format!("证件,谁,早测,怎么样\n{}", rows.collect::<String>())
}

#[test]
fn a_sheet_in_no_known_form_opens_its_columns_and_once_they_are_said_is_read_by_them() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, in_own_words(&post, 0));
    post.look();
    assert_eq!(post.stand(&file).0, Stand::Unreadable);
    // People are known by the roster, whatever stands above them; the rest is the office's own until it is said.
    post.desk.keys("1R<Enter>").shows(&[
        "逐列核对读作什么",
        "证件",
        "工号",
        "谁",
        "姓名",
        "早测",
        "照原样留存",
    ]);
    let (no, _) = post.senders[0].people[0].clone();
    post.desk.hides(&[&no]);
    post.desk.keys("jj<Enter>").shows(&["C 列「早测」读作"]);
    post.desk.keys("swtw<Enter>").shows(&["上午体温", "已指定"]);
    // A word for a code is said too.
    post.desk.keys("j<Enter>当前状态<Enter>").shows(&["不认识的写法", "挺好", "有点不行"]);
    post.desk.keys("<Enter><Enter>").shows(&["不认识的写法：挺好、有点不行"]);
    post.desk.keys("<Enter><Tab><Tab>2<Enter>").shows(&["要一起选"]);
    post.desk.keys("4<Enter>").shows(&["不认识的写法：有点不行"]);
    post.desk.keys("<Enter><Tab><Tab>2<Tab>5<Enter>").hides(&["不认识的写法"]);
    assert!(!post.desk.folder().join("forms").exists(), "nothing is kept yet");
    // What is kept is of the file that was looked at.
    let whole = std::fs::read(post.folder.join(&file)).unwrap();
    post.put(&file, "证件,早测,谁,怎么样\n1,36.5,2,3\n");
    post.desk.keys("a<Enter>").shows(&["看过以后变了"]);
    assert!(!post.desk.folder().join("forms").exists());
    post.put(&file, whole);
    post.desk.keys("<Esc>");
    post.desk.keys("a").shows(&["存为采集表", "采集表名"]);
    post.desk.keys("<Enter>").shows(&[&file]);
    assert!(post.told().starts_with("已存为采集表"), "{}", post.told());
    assert_eq!(post.stand(&file).0, Stand::Ready, "{:?}", post.stand(&file));
    post.desk.keys("ay");
    assert!(post.told().starts_with("已收 1 份"), "{}", post.told());
    assert!(post.temps(0).contains(&Some(360)), "{:?}", post.temps(0));
    // The next sheet of that kind is read by it.
    let next = format!("{}2.18.csv", post.senders[1].name);
    post.put(&next, in_own_words(&post, 1));
    post.look();
    assert_eq!(post.stand(&next).0, Stand::Ready, "{:?}", post.stand(&next));
}

#[test]
fn nobodys_row_is_taken_for_a_header_and_what_the_cells_say_is_masked() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let people: Vec<(String, String)> = post.senders[0].people.clone();
    let rows = people.iter().enumerate().map(|(n, (no, name))| match n {
        0 => format!("{name},请假\n"),
        _ => format!("{name},{no}\n"),
    });
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, rows.collect::<String>());
    post.look();
    post.desk.keys("1R<Enter>");
    post.desk.hides(&["逐列核对读作什么"]).shows(&["没有找到日报的表头"]);
    // Somebody's words below a column that is said to be one of codes are nobody else's to read.
    let rows =
        people.iter().enumerate().map(|(n, (no, name))| format!("{no},{name},36.5,与{name}同住第{n}间\n"));
    post.put(&file, format!("证件,谁,早测,补充\n{}", rows.collect::<String>()));
    post.look();
    post.desk.keys("<Enter>").shows(&["逐列核对读作什么"]);
    post.desk.keys("jjj<Enter>当前状态<Enter>").shows(&["这样读不了", "当前状态"]).hides(&["同住"]);
}

#[test]
fn two_columns_of_one_header_and_codes_that_are_the_other_way_round_can_be_kept() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let people = post.senders[0].people.clone();
    let rows =
        people.iter().enumerate().map(|(n, (no, name))| format!("{no},{name},36.5,36.5,{}\n", 1 + n % 2));
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, format!("证件,谁,早测,早测,到过鄂地么\n{}", rows.collect::<String>()));
    post.look();
    post.desk.keys("1R<Enter>").shows(&["上午体温", "表头与 C 列相同"]);
    post.desk.keys("jjj<Enter>").hides(&["D 列「早测」读作"]);
    // 1 is yes to everybody, and no to them.
    post.desk.keys("j<Enter>途经湖北<Enter>").shows(&["不认识的写法：2"]);
    post.desk.keys("<Enter><Tab><Tab>3<Tab>").shows(&["1（就是 是）"]);
    post.desk.keys("3<Enter><Enter><Tab><Tab>2<Tab>2").shows(&["写法 < 2 >", "就是 < 是 >"]);
    post.desk.keys("<Enter>").hides(&["不认识的写法"]);
    // A column of which nothing was said is told of when another takes its field.
    post.desk.keys("kk").keys("k").keys("k<Enter>swtw<Enter>");
    assert_eq!(post.told(), "C 列因此改读作「下午体温」：一个字段只能有一列");
    post.desk.keys("<Enter>工号<Enter>");
    assert_eq!(post.told(), "C 列因此改读作「上午体温」：一个字段只能有一列");
    post.desk.keys("a<Enter>");
    assert_eq!(post.stand(&file).0, Stand::Ready, "{:?}", post.stand(&file));
    let forms = std::fs::read_dir(post.desk.folder().join("forms")).unwrap().flatten();
    let text: String = forms.map(|form| std::fs::read_to_string(form.path()).unwrap()).collect();
    let of = |code: &str| {
        text.lines().find(|line| line.starts_with(&format!("\"{code}\" = "))).unwrap().to_owned()
    };
    assert!(of("0").contains("\"1\"") && of("1").contains("\"2\"") && !of("1").contains("\"1\","), "{text}");
}

#[test]
fn what_cannot_be_kept_of_columns_says_why_and_nothing_is_written() {
    let mut post = Post::open(Lang::En, (80, 24), SMALL);
    let file = format!("{}2.18.csv", post.senders[0].name);
    post.put(&file, in_own_words(&post, 0));
    let path = post.folder.join(&file).display().to_string();
    // Named in the import form it opens above that, and Escape goes back to it.
    post.desk.keys(":import<Enter><Tab>");
    for _ in 0..120 {
        post.desk.keys("<Backspace>");
    }
    post.desk.keys(&path).keys("<Enter>").shows(&["Check what each column", "早测", "kept as written"]);
    post.desk.keys("<Esc>").shows(&["No header row"]);
    post.desk.keys("<Enter>jj<Enter>not read<Enter>j<Enter>not read<Enter>");
    post.desk.keys("a<Enter>").shows(&["No column answers anything"]);
    post.desk.keys("<Esc>kkk<Enter>not read<Enter>j<Enter>not read<Enter>jj<Enter>left the city<Enter>");
    post.desk.keys("a<Enter>").shows(&["without it nobody is"]);
    post.desk.keys("<Esc>");
    assert!(!post.desk.folder().join("forms").exists());
    post.desk.keys("a");
    for _ in 0..40 {
        post.desk.keys("<Backspace>");
    }
    post.desk.keys("Über<Enter>").shows(&["A name has small letters"]);
}
