//! An office made through acts, with invented people on campuses.

use chrono::NaiveDate;
use zhiban::clock::Ids;
use zhiban::domain::case::{CaseFacts, Category, Measure};
use zhiban::domain::ids::{CaseId, Mint, OfficerId, PersonId, UnitId};
use zhiban::domain::office::Settings;
use zhiban::domain::person::{PersonFacts, PersonKind};
use zhiban::domain::report::{FormRef, Reading, ReportKey, Round};
use zhiban::domain::sitrep::{Axis, Column, Group, Key, Sitrep};
use zhiban::domain::time::Ts;
use zhiban::domain::unit::UnitFacts;
use zhiban::error::Result;
use zhiban::log::RosterRow;
use zhiban::log::event::{Adopted, SheetImported};
use zhiban::store::act::{Act, Author, Committed, Import, Made};
use zhiban::store::query::rows::{SitrepAsk, SitrepView};
use zhiban::store::{NewOffice, Reader, Store, query};

/// A form that asks for what the reports are counted by.
const FORM: &str = "name = 'staff'\nversion = 9\nwhat = 'report'\n\
    [[column]]\nfield = 'no'\nheaders = ['工号']\ntype = 'no'\n\
    [[column]]\nfield = 'name'\nheaders = ['姓名']\ntype = 'name'\nrequired = true\n\
    [[column]]\nfield = 'on_campus'\nheaders = ['是否在校']\ntype = 'bool'\n\
    [[column]]\nfield = 'health_code'\nheaders = ['健康码']\n\
    [[column]]\nfield = 'in_hubei'\nheaders = ['是否在鄂']\ntype = 'bool'\n\
    [[column]]\nfield = 'temp_am'\nheaders = ['体温']\ntype = 'temp'\n";

pub fn at(text: &str) -> Ts {
    Ts::from_rfc3339(&format!("{text}:00+08:00")).unwrap()
}

pub struct Office {
    pub store: Store,
    pub ids: Ids,
    pub now: Ts,
    pub officer: OfficerId,
    pub units: Vec<UnitId>,
    pub people: Vec<PersonId>,
    sheets: u32,
    _folder: tempfile::TempDir,
}

/// What one person's row says.
#[derive(Clone, Copy, Default)]
pub struct Row {
    pub person: usize,
    pub hubei: bool,
    pub on_campus: bool,
    pub code: &'static str,
    pub temp: i16,
}

impl Office {
    /// An office with one unit on each campus, begun at `now`.
    pub fn new(now: Ts, campuses: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ids = Ids::seeded("sitrep");
        let form = FormRef { name: "rules".to_owned(), version: 1 };
        let content = zhiban::domain::rules::BUILTIN.to_owned();
        let new = NewOffice {
            settings: Settings::new("海岬理工大学"),
            officer: "甲".to_owned(),
            others: vec!["乙".to_owned()],
            rules: Adopted { form, content },
        };
        let store = Store::create(&folder.path().join("office.db"), &new, &mut ids, now).unwrap();
        let officers = query::officers(&store.reader().unwrap()).unwrap();
        let officer = officers.iter().find(|(_, name)| name == "甲").unwrap().0;
        let (units, people) = (Vec::new(), Vec::new());
        let mut office = Self { store, ids, now, officer, units, people, sheets: 0, _folder: folder };
        for (place, campus) in campuses.iter().enumerate() {
            let facts = UnitFacts { campus: Some((*campus).to_owned()), ..UnitFacts::default() };
            let (code, name) = (format!("U{place}"), format!("第{place}学院"));
            let Some(Made::Unit(unit)) = office.act(&Act::AddUnit { code, name, facts }).made else {
                panic!("no unit was made")
            };
            office.units.push(unit);
        }
        office
    }

    pub fn reader(&self) -> Reader {
        self.store.reader().unwrap()
    }

    pub fn try_at(&mut self, happened_at: Option<Ts>, act: &Act) -> Result<Committed> {
        let op_id = self.ids.id(self.now);
        let author = Author { officer: self.officer, now: self.now, happened_at, op_id };
        self.store.commit(&author, &mut self.ids, act)
    }

    pub fn act(&mut self, act: &Act) -> Committed {
        self.try_at(None, act).unwrap()
    }

