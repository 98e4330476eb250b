//! The store as an office uses it: acts in, rows out; what is taken back, what is found damaged.

use super::act::{Act, Author, Close, Import, Made};
use super::check::{FaultKind, HeadFound, check};
use super::query::rows::{LogQuery, PeopleQuery};
use super::*;
use crate::clock::Ids;
use crate::domain::case::{CaseFacts, CaseState, Category, Measure};
use crate::domain::followup::{FollowUpDraft, Outcome};
use crate::domain::ids::{OfficerId, PersonId, Subject, UnitId};
use crate::domain::item::{DueState, ItemKind};
use crate::domain::person::PersonFacts;
use crate::domain::report::{FormRef, Reading, ReportKey, ReportStatus, Round};
use crate::domain::time::{HOUR, MINUTE};
use crate::domain::unit::UnitFacts;
use crate::log::RosterRow;
use crate::log::event::{Adopted, SheetImported};
use chrono::NaiveDate;

/// An office of two units and three people, in a temporary file, at 10:05 on a fixed day.
pub(super) struct Office {
    pub store: Store,
    pub ids: Ids,
    pub now: Ts,
    officer: OfficerId,
    pub units: Vec<UnitId>,
    pub people: Vec<PersonId>,
    pub folder: tempfile::TempDir,
}

pub(super) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 17).unwrap()
}

pub(super) fn adopted(name: &str) -> Adopted {
    Adopted { form: FormRef { name: name.to_owned(), version: 1 }, content: String::new() }
}

