//! The inbox: sheets as they come, taken in with three keys, the ones that raise a question one by one; what goes back to
//! their senders, and what a stop in the middle leaves.

use crate::common::{Desk, SMALL};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zhiban::app::shown::effect::InboxTask;
use zhiban::clock::Ids;
use zhiban::demo::Size;
use zhiban::domain::ids::{Mint, UnitId};
use zhiban::domain::inbox::Stand;
use zhiban::domain::report::{ReportKey, Round};
use zhiban::intake::inbox::{Inbox, Office, to_take};
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author};
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

    /// The line of feedback, whatever rings over it.
    fn told(&self) -> String {
        self.desk.state.feedback.as_ref().map_or_else(String::new, |line| line.say.zh.clone())
    }

    /// What lies in a folder of the inbox.
    fn lying(&self, part: &str) -> Vec<String> {
        names(&self.folder.join(part))
    }
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
    assert!(names(&post.folder).is_empty(), "{:?}", names(&post.folder));
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
fn a_file_that_was_taken_in_and_not_put_away_is_put_away_at_the_next_look() {
    let mut post = Post::open(Lang::Zh, (120, 40), SMALL);
    let file = post.send(0, "2.18", "36.4");
    let program: PathBuf = env!("CARGO_BIN_EXE_zhiban").into();
    let mut inbox = Inbox::new(post.folder.clone(), Some(program.clone()));
    let (officer, now) = (post.desk.state.officer.clone().unwrap().0, post.desk.clock.now());
    let path = post.desk.store.path().to_owned();
    let mut mint = Ids::seeded("look");
    let mut look = |inbox: &mut Inbox, desk: &Desk| {
        let mut office = Office {
            reader: &desk.reader,
            database: &path,
            now,
            lang: Lang::Zh,
            mint: &mut mint,
            stop: None,
        };
        inbox.look(&mut office, &|_, _| {}).unwrap()
    };
    look(&mut inbox, &post.desk);
    let import = to_take(inbox.named(&file).unwrap(), "", &BTreeSet::new()).unwrap();
    let author = Author { officer, now, happened_at: None, op_id: post.desk.ids.id(now) };
    let act = Act::Import(Box::new(import));
    post.desk.store.commit(&author, &mut post.desk.ids, &act).unwrap();
    // The desk stops here. It is opened again, and looks.
    drop(inbox);
    assert_eq!(names(&post.folder), std::slice::from_ref(&file));
    let mut inbox = Inbox::new(post.folder.clone(), Some(program));
    let looked = look(&mut inbox, &post.desk);
    assert_eq!(looked.put_away.len(), 1);
    assert!(inbox.items().is_empty() && names(&post.folder).is_empty());
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
