//! A file that cannot be read for the moment, a look that fails, and what never becomes whole.

use super::*;
use crate::clock::Ids;

fn put(folder: &Path, name: &str, text: &[u8]) {
    std::fs::write(folder.join(name), text).unwrap();
    let file = std::fs::File::options().write(true).open(folder.join(name)).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
}

#[test]
fn what_failed_for_the_moment_is_read_again_after_a_while_and_then_less_often() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "土木.csv", "工号\n1\n".as_bytes());
    // The reader cannot be started.
    let mut inbox = Inbox::new(folder.path().to_owned(), Some(folder.path().join("nothing/here")));
    let now = Clock::System.now().0;
    let mut look =
        |at: i64| inbox.gather(at, &|_, _| {}, None).map(|looked| (looked.read, looked.changed)).unwrap();
    assert_eq!(look(now), (1, true));
    assert_eq!(look(now + AGAIN_MS - 1), (0, false));
    assert_eq!(look(now + AGAIN_MS), (1, false), "as before, and said once");
    assert_eq!(look(now + 2 * AGAIN_MS), (0, false), "each time after twice as long");
    assert_eq!(look(now + 3 * AGAIN_MS), (1, false));
    let item = inbox.named("土木.csv").unwrap();
    assert!(item.error.as_ref().unwrap().zh.contains("自动再读"), "{:?}", item.error);
    let far = (0..40).fold(None, |again, _| Some(Again::after(again, 0))).unwrap();
    assert_eq!(far.at, AGAIN_AT_MOST_MS);
}

#[test]
fn a_look_that_failed_fails_again_until_it_is_mended_and_then_plans_all_by_what_is_known_now() {
    use crate::store::act::Author;
    let folder = tempfile::tempdir().unwrap();
    let (database, forms) = (folder.path().join("office.db"), folder.path().join("forms"));
    let new = crate::store::NewOffice {
        settings: Settings::new("海岬理工大学"),
        officer: "周宁".to_owned(),
        others: Vec::new(),
        rules: crate::log::event::Adopted {
            form: crate::domain::report::FormRef { name: "rules".to_owned(), version: 1 },
            content: String::new(),
        },
    };
    let (now, mut ids) = (Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap(), Ids::seeded("inbox"));
    let mut store = crate::store::Store::create(&database, &new, &mut ids, now).unwrap();
    let reader = store.reader().unwrap();
    let sent = folder.path().join("收件");
    std::fs::create_dir(&sent).unwrap();
    let mut inbox = Inbox::new(sent.clone(), Some(folder.path().join("nothing/here")));
    let look = |inbox: &mut Inbox| {
        let mint = &mut Ids::seeded("looks");
        let lang = Lang::Zh;
        let (reader, database) = (&reader, database.as_path());
        inbox.look(&mut Office { reader, database, now, lang, mint, stop: None, moves: true }, &|_, _| {})
    };
    look(&mut inbox).unwrap();
    assert!(!look(&mut inbox).unwrap().changed);
    // A sheet comes, something of the office changes, and a form of its own is wrong.
    put(&sent, "土木.csv", "工号\n1\n".as_bytes());
    let officer = query::officers(&reader).unwrap()[0].0;
    let author = Author { officer, now, happened_at: None, op_id: ids.id(now) };
    let changed = Act::ChangeSettings(Box::new(Settings::new("海岬大学")));
    store.commit(&author, &mut ids, &changed).unwrap();
    std::fs::create_dir(&forms).unwrap();
    std::fs::write(forms.join("own.toml"), "name = ").unwrap();
    let first = look(&mut inbox).unwrap_err().say();
    assert_eq!(look(&mut inbox).unwrap_err().say(), first, "said as long as it is so");
    assert_eq!(inbox.named("土木.csv").unwrap().stand, Stand::Writing);
    std::fs::remove_file(forms.join("own.toml")).unwrap();
    assert!(look(&mut inbox).unwrap().changed);
    assert_eq!(inbox.named("土木.csv").unwrap().stand, Stand::Unreadable, "planned");
    assert_eq!(inbox.desk.as_ref().unwrap().settings.office, "海岬大学");
    assert_eq!(inbox.known.as_ref().unwrap().0, query::sheets_moved(&reader).unwrap());
    assert!(!look(&mut inbox).unwrap().changed);
    // The folder itself went away for a moment, with all that was looked at.
    std::fs::rename(&sent, folder.path().join("weg")).unwrap();
    assert!(look(&mut inbox).is_err());
    std::fs::rename(folder.path().join("weg"), &sent).unwrap();
    assert!(look(&mut inbox).unwrap().changed, "planned anew");
}

#[test]
fn what_cannot_become_whole_is_unreadable_after_a_minute_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "空.csv", b"");
    put(folder.path(), "半份.xlsx", b"PK\x03\x04 begins");
    let mut inbox = Inbox::new(folder.path().to_owned(), None);
    let now = Clock::System.now().0;
    inbox.gather(now, &|_, _| {}, None).unwrap();
    assert!(inbox.items().iter().all(|item| item.stand == Stand::Writing && !item.stand.is_read()));
    let looked = inbox.gather(now + folder::STALE_MS + 5_000, &|_, _| {}, None).unwrap();
    assert!(looked.changed);
    for item in inbox.items() {
        assert_eq!(item.stand, Stand::Unreadable, "{}", item.lying.name);
        assert!(item.stand.is_read() && item.error.is_some() && !item.digest.is_empty());
    }
    // More of it comes: it is read.
    put(folder.path(), "半份.xlsx", b"PK\x03\x04 begins, and goes on");
    assert!(inbox.gather(now, &|_, _| {}, None).unwrap().changed);
    assert_eq!(inbox.named("半份.xlsx").unwrap().stand, Stand::Writing);
}