fn sheet(what: &str, digest: &str) -> SheetImported {
    SheetImported {
        what: what.to_owned(),
        file: "a.csv".to_owned(),
        digest: digest.to_owned(),
        form: FormRef { name: what.to_owned(), version: 1 },
        day: None,
        round: None,
        accepted: 0,
        unchanged: 0,
        rejected: 0,
        left_out: 0,
        inbox: false,
    }
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ids = Ids::seeded("store tests");
        let now = Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap();
        let new = NewOffice {
            settings: Settings::new("海岬理工大学"),
            officer: "甲".to_owned(),
            others: vec!["乙".to_owned()],
            rules: adopted("rules"),
        };
        let path = folder.path().join("office.db");
        let begin = now.plus(-2 * HOUR);
        let store = Store::create(&path, &new, &mut ids, begin).unwrap();
        let officers = query::officers(&store.reader().unwrap()).unwrap();
        let officer = officers.iter().find(|(_, name)| name == "甲").unwrap().0;
        let mut office = Self { store, ids, now, officer, units: vec![], people: vec![], folder };
        let roster = office.roster("d1");
        office.now = begin.plus(MINUTE);
        office.act(&Act::Import(Box::new(roster)));
        office.now = now;
        office
    }

    fn roster(&mut self, digest: &str) -> Import {
        let unit = |ids: &mut Ids, code: &str, name: &str| {
            (UnitId(ids.id(Ts(0))), code.to_owned(), name.to_owned(), UnitFacts::default())
        };
        let new_units =
            vec![unit(&mut self.ids, "U01", "土木工程学院"), unit(&mut self.ids, "U02", "机械学院")];
        self.units = new_units.iter().map(|u| u.0).collect();
        let roster: Vec<RosterRow> = ["张伟", "单晓", "欧阳娜"]
            .iter()
            .enumerate()
            .map(|(i, name)| RosterRow {
                person: PersonId(self.ids.id(Ts(0))),
                no: format!("100{i}"),
                facts: PersonFacts {
                    name: Some((*name).to_owned()),
                    unit: Some(self.units[i % 2]),
                    phone: Some(format!("1990000000{i}")),
                    ..PersonFacts::default()
                },
            })
            .collect();
        self.people = roster.iter().map(|row| row.person).collect();
        Import {
            sheet: sheet("roster", digest),
            form: adopted("roster"),
            new_units,
            changed_units: vec![],
            roster,
            reports: vec![],
            readings: vec![],
            carried: std::collections::BTreeSet::new(),
            reason: String::new(),
        }
    }

    pub fn report(&self, unit: usize, temps: &[(usize, i16)], digest: &str, reason: &str) -> Import {
        let key = self.key(unit);
        Import {
            sheet: SheetImported {
                day: Some(day()),
                round: Some(Round::default()),
                ..sheet("report", digest)
            },
            form: adopted("staff"),
            new_units: vec![],
            changed_units: vec![],
            roster: vec![],
            reports: vec![(key.clone(), temps.len() as u32)],
            readings: temps
                .iter()
                .map(|(person, temp)| Reading {
                    person: self.people[*person],
                    unit: key.unit,
                    day: key.day,
                    round: key.round.clone(),
                    form: FormRef { name: "staff".to_owned(), version: 1 },
                    temp_am: Some(*temp),
                    temp_pm: None,
                    site: None,
                    place: Some("山东省青岛市".to_owned()),
                    in_hubei: Some(false),
                    left_city: None,
                    status: None,
                    rest: vec!["a".to_owned(), String::new(), "b".to_owned()],
                })
                .collect(),
            carried: std::collections::BTreeSet::new(),
            reason: reason.to_owned(),
        }
    }

    /// A roster with somebody who was not there.
    pub fn newcomer(&mut self) -> Act {
        let row = RosterRow {
            person: PersonId(self.ids.id(Ts(0))),
            no: "1009".to_owned(),
            facts: PersonFacts { name: Some("钱进".to_owned()), ..PersonFacts::default() },
        };
        let roster = Import { new_units: vec![], roster: vec![row], ..self.report(0, &[], "d9", "") };
        Act::Import(Box::new(Import { sheet: sheet("roster", "d9"), reports: vec![], ..roster }))
    }

    pub fn key(&self, unit: usize) -> ReportKey {
        ReportKey { unit: self.units[unit], day: day(), round: Round::default() }
    }

    pub fn officer(&self) -> OfficerId {
        self.officer
    }

    pub fn author(&mut self) -> Author {
        Author { officer: self.officer, now: self.now, happened_at: None, op_id: self.ids.id(self.now) }
    }

    pub fn try_act(&mut self, act: &Act) -> Result<Committed> {
        let author = self.author();
        self.store.commit(&author, &mut self.ids, act)
    }

    pub fn act(&mut self, act: &Act) -> Committed {
        let done = self.try_act(act).unwrap();
        self.sound();
        done
    }

    pub fn reader(&self) -> Reader {
        self.store.reader().unwrap()
    }

    /// The chain verifies and every projection equals a rebuild.
    pub fn sound(&self) {
        let report = check(&self.reader(), None).unwrap();
        assert!(report.is_sound(), "{report:?}");
    }

    fn call(&self, unit: usize, outcome: Outcome) -> FollowUpDraft {
        FollowUpDraft { outcome, ..FollowUpDraft::not_reached(Some(Subject::Unit(self.units[unit]))) }
    }
}

#[test]
fn a_report_is_outstanding_until_it_comes_and_late_after_the_deadline() {
    let mut office = Office::new();
    let before = query::outstanding(&office.reader(), office.now).unwrap();
    assert_eq!(before.iter().map(|row| row.minutes_late).collect::<Vec<_>>(), [5, 5]);
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    let units = query::units(&office.reader(), office.now).unwrap();
    assert_eq!(units[0].status, ReportStatus::Late);
    assert_eq!(units[1].status, ReportStatus::Outstanding);
    let early = office.author();
    let early = Author { happened_at: Some(office.now.plus(-10 * MINUTE)), ..early };
    let act = Act::Receive { key: office.key(1), zero: true, reason: String::new() };
    office.store.commit(&early, &mut office.ids, &act).unwrap();
    let status = query::status(&office.reader(), office.now).unwrap();
    assert_eq!((status.expected, status.received, status.outstanding), (2, 2, 0));
    assert_eq!(query::units(&office.reader(), office.now).unwrap()[1].status, ReportStatus::Zero);
}

