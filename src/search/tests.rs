use super::found::{CallLine, ContactLine, Match, Part, PersonLine, Target, UnitLine, Way};
use super::*;
use crate::clock::Ids;
use crate::domain::ids::{ContactId, FollowUpId, Mint, OfficerId, PersonId, UnitId};
use crate::domain::time::Ts;
use proptest::prelude::*;

/// number, name, unit, phone, address, open case
type Row = (&'static str, &'static str, usize, &'static str, &'static str, bool);

const PEOPLE: &[Row] = &[
    ("20010001", "张伟", 0, "13800135678", "梅园3号楼412室", false),
    ("20010002", "张伟伟", 0, "13900001111", "梅园3栋413", false),
    ("20010003", "张薇", 1, "13900002222", "", true),
    ("20010004", "曾岩", 1, "13900003333", "江城市三好街5号2单元1601", false),
    ("20010005", "李伟", 0, "13900004444", "", false),
    ("20010006", "刘文华", 2, "13900005555", "", false),
    ("20010007", "欧阳雪", 2, "13900006666", "", false),
    ("20010008", "吕蒙", 2, "+86 139-0000-7777", "", false),
    ("20010009", "阿不都·热合曼", 1, "13900008888", "", false),
    ("20010010", "单丹丹", 3, "13900009999", "", false),
    ("0012", "王\u{200b}乐", 3, "13512345670", "", false),
    ("20010012", "李梅", 2, "13700135678", "", true),
    ("20010013", "John Smith", 1, "", "", false),
    ("20010014", "石慧", 0, "0532-8666 0001-802", "", false),
    ("20010015", "尉迟恭", 0, "13700001234/13600004321", "", false),
    ("20010016", "单于明", 2, "", "", false),
    ("20010017", "罗维", 4, "", "", false),
    ("20010018", "郝敏", 1, "8666 0001-8012", "", false),
];

const UNITS: &[(&str, &str, &str, &str, &str)] = &[
    ("T01", "土木工程学院", "土木", "赵联络", "0532-86660001"),
    ("W02", "外国语学院", "外院", "钱老师", "0532-86660002"),
    ("J03", "机电学院", "机电", "孙老师", "18812340003"),
    ("H04", "后勤处", "", "", ""),
    ("T01-1", "桥梁一班", "", "", ""),
];

const CONTACTS: &[(&str, &str, &str)] =
    &[("江城区疾控中心", "周科长", "0532-12320"), ("市立医院发热门诊", "", "0532-86669999 转 120")];

const CALLS: &[(&str, &str)] =
    &[("13311112222", "说下午三点补报"), ("", "体温三十六度八，答应明早补报"), ("053286669999", "床位已满")];

/// Everything by its place, with seeded ids.
struct Book {
    people: Vec<PersonId>,
    units: Vec<UnitId>,
    contacts: Vec<ContactId>,
    calls: Vec<FollowUpId>,
    officer: OfficerId,
}

impl Book {
    fn new() -> Self {
        let mut ids = Ids::seeded("search");
        // As an office makes them: later ones are greater.
        let mut at = 0;
        let mut id = || {
            at += 1;
            ids.id(Ts(at))
        };
        Self {
            people: PEOPLE.iter().map(|_| PersonId(id())).collect(),
            units: UNITS.iter().map(|_| UnitId(id())).collect(),
            contacts: CONTACTS.iter().map(|_| ContactId(id())).collect(),
            calls: CALLS.iter().map(|_| FollowUpId(id())).collect(),
            officer: OfficerId(id()),
        }
    }

