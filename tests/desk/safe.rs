//! A unit and a person named with what moves a terminal or turns its lines round: harmless on every screen, in every form,
//! on every paper and on the clipboard.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use crate::common;

use common::Desk;
use zhiban::app::Msg;
use zhiban::app::shown::paper::{Logged, PaperAsk};
use zhiban::domain::ids::{Mint, PersonId, UnitId};
use zhiban::domain::person::PersonFacts;
use zhiban::domain::text::is_hidden;
use zhiban::domain::unit::UnitFacts;
use zhiban::paper::template::{Templates, make};
use zhiban::runtime;
use zhiban::say::Lang;
use zhiban::store::act::{Act, Author};
use zhiban::store::query;
use zhiban::store::query::rows::PeopleQuery;

/// A title set, the screen cleared, a colour, the line turned round, a tag, a character of no width.
const ODD: &str = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{e0041}\u{200b}";

fn act(desk: &mut Desk, act: &Act) {
    let officer = desk.state.officer.as_ref().unwrap().0;
    let now = desk.clock.now();
    let author = Author { officer, now, happened_at: None, op_id: desk.ids.id(now) };
    desk.store.commit(&author, &mut desk.ids, act).unwrap();
}

fn odd_desk(lang: Lang, size: (u16, u16)) -> (Desk, PersonId, UnitId, String) {
    let mut desk = Desk::open(lang, size);
    let now = desk.clock.now();
    let case = query::cases(&desk.reader, now).unwrap().into_iter().next().unwrap();
    let people = query::people(&desk.reader, &PeopleQuery { limit: 200, ..Default::default() }, now).unwrap();
    let row = people.rows.into_iter().find(|row| row.id == case.person).unwrap();
    let unit = query::dossier(&desk.reader, row.id, now).unwrap().unwrap().unit.unwrap().0;
    let facts = PersonFacts {
        name: Some(format!("张{ODD}伟")),
        address: Some(format!("三{ODD}号楼")),
        ..PersonFacts::default()
    };
    act(&mut desk, &Act::EditPerson { person: row.id, no: None, facts, told_by: format!("本{ODD}人") });
    let (name, facts) = (Some(format!("学{ODD}院")), UnitFacts::default());
    act(&mut desk, &Act::EditUnit { unit, code: None, name, facts, told_by: format!("本{ODD}院") });
    desk.send(Msg::Changed);
    (desk, row.id, unit, row.no)
}

fn harmless(text: &str, what: &str) {
    let bad = text.chars().find(|c| *c != '\n' && (c.is_control() || is_hidden(*c)));
    assert!(bad.is_none(), "{what}: {bad:?} in {text:?}");
}

#[test]
fn an_odd_name_is_harmless_on_every_screen() {
    for (lang, size) in [(Lang::Zh, (120, 40)), (Lang::En, (80, 24))] {
        let (mut desk, _, _, no) = odd_desk(lang, size);
        for keys in ["1", "2", "3", "4", "6", "7", "9", "0", "-"] {
            desk.keys(keys);
            harmless(&desk.screen(), keys);
            desk.keys("<Enter>");
            harmless(&desk.screen(), keys);
            desk.keys("<Esc><Esc>");
        }
        desk.keys("1/").keys(&no);
        harmless(&desk.screen(), "find");
        desk.keys("<Enter>");
        for keys in ["<Tab>", "<Tab>", "<Tab>", "<Tab>", "e", "<Esc>", "p", "<Enter>", "<Esc>", "u", "<Esc>"]
        {
            harmless(&desk.screen(), keys);
            desk.keys(keys);
        }
    }
}

#[test]
fn what_is_pasted_into_the_words_of_a_form_is_harmless_while_it_is_typed() {
    let (mut desk, ..) = odd_desk(Lang::Zh, (120, 40));
    desk.keys("i<Tab>").send(Msg::Paste(format!("说{ODD}话")));
    harmless(&desk.screen(), "pasted");
    for _ in 0..12 {
        desk.keys("<Tab>");
        desk.send(Msg::Paste(format!("说{ODD}话\u{202e}")));
        harmless(&desk.screen(), "pasted");
    }
    assert!(desk.screen().contains('说'), "{}", desk.screen());
}

#[test]
fn an_odd_name_is_harmless_on_every_paper() {
    let (desk, person, unit, _) = odd_desk(Lang::Zh, (120, 40));
    let now = desk.clock.now();
    for lang in [Lang::Zh, Lang::En] {
        let asks = [
            PaperAsk::Handover(None),
            PaperAsk::CallSheet,
            PaperAsk::Dossier(person),
            PaperAsk::UnitSheets(vec![unit]),
        ];
        for ask in asks {
            let sheaf =
                runtime::paper_shown(&desk.reader, now, &ask, lang, &Logged::default()).unwrap().unwrap();
            harmless(&sheaf.title, "title");
            // What the debug form escapes is what must not be there.
            let pages = format!("{:?}", sheaf.pages);
            assert!(!pages.contains("\\u{1b}") && !pages.contains("\\u{202e}"), "{ask:?}");
            harmless(&pages, "pages");
        }
        let cut = zhiban::paper::summary::summary(&desk.reader, now).unwrap().unwrap();
        let paper = make(&cut, lang, &Templates::builtin()).unwrap();
        harmless(&zhiban::paper::lines::text(&paper), "handover");
    }
}