#[test]
fn a_second_report_is_a_correction_with_a_reason_and_the_first_stays() {
    let mut office = Office::new();
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 365), (2, 366)], "r1", ""))));
    let again = office.report(0, &[(0, 375), (2, 366)], "r2", "");
    let refused = office.try_act(&Act::Import(Box::new(again))).unwrap_err();
    assert_eq!(refused.kind(), Some(Kind::Refused));
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 375), (2, 366)], "r2", "学院更正"))));
    let dossier = query::dossier(&office.reader(), office.people[0], office.now).unwrap().unwrap();
    let temps: Vec<_> = dossier.readings.iter().map(|r| (r.temp_am, r.superseded)).collect();
    assert_eq!(temps, [(Some(375), false), (Some(365), true)]);
    let page = query::people(
        &office.reader(),
        &PeopleQuery { filter: "张".to_owned(), limit: 10, ..PeopleQuery::default() },
        office.now,
    )
    .unwrap();
    assert_eq!((page.total, page.rows[0].temp), (1, Some(375)));
    let same = office.try_act(&Act::Import(Box::new(office.report(0, &[(0, 375)], "r2", "x")))).unwrap_err();
    assert!(same.text(crate::say::Lang::En).contains("imported at 2020-02-17 10:05"));
}

#[test]
fn a_chase_promise_stays_open_until_its_report_comes_and_calls_to_a_late_unit_are_chases() {
    let mut office = Office::new();
    let promise = FollowUpDraft {
        promise_due: Some(office.now.plus(30 * MINUTE)),
        ..office.call(0, Outcome::Promised)
    };
    office.act(&Act::FollowUp(promise));
    office.now = office.now.plus(40 * MINUTE);
    office.act(&Act::FollowUp(office.call(0, Outcome::NotReached)));
    let row = &query::outstanding(&office.reader(), office.now).unwrap()[0];
    assert_eq!((row.chases, row.unanswered, row.promise.is_some()), (2, 1, true));
    let due = query::due(&office.reader(), office.now).unwrap();
    assert!(due[0].item.kind == ItemKind::Promise);
    assert_eq!(due[0].state, DueState::Missed);
    office.now = office.now.plus(MINUTE);
    office.act(&Act::FollowUp(office.call(0, Outcome::Informed)));
    assert_eq!(query::due(&office.reader(), office.now).unwrap().len(), 1, "nobody said that it was kept");
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    assert!(query::due(&office.reader(), office.now).unwrap().is_empty());
}

#[test]
fn what_is_missing_stays_in_sight_across_midnight_and_between_rounds() {
    let mut office = Office::new();
    office.act(&Act::Receive { key: office.key(0), zero: true, reason: String::new() });
    // At three in the morning the unit that never reported is still 17 hours late, and a call chases that report.
    office.now = Ts::from_rfc3339("2020-02-18T03:00:00+08:00").unwrap();
    let rows = query::outstanding(&office.reader(), office.now).unwrap();
    assert_eq!(rows.iter().map(|row| row.minutes_late).collect::<Vec<_>>(), [17 * 60, -7 * 60]);
    assert_eq!((rows[0].key.clone(), rows[0].missing), (office.key(1), 1));
    office.act(&Act::FollowUp(office.call(1, Outcome::NotReached)));
    assert_eq!(query::outstanding(&office.reader(), office.now).unwrap()[0].chases, 1);
    let owes = query::owed(&office.reader(), office.units[1], office.now).unwrap();
    assert_eq!((owes.all, owes.reports), (1, vec![(day(), Round::default())]));
}