    fn sheet(&mut self, what: &str) -> SheetImported {
        self.sheets += 1;
        SheetImported {
            what: what.to_owned(),
            file: "a.csv".to_owned(),
            digest: format!("d{}", self.sheets),
            form: FormRef { name: "staff".to_owned(), version: 9 },
            day: None,
            round: None,
            accepted: 0,
            unchanged: 0,
            rejected: 0,
            left_out: 0,
            inbox: false,
        }
    }

    fn import(&mut self, what: &str) -> Import {
        Import {
            sheet: self.sheet(what),
            form: Adopted {
                form: FormRef { name: "staff".to_owned(), version: 9 },
                content: FORM.to_owned(),
            },
            new_units: vec![],
            changed_units: vec![],
            roster: vec![],
            reports: vec![],
            readings: vec![],
            carried: std::collections::BTreeSet::new(),
            reason: String::new(),
        }
    }

    /// So many more people of one kind in a unit; tells the place of the first.
    pub fn add(&mut self, count: usize, unit: usize, kind: PersonKind) -> usize {
        let first = self.people.len();
        let mut import = self.import("roster");
        for place in first..first + count {
            let person = PersonId(self.ids.id(self.now));
            self.people.push(person);
            import.roster.push(RosterRow {
                person,
                no: format!("9{place:05}"),
                facts: PersonFacts {
                    name: Some(format!("甲{place}")),
                    unit: Some(self.units[unit]),
                    kind: Some(kind),
                    ..PersonFacts::default()
                },
            });
        }
        self.act(&Act::Import(Box::new(import)));
        first
    }

    pub fn open(&mut self, happened: Ts, person: usize, category: Category, measure: Measure) -> CaseId {
        let facts =
            CaseFacts { categories: Some(vec![category]), measure: Some(measure), ..CaseFacts::default() };
        let act = Act::OpenCase { person: self.people[person], facts };
        match self.try_at(Some(happened), &act).unwrap().made {
            Some(Made::Case(case)) => case,
            _ => panic!("no case was made"),
        }
    }

    pub fn release(&mut self, happened: Ts, case: CaseId) {
        self.try_at(Some(happened), &Act::ReleaseCase { case, reason: "期满".to_owned(), early: true })
            .unwrap();
    }

    /// The report of a unit for a day, received at `happened`.
    pub fn report(&mut self, happened: Ts, unit: usize, day: NaiveDate, rows: &[Row]) {
        let mut import = self.import("report");
        let key = ReportKey { unit: self.units[unit], day, round: Round::default() };
        import.sheet.day = Some(day);
        import.sheet.round = Some(Round::default());
        import.readings = rows.iter().map(|row| self.reading(&key, row)).collect();
        import.reports = vec![(key, rows.len() as u32)];
        "更正".clone_into(&mut import.reason);
        self.try_at(Some(happened), &Act::Import(Box::new(import))).unwrap();
    }

    fn reading(&self, key: &ReportKey, row: &Row) -> Reading {
        let on_campus = if row.on_campus { "1" } else { "0" };
        Reading {
            person: self.people[row.person],
            unit: key.unit,
            day: key.day,
            round: key.round.clone(),
            form: FormRef { name: "staff".to_owned(), version: 9 },
            temp_am: (row.temp > 0).then_some(row.temp),
            temp_pm: None,
            site: None,
            place: None,
            in_hubei: Some(row.hubei),
            left_city: None,
            status: None,
            rest: vec![on_campus.to_owned(), row.code.to_owned()],
        }
    }

    /// The report as it is asked for; of today, unless another day is named.
    pub fn view(&self, ask: &SitrepAsk) -> SitrepView {
        let today = query::settings(&self.reader()).unwrap().calendar.day(self.now);
        let ask = SitrepAsk { day: ask.day.or(Some(today)), ..*ask };
        query::sitrep(&self.reader(), self.now, &ask).unwrap()
    }

    pub fn sitrep(&self) -> Sitrep {
        self.view(&SitrepAsk::default()).report
    }
}

pub fn all(report: &Sitrep, column: Column) -> i64 {
    report.all(column)
}

pub fn of(report: &Sitrep, axis: Axis, row: &str, column: Column) -> i64 {
    report.value(&Key::row(axis, row, column))
}

pub fn split(report: &Sitrep, axis: Axis, row: &str, column: Column) -> (i64, i64, i64) {
    let value = |group: Group| report.value(&Key::row(axis, row, column).of(group));
    (of(report, axis, row, column), value(Group::Staff), value(Group::Students))
}