    fn person(&self, at: usize) -> PersonLine<'static> {
        let (no, name, unit, phone, address, has_case) = PEOPLE[at];
        PersonLine {
            id: self.people[at],
            no,
            name,
            unit: Some(self.units[unit]),
            phone,
            family_phone: if at == 3 { "13300009876" } else { "" },
            id_number: if at == 4 { "99010119800101123X" } else { "" },
            address,
            has_case,
        }
    }

    fn builder(&self) -> Builder {
        let mut builder = Builder::new();
        for (at, (code, name, short, liaison, phone)) in UNITS.iter().enumerate() {
            let officer = (at == 2).then_some(self.officer);
            let contacts = [(*liaison, *phone), ("", "")];
            // A class stands below its college.
            let parent = (at == 4).then_some(self.units[0]);
            builder.unit(UnitLine { id: self.units[at], code, name, short, contacts, officer, parent });
        }
        for (at, (org, name, phone)) in CONTACTS.iter().enumerate() {
            builder.contact(ContactLine { id: self.contacts[at], org, name, phone });
        }
        for (at, (number, words)) in CALLS.iter().enumerate() {
            builder.call(CallLine { id: self.calls[at], subject: None, number, words });
        }
        builder
    }

    fn index(&self) -> Index {
        let mut builder = self.builder();
        (0..PEOPLE.len()).for_each(|at| builder.person(self.person(at)));
        builder.finish()
    }

    /// The same people, all put beside an index that was built of nobody: each is judged by itself.
    fn beside(&self) -> Index {
        let mut index = self.builder().finish();
        (0..PEOPLE.len()).for_each(|at| index.put_person(self.person(at)));
        index
    }

    fn name(&self, target: Target) -> &'static str {
        match target {
            Target::Person(id) => PEOPLE[self.people.iter().position(|known| *known == id).unwrap()].1,
            Target::Unit(id) => UNITS[self.units.iter().position(|known| *known == id).unwrap()].1,
            Target::Contact(id) => CONTACTS[self.contacts.iter().position(|known| *known == id).unwrap()].0,
            Target::Call(id) => CALLS[self.calls.iter().position(|known| *known == id).unwrap()].1,
            Target::Entry(_) => panic!("no entry is in the index"),
        }
    }
}

/// The book and its index, made once.
fn made() -> &'static (Book, Index) {
    static MADE: std::sync::OnceLock<(Book, Index)> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let book = Book::new();
        let index = book.index();
        (book, index)
    })
}

fn matches(query: &str) -> Vec<Match> {
    made().1.find(query, 20)
}

fn hits(query: &str) -> Vec<(&'static str, Way)> {
    let book = &made().0;
    matches(query).into_iter().map(|found| (book.name(found.target), found.way)).collect()
}

/// The names found, best first.
fn find(query: &str) -> Vec<&'static str> {
    hits(query).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn by_name() {
    assert_eq!(find("张伟"), ["张伟", "张伟伟"]);
    assert_eq!(find("伟"), ["张伟", "李伟", "张伟伟"]);
    assert_eq!(find("热合曼"), ["阿不都·热合曼"]);
    assert_eq!(find("阿不都 热合曼"), ["阿不都·热合曼"]);
    assert_eq!(find("smith"), ["John Smith"]);
    assert_eq!(find("王乐"), ["王\u{200b}乐"]);
}

#[test]
fn by_pinyin_in_full_in_part_and_mixed() {
    // The same sound, and she has an open case.
    for query in ["zhangwei", "zhang wei", "ZhangWei", "ｚｈａｎｇｗｅｉ", "zhāng wěi"] {
        assert_eq!(find(query)[..2], ["张薇", "张伟"], "{query}");
    }
    assert!(find("zhangw").contains(&"张伟伟"));
    for query in ["zwei", "zhanwei", "zhaw", "张w", "z伟"] {
        assert!(find(query)[..2].contains(&"张伟"), "{query}");
    }
    assert_eq!(find("shi慧"), ["石慧"]);
    assert_eq!(find("sh慧"), ["石慧"]);
    assert_eq!(find("ouyang"), ["欧阳雪"]);
    for query in ["lvmeng", "lümeng", "lyumeng"] {
        assert_eq!(find(query), ["吕蒙"], "{query}");
    }
    assert_eq!(find("rehe"), ["阿不都·热合曼"]);
}

#[test]
fn a_surname_is_read_as_one_first() {
    let usual = |query: &str| matches(query)[0].usual;
    assert_eq!(find("zengyan"), ["曾岩"]);
    assert!(usual("zengyan"));
    assert_eq!(find("cengyan"), ["曾岩"]);
    assert!(!usual("cengyan"));
    assert_eq!(find("shandandan"), ["单丹丹"]);
    assert_eq!(find("yuchigong"), ["尉迟恭"]);
    assert_eq!(find("chanyuming"), ["单于明"]);
}

#[test]
fn by_initials() {
    assert_eq!(hits("lw")[0], ("李伟", Way::Initials));
    assert_eq!(find("lw")[..3], ["李伟", "罗维", "刘文华"]);
    assert_eq!(hits("oyx"), [("欧阳雪", Way::Initials)]);
    assert_eq!(find("ZW")[..2], ["张薇", "张伟"]);
    // Beginnings come before initials.
    assert_eq!(find("sh")[0], "石慧");
}