#[test]
fn a_call_entered_late_does_not_settle_a_promise_made_after_it() {
    let mut office = Office::new();
    let promise = FollowUpDraft {
        promise_due: Some(office.now.plus(30 * MINUTE)),
        ..office.call(0, Outcome::Promised)
    };
    office.act(&Act::FollowUp(promise));
    office.now = office.now.plus(10 * MINUTE);
    let early = Author { happened_at: Some(office.now.plus(-20 * MINUTE)), ..office.author() };
    let act = Act::FollowUp(office.call(0, Outcome::Well));
    office.store.commit(&early, &mut office.ids, &act).unwrap();
    assert!(query::outstanding(&office.reader(), office.now).unwrap()[0].promise.is_some());
}

#[test]
fn a_redo_needs_what_it_speaks_of() {
    let mut office = Office::new();
    let added = office.act(&Act::AddPerson {
        no: "2001".to_owned(),
        facts: PersonFacts {
            name: Some("赵一".to_owned()),
            unit: Some(office.units[0]),
            ..PersonFacts::default()
        },
        told_by: "x".to_owned(),
    });
    let Some(Made::Person(person)) = added.made else { panic!("nobody was made") };
    office.act(&Act::FollowUp(FollowUpDraft::not_reached(Some(Subject::Person(person)))));
    let undone = office.act(&Act::Undo { op: None });
    office.act(&Act::Undo { op: None });
    let refused = office.try_act(&Act::Undo { op: Some(undone.op) }).unwrap_err();
    assert!(refused.text(crate::say::Lang::En).contains("bring that back first"), "{refused:?}");
    office.sound();
}

#[test]
fn undo_takes_back_and_undoing_the_undo_brings_back() {
    let mut office = Office::new();
    let call = office.act(&Act::FollowUp(FollowUpDraft {
        promise_due: Some(office.now.plus(MINUTE)),
        ..office.call(0, Outcome::Promised)
    }));
    let Some(Made::FollowUp(_, Some(promise))) = call.made else { panic!("no promise was made") };
    let close = Act::ClosePromise { promise, how: crate::domain::followup::PromiseEnd::Dropped };
    let closed = office.act(&close);
    let refused = office.try_act(&Act::Undo { op: Some(call.op) }).unwrap_err();
    assert!(refused.text(crate::say::Lang::En).contains(&format!("#{}", closed.op.seq)));
    office.act(&Act::Undo { op: None });
    assert_eq!(query::due(&office.reader(), office.now).unwrap().len(), 1);
    let undone = office.act(&Act::Undo { op: None });
    assert_eq!(undone.made, Some(Made::Undone(call.op)));
    assert!(query::due(&office.reader(), office.now).unwrap().is_empty());
    office.act(&Act::Undo { op: Some(undone.op) });
    assert_eq!(query::due(&office.reader(), office.now).unwrap().len(), 1);
}

#[test]
fn an_undone_report_is_outstanding_again_and_a_roster_with_reports_stays() {
    let mut office = Office::new();
    let roster =
        query::log(&office.reader(), &LogQuery { limit: 1, ..LogQuery::default() }).unwrap().rows[0].op;
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 365)], "r1", ""))));
    assert!(office.try_act(&Act::Undo { op: Some(roster) }).is_err());
    office.act(&Act::Undo { op: None });
    assert_eq!(query::outstanding(&office.reader(), office.now).unwrap().len(), 2);
    office.act(&Act::Undo { op: Some(roster) });
    assert_eq!(query::status(&office.reader(), office.now).unwrap().people, 0);
}

