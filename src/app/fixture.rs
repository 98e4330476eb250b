//! A made-up office for the tests of the screen: Monday 2020-02-17, 10:05 in Qingdao.

use super::{Effect, Query, State, update};
use crate::app::shown::msg::{Data, Msg};
use crate::app::shown::rows::DueLine;
use crate::app::shown::shades::Shades;
use crate::domain::case::{CaseFacts, CaseState, Category, Measure, Observation};
use crate::domain::erase::ErasePreview;
use crate::domain::followup::Caller;
use crate::domain::followup::{Channel, Outcome};
use crate::domain::ids::{
    CaseId, DeskId, FollowUpId, NoteId, OfficerId, OpRef, PersonId, PromiseId, ShiftId, Subject, UnitId,
};
use crate::domain::item::{DueRow, DueState, Item, ItemKind};
use crate::domain::mask::Private;
use crate::domain::office::Settings;
use crate::domain::officer;
use crate::domain::person::PersonKind;
use crate::domain::phone::Whose;
use crate::domain::report::{FormRef, ReportForm, ReportKey, ReportStatus, Round, Site};
use crate::domain::time::{Calendar, MINUTE, Ts, add_days};
use crate::domain::unit::{Unit, UnitFacts};
use crate::log::event::{Event, FollowUpLogged, NoteWritten, ReportReceived};
use crate::paper::summary::{Counts, DayCounts, Happened, Summary, UnitCalled};
use crate::say::{Lang, Say};
use crate::store::query::rows::*;
use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use uuid::Uuid;

mod beside;
mod chase;
mod doubts;
mod figures;
mod found;
mod ledgers;
mod received;
pub use beside::*;
pub use chase::*;
pub use doubts::*;
pub use figures::*;
pub use found::*;
pub use ledgers::*;

pub fn id(kind: u8, n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (u128::from(kind) << 32) | n as u128)
}

pub fn now() -> Ts {
    Ts::from_rfc3339("2020-02-17T10:05:00+08:00").unwrap()
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 17).unwrap()
}

pub fn unit_id(n: usize) -> UnitId {
    UnitId(id(3, n))
}

pub fn person_id(n: usize) -> PersonId {
    PersonId(id(2, n))
}

pub fn case_id(n: usize) -> CaseId {
    CaseId(id(4, n))
}

pub fn op(seq: i64) -> OpRef {
    OpRef { desk: DeskId(id(9, 1)), seq }
}

pub fn me() -> OfficerId {
    OfficerId(id(1, 1))
}

const UNITS: &[(&str, &str, &str, &str)] = &[
    ("计算机科学与技术学院", "计算机", "张晓明", "0532-8890-1101"),
    ("海洋与大气学院", "海洋", "李海燕", "0532-8890-1102"),
    ("土木工程学院", "土木", "王建国", "0532-8890-1103"),
    ("外国语学院", "外语", "刘芳", "0532-8890-1104"),
    ("后勤处", "后勤", "赵铁柱", "0532-8890-1105"),
    ("图书馆", "图书馆", "孙书琴", "0532-8890-1106"),
    ("国际教育学院", "国教", "Anna Müller", "0532-8890-1107"),
    ("离退休工作处", "离退休", "欧阳静", "0532-8890-1108"),
];

