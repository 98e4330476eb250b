//! What is only spoken of stands on no paper and in no message: every kind of paper is made of an office in which there is
//! some of it, open, answered and promised, and every message, in both languages.

use super::sources::Make;
use crate::app::shown::paper::{Logged, PaperAsk};
use crate::clock::Ids;
use crate::demo::{self, Size};
use crate::domain::doubt::{Check, Resolve};
use crate::domain::followup::Channel;
use crate::domain::ids::{Mint, PersonId, UnitId};
use crate::domain::report::{ReportKey, Round};
use crate::domain::time::{MINUTE, Ts};
use crate::i18n::doubts as words;
use crate::i18n::terms::word;
use crate::paper::file::{Format, bytes};
use crate::paper::sitrep::Wording;
use crate::paper::template::Templates;
use crate::paper::{PaperKind, chase, spoken};
use crate::say::Lang;
use crate::store::act::{Act, Author};
use crate::store::query::rows::{DoubtRow, LedgerAsk, PeopleQuery, SitrepAsk};
use crate::store::{Reader, Store, query};
use std::collections::BTreeSet;

/// An office in which a unit's people are asked about at once, and one so small that each of them is.
const SIZES: [Size; 2] =
    [Size { people: 4028, units: 41, days: 14 }, Size { people: 110, units: 41, days: 14 }];

struct Office {
    store: Store,
    ids: Ids,
    now: Ts,
    _folder: tempfile::TempDir,
}

impl Office {
    fn new(size: Size) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = demo::create(&folder.path().join("office.db"), size).unwrap();
        Self { store, ids: Ids::seeded("quiet"), now: demo::now(), _folder: folder }
    }

    fn reader(&self) -> Reader {
        self.store.reader().unwrap()
    }

    fn act(&mut self, act: &Act) {
        let shift = query::on_duty(&self.reader()).unwrap().unwrap();
        self.now = self.now.plus(MINUTE);
        let op_id = self.ids.id(self.now);
        let author = Author { officer: shift.officer, now: self.now, happened_at: None, op_id };
        self.store.commit(&author, &mut self.ids, act).unwrap();
    }

    fn spoken_of(&self) -> Vec<DoubtRow> {
        let all = query::doubts(&self.reader()).unwrap();
        all.into_iter().filter(|row| row.doubt.check.is_only_spoken_of()).collect()
    }

    /// A zero of a unit that has somebody under observation and owes its report.
    fn say_zero(&mut self) -> bool {
        let reader = self.reader();
        let owes: Vec<UnitId> =
            query::outstanding(&reader, self.now).unwrap().iter().map(|row| row.id).collect();
        let units = query::units(&reader, self.now).unwrap();
        let Some(unit) = units.iter().find(|unit| unit.cases > 0 && owes.contains(&unit.id)) else {
            return false;
        };
        let day = query::settings(&reader).unwrap().calendar.day(self.now);
        let key = ReportKey { unit: unit.id, day, round: Round::default() };
        self.act(&Act::Receive { key, zero: true, reason: String::new() });
        true
    }

    fn people(&self) -> Vec<PersonId> {
        let ask = PeopleQuery { limit: 5000, ..PeopleQuery::default() };
        query::people(&self.reader(), &ask, self.now).unwrap().rows.iter().map(|row| row.id).collect()
    }
}