#[test]
fn one_open_case_a_person_and_only_a_person_releases() {
    let mut office = Office::new();
    let facts = CaseFacts {
        categories: Some(vec![Category::BackFromHubei]),
        measure: Some(Measure::Home),
        start: NaiveDate::from_ymd_opt(2020, 2, 1),
        days: Some(14),
        ..CaseFacts::default()
    };
    let open = Act::OpenCase { person: office.people[0], facts };
    let made = office.act(&open);
    assert_eq!(office.try_act(&open).unwrap_err().kind(), Some(Kind::Refused));
    let row = query::cases(&office.reader(), office.now).unwrap().remove(0);
    assert_eq!(row.state, CaseState::DueForRelease);
    let Some(Made::Case(case)) = made.made else { panic!("no case was made") };
    office.act(&Act::ReleaseCase { case, reason: "学院报告，体温正常".to_owned(), early: false });
    assert!(query::cases(&office.reader(), office.now).unwrap().is_empty());
    office.act(&open);
    // Taking the release back would leave two open cases: refused, and nothing changed.
    let release = query::log(&office.reader(), &LogQuery { limit: 9, ..LogQuery::default() })
        .unwrap()
        .rows
        .into_iter()
        .find(|row| row.kind == "case.released")
        .unwrap();
    assert!(office.try_act(&Act::Undo { op: Some(release.op) }).is_err());
    office.sound();
}

#[test]
fn the_same_op_id_writes_once() {
    let mut office = Office::new();
    let author = office.author();
    let act = Act::Note { subject: None, text: "停电".to_owned() };
    let first = office.store.commit(&author, &mut office.ids, &act).unwrap();
    let second = office.store.commit(&author, &mut office.ids, &act).unwrap();
    assert_eq!(first.op, second.op);
    let page = query::log(&office.reader(), &LogQuery { limit: 9, ..LogQuery::default() }).unwrap();
    assert_eq!(page.rows.iter().filter(|row| row.kind == "note.written").count(), 1);
}

#[test]
fn a_shift_is_handed_over_and_what_stands_before_is_only_corrected() {
    let mut office = Office::new();
    let note = office.act(&Act::Note { subject: None, text: "x".to_owned() });
    let shift = query::shift_range(&office.reader()).unwrap().unwrap();
    let to = query::officers(&office.reader()).unwrap().into_iter().find(|o| o.1 == "乙").unwrap().0;
    let close = Act::CloseShift(Box::new(Close::new(shift.id, to)));
    office.act(&close);
    assert_eq!(office.try_act(&close).unwrap_err().kind(), Some(Kind::Refused));
    assert!(office.try_act(&Act::Undo { op: Some(note.op) }).is_err());
    let next = query::shift_range(&office.reader()).unwrap().unwrap();
    assert_eq!((next.officer, next.first), (to, shift.last + 2));
}

/// Changes the file behind the program's back.
pub(super) fn tamper(office: &Office, sql: &str) {
    let conn = Connection::open(office.store.path()).unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(std::result::Result::unwrap)
        .collect();
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let changed = conn.execute(sql, []).unwrap();
    assert!(changed > 0, "nothing was changed by {sql}");
}

#[test]
fn every_change_of_the_log_is_found() {
    let attacks = [
        (
            "UPDATE log_body SET body = replace(body, '停电', '来电') WHERE body LIKE '%停电%'",
            FaultKind::Event,
        ),
        ("UPDATE log_body SET nonce = zeroblob(16) WHERE seq = 3 AND idx = 0", FaultKind::Event),
        ("UPDATE log_reading SET temp_am = 366 WHERE row = 0", FaultKind::Row),
        ("UPDATE log_reading SET rest = 'a' WHERE row = 0", FaultKind::Row),
        ("UPDATE log_roster_row SET phone = '0' WHERE row = 1", FaultKind::Row),
        ("DELETE FROM log_reading WHERE row = 1", FaultKind::Row),
        ("UPDATE log_op SET recorded_at = recorded_at + 1 WHERE seq = 3", FaultKind::Head),
        ("UPDATE log_op SET officer = zeroblob(16) WHERE seq = 2", FaultKind::Head),
        ("DELETE FROM log_op WHERE seq = 3", FaultKind::Order),
        ("DELETE FROM log_event WHERE seq = 4", FaultKind::Event),
        ("UPDATE log_body SET body = 'x' WHERE seq = 4", FaultKind::Event),
        ("UPDATE log_event SET kind = 'x' WHERE seq = 4", FaultKind::Event),
        ("UPDATE log_reading SET site = '?' WHERE row = 0", FaultKind::Row),
        ("UPDATE log_reading SET temp_am = 99999, form_version = -1 WHERE row = 0", FaultKind::Row),
        (
            "UPDATE log_op SET lamport = CASE seq WHEN 3 THEN 4 ELSE 3 END, seq = CASE seq WHEN 3 THEN 4 ELSE 3 END WHERE seq = 4",
            FaultKind::Order,
        ),
    ];
    for (sql, expected) in attacks {
        let mut office = Office::new();
        office.act(&Act::Import(Box::new(office.report(0, &[(0, 365), (2, 366)], "r1", ""))));
        office.act(&Act::Note { subject: None, text: "停电".to_owned() });
        office.act(&Act::Note { subject: None, text: "恢复".to_owned() });
        if sql.starts_with("UPDATE log_op SET lamport") {
            // Two ops change places: by way of a free number.
            tamper(&office, "UPDATE log_op SET seq = 99, lamport = 99 WHERE seq = 3");
            tamper(&office, "UPDATE log_op SET seq = 3, lamport = 3 WHERE seq = 4");
            tamper(&office, "UPDATE log_op SET seq = 4, lamport = 4 WHERE seq = 99");
        } else {
            tamper(&office, sql);
        }
        let report = check(&office.reader(), None).unwrap();
        assert!(report.faults.iter().any(|fault| fault.what == expected), "{sql}: {report:?}");
    }
}