pub fn units() -> Vec<UnitRow> {
    let status = [
        ReportStatus::Received,
        ReportStatus::Outstanding,
        ReportStatus::Late,
        ReportStatus::Zero,
        ReportStatus::Outstanding,
        ReportStatus::Received,
        ReportStatus::Outstanding,
        ReportStatus::NotExpected,
    ];
    UNITS
        .iter()
        .enumerate()
        .map(|(i, (name, short, liaison, phone))| UnitRow {
            id: unit_id(i),
            code: format!("U{:03}", i + 1),
            name: (*name).to_owned(),
            short: (*short).to_owned(),
            parent: "海岬理工大学".to_owned(),
            depth: u16::from(i > 0 && i < 3),
            liaison: (*liaison).to_owned(),
            phone: (*phone).to_owned(),
            people: 40 + 17 * i as u32,
            status: status[i],
            received_at: matches!(
                status[i],
                ReportStatus::Received | ReportStatus::Late | ReportStatus::Zero
            )
            .then(|| now().plus(-(30 - 10 * i as i64) * MINUTE)),
            rows: (status[i] == ReportStatus::Received).then_some(40 + 17 * i as u32 - u32::from(i == 4)),
            current: status[i],
            running: None,
            cases: (i % 3) as u32,
            // The fortnight before that was in time but for some days of one unit.
            strip: (0..16)
                .map(|day| {
                    Some(if i == 2 && day % 5 == 0 { ReportStatus::Late } else { ReportStatus::Received })
                })
                .chain(strip(i, 0))
                .collect(),
            keys: format!("unit{i}"),
        })
        .collect()
}

fn trends() -> Trends {
    let rising = |to: u32| (0..14).map(|day| to * (day + 3) / 16).collect();
    Trends {
        first: add_days(today(), -13),
        open: rising(60),
        opened: rising(8),
        fevers: rising(5),
        begun: true,
    }
}

/// A fortnight of a unit that sent its reports in time but for some days before today.
fn strip(n: usize, late: u32) -> Vec<Option<ReportStatus>> {
    let of = |day: usize| match day {
        0 if n == 6 => None,
        13 => Some(ReportStatus::Outstanding),
        day if day + late as usize >= 13 => Some(ReportStatus::Late),
        _ => Some(ReportStatus::Received),
    };
    (0..14).map(of).collect()
}

pub fn outstanding() -> Vec<OutstandingRow> {
    [(1, 2, 2, None, 3), (4, 1, 0, Some(25), 0), (6, 0, 0, Some(-10), 1)]
        .into_iter()
        .map(|(i, chases, unanswered, promise, streak)| {
            let (name, _, liaison, phone) = UNITS[i];
            OutstandingRow {
                id: unit_id(i),
                code: format!("U{:03}", i + 1),
                name: name.to_owned(),
                liaison: liaison.to_owned(),
                phone: phone.to_owned(),
                head: "周院长".to_owned(),
                head_phone: "0532-8890-2000".to_owned(),
                // The last one owes yesterday's too.
                key: ReportKey {
                    unit: unit_id(i),
                    day: add_days(today(), if i == 6 { -1 } else { 0 }),
                    round: Round::default(),
                },
                missing: if i == 6 { 2 } else { 1 },
                deadline: now().plus(-5 * MINUTE),
                minutes_late: 5,
                chases,
                unanswered,
                promise: promise.map(|m: i64| now().plus(m * MINUTE)),
                streak,
                strip: strip(i, streak),
                keys: format!("unit{i}"),
                heard: UnitHeard {
                    promises: if i == 6 { 2 } else { 0 },
                    calls: chases,
                    last: (chases > 0)
                        .then(|| (now().plus(-20 * MINUTE), Outcome::Promised, "十点半前报".to_owned())),
                },
            }
        })
        .collect()
}

fn observation(day: i32) -> Observation {
    Observation { day, total: 14, last_day: add_days(today(), i64::from(14 - day)) }
}

pub fn cases() -> Vec<CaseRow> {
    use {CaseState as S, Category as C, Measure as M};
    let row = |n: usize, name: &str, unit: usize, why: Vec<Category>, measure, day, state| CaseRow {
        id: case_id(n),
        person: person_id(n),
        no: format!("2008{n:04}"),
        name: name.to_owned(),
        unit: UNITS[unit].0.to_owned(),
        categories: why,
        measure,
        observation: day,
        state,
        opened_at: now().plus(-600 * MINUTE),
        last_contact: n.is_multiple_of(2).then(|| now().plus(-90 * MINUTE)),
        keys: format!("p{n}"),
        lately: Lately {
            temps: [vec![362, 364, 365, 366], vec![365, 368, 374, 379], Vec::new(), vec![367]][n % 4].clone(),
            fever: n == 1,
            unwell: false,
        },
    };
    vec![
        row(0, "欧阳若兰", 0, vec![C::BackFromHubei], M::Home, Some(observation(9)), S::Observing),
        row(1, "王伟", 4, vec![C::Fever, C::Contact], M::Central, Some(observation(3)), S::Observing),
        row(2, "麦麦提·艾力", 6, vec![C::HomeObservation], M::Home, Some(observation(15)), S::DueForRelease),
        row(3, "刘堃", 2, vec![C::Psychological], M::None, None, S::Following),
    ]
}