/// Every paper and message, in a language: what it is, and all that stands on it.
fn everything(office: &Office, rows: &[DoubtRow], lang: Lang) -> Vec<(String, String)> {
    let (reader, now) = (office.reader(), office.now);
    let make = Make { reader: &reader, now, lang, templates: Templates::builtin() };
    let units: Vec<UnitId> = query::units(&reader, now).unwrap().iter().map(|unit| unit.id).collect();
    let mut asks = vec![PaperAsk::Handover(None), PaperAsk::CallSheet, PaperAsk::Access(None)];
    for wording in Wording::ALL {
        asks.push(PaperAsk::Sitrep(SitrepAsk::default(), *wording));
    }
    asks.extend([PaperAsk::UnitSheets(units.clone()), PaperAsk::Feedback(units.clone())]);
    let ledgers = query::ledgers(&reader, now).unwrap();
    asks.extend(ledgers.into_iter().map(|row| {
        PaperAsk::Ledger(LedgerAsk { ledger: row.ledger.name.clone(), limit: 0, ..LedgerAsk::default() })
    }));
    // Those who are doubted, and some others: one of them was released.
    let doubted = rows.iter().filter_map(|row| row.doubt.person());
    let cases = query::cases(&reader, now).unwrap().into_iter().map(|row| row.person);
    let people: BTreeSet<PersonId> = doubted.chain(cases.take(3)).collect();
    asks.extend(people.into_iter().map(PaperAsk::Dossier));
    let released = office.people().into_iter().find(|person| {
        let found = query::release_sheet(&reader, *person, now).unwrap().unwrap();
        found.case.is_some_and(|case| case.released.is_some())
    });
    asks.extend(released.map(PaperAsk::Release));
    let mut out = Vec::new();
    for ask in asks {
        for paper in make.cut(&ask, &Logged::default()).unwrap().papers {
            let text = String::from_utf8(bytes(&paper, Format::Text).unwrap()).unwrap();
            let all = format!("{text}\n{}\n{:?}", paper.json, paper.sheets);
            out.push((paper.kind.code().to_owned(), all));
        }
    }
    let chasing = query::chasing(&reader, now).unwrap();
    let by = crate::domain::chase::answer_by(now, chasing.calendar);
    for about in chase::abouts(&chasing, &chase::Which::All) {
        let said = chase::group(&chasing, &chase::Ask { about, which: chase::Which::All, by });
        out.push(("to all".to_owned(), said.text.get(lang).to_owned()));
    }
    for unit in units {
        let matters = query::unit_matters(&reader, unit, now).unwrap().unwrap();
        out.push(("to one".to_owned(), chase::unit(&matters, by).text.get(lang).to_owned()));
    }
    let told = query::spoken(&reader, now, None).unwrap();
    out.push(("spoken".to_owned(), spoken::text(&told, lang)));
    out
}

/// A text without its blanks and breaks: a line that was broken is found all the same.
fn run(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn what_is_only_spoken_of_stands_on_no_paper_and_in_no_message() {
    let mut met: BTreeSet<(Check, bool)> = BTreeSet::new();
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for size in SIZES {
        let mut office = Office::new(size);
        office.say_zero();
        let rows = office.spoken_of();
        met.extend(rows.iter().map(|row| (row.doubt.check, row.doubt.person().is_some())));
        let today = query::settings(&office.reader()).unwrap().calendar.date(office.now);
        let mut never: Vec<String> = Vec::new();
        for row in &rows {
            let (kind, line) = (word(row.doubt.check), words::line(&row.doubt));
            let (question, values) = (words::question(&row.doubt, today), words::values(&row.doubt));
            // Of rows of a roster it is said as well that nothing in them is new.
            never.extend([kind.zh, kind.en].map(run).into_iter().filter(|word| word != "unchanged"));
            never.extend([line, question, values].iter().flat_map(|say| [run(&say.zh), run(&say.en)]));
        }
        // Nor is anything counted there of which nothing is said.
        let fed = query::feedback(&office.reader(), query::Span::Last(14), office.now).unwrap();
        for unit in &fed.units {
            let asked = unit.doubts.iter().any(|row| row.doubt.person().is_some());
            assert_eq!(unit.accurate.0.part < unit.accurate.0.whole, asked, "{}", unit.unit.name);
        }
        let mut look = |office: &Office, when: &str| {
            for lang in [Lang::Zh, Lang::En] {
                for (what, text) in everything(office, &rows, lang) {
                    let text = run(&text);
                    let found = never.iter().find(|words| text.contains(words.as_str()));
                    assert_eq!(found, None, "{when}, {what}: {lang:?}");
                    kinds.insert(what);
                }
            }
        };
        look(&office, "open");
        // Asked and promised, and asked and answered: both are in the log of the shift that is handed over.
        for (place, row) in rows.iter().enumerate() {
            let told_by = "联络员".to_owned();
            let how = if place % 2 == 0 {
                let due = office.now.plus(60 * MINUTE);
                Resolve::Defer { channel: Channel::Phone, told_by, due, words: String::new() }
            } else {
                Resolve::Confirm { told_by, words: "已逐人复测".to_owned() }
            };
            office.act(&Act::AnswerDoubt { doubt: row.doubt.id, how });
        }
        assert!(office.spoken_of().len() < rows.len());
        look(&office, "answered");
    }
    let all: BTreeSet<(Check, bool)> = Check::ALL
        .iter()
        .filter(|check| check.is_only_spoken_of())
        .map(|check| (*check, false))
        .chain([(Check::Unchanged, true)])
        .collect();
    assert_eq!(met, all, "there is some of each");
    let missing: Vec<&str> =
        PaperKind::ALL.iter().map(|kind| kind.code()).filter(|kind| !kinds.contains(*kind)).collect();
    assert_eq!(missing, [""; 0], "every kind of paper was looked at");
}