#[test]
fn a_cut_off_tail_shows_against_a_printed_head() {
    let mut office = Office::new();
    office.act(&Act::Note { subject: None, text: "停电".to_owned() });
    let head = query::head(&office.reader()).unwrap();
    assert_eq!(check(&office.reader(), Some(&head)).unwrap().head, Some(HeadFound::Matches));
    for table in ["log_body", "log_event", "log_op"] {
        tamper(&office, &format!("DELETE FROM {table} WHERE seq = (SELECT max(seq) FROM {table})"));
    }
    office.store.rebuild().unwrap();
    let report = check(&office.reader(), Some(&head)).unwrap();
    assert_eq!((report.faults_total, report.head), (0, Some(HeadFound::Missing)));
}

#[test]
fn a_changed_projection_is_found_and_mended() {
    let mut office = Office::new();
    tamper(&office, "UPDATE cur_person SET name = 'x' WHERE no = '1000'");
    let report = check(&office.reader(), None).unwrap();
    assert_eq!(report.differing, [("cur_person".to_owned(), 2)]);
    office.store.mend().unwrap();
    office.sound();
}

#[test]
fn what_every_fold_asks_is_planned_once_whatever_it_is_asked_of() {
    let office = Office::new();
    let mut asked = office.store.conn.prepare(load::ABOUT).unwrap();
    for kind in 0..4 {
        asked.query((kind, uuid::Uuid::nil())).unwrap().next().unwrap();
    }
    assert_eq!(asked.get_status(rusqlite::StatementStatus::RePrepare), 0);
}