/// What stands against releasing these: whoever's days are not over.
fn releases(wanted: &[CaseId]) -> Vec<ReleaseRow> {
    let row = |case: &CaseRow| {
        let zero = case.observation.map(|on| add_days(on.last_day, -i64::from(on.total)));
        let facts = CaseFacts {
            categories: Some(case.categories.clone()),
            measure: Some(case.measure),
            start: zero,
            days: case.observation.map(|on| on.total),
            ..CaseFacts::default()
        };
        ReleaseRow {
            case: case.id,
            person: case.person,
            no: case.no.clone(),
            name: case.name.clone(),
            unit: case.unit.clone(),
            observation: case.observation,
            state: case.state,
            against: facts.against(today(), false, false),
            facts,
            fever: None,
            doubts: Vec::new(),
        }
    };
    cases().iter().filter(|case| wanted.contains(&case.id)).map(row).collect()
}

pub fn due() -> Vec<DueRow> {
    let row = |item: Item, subject, name: &str, unit: &str, minutes: i64, state, words: &str| DueRow {
        item,
        subject,
        name: name.to_owned(),
        called: None,
        unit: unit.to_owned(),
        at: now().plus(minutes * MINUTE),
        state,
        missed: 0,
        words: words.to_owned(),
        caller: (item.kind == ItemKind::Again && subject.is_none())
            .then(|| Caller { call: FollowUpId(item.id), number: Private::new("19900008888") }),
    };
    let person = |n| Some(Subject::Person(person_id(n)));
    vec![
        row(
            Item::slot(case_id(1), now().plus(-65 * MINUTE)),
            person(1),
            "王伟",
            UNITS[4].0,
            -65,
            DueState::Open,
            "3/14",
        ),
        row(
            Item::new(ItemKind::Promise, id(6, 1)),
            Some(Subject::Unit(unit_id(6))),
            UNITS[6].0,
            "",
            -10,
            DueState::Missed,
            "十点前补报",
        ),
        row(
            Item::new(ItemKind::Promise, id(6, 2)),
            Some(Subject::Unit(unit_id(4))),
            UNITS[4].0,
            "",
            25,
            DueState::Coming,
            "十点半前报",
        ),
        row(Item::new(ItemKind::Again, id(5, 3)), None, "", "", 55, DueState::Coming, "家长来电，未留姓名"),
    ]
}

pub fn person(n: usize) -> PersonRow {
    const NAMES: &[&str] =
        &["欧阳若兰", "王伟", "麦麦提·艾力", "刘堃", "张喆", "Anna Müller", "李娜", "陈晨"];
    PersonRow {
        id: person_id(n),
        no: format!("2008{n:04}"),
        name: NAMES[n % NAMES.len()].to_owned(),
        unit: UNITS[n % UNITS.len()].0.to_owned(),
        phone: Private::new(format!("1990000{n:04}")),
        kind: Some(if n.is_multiple_of(5) { PersonKind::External } else { PersonKind::Staff }),
        has_case: n < 4,
        site: None,
        temp: (n % 3 != 2).then_some(if n == 1 { 378 } else { 362 + (n % 6) as i16 }),
    }
}

pub fn people(query: &PeopleQuery) -> PeoplePage {
    let total = 4028;
    let end = (query.offset + query.limit).min(total);
    let rows = (query.offset..end).map(|n| person(n as usize)).collect();
    PeoplePage { total, offset: query.offset, rows }
}

