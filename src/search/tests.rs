use super::*;
use crate::clock::Ids;
use crate::domain::ids::{Mint, PersonId, UnitId};
use crate::domain::mask::Private;
use crate::domain::time::Ts;
use crate::store::query::rows::{SearchPerson, SearchUnit};
use proptest::prelude::*;

const PEOPLE: &[(&str, &str, &str, &str, bool)] = &[
    ("20010001", "张伟", "土木工程学院", "13800135678", false),
    ("20010002", "张伟伟", "土木工程学院", "13900001111", false),
    ("20010003", "张薇", "外国语学院", "13900002222", true),
    ("20010004", "曾岩", "外国语学院", "13900003333", false),
    ("20010005", "李伟", "土木工程学院", "13900004444", false),
    ("20010006", "刘文华", "机电学院", "13900005555", false),
    ("20010007", "欧阳雪", "机电学院", "13900006666", false),
    ("20010008", "吕蒙", "机电学院", "+86 139-0000-7777", false),
    ("20010009", "阿不都·热合曼", "外国语学院", "13900008888", false),
    ("20010010", "单丹丹", "后勤处", "13900009999", false),
    ("0012", "王\u{200b}乐", "后勤处", "13512345670", false),
    ("20010012", "李梅", "机电学院", "13700135678", true),
    ("20010013", "John Smith", "外国语学院", "", false),
];

const UNITS: &[(&str, &str, &str, &str, &str)] = &[
    ("T01", "土木工程学院", "土木", "赵联络", "0532-86660001"),
    ("W02", "外国语学院", "外院", "钱老师", "0532-86660002"),
    ("J03", "机电学院", "机电", "孙老师", "18812340003"),
];

fn book() -> (Vec<SearchPerson>, Vec<SearchUnit>) {
    let mut ids = Ids::seeded("search");
    let people = PEOPLE.iter().map(|(no, name, unit, phone, has_case)| SearchPerson {
        id: PersonId(ids.id(Ts(0))),
        no: (*no).to_owned(),
        name: (*name).to_owned(),
        unit: (*unit).to_owned(),
        kind: None,
        phone: Private::new(*phone),
        family_phone: Private::default(),
        has_case: *has_case,
    });
    let people = people.collect();
    let units = UNITS.iter().map(|(code, name, short, liaison, phone)| SearchUnit {
        id: UnitId(ids.id(Ts(0))),
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        short: (*short).to_owned(),
        contacts: vec![((*liaison).to_owned(), (*phone).to_owned())],
    });
    (people, units.collect())
}

/// The names found, best first.
fn find(query: &str) -> Vec<&'static str> {
    hits(query).into_iter().map(|(name, _)| name).collect()
}

fn hits(query: &str) -> Vec<(&'static str, Why)> {
    let (people, units) = book();
    let found = Index::build(&people, &units).find(query, 20);
    found
        .into_iter()
        .map(|hit| match hit.target {
            Subject::Person(id) => {
                assert_eq!(people[hit.place].id, id);
                (PEOPLE[hit.place].1, hit.why)
            }
            Subject::Unit(id) => {
                assert_eq!(units[hit.place].id, id);
                (UNITS[hit.place].1, hit.why)
            }
            Subject::Contact(_) => panic!("there are none in the book"),
        })
        .collect()
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
    assert_eq!(find("zwei")[..2], ["张薇", "张伟"]);
    assert_eq!(find("张w")[..2], ["张薇", "张伟"]);
    assert_eq!(find("ouyang"), ["欧阳雪"]);
    assert_eq!(find("lvmeng"), ["吕蒙"]);
    assert_eq!(find("lümeng"), ["吕蒙"]);
    assert_eq!(find("lyumeng"), ["吕蒙"]);
    assert_eq!(find("rehe"), ["阿不都·热合曼"]);
}

#[test]
fn a_surname_is_read_as_one_first() {
    assert_eq!(find("zengyan"), ["曾岩"]);
    assert_eq!(find("cengyan"), ["曾岩"]);
    assert_eq!(find("shandandan"), ["单丹丹"]);
    let (people, units) = book();
    let index = Index::build(&people, &units);
    assert!(index.find("zengyan", 1)[0].score > index.find("cengyan", 1)[0].score);
}