#[test]
fn by_numbers() {
    assert_eq!(hits("20010004")[0], ("曾岩", Way::No));
    assert_eq!(hits("0012")[0], ("王\u{200b}乐", Way::No));
    // Letters are a name's first, whatever numbers begin with them.
    assert!(find("w")[..2].contains(&"王\u{200b}乐"));
    // The tail of a phone; the one with an open case first.
    assert_eq!(hits("5678")[..2], [("李梅", Way::Phone), ("张伟", Way::Phone)]);
    for query in
        ["138 0013 5678", "+8613800135678", "013800135678", "138-0013-5678", "１３８００１３５６７８"]
    {
        assert_eq!(hits(query), [("张伟", Way::Phone)], "{query}");
    }
    assert_eq!(hits("13900007777"), [("吕蒙", Way::Phone)]);
    assert_eq!(hits("12345"), [("王\u{200b}乐", Way::Phone)]);
    assert_eq!(hits("4321"), [("尉迟恭", Way::Phone)]);
    assert_eq!(hits("9876"), [("曾岩", Way::FamilyPhone)]);
    assert_eq!(hits("01123x"), [("李伟", Way::IdTail)]);
    // Two digits are no part of a phone.
    assert!(hits("78").iter().all(|(_, way)| *way != Way::Phone));
}

#[test]
fn by_landline_with_and_without_area_code_and_extension() {
    for query in ["86660002", "0532-86660002", "(0532) 8666 0002", "+86 532 8666 0002", "053286660002"] {
        assert_eq!(hits(query)[0], ("外国语学院", Way::Phone), "{query}");
    }
    for query in ["86660001-802", "0532 86660001 转 802"] {
        assert_eq!(hits(query)[0], ("石慧", Way::Phone), "{query}");
    }
    // Without the extension it is the same line, whichever way the number was kept.
    for query in ["86660001", "0532-86660001"] {
        let found = matches(query);
        assert!(found.iter().take(3).all(|found| found.part == Part::Whole), "{query}");
        assert_eq!(
            find(query)[..3].iter().filter(|name| ["石慧", "郝敏", "土木工程学院"].contains(name)).count(),
            3
        );
    }
    assert_eq!(hits("86660001转8012")[0], ("郝敏", Way::Phone));
}

#[test]
fn by_unit_and_by_unit_and_name() {
    assert_eq!(hits("土木")[0], ("土木工程学院", Way::Name));
    assert!(hits("土木").contains(&("李伟", Way::Unit)));
    assert_eq!(hits("tmgcxy")[0].0, "土木工程学院");
    assert_eq!(hits("w02")[0], ("外国语学院", Way::No));
    assert_eq!(hits("赵联络"), [("土木工程学院", Way::Contact)]);
    // 罗维 is in a class of it.
    assert_eq!(find("土木 lw"), ["李伟", "罗维"]);
    assert_eq!(find("lw 土木"), ["李伟", "罗维"]);
    assert_eq!(find("tm zhangwei")[..2], ["张伟", "张伟伟"]);
    assert_eq!(find("外院 0002")[0], "外国语学院");
    assert_eq!(find("外院 6789"), Vec::<&str>::new());
}

#[test]
fn a_unit_and_a_name_without_a_space() {
    assert_eq!(find("土木张伟")[..2], ["张伟", "张伟伟"]);
    assert_eq!(find("土木zhangw")[0], "张伟");
    assert_eq!(find("梅园 412")[0], "张伟");
    assert_eq!(find("土木学院 lw")[0], "李伟");
    assert_eq!(find("土木王"), Vec::<&str>::new());
}

#[test]
fn by_dormitory_and_room() {
    for query in ["梅园3-412", "梅园3栋412", "梅园 412", "梅园三号楼412", "3-412"] {
        assert_eq!(find(query)[0], "张伟", "{query}");
    }
    assert_eq!(hits("412")[0], ("张伟", Way::Room));
    assert_eq!(find("三好街"), ["曾岩"]);
}

#[test]
fn outside_contacts_and_the_words_of_calls() {
    assert_eq!(hits("疾控")[0], ("江城区疾控中心", Way::Name));
    assert_eq!(hits("jkzx")[0].0, "江城区疾控中心");
    assert_eq!(hits("周科长"), [("江城区疾控中心", Way::Contact)]);
    assert_eq!(hits("86669999")[0].0, "市立医院发热门诊");
    // Two characters; the newest first.
    let words = hits("补报");
    assert_eq!(words, [("体温三十六度八，答应明早补报", Way::Words), ("说下午三点补报", Way::Words)]);
    assert_eq!(hits("13311112222"), [("说下午三点补报", Way::Words)]);
    assert_eq!(hits("补报 明早"), [("体温三十六度八，答应明早补报", Way::Words)]);
}