pub fn call(n: usize, minutes: i64, outcome: Outcome, words: &str) -> CallRow {
    CallRow {
        id: FollowUpId(id(5, n)),
        op: op(100 + n as i64),
        at: now().plus(minutes * MINUTE),
        officer: "林静".to_owned(),
        subject: Some(Subject::Person(person_id(1))),
        name: "王伟".to_owned(),
        channel: Channel::Phone,
        answered_by: "本人".to_owned(),
        outcome,
        words: words.to_owned(),
        number: Private::default(),
        promise: (n == 0).then(|| PromiseRow {
            id: PromiseId(id(6, 9)),
            due: now().plus(115 * MINUTE),
            end: None,
        }),
        next_contact: None,
        chase: false,
        temp: None,
        site: None,
    }
}

pub fn callers() -> Vec<CallerRow> {
    let call = call(3, -3, Outcome::Informed, "家长来电，未留姓名");
    let call = CallRow {
        subject: None,
        name: String::new(),
        answered_by: String::new(),
        channel: Channel::Incoming,
        number: Private::new("19900008888"),
        next_contact: Some(now().plus(55 * MINUTE)),
        ..call
    };
    vec![CallerRow { call, called_back: 0, last_back: None }]
}

pub fn dial(subject: Option<Subject>, call: Option<FollowUpId>) -> Dial {
    let number = |role, who: &str, number: &str| CallNumber {
        role,
        who: who.to_owned(),
        number: Private::new(number),
        call: call.filter(|_| role == Whose::Caller),
    };
    match subject {
        Some(Subject::Person(_)) => {
            let d = dossier();
            Dial {
                numbers: vec![
                    number(Whose::Own, "", d.phone.for_matching()),
                    number(Whose::Family, "", d.family_phone.for_matching()),
                    number(Whose::Contact, "赵铁柱", ""),
                ],
                unit: UNITS[4].0.to_owned(),
                promises: vec![(d.promises[0].clone(), "三点前回电".to_owned())],
                has_case: subject == Some(Subject::Person(person_id(1))),
                missed: Some((now().plus(-90 * MINUTE), 1)),
                open: Some(now().plus(-65 * MINUTE)),
                case: dossier().cases.first().map(|case| (Measure::Central, case.observation)),
                last: d.calls.first().cloned(),
                ..Dial::default()
            }
        }
        Some(Subject::Unit(unit)) => {
            let n = (0..UNITS.len()).find(|n| unit_id(*n) == unit).unwrap();
            let (_, _, liaison, phone) = UNITS[n];
            let numbers =
                vec![number(Whose::Liaison, liaison, phone), number(Whose::Head, "周院长", "0532-8890-2000")];
            let owed = vec![Debt { day: today(), round: Round::default(), due: now().plus(-65 * MINUTE) }];
            Dial { numbers, owed, ..Dial::default() }
        }
        Some(Subject::Contact(_)) => Dial::default(),
        None => Dial { numbers: vec![number(Whose::Caller, "", "19900008888")], ..Dial::default() },
    }
}