#[test]
fn by_initials() {
    assert_eq!(hits("lw")[0], ("李伟", Why::Initials));
    assert_eq!(hits("lw")[1], ("刘文华", Why::Initials));
    assert_eq!(hits("oyx"), [("欧阳雪", Why::Initials)]);
    assert_eq!(find("ZW")[..2], ["张薇", "张伟"]);
}

#[test]
fn by_numbers() {
    assert_eq!(hits("20010004")[0], ("曾岩", Why::No));
    assert_eq!(hits("0012")[0], ("王\u{200b}乐", Why::No));
    // The tail of a phone; the one with an open case first.
    assert_eq!(hits("5678")[..2], [("李梅", Why::Phone), ("张伟", Why::Phone)]);
    assert_eq!(hits("138 0013 5678"), [("张伟", Why::Phone)]);
    assert_eq!(hits("+8613800135678"), [("张伟", Why::Phone)]);
    assert_eq!(hits("13900007777"), [("吕蒙", Why::Phone)]);
    assert_eq!(hits("12345"), [("王\u{200b}乐", Why::Phone)]);
    // Two digits are no part of a phone.
    assert!(hits("78").iter().all(|(_, why)| *why != Why::Phone));
    assert_eq!(hits("86660002"), [("外国语学院", Why::Phone)]);
}

#[test]
fn by_unit_and_by_unit_and_name() {
    assert_eq!(hits("土木")[0], ("土木工程学院", Why::Name));
    assert!(hits("土木").contains(&("李伟", Why::Unit)));
    assert_eq!(hits("tmgcxy")[0].0, "土木工程学院");
    assert_eq!(hits("w02")[0], ("外国语学院", Why::No));
    assert_eq!(hits("赵联络"), [("土木工程学院", Why::Contact)]);
    assert_eq!(find("土木 lw"), ["李伟"]);
    assert_eq!(find("lw 土木"), ["李伟"]);
    assert_eq!(find("tm zhangwei")[..2], ["张伟", "张伟伟"]);
    assert_eq!(find("外院 9999"), Vec::<&str>::new());
}

#[test]
fn what_comes_near_is_found_last() {
    assert_eq!(hits("ouyngxue"), [("欧阳雪", Why::Near)]);
    assert!(hits("zhangwei").iter().all(|(_, why)| *why != Why::Near));
    assert!(find("xyzzy").is_empty());
}

#[test]
fn the_characters_that_were_meant() {
    let (people, units) = book();
    let index = Index::build(&people, &units);
    let matched = |query: &str| index.find(query, 1)[0].matched.clone();
    assert_eq!(matched("热合曼"), [4, 5, 6]);
    assert_eq!(matched("wangle"), [0, 2]);
    assert_eq!(matched("ouyang"), [0, 1]);
    assert_eq!(matched("土木 lw"), [0, 1]);
    assert!(matched("20010004").is_empty());
}

#[test]
fn nothing_typed_finds_nothing_and_limits_hold() {
    for query in ["", " ", "——", "\u{202e}"] {
        assert!(find(query).is_empty());
    }
    let (people, units) = book();
    let index = Index::build(&people, &units);
    assert_eq!(index.find("z", 3).len(), 3);
    assert!(index.find("z", 0).is_empty());
    assert_eq!(index.len(), PEOPLE.len() + UNITS.len());
    assert!(Index::build(&[], &[]).find("zhang", 5).is_empty());
    assert!(index.find(&"z".repeat(500), 5).is_empty());
}

proptest! {
    #[test]
    fn whatever_is_typed_is_answered(query in "\\PC{0,20}") {
        let (people, units) = book();
        let found = Index::build(&people, &units).find(&query, 5);
        prop_assert!(found.len() <= 5);
        prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn everybody_is_found_by_every_key_of_the_name(person in 0..PEOPLE.len()) {
        let (people, units) = book();
        let index = Index::build(&people, &units);
        for key in keys(PEOPLE[person].1).split(' ') {
            let found = index.find(key, 20);
            prop_assert!(found.iter().any(|hit| hit.target == Subject::Person(people[person].id)), "{}", key);
        }
    }
}