#[test]
fn one_slip_of_the_finger() {
    for query in ["zhnagwei", "zhanwgei", "zhagnwei", "zhhangwei", "zhangwwei", "xhangwei", "zhangwri"] {
        assert!(find(query).contains(&"张伟"), "{query}");
        let way = hits(query).into_iter().find(|(name, _)| *name == "张伟").unwrap().1;
        assert_eq!(way, Way::Slip, "{query}");
    }
    for query in ["ouyngxue", "uoyangxue", "ouyangxeu", "oyangxue"] {
        assert!(find(query).contains(&"欧阳雪"), "{query}");
    }
    assert_eq!(hits("jhonsmith"), [("John Smith", Way::Slip)]);
    // Inside a name too, when hardly anything else fits.
    assert_eq!(hits("simth"), [("John Smith", Way::Slip)]);
    assert_eq!(matches("simth")[0].marks, [(found::Field::Name, vec![5, 6, 7, 8, 9])]);
    assert_eq!(hits("waiguoyuxueyuna")[0].0, "外国语学院");
    assert!(hits("zhangwei").iter().all(|(_, way)| *way == Way::Pinyin));
}

#[test]
fn what_comes_near_is_found_last() {
    assert_eq!(hits("oynxu"), [("欧阳雪", Way::Near)]);
    assert!(find("xyzzy").is_empty());
}

#[test]
fn southern_confusions_are_a_setting_and_rank_below_what_was_typed() {
    let book = Book::new();
    let mut index = book.index();
    let find = |index: &Index, query: &str| -> Vec<(&str, Way)> {
        index.find(query, 20).into_iter().map(|found| (book.name(found.target), found.way)).collect()
    };
    assert!(find(&index, "zangwei").iter().all(|(_, way)| *way != Way::Confused));
    index.set_confusions(true);
    assert!(find(&index, "zangwei").contains(&("张伟", Way::Confused)));
    assert_eq!(find(&index, "niuwenfa")[0], ("刘文华", Way::Confused));
    assert_eq!(find(&index, "liwei")[0], ("李伟", Way::Pinyin));
    assert_eq!(find(&index, "shihui")[0], ("石慧", Way::Pinyin));
    assert_eq!(find(&index, "sihui")[0], ("石慧", Way::Confused));
}

#[test]
fn the_characters_that_were_meant() {
    let marked = |query: &str| {
        let found = matches(query)[0].clone();
        found.marks.into_iter().flat_map(|(_, at)| at).collect::<Vec<_>>()
    };
    assert_eq!(marked("热合曼"), [4, 5, 6]);
    assert_eq!(marked("wangle"), [0, 2]);
    assert_eq!(marked("ouyang"), [0, 1]);
    assert_eq!(marked("土木 lw"), [0, 1]);
    assert_eq!(marked("zhnagwei"), [0, 1]);
    assert!(marked("20010004").is_empty());
}

#[test]
fn lifts_come_before_equals() {
    let book = Book::new();
    let mut index = book.index();
    let find = |index: &Index, query: &str| -> Vec<&str> {
        index.find(query, 20).into_iter().map(|found| book.name(found.target)).collect()
    };
    assert_eq!(find(&index, "li")[..2], ["李梅", "李伟"]);
    // 刘 and 吕 are 机电's, which this officer answers for.
    assert_eq!(find(&index, "l")[..3], ["李梅", "李伟", "吕蒙"]);
    index.set_officer(Some(book.officer));
    assert_eq!(find(&index, "l")[..4], ["李梅", "吕蒙", "刘文华", "李伟"]);
    index.set_called(&[book.people[5]]);
    assert_eq!(find(&index, "l")[..3], ["李梅", "刘文华", "吕蒙"]);
    assert!(index.find("liuwenhua", 1)[0].lifts.called);
}

#[test]
fn nothing_typed_finds_nothing_and_limits_hold() {
    for query in ["", " ", "——", "\u{202e}"] {
        assert!(find(query).is_empty());
    }
    let index = Book::new().index();
    assert_eq!(index.find("z", 3).len(), 3);
    assert!(index.find("z", 0).is_empty());
    assert_eq!(index.len(), PEOPLE.len() + UNITS.len());
    assert!(Builder::new().finish().find("zhang", 5).is_empty());
    assert!(index.find(&"z".repeat(500), 5).is_empty());
}

