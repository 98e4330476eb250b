//! Whoever calls, however it is typed: each way for itself.

use super::found::{Match, PersonLine, Target, UnitLine, Way};
use super::{Builder, Index};
use crate::domain::ids::{PersonId, UnitId};

/// name, unit, phone, address
type Row = (&'static str, usize, &'static str, &'static str);

const UNITS: [&str; 4] = ["经济与管理学院", "生命科学学院", "土木与建筑学院", "后勤管理处"];

struct Desk {
    index: Index,
    people: Vec<(PersonId, &'static str)>,
}

impl Desk {
    fn of(rows: &[Row]) -> Self {
        let mut at = 0;
        let mut id = || {
            at += 1;
            uuid::Uuid::from_u128(at)
        };
        let mut builder = Builder::new();
        let units: Vec<UnitId> = UNITS.iter().map(|_| UnitId(id())).collect();
        for (unit, name) in units.iter().zip(UNITS) {
            let contacts = [("", ""); 2];
            builder.unit(UnitLine {
                id: *unit,
                code: "",
                name,
                short: "",
                contacts,
                officer: None,
                parent: None,
            });
        }
        let people: Vec<(PersonId, &'static str)> = rows.iter().map(|row| (PersonId(id()), row.0)).collect();
        for ((id, name), (nth, (_, unit, phone, address))) in people.iter().zip(rows.iter().enumerate()) {
            builder.person(PersonLine {
                id: *id,
                no: &format!("2001{nth:04}"),
                name,
                unit: Some(units[*unit]),
                phone,
                family_phone: "",
                id_number: if nth == 1 { "990101198001010000" } else { "" },
                address,
                has_case: false,
            });
        }
        Self { index: builder.finish(), people }
    }

    fn names(rows: &[&'static str]) -> Self {
        Self::of(&rows.iter().map(|name| (*name, 3, "", "")).collect::<Vec<_>>())
    }

    fn matches(&self, query: &str) -> Vec<Match> {
        self.index.find(query, 20)
    }

    fn hits(&self, query: &str) -> Vec<(&'static str, Way)> {
        let name =
            |target| self.people.iter().find(|(id, _)| Target::Person(*id) == target).map(|(_, name)| *name);
        self.matches(query).iter().map(|found| (name(found.target).unwrap_or("单位"), found.way)).collect()
    }

    fn find(&self, query: &str) -> Vec<&'static str> {
        self.hits(query).into_iter().map(|(name, _)| name).collect()
    }
}

#[test]
fn the_form_that_was_typed_comes_first() {
    let desk = Desk::names(&["李煇", "李辉", "於洋", "于洋", "範偉", "范伟", "王\u{e863}", "\u{f92c}平"]);
    for (query, order) in [
        ("李辉", ["李辉", "李煇"]),
        ("李煇", ["李煇", "李辉"]),
        ("于洋", ["于洋", "於洋"]),
        ("範偉", ["範偉", "范伟"]),
    ] {
        assert_eq!(desk.find(query), order, "{query}");
    }
    assert!(desk.matches("李辉")[0].usual && !desk.matches("李辉")[1].usual);
    // A place of one's own and a compatibility form are the character.
    assert_eq!(desk.find("王䶮"), ["王\u{e863}"]);
    assert!(desk.matches("郎平")[0].usual);
    assert_eq!(desk.find("langping"), ["\u{f92c}平"]);
}

#[test]
fn another_spelling_never_stands_before_initials() {
    let desk = Desk::names(&["吕蒙", "闾平", "律清", "李阳", "刘燕"]);
    assert_eq!(desk.find("ly")[..2], ["李阳", "刘燕"]);
    assert!(!desk.hits("ly")[2..].iter().any(|(_, way)| *way == Way::Pinyin));
    for query in ["lyumeng", "lumeng"] {
        assert_eq!(desk.hits(query)[0], ("吕蒙", Way::Far), "{query}");
    }
    assert_eq!(desk.hits("lvmeng")[0], ("吕蒙", Way::Pinyin));
    let desk = Desk::names(&["陈略", "卢娥", "徐君", "陆萌", "吕萌", "㴔明"]);
    assert_eq!(desk.find("chenlue")[0], "陈略");
    assert_eq!(desk.hits("xvjvn")[0], ("徐君", Way::Far));
    // What was really typed comes first.
    assert_eq!(desk.find("lumeng")[..2], ["陆萌", "吕萌"]);
    assert_eq!(desk.find("jiming"), ["㴔明"]);
}

#[test]
fn old_readings_come_after_every_one_of_today() {
    let desk = Desk::names(&["王强", "于强", "汪波", "洪波", "吴平"]);
    assert_eq!(desk.hits("yuqiang"), [("于强", Way::Pinyin), ("王强", Way::Far)]);
    assert_eq!(desk.hits("hongbo"), [("洪波", Way::Pinyin), ("汪波", Way::Far)]);
    assert_eq!(desk.hits("tunping"), [("吴平", Way::Far)]);
    // Its first letter is nobody's initial.
    assert!(desk.find("yq").iter().all(|name| *name != "王强"));
}

#[test]
fn a_college_by_its_spoken_name_and_a_person() {
    let desk =
        Desk::of(&[("王芳", 0, "", ""), ("马斌", 1, "", ""), ("周立", 2, "", ""), ("王远", 3, "", "")]);
    assert_eq!(desk.find("经管院 wang"), ["王芳"]);
    assert_eq!(desk.find("生科院 马斌"), ["马斌"]);
    assert_eq!(desk.find("土建 zl"), ["周立"]);
    let found = desk.matches("经管院 wang");
    let reasons: Vec<(&str, Way)> = found[0].words.iter().map(|one| (one.word.as_str(), one.way)).collect();
    assert_eq!(reasons, [("经管院", Way::Unit), ("wang", Way::Pinyin)]);
}

#[test]
fn a_character_left_out_and_characters_of_the_same_sound() {
    let desk = Desk::names(&["张为风", "王忠钦", "刘长青", "欧阳为风"]);
    assert_eq!(desk.hits("张风"), [("张为风", Way::LeftOut)]);
    assert_eq!(desk.hits("欧阳风"), [("欧阳为风", Way::LeftOut)]);
    assert_eq!(desk.hits("王钟钦"), [("王忠钦", Way::SameSound)]);
    assert_eq!(desk.hits("zhangfeng")[0], ("张为风", Way::LeftOut));
    // Somebody of just that name comes first.
    let desk = Desk::names(&["张为风", "张风", "王忠钦", "王钟钦"]);
    assert_eq!(desk.hits("张风"), [("张风", Way::Name), ("张为风", Way::LeftOut)]);
    assert_eq!(desk.find("王钟钦"), ["王钟钦"]);
}

#[test]
fn one_key_too_many_or_far_off() {
    let desk = Desk::names(&["欧阳雪", "刘文华"]);
    for query in ["ouyangpxue", "ouyangxuq", "liuwenhuaq", "liukenhua"] {
        assert_eq!(desk.hits(query)[0].1, Way::Slip, "{query}");
    }
    // Two are too many.
    assert!(desk.find("ouypngxuq").is_empty());
}

#[test]
fn parts_of_names_and_latin_initials() {
    let desk = Desk::names(&["阿不都·热合曼", "Ines Bruno", "任慧敏", "张 伟"]);
    assert_eq!(desk.hits("ib")[0], ("Ines Bruno", Way::Initials));
    assert_eq!(desk.find("bruno"), ["Ines Bruno"]);
    assert_eq!(desk.find("inesb")[0], "Ines Bruno");
    assert_eq!(desk.hits("热合曼"), [("阿不都·热合曼", Way::Name)]);
    assert_eq!(desk.hits("rehemann").first().map(|hit| hit.0), Some("阿不都·热合曼"));
    assert_eq!(desk.find("rhm"), ["任慧敏", "阿不都·热合曼"]);
    // The places of what was meant are those of the name.
    assert_eq!(desk.matches("bruno")[0].marks[0].1, [5, 6, 7, 8, 9]);
    assert_eq!(desk.matches("ib")[0].marks[0].1, [0, 1, 2, 3, 5, 6, 7, 8, 9]);
    assert_eq!(desk.matches("热合曼")[0].marks[0].1, [4, 5, 6]);
}

#[test]
fn a_telephone_number_but_for_one_digit() {
    let desk = Desk::of(&[("王芳", 0, "13900001234", ""), ("马斌", 1, "13900005678", "")]);
    for query in ["13900001284", "13900002134", "139 0000 1284"] {
        assert_eq!(desk.hits(query), [("王芳", Way::Almost)], "{query}");
    }
    assert_eq!(desk.hits("13900001234"), [("王芳", Way::Phone)]);
    assert!(desk.find("13900001299").is_empty());
    assert!(desk.find("13900003412").is_empty(), "two pairs swapped");
    // A number that somebody has is nobody else's with a digit wrong, whatever is dialled behind it or stands beside it.
    let desk = Desk::of(&[("王芳", 0, "053200008078", ""), ("马斌", 1, "053200008578", "")]);
    for query in ["0532-00008078转608", "0532-00008078 分机 608", "00008078内线608", "0532-00008078（父亲）"]
    {
        assert_eq!(desk.hits(query), [("王芳", Way::Phone)], "{query}");
    }
}

#[test]
fn forms_of_address() {
    let desk = Desk::of(&[("王芳", 0, "", ""), ("王远", 3, "", ""), ("张明", 1, "", "")]);
    assert_eq!(desk.hits("王老师"), [("王芳", Way::Addressed), ("王远", Way::Addressed)]);
    assert_eq!(desk.hits("小张"), [("张明", Way::Addressed)]);
    assert_eq!(desk.hits("王远主任"), [("王远", Way::Addressed)]);
    assert_eq!(desk.find("经管 王老师"), ["王芳"]);
    assert_eq!(desk.hits("xiaozhang")[0], ("张明", Way::Addressed));
}

#[test]
fn a_dormitory_by_its_initials() {
    let desk = Desk::of(&[("王芳", 0, "", "梅园2号楼418"), ("马斌", 1, "", "兰园2号楼418")]);
    for query in ["my2-418", "my2号楼418", "meiyuan2-418", "my2 418"] {
        assert_eq!(desk.find(query), ["王芳"], "{query}");
    }
}

#[test]
fn an_apostrophe_parts_two_syllables() {
    let desk = Desk::names(&["先平", "习安平", "贤平"]);
    assert_eq!(desk.find("xi'anping"), ["习安平"]);
    assert_eq!(desk.find("xi’anping"), ["习安平"]);
    assert_eq!(desk.find("xianping").len(), 3);
    let desk = Desk::names(&["先平"]);
    assert_eq!(desk.find("xi'anping"), ["先平"], "better than nothing");
}

#[test]
fn of_equals_a_staff_number_comes_before_an_identity_number_and_a_person_before_a_unit() {
    let desk = Desk::of(&[("王芳", 0, "", ""), ("马斌", 1, "", ""), ("后勤管理处", 3, "", "")]);
    assert_eq!(desk.hits("10000")[0], ("王芳", Way::No));
    assert_eq!(desk.hits("10000")[1], ("马斌", Way::IdTail));
    assert_eq!(desk.find("后勤管理处")[..2], ["后勤管理处", "单位"]);
}