fn rest() -> Vec<(String, String)> {
    let values = [
        ("phone", "199****0001"),
        ("on_campus", "0"),
        ("left_on", "2020-01-18"),
        ("destination", "湖北黄冈"),
        ("returned_on", "2020-02-14"),
        ("transport", "火车"),
        ("trip_no", "G286"),
        ("seat", "5车12F"),
        ("via_hubei", "1"),
        ("met_case", "1"),
        ("met_case_on", "2020-02-14"),
        ("community_case", "0"),
        ("symptoms", "咳嗽两天，夜里重，没有痰；早晨起来发热，自己量了三次都在 37.6 以上"),
        ("saw_doctor", "0"),
        ("observed_from", "2020-02-14"),
        ("observed_how", "central"),
        ("household", "妻子，女儿；均无症状"),
        ("contact", "赵铁柱"),
    ];
    values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

pub fn dossier() -> Dossier {
    let facts = CaseFacts {
        categories: Some(vec![Category::Fever, Category::Contact]),
        measure: Some(Measure::Central),
        place: Some("黄岛集中隔离点 305".to_owned()),
        start: Some(add_days(today(), -3)),
        last_exposure: Some(add_days(today(), -3)),
        days: Some(14),
        contact: Some("赵铁柱".to_owned()),
        note: None,
    };
    let reading = |ago: i64, am: i16, pm: Option<i16>| ReadingRow {
        unit: unit_id(4),
        op: op(1),
        day: add_days(today(), -ago),
        round: Round::default(),
        temp_am: Some(am),
        temp_pm: pm,
        site: Some(Site::Axillary),
        place: "山东省青岛市黄岛区".to_owned(),
        in_hubei: Some(false),
        left_city: Some(ago == 2),
        status: "isolated".to_owned(),
        form: FormRef { name: "staff".to_owned(), version: 3 },
        rest: rest(),
        fields: std::sync::Arc::default(),
        superseded: false,
    };
    Dossier {
        id: person_id(1),
        no: "20080001".to_owned(),
        name: "王伟".to_owned(),
        unit: Some((unit_id(4), UNITS[4].0.to_owned())),
        sex: "男".to_owned(),
        kind: Some(PersonKind::Staff),
        campus: "黄岛校区".to_owned(),
        phone: Private::new("19900000001"),
        id_number: Private::new("990000197001010001"),
        origin: "湖北黄冈".to_owned(),
        address: "教工公寓 3 号楼 2 单元 501".to_owned(),
        contact: "赵铁柱".to_owned(),
        family_phone: Private::new("19900009999"),
        readings: vec![reading(0, 378, None), reading(1, 371, Some(374)), reading(2, 364, Some(366))],
        findings: Vec::new(),
        doubts: Vec::new(),
        doubts_ended: Vec::new(),
        corrections: Vec::new(),
        entries: absences(),
        looks: 3,
        cases: vec![CaseDetail {
            id: case_id(1),
            facts,
            observation: Some(observation(3)),
            state: CaseState::Observing,
            opened_at: now().plus(-3 * 24 * 60 * MINUTE),
            released: None,
            despite: Vec::new(),
            missed: Vec::new(),
        }],
        calls: vec![
            call(0, -40, Outcome::NotWell, "早晨 37.8℃，咳嗽两天；\n已安排下午到校医院复查，三点前回电"),
            CallRow {
                number: Private::new("19900007777"),
                next_contact: Some(now().plus(-60 * MINUTE)),
                ..call(1, -900, Outcome::NotReached, "")
            },
        ],
        promises: vec![PromiseRow { id: PromiseId(id(6, 9)), due: now().plus(115 * MINUTE), end: None }],
        legs: vec![LegRow {
            left: "2020-01-18".to_owned(),
            destination: "湖北黄冈".to_owned(),
            returned: "2020-02-14".to_owned(),
            transport: "火车".to_owned(),
            number: "G286".to_owned(),
            seat: "5车12F".to_owned(),
            via_hubei: "1".to_owned(),
        }],
        notes: vec![NoteRow {
            at: now().plus(-200 * MINUTE),
            officer: "林静".to_owned(),
            text: "家属已知情".to_owned(),
        }],
    }
}

pub fn unit_sheet(n: usize) -> UnitSheet {
    let (name, short, liaison, phone) = UNITS[n];
    UnitSheet {
        entries: entries_of(n),
        doubts: Vec::new(),
        accuracy: crate::domain::doubt::Accuracy::default(),
        fared: crate::domain::feedback::Fared::of(&[], today(), today()),
        unit: Unit {
            id: unit_id(n),
            code: format!("U{:03}", n + 1),
            name: name.to_owned(),
            facts: UnitFacts {
                short: Some(short.to_owned()),
                campus: Some("黄岛校区".to_owned()),
                head: Some("周院长".to_owned()),
                head_phone: Some("0532-8890-2000".to_owned()),
                liaison: Some(liaison.to_owned()),
                liaison_phone: Some(phone.to_owned()),
                ..UnitFacts::default()
            },
        },
        parent: "海岬理工大学".to_owned(),
        officer: "周航".to_owned(),
        status: ReportStatus::Outstanding,
        current: ReportStatus::Outstanding,
        owed: vec![(add_days(today(), -1), Round::default()), (today(), Round::default())],
        people: 108,
        cases: 1,
        reports: vec![ReportRow {
            day: add_days(today(), -1),
            round: Round::default(),
            status: ReportStatus::Late,
            received_at: Some(now().plus(-23 * 60 * MINUTE)),
            form: Some(ReportForm::Rows),
            rows: 108,
            corrections: 1,
        }],
        calls: vec![CallRow { chase: true, ..call(7, -20, Outcome::Promised, "十点半前报") }],
        promises: vec![PromiseRow { id: PromiseId(id(6, 2)), due: now().plus(25 * MINUTE), end: None }],
        notes: Vec::new(),
    }
}

fn followup_event(subject: Option<Subject>) -> Event {
    Event::FollowUpLogged(FollowUpLogged {
        followup: FollowUpId(id(5, 40)),
        subject,
        channel: Channel::Incoming,
        answered_by: String::new(),
        outcome: Outcome::Informed,
        words: "家长来电，未留姓名".to_owned(),
        number: "19900008888".to_owned(),
        promise: None,
        next_contact: None,
        chased: None,
        temp: None,
        site: None,
    })
}

pub fn log() -> LogPage {
    let row = |seq: i64, minutes: i64, subject, name: &str, event: Event, undone| LogRow {
        corrects: String::new(),
        op: op(seq),
        recorded_at: now().plus(minutes * MINUTE),
        happened_at: now().plus(minutes * MINUTE),
        officer: "林静".to_owned(),
        kind: crate::log::wire::name(&event).0.to_owned(),
        events: 1,
        rows: 0,
        reports: 0,
        subject,
        name: name.to_owned(),
        entry: Say::default(),
        of: None,
        event,
        due: None,
        approver: String::new(),
        parts: Vec::new(),
        undone,
        this_shift: true,
        jump: None,
    };
    let unit = Some(Subject::Unit(unit_id(3)));
    let received = Event::ReportReceived(ReportReceived {
        key: ReportKey { unit: unit_id(3), day: today(), round: Round::default() },
        form: ReportForm::Zero,
        rows: 0,
        reason: String::new(),
    });
    let note = Event::NoteWritten(NoteWritten {
        note: NoteId(id(7, 1)),
        subject: None,
        text: "指挥部通知：下午三点视频会".to_owned(),
    });
    let rows = vec![
        row(412, -3, None, "", followup_event(None), false),
        row(411, -12, unit, UNITS[3].0, received, false),
        row(410, -30, None, "", note, true),
    ];
    LogPage { total: 3, offset: 0, rows }
}

pub fn summary() -> Summary {
    Summary {
        office: "海岬理工大学防控办".to_owned(),
        rehearsal: true,
        calendar: Calendar::default(),
        shift: ShiftId(id(8, 1)),
        officer: me(),
        officer_name: "林静".to_owned(),
        started_at: now().plus(-125 * MINUTE),
        cut_at: now(),
        seq: (380, 412),
        frontier: crate::log::chain::Frontier::default(),
        checked: None,
        head: "412-ABCD-EFGH-JKMN-PQRS".to_owned(),
        day: today(),
        round: Round::default(),
        counts: Counts {
            expected: 7,
            received: 4,
            followups: 9,
            not_reached: 3,
            reports: 4,
            cases_opened: 1,
            cases_released: 0,
            cases: 4,
            due_release: 1,
            promises: 2,
            notes: 1,
            ops: 33,
        },
        outstanding: outstanding(),
        due: due(),
        changed_cases: vec![cases()[1].clone()],
        findings: Vec::new(),
        due_release: vec![cases()[2].clone()],
        units_called: vec![UnitCalled {
            name: UNITS[4].0.to_owned(),
            calls: 1,
            unit: unit_id(4),
            last: FollowUpId(id(5, 1)),
            outcome: Some(Outcome::Promised),
            words: "十点半前报".to_owned(),
        }],
        days: vec![DayCounts { day: today(), expected: 7, received: 4, missing: 3, awaited: 0 }],
        running: None,
        before: None,
        before_day: None,
        drill_due: None,
        questions: Vec::new(),
        handed: None,
        additions: Vec::new(),
        happened: vec![Happened {
            seq: 412,
            at: now().plus(-3 * MINUTE),
            name: String::new(),
            event: followup_event(None),
            due: None,
            approver: String::new(),
            of: None,
            jump: None,
            undone: false,
        }],
    }
}

/// What the units owe of whom [`outstanding`] speaks.
fn owed() -> Vec<UnitOwes> {
    let of = |n: usize, days: &[i64]| UnitOwes {
        unit: unit_id(n),
        all: days.len() as u32,
        reports: days.iter().map(|back| (add_days(today(), -back), Round::default())).collect(),
    };
    vec![of(1, &[0]), of(4, &[0]), of(6, &[1, 0])]
}

pub fn status() -> Status {
    Status {
        office: "海岬理工大学防控办".to_owned(),
        rehearsal: true,
        shift: Some(ShiftHead {
            id: ShiftId(id(8, 1)),
            officer: me(),
            name: "林静".to_owned(),
            started_at: now().plus(-125 * MINUTE),
        }),
        now: now(),
        officers: vec![(me(), "林静".to_owned()), (OfficerId(id(1, 2)), "周航".to_owned())],
        has_roles: true,
        roles: vec![(me(), officer::Role::Lead), (OfficerId(id(1, 2)), officer::Role::Duty)],
        pins: Vec::new(),
        pins_taken: Vec::new(),
        day: today(),
        round: Round::default(),
        deadline: now().plus(-5 * MINUTE),
        force: Some(DayFigures {
            day: today(),
            deadline: now().plus(-5 * MINUTE),
            expected: 7,
            received: 4,
            missing: 3,
            ..DayFigures::default()
        }),
        running: None,
        expected: 7,
        received: 4,
        outstanding: 3,
        owed: owed(),
        cases: 4,
        due_release: 1,
        promises: 2,
        promises_overdue: 1,
        slots_open: 1,
        slots_missed: 2,
        findings: 0,
        doubts: 0,
        unattached: 1,
        clock_jumps: 0,
        unknown_events: 0,
        drill_due: None,
        people: 4028,
        units: 8,
    }
}

/// The made-up office's answer to a query.
pub fn answer(query: &Query) -> Data {
    match query {
        Query::Status => Data::Status(Box::new(status())),
        Query::Units => Data::Units(units()),
        Query::Outstanding => Data::Outstanding(outstanding()),
        Query::Cases => Data::Cases(cases()),
        Query::Doubts => Data::Doubts(doubts(), accuracy()),
        Query::Chase => Data::Chase(Box::new(chasing())),
        Query::ChaseUnit(unit) => Data::ChaseUnit(matters(*unit).map(Box::new)),
        Query::Trends => Data::Trends(trends()),
        Query::Due => Data::Due(due().into_iter().map(DueLine::Due).collect()),
        Query::People(query) => Data::People(people(query)),
        Query::Dossier(_) => Data::Dossier(Some(Box::new(dossier()))),
        Query::UnitSheet(unit) => {
            let n = (0..UNITS.len()).find(|n| unit_id(*n) == *unit).unwrap();
            Data::UnitSheet(Some(Box::new(unit_sheet(n))))
        }
        Query::Received(ask) => Data::Received(Box::new(received::received(ask))),
        Query::Contacts => Data::Contacts(contacts()),
        Query::Contact(id) => {
            Data::Contact(contacts().into_iter().find(|row| row.contact.id == *id).map(contact_sheet))
        }
        Query::Log(_) => Data::Log(log()),
        Query::UndoPreview { .. } => {
            let row = log().rows[1].clone();
            let part = UndoPart {
                subject: row.subject,
                entry: Say::default(),
                name: row.name.clone(),
                event: row.event.clone(),
                due: None,
                approver: String::new(),
            };
            Data::UndoPreview(Box::new(UndoPreview { row, parts: vec![part], blocked_by: Vec::new() }))
        }
        Query::Handover => Data::Handover(Box::new(summary())),
        Query::Beside(ask) => Data::Beside(Box::new(beside(*ask))),
        Query::Ledgers => Data::Ledgers(ledgers()),
        Query::Ledger(ask) => Data::Ledger(Box::new(ledger(ask))),
        Query::Entry(id) => Data::Entry(entry_sheet(*id).map(Box::new)),
        Query::EntryForm(ask) => Data::EntryForm(Box::new(entry_basis(ask))),
        Query::Named(text) => Data::Named(named(text)),
        Query::Shifts => Data::Shifts(Vec::new()),
        Query::Callers => Data::Callers(callers()),
        Query::Dial { subject, call } => Data::Dial(Box::new(dial(*subject, *call))),
        Query::Report(_) | Query::Told | Query::Spoken | Query::Behind { .. } => figures(query),
        Query::Releases(cases) => Data::Releases(releases(cases)),
        Query::EraseDue => Data::EraseDue(Vec::new()),
        Query::ErasePreview(person) => Data::ErasePreview(Box::new(ErasePreview {
            person: *person,
            no: "20171001".to_owned(),
            name: "单晓".to_owned(),
            unit: String::new(),
            open: Vec::new(),
            entries: 3,
            words: Vec::new(),
            roster: 1,
            readings: 2,
            row_words: 0,
            row_words_in: Vec::new(),
            shared: Vec::new(),
            shared_rows: Vec::new(),
            kept: Vec::new(),
            directory: Vec::new(),
            others: 0,
            papers: Vec::new(),
            backups: Vec::new(),
        })),
        Query::Settings => Data::Settings(Box::new(Settings {
            rehearsal: true,
            bell: true,
            lock_minutes: 0,
            ..Settings::new("海岬理工大学防控办")
        })),
        Query::Drafts => Data::Drafts(Vec::new()),
        Query::CallCard { number, owners } => Data::CallCard(Box::new(call_card(number, owners))),
        Query::Searches => Data::Searches(vec!["ouyang".to_owned(), "0532-8890-1107".to_owned()]),
    }
}

/// A desk on the made-up office, whose loads are answered at once.
pub struct Desk {
    pub state: State,
    /// Effects other than loads, in order, since last taken.
    pub effects: Vec<Effect>,
}

impl Desk {
    pub fn new(lang: Lang, width: u16, height: u16) -> Self {
        let mut state = State::new(lang, false, Shades::default(), now(), Calendar::default());
        state.size = (width, height);
        let mut desk = Self { state, effects: Vec::new() };
        let fx = desk.state.start();
        desk.run(fx);
        desk
    }

    fn run(&mut self, fx: Vec<Effect>) {
        for effect in fx {
            match effect {
                Effect::Load { query, generation } => {
                    let data = answer(&query);
                    let more = update(&mut self.state, Msg::Loaded { generation, data });
                    self.run(more);
                }
                other => self.effects.push(other),
            }
        }
    }

    pub fn send(&mut self, msg: Msg) -> &mut Self {
        let fx = update(&mut self.state, msg);
        self.run(fx);
        self
    }

    /// Keys, one a character; `\n` Enter, `\t` Tab, `\u{1b}` Esc, `\u{8}` Backspace, `↓` Down.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.state.seen();
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\u{1b}' => KeyCode::Esc,
                '\u{8}' => KeyCode::Backspace,
                '↓' => KeyCode::Down,
                '↑' => KeyCode::Up,
                '→' => KeyCode::Right,
                c => KeyCode::Char(c),
            };
            self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    pub fn ctrl(&mut self, c: char) -> &mut Self {
        self.send(Msg::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)))
    }

    pub fn later(&mut self, ms: i64) -> &mut Self {
        let now = self.state.now.plus(ms);
        self.send(Msg::Tick(now))
    }

    /// The effects since last taken.
    pub fn taken(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
