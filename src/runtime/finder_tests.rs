//! The index as it is kept between questions: it answers as one that was built, follows what changed, and is not
//! taken for what it is not.

use super::finder::{Book, book_for};
use crate::demo::{self, Size};
use crate::domain::case::{CaseFacts, Category};
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{Mint, Subject};
use crate::domain::person::PersonFacts;
use crate::domain::unit::UnitFacts;
use crate::search::found::{Match, Target};
use crate::store::act::{Act, Author, Committed};
use crate::store::query::rows::PeopleQuery;
use crate::store::{Reader, Store, query};

struct Office {
    _folder: tempfile::TempDir,
    store: Store,
    reader: Reader,
    ids: crate::clock::Ids,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store =
            demo::create(&folder.path().join("office.db"), Size { people: 300, units: 8, days: 3 }).unwrap();
        let reader = store.reader().unwrap();
        Self { _folder: folder, store, reader, ids: crate::clock::Ids::seeded("kept") }
    }

    fn act(&mut self, act: &Act) -> Committed {
        let officer = query::officers(&self.reader).unwrap()[0].0;
        let now = demo::now();
        let author = Author { officer, now, happened_at: None, op_id: self.ids.id(now) };
        self.store.commit(&author, &mut self.ids, act).unwrap()
    }

    fn keep(&mut self) {
        Book::read(&self.reader).unwrap().keep(&mut self.store, &self.reader).unwrap();
    }

    /// What the command line answers: from the kept index if there is one.
    fn asked(&self, question: &str) -> Vec<Match> {
        let officer = query::officers(&self.reader).unwrap()[0].0;
        let book = book_for(&self.reader, question, demo::now(), Some(officer)).unwrap();
        book.index().find(question, 30)
    }

    fn is_kept(&self) -> bool {
        Book::kept(&self.reader, None).unwrap().is_some()
    }
}

const QUESTIONS: [&str; 10] =
    ["w", "zhang", "lw", "张", "138", "0000", "体温", "2004", "wang 学院", "南苑 3"];

#[test]
fn the_command_line_ranks_as_the_desk_does() {
    let mut office = Office::new();
    let built: Vec<Vec<Match>> = QUESTIONS.iter().map(|question| office.asked(question)).collect();
    assert!(built.iter().filter(|found| !found.is_empty()).count() >= 7);
    // Cases and today's calls lift some of them.
    assert!(built.iter().flatten().any(|found| found.lifts.case));
    assert!(built.iter().flatten().any(|found| found.lifts.called));
    assert!(!office.is_kept());
    office.keep();
    assert!(office.is_kept());
    for (question, built) in QUESTIONS.iter().zip(built) {
        assert_eq!(office.asked(question), built, "{question}");
    }
}

#[test]
fn a_kept_index_follows_what_changed() {
    let mut office = Office::new();
    office.keep();
    let some = PeopleQuery { offset: 40, limit: 2, ..Default::default() };
    let people = query::people(&office.reader, &some, demo::now()).unwrap().rows;
    let facts = PersonFacts { name: Some("尉迟小楠".to_owned()), ..Default::default() };
    office.act(&Act::EditPerson { person: people[0].id, no: None, facts, told_by: "本人".to_owned() });
    let call = FollowUpDraft {
        words: "说是鹭岛返校".to_owned(),
        outcome: Outcome::Well,
        ..FollowUpDraft::not_reached(Some(Subject::Person(people[1].id)))
    };
    let call = office.act(&Act::FollowUp(call));
    assert!(office.is_kept());
    assert_eq!(office.asked("yuchixiaonan")[0].target, Target::Person(people[0].id));
    assert!(matches!(office.asked("鹭岛")[0].target, Target::Call(_)));
    // Undone and brought back again, both as an index that is built now has them.
    let undone = office.act(&Act::Undo { op: Some(call.op) });
    office.act(&Act::Undo { op: Some(undone.op) });
    let anew = Book::read(&office.reader).unwrap();
    for question in QUESTIONS.iter().chain(&["鹭岛", "yuchi", "尉迟"]) {
        let kept = Book::kept(&office.reader, Some(question)).unwrap().unwrap();
        assert_eq!(kept.index().find(question, 30), anew.index().find(question, 30), "{question}");
    }
}

#[test]
fn a_case_lifts_at_once_and_a_new_unit_has_the_index_read_anew() {
    let mut office = Office::new();
    office.keep();
    let some = PeopleQuery { limit: 200, ..Default::default() };
    let well = query::people(&office.reader, &some, demo::now()).unwrap().rows;
    let well = well.into_iter().find(|person| !person.has_case).unwrap();
    let facts = CaseFacts { categories: Some(vec![Category::Contact]), ..CaseFacts::default() };
    office.act(&Act::OpenCase { person: well.id, facts });
    let found = office.asked(&well.no);
    assert!(found[0].target == Target::Person(well.id) && found[0].lifts.case);
    office.act(&Act::AddUnit {
        code: "K99".to_owned(),
        name: "海岬气象台".to_owned(),
        facts: UnitFacts::default(),
    });
    assert!(!office.is_kept());
    assert!(matches!(office.asked("气象台")[0].target, Target::Unit(_)));
}