#[test]
fn the_log_only_grows() {
    let office = Office::new();
    for sql in [
        "DELETE FROM log_op",
        "UPDATE log_body SET body = ''",
        "DELETE FROM log_roster_row",
        "INSERT OR REPLACE INTO log_body (desk, seq, idx, nonce, body) VALUES (1, 1, 0, zeroblob(16), '')",
    ] {
        let error = office.store.conn.execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[test]
fn a_backup_is_restored_as_a_new_desk_and_goes_on() {
    let mut office = Office::new();
    office.act(&Act::Import(Box::new(office.report(0, &[(0, 365)], "r1", ""))));
    office.store.save_draft("followup", "{}", office.now).unwrap();
    let copy = office.folder.path().join("copy.db");
    let head = backup::backup(&office.reader(), &copy).unwrap();
    assert_eq!(head, query::head(&office.reader()).unwrap());
    assert_eq!(backup::backup(&office.reader(), &copy).unwrap_err().kind(), Some(Kind::File));
    let path = office.folder.path().join("restored.db");
    let (mut store, _) = backup::restore(&copy, &path, &mut office.ids, office.now).unwrap();
    let reader = store.reader().unwrap();
    assert_ne!(query::desk(&reader).unwrap(), query::desk(&office.reader()).unwrap());
    assert!(local::drafts(&reader).unwrap().is_empty());
    let author = office.author();
    let note = Act::Note { subject: None, text: "x".to_owned() };
    let done = store.commit(&author, &mut office.ids, &note).unwrap();
    let report = check(&reader, Some(&head)).unwrap();
    assert!(report.is_sound(), "{report:?}");
    // The shift that was open goes on: its new entries can be taken back, and are in its range.
    let shift = query::shift_range(&reader).unwrap().unwrap();
    assert!((shift.first..=shift.last).contains(&done.op.seq), "{shift:?}");
    let undo = Author { op_id: office.ids.id(office.now), ..author };
    let undone = store.commit(&undo, &mut office.ids, &Act::Undo { op: None }).unwrap();
    assert_eq!(undone.made, Some(Made::Undone(done.op)));
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let office = Office::new();
    let conn = Connection::open(office.store.path()).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    let error = Store::open(office.store.path()).err().unwrap();
    assert_eq!(error.kind(), Some(Kind::Database));
    assert!(error.text(crate::say::Lang::En).contains("newer program"));
}

#[test]
fn another_connections_commit_is_noticed() {
    let mut office = Office::new();
    let reader = office.reader();
    assert!(!reader.changed().unwrap());
    assert!(!reader.changed().unwrap());
    office.act(&Act::Note { subject: None, text: "x".to_owned() });
    assert!(reader.changed().unwrap());
}

#[test]
fn a_full_disk_says_so_and_nothing_is_half_done() {
    let mut office = Office::new();
    let pages: i64 = office.store.conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let _: i64 = office
        .store
        .conn
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))
        .unwrap();
    let long = Act::Note { subject: None, text: "停电".repeat(50_000) };
    let error = office.try_act(&long).unwrap_err();
    assert_eq!(error.kind(), Some(Kind::NotSaved));
    assert!(error.text(crate::say::Lang::Zh).contains("磁盘已满"));
    office.sound();
    let _: i64 = office.store.conn.query_row("PRAGMA max_page_count = 100000", [], |row| row.get(0)).unwrap();
    office.act(&long);
}

#[test]
fn a_locked_or_read_only_database_is_never_called_saved() {
    let mut office = Office::new();
    let other = Connection::open(office.store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    office.store.conn.busy_timeout(Duration::ZERO).unwrap();
    let note = Act::Note { subject: None, text: "x".to_owned() };
    let locked = office.try_act(&note).unwrap_err();
    assert_eq!(
        locked.text(crate::say::Lang::En),
        "Another program holds the database: nothing was saved. Wait a moment and try again"
    );
    // Where nothing was to be saved, nothing is said of it.
    let asked: Error = rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
        Some("database or disk is full".to_owned()),
    )
    .into();
    assert_eq!(asked.text(crate::say::Lang::Zh), "磁盘已满。请腾出磁盘空间后再试");
    other.execute_batch("ROLLBACK").unwrap();
    office.store.conn.pragma_update(None, "query_only", true).unwrap();
    let read_only = office.try_act(&note).unwrap_err();
    assert_eq!(read_only.kind(), Some(Kind::NotSaved));
    assert!(read_only.text(crate::say::Lang::Zh).contains("未保存"), "{read_only:?}");
    office.store.conn.pragma_update(None, "query_only", false).unwrap();
    office.act(&note);
}

#[test]
fn the_settings_of_a_safe_database_are_in_force() {
    let office = Office::new();
    for (name, want) in
        [("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1), ("trusted_schema", 0)]
    {
        let got: i64 = office.store.conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap();
        assert_eq!(got, want, "{name}");
    }
    let mode: String = office.store.conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(office.store.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