#[test]
fn a_changed_person_is_found_as_now_known() {
    let book = Book::new();
    let mut index = book.index();
    let mut changed = book.person(0);
    changed.name = "张炜";
    changed.phone = "13100001000";
    index.put_person(changed);
    assert_eq!(index.find("张炜", 5)[0].target, Target::Person(book.people[0]));
    assert!(index.find("13800135678", 5).iter().all(|found| found.target != Target::Person(book.people[0])));
    assert_eq!(index.find("13100001000", 5)[0].target, Target::Person(book.people[0]));
    assert_eq!(index.len(), PEOPLE.len() + UNITS.len());
    index.drop_person(book.people[0]);
    assert!(index.find("张炜", 5).iter().all(|found| found.target != Target::Person(book.people[0])));
    index.put_person(book.person(0));
    assert_eq!(index.find("13800135678", 5)[0].target, Target::Person(book.people[0]));
}

#[test]
fn a_kept_index_answers_as_the_one_that_was_built() {
    let book = Book::new();
    let mut index = book.index();
    // What depends on the day and on who asks is not kept.
    index.set_called(&[book.people[5]]);
    index.set_officer(Some(book.officer));
    let lifted = index.find("liuwenhua", 1)[0].lifts;
    assert!(lifted.called && lifted.mine);
    let again = Index::from_parts(kept::Needs::ALL, "7", &mut |name| index.part(name, "7")).unwrap();
    assert_eq!(again.find("liuwenhua", 1)[0].lifts, found::Lifts::default());
    index.set_called(&[]);
    index.set_officer(None);
    let kept: std::collections::HashMap<&str, Vec<u8>> =
        kept::PARTS.into_iter().map(|name| (name, index.part(name, "7").unwrap())).collect();
    let read = |needs: kept::Needs, stamp: &str| {
        Index::from_parts(needs, stamp, &mut |name| kept.get(name).cloned())
    };
    for query in [
        "张伟",
        "zhangwei",
        "lw",
        "zw",
        "5678",
        "土木 lw",
        "412",
        "梅园",
        "补报",
        "疾控",
        "zhnagwei",
        "0012 王",
    ] {
        let again = read(kept::Needs::of(query), "7").unwrap();
        assert_eq!(again.find(query, 20), index.find(query, 20), "{query}");
    }
    // A change is put beside it as beside the other.
    let mut again = read(kept::Needs::ALL, "7").unwrap();
    let mut changed = book.person(0);
    changed.name = "张炜";
    again.put_person(changed);
    assert_eq!(again.find("张炜", 5)[0].target, Target::Person(book.people[0]));
    assert!(read(kept::Needs::ALL, "8").is_none(), "true for something else");
    assert!(index.part("else", "7").is_none());
    let cut = Index::from_parts(kept::Needs::ALL, "7", &mut |name| {
        kept.get(name).map(|all| all[..all.len() / 2].to_vec())
    });
    assert!(cut.is_none());
}

/// What is found, in order, without what depends on where it is kept.
fn order(index: &Index, query: &str) -> Vec<(Target, u16, Way)> {
    index.find(query, 12).into_iter().map(|found| (found.target, found.score, found.way)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_typed_is_answered(query in "\\PC{0,20}") {
        let found = made().1.find(&query, 5);
        prop_assert!(found.len() <= 5);
        prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score));
    }

    /// The lists only bring about faster what judging everybody by itself would.
    #[test]
    fn the_index_finds_what_judging_everybody_finds(
        query in "[a-z]{1,9}|[0-9]{1,12}|[张王李伟薇阳欧单于慧wzhlxy]{1,4}|(zh|z|w|l|张|土木|外院|5678|补报) (lw|wei|zh|3|0012|梅园)",
        confusions: bool,
    ) {
        let book = Book::new();
        let (mut index, mut beside) = (book.index(), book.beside());
        index.set_confusions(confusions);
        beside.set_confusions(confusions);
        prop_assert_eq!(order(&index, &query), order(&beside, &query), "{}", query);
    }

    #[test]
    fn everybody_is_found_by_every_key_of_the_name(person in 0..PEOPLE.len()) {
        let (book, index) = made();
        for key in pinyin::keys_by(tables::Tables::builtin(), PEOPLE[person].1).split(' ') {
            let found = index.find(key, 20);
            prop_assert!(found.iter().any(|hit| hit.target == Target::Person(book.people[person])), "{}", key);
        }
    }
}
