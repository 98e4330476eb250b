//! `zhiban show person NO`, `zhiban show unit CODE` and `zhiban show contact ORG`; `zhiban show report` is a file of its own.

use super::approval::Approval;
use super::office::{Ctx, Office};
use super::out::{self, Table};
use super::show_report::{self, ShowReport};
use super::{Done, ledger, rows};
use crate::app::shown::paper::Logged;
use crate::domain::case::Observation;
use crate::domain::doubt::Doubt;
use crate::domain::feedback::{Fared, Share};
use crate::domain::mask::{Private, masked_words};
use crate::domain::report::{Round, Site};
use crate::domain::rules::Rules;
use crate::domain::slot::MissedDays;
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::i18n::doubts;
use crate::i18n::events::case_facts;
use crate::i18n::feedback;
use crate::i18n::fields;
use crate::i18n::findings;
use crate::i18n::forms::ONCE_A_DAY;
use crate::i18n::screen as head;
use crate::i18n::slots;
use crate::i18n::terms::word;
use crate::paper::dossier::missed_slots;
use crate::say::{Lang, Word};
use crate::store::query;
use crate::store::query::rows::{
    CallRow, CaseDetail, Correction, Dossier, DoubtEnd, Mask, NoteRow, PromiseRow, UnitSheet,
};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(super) enum Show {
    Person(ShowPerson),
    Unit(ShowUnit),
    Contact(ShowContact),
    Report(ShowReport),
}

#[derive(clap::Args)]
pub(super) struct ShowPerson {
    #[arg(value_name = "NO")]
    pub no: String,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "REASON")]
    pub reveal: Option<String>,
    #[command(flatten)]
    pub approval: Approval,
}

#[derive(clap::Args)]
pub(super) struct ShowUnit {
    #[arg(value_name = "UNIT")]
    pub unit: String,
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::Args)]
pub(super) struct ShowContact {
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Show) -> Result<Done> {
    let mut office = Office::open(ctx)?;
    match args {
        Show::Person(args) => person(&mut office, args)?,
        Show::Unit(args) => unit(&office, args)?,
        Show::Contact(args) => contact(&office, args)?,
        Show::Report(args) => show_report::run(&office, args)?,
    }
    Ok(Done::Yes)
}

fn person(office: &mut Office, args: &ShowPerson) -> Result<()> {
    let id = office.person(&args.no)?;
    if let Some(reason) = &args.reveal {
        office.reveal(&Logged::person(id), reason, &args.approval)?;
    }
    let mut dossier = query::dossier(&office.reader, id, office.now())?
        .ok_or_else(|| Error::not_found(crate::i18n::store::NO_PERSON))?;
    if args.reveal.is_none() {
        dossier.mask();
    }
    let number = |private: &Private| {
        if args.reveal.is_some() { private.reveal().to_owned() } else { private.masked() }
    };
    if args.json {
        return out::json(&person_json(office, &dossier, &number)?);
    }
    person_text(office, &dossier, &number)
}

fn person_json(office: &Office, d: &Dossier, number: &dyn Fn(&Private) -> String) -> Result<Value> {
    let readings = d.readings.iter().map(|r| {
        let rest: serde_json::Map<String, Value> =
            r.rest.iter().map(|(field, value)| (field.clone(), Value::from(value.as_str()))).collect();
        json!({
            "day": r.day, "round": r.round, "temp_am": r.temp_am.map(celsius), "temp_pm": r.temp_pm.map(celsius),
            "site": r.site.map(Site::code), "place": r.place, "in_hubei": r.in_hubei, "left_city": r.left_city,
            "status": r.status, "form": format!("{}-{}", r.form.name, r.form.version), "rest": rest,
            "superseded": r.superseded,
        })
    });
    let legs = d.legs.iter().map(|leg| {
        json!({
            "left": leg.left, "destination": leg.destination, "returned": leg.returned,
            "transport": leg.transport, "number": leg.number, "seat": leg.seat, "via_hubei": leg.via_hubei,
        })
    });
    Ok(json!({
        "no": d.no, "name": d.name, "unit": d.unit.as_ref().map_or("", |(_, name)| name.as_str()),
        "sex": d.sex, "kind": d.kind.map(crate::domain::person::PersonKind::code), "campus": d.campus,
        "phone": number(&d.phone), "id_number": number(&d.id_number), "origin": d.origin, "address": d.address,
        "contact": d.contact, "family_phone": number(&d.family_phone),
        "readings": readings.collect::<Vec<_>>(),
        "cases": d.cases.iter().map(|case| case_json(office, case)).collect::<Vec<_>>(),
        "calls": d.calls.iter().map(|call| rows::call(office, call)).collect::<Vec<_>>(),
        "promises": d.promises.iter().map(|promise| rows::promise(office, promise)).collect::<Vec<_>>(),
        "legs": legs.collect::<Vec<_>>(),
        "notes": notes_json(office, &d.notes),
        "findings": d.findings,
        "entries": ledger::json_of(office, &d.entries)?,
        "doubts": d.doubts.iter().map(|doubt| doubt_json(office, doubt)).collect::<Vec<_>>(),
        "doubts_ended": d.doubts_ended.iter().map(|ended| ended_json(office, ended)).collect::<Vec<_>>(),
        "corrections": d.corrections.iter().map(|one| correction_json(office, one)).collect::<Vec<_>>(),
    }))
}

pub(super) fn doubt_json(office: &Office, doubt: &Doubt) -> Value {
    let today = office.settings.calendar.date(office.now());
    json!({
        "id": doubt.id, "check": doubt.check, "urgency": doubt.urgency(Rules::builtin()), "day": doubt.day,
        "text": doubts::line(doubt).get(office.lang), "question": doubts::question(doubt, today).get(office.lang),
    })
}

fn ended_json(office: &Office, ended: &DoubtEnd) -> Value {
    let how = ended.how.as_ref();
    json!({
        "id": ended.doubt.id, "check": ended.doubt.check, "day": ended.doubt.day, "at": office.time(ended.at),
        "how": how.map(|how| how.how), "by": ended.by, "op": how.map(|how| how.op.seq),
        "officer": how.map(|how| how.officer.as_str()), "told_by": how.map(|how| masked_words(&how.told_by)),
        "words": how.map(|how| masked_words(&how.words)), "text": doubts::line(&ended.doubt).get(office.lang),
    })
}

pub(super) fn correction_json(office: &Office, one: &Correction) -> Value {
    json!({
        "day": one.day, "round": one.round, "field": one.field, "old": masked_words(&one.old),
        "new": masked_words(&one.new), "at": office.time(one.at), "told_by": masked_words(&one.told_by),
    })
}

/// Tenths of a degree as a number of degrees.
pub(super) fn celsius(tenths: i16) -> f64 {
    f64::from(tenths) / 10.0
}

fn case_json(office: &Office, case: &CaseDetail) -> Value {
    let f = &case.facts;
    json!({
        "categories": f.categories, "measure": f.measure, "place": f.place, "start": f.start,
        "last_exposure": f.last_exposure, "contact": f.contact, "note": f.note,
        "day": case.observation.map(Observation::shown_day), "days": case.observation.map(|o| o.total),
        "last_day": case.observation.map(|o| o.last_day), "state": case.state,
        "opened_at": office.time(case.opened_at),
        "missed": missed_slots(case, office.settings.calendar),
        "released": case.released.as_ref().map(|(at, officer, reason)| {
            json!({ "at": office.time(*at), "officer": officer, "reason": reason })
        }),
        "despite": case.despite,
    })
}

fn notes_json(office: &Office, notes: &[NoteRow]) -> Vec<Value> {
    let one =
        |note: &NoteRow| json!({ "at": office.time(note.at), "officer": note.officer, "text": note.text });
    notes.iter().map(one).collect()
}

fn person_text(office: &Office, d: &Dossier, number: &dyn Fn(&Private) -> String) -> Result<()> {
    let lang = office.lang;
    let unit = d.unit.as_ref().map_or("", |(_, name)| name.as_str());
    out::line(&format!("{} {}  {}", d.no, d.name, unit))?;
    known(
        lang,
        &[
            (head::PHONE, number(&d.phone)),
            (say::FAMILY_PHONE, number(&d.family_phone)),
            (say::ID_NUMBER, number(&d.id_number)),
            (say::SEX, d.sex.clone()),
            (say::KIND, d.kind.map(|kind| word(kind).get(lang).to_owned()).unwrap_or_default()),
            (say::CAMPUS, d.campus.clone()),
            (say::ORIGIN, d.origin.clone()),
            (say::ADDRESS, d.address.clone()),
            (say::CONTACT, d.contact.clone()),
        ],
    )?;
    if !d.findings.is_empty() {
        section(findings::FINDINGS, lang)?;
        out::line(&format!("  {}", findings::all(&d.findings).get(lang)))?;
    }
    if !d.doubts.is_empty() {
        section(doubts::DOUBTS, lang)?;
        let today = office.settings.calendar.date(office.now());
        for doubt in &d.doubts {
            out::line(&format!("  {}  {}", doubt.day, doubts::named(doubt).get(lang)))?;
            let ask = doubts::question(doubt, today);
            out::line(&format!("    {}  {}", doubts::ASK.get(lang), ask.get(lang)))?;
        }
    }
    for one in &d.corrections {
        let what = doubts::correction(&one.field, &one.old, &one.new);
        out::line(&format!("  {} {} {}", one.day, doubts::CORRECT.get(lang), what.get(lang)))?;
    }
    if !d.cases.is_empty() {
        section(head::HAS_CASE, lang)?;
        for case in &d.cases {
            let day = case.observation.map(|o| format!(" {}/{}", o.shown_day(), o.total)).unwrap_or_default();
            let state = word(case.state).get(lang);
            out::line(&format!("  {state}{day}  {}", case_facts(&case.facts).get(lang)))?;
            if !case.missed.is_empty() {
                let all: usize = case.missed.iter().map(MissedDays::count).sum();
                out::line(&format!("    {}", slots::in_all(all).get(lang)))?;
            }
            for run in &case.missed {
                out::line(&format!("      {}", slots::run(run, &case.facts).get(lang)))?;
            }
        }
    }
    promises(office, &d.promises)?;
    calls(office, &d.calls)?;
    ledger::text_of(office, &d.entries)?;
    if !d.readings.is_empty() {
        section(say::READINGS, lang)?;
        let mut table =
            Table::new(lang, &[say::DAY, say::ROUND, say::MORNING, say::AFTERNOON, say::PLACE, say::STATE]);
        let temp = |tenths: Option<i16>| tenths.map(crate::domain::report::degrees).unwrap_or_default();
        for r in d.readings.iter().filter(|r| !r.superseded) {
            table.row([
                r.day.to_string(),
                round(office, &r.round),
                temp(r.temp_am),
                temp(r.temp_pm),
                r.place.clone(),
                fields::value(&r.fields, "status", &r.status).get(lang).to_owned(),
            ]);
        }
        table.print()?;
    }
    if !d.legs.is_empty() {
        section(say::LEGS, lang)?;
        for leg in &d.legs {
            out::line(&format!(
                "  {} {} {} {} {} {}",
                leg.left, leg.destination, leg.transport, leg.number, leg.seat, leg.returned
            ))?;
        }
    }
    notes(office, &d.notes)
}

/// What a round is called.
pub(super) fn round(office: &Office, round: &Round) -> String {
    let named = office.settings.round(round).map(|known| known.name.clone()).filter(|name| !name.is_empty());
    let once = *round == Round::default();
    named.unwrap_or_else(|| if once { ONCE_A_DAY.get(office.lang).to_owned() } else { round.to_string() })
}

pub(super) fn section(title: Word, lang: Lang) -> Result<()> {
    out::text("\n")?;
    out::line(title.get(lang))
}

/// Fields that are known, one a line.
pub(super) fn known(lang: Lang, all: &[(Word, String)]) -> Result<()> {
    use unicode_width::UnicodeWidthStr;
    let width = all.iter().map(|(name, _)| name.get(lang).width()).max().unwrap_or(0);
    for (name, value) in all.iter().filter(|(_, value)| !value.is_empty()) {
        let name = name.get(lang);
        let gap = " ".repeat(width - name.width() + 2);
        out::line(&format!("  {name}{gap}{value}"))?;
    }
    Ok(())
}

fn promises(office: &Office, all: &[PromiseRow]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    section(say::OPEN_PROMISES, office.lang)?;
    for promise in all {
        out::line(&format!("  {}  {}", office.brief(promise.due), promise.id))?;
    }
    Ok(())
}

fn calls(office: &Office, all: &[CallRow]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let lang = office.lang;
    section(say::CALLS, lang)?;
    let heads =
        [head::SEQ, head::AT_TIME, head::OFFICER, say::CHANNEL, head::OUTCOME, head::WORDS, head::PROMISE];
    let mut table = Table::new(lang, &heads);
    for call in all {
        table.row([
            call.op.seq.to_string(),
            office.brief(call.at),
            call.officer.clone(),
            word(call.channel).get(lang).to_owned(),
            word(call.outcome).get(lang).to_owned(),
            call.words.clone(),
            call.promise.as_ref().map(|p| office.brief(p.due)).unwrap_or_default(),
        ]);
    }
    table.print()
}

fn notes(office: &Office, all: &[NoteRow]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    section(say::NOTES, office.lang)?;
    for note in all {
        let at = office.brief(note.at);
        out::line(&format!("  {at} {}  {}", note.officer, note.text))?;
    }
    Ok(())
}

fn unit(office: &Office, args: &ShowUnit) -> Result<()> {
    let id = office.unit(&args.unit)?;
    let mut sheet = query::unit_sheet(&office.reader, id, office.now())?
        .ok_or_else(|| Error::not_found(crate::i18n::store::NO_UNIT))?;
    sheet.mask();
    if args.json { out::json(&unit_json(office, &sheet)?) } else { unit_text(office, &sheet) }
}

fn unit_json(office: &Office, s: &UnitSheet) -> Result<Value> {
    let f = &s.unit.facts;
    let reports = s.reports.iter().map(|r| {
        json!({
            "day": r.day, "round": r.round, "status": r.status, "received_at": r.received_at.map(|at| office.time(at)),
            "form": r.form, "rows": r.rows, "corrections": r.corrections,
        })
    });
    Ok(json!({
        "code": s.unit.code, "name": s.unit.name, "short": f.short.as_deref().unwrap_or_default(),
        "parent": s.parent, "campus": f.campus.as_deref().unwrap_or_default(),
        "head": f.head.as_deref().unwrap_or_default(), "head_phone": f.head_phone.as_deref().unwrap_or_default(),
        "liaison": f.liaison.as_deref().unwrap_or_default(), "phone": f.liaison_phone.as_deref().unwrap_or_default(),
        "reports": f.reports != Some(false), "deadline": f.deadline.map(crate::domain::time::hhmm),
        "officer": s.officer, "valid_from": f.valid_from, "status": s.status, "people": s.people, "cases": s.cases,
        "days": reports.collect::<Vec<_>>(),
        "calls": s.calls.iter().map(|call| rows::call(office, call)).collect::<Vec<_>>(),
        "promises": s.promises.iter().map(|promise| rows::promise(office, promise)).collect::<Vec<_>>(),
        "notes": notes_json(office, &s.notes),
        "entries": ledger::json_of(office, &s.entries)?,
        "doubts": s.doubts.iter().map(|row| doubt_json(office, &row.doubt)).collect::<Vec<_>>(),
        "accuracy": super::doubt::figures(&s.accuracy),
        "fared": fared_json(&s.fared),
    }))
}

/// How a unit's reports fared, with the formulas.
fn fared_json(fared: &Fared) -> Value {
    let share = |of: Share, formula: &str| json!({ "part": of.part, "whole": of.whole, "permille": of.permille(), "formula": formula });
    json!({
        "from": fared.from,
        "to": fared.to,
        "completeness": share(fared.complete, "received / expected"),
        "timeliness": share(fared.timely, "received in time / expected"),
        "streak": fared.streak,
    })
}

fn unit_text(office: &Office, s: &UnitSheet) -> Result<()> {
    let lang = office.lang;
    let f = &s.unit.facts;
    let contact = |name: &Option<String>, phone: &Option<String>| {
        [name.as_deref(), phone.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    out::line(&format!("{} {}  {}", s.unit.code, s.unit.name, word(s.status).get(lang)))?;
    known(
        lang,
        &[
            (head::LIAISON, contact(&f.liaison, &f.liaison_phone)),
            (head::HEAD, contact(&f.head, &f.head_phone)),
            (head::ABOVE, s.parent.clone()),
            (say::CAMPUS, f.campus.clone().unwrap_or_default()),
            (head::UNIT_OFFICER, s.officer.clone()),
            (head::PEOPLE, s.people.to_string()),
            (head::CASES, s.cases.to_string()),
        ],
    )?;
    let lately = feedback::lately(&s.fared);
    if !lately.zh.is_empty() {
        out::line(&format!("  {}", lately.get(lang)))?;
    }
    if s.accuracy.readings > 0 {
        out::line(&format!("  {}", doubts::figures(&s.accuracy).get(lang)))?;
    }
    if !s.doubts.is_empty() {
        section(doubts::DOUBTS, lang)?;
        for row in &s.doubts {
            let what = doubts::named(&row.doubt);
            out::line(&format!("  {}  {}  {}", row.doubt.day, row.name, what.get(lang)))?;
        }
    }
    promises(office, &s.promises)?;
    calls(office, &s.calls)?;
    ledger::text_of(office, &s.entries)?;
    if !s.reports.is_empty() {
        section(say::REPORTS, lang)?;
        let mut table = Table::new(lang, &[say::DAY, say::ROUND, head::STATUS, head::CAME_AT, say::ROWS]);
        for r in &s.reports {
            table.row([
                r.day.to_string(),
                round(office, &r.round),
                word(r.status).get(lang).to_owned(),
                r.received_at.map(|at| office.brief(at)).unwrap_or_default(),
                r.rows.to_string(),
            ]);
        }
        table.print()?;
    }
    notes(office, &s.notes)
}

fn contact(office: &Office, args: &ShowContact) -> Result<()> {
    let id = office.contact(&args.contact)?;
    let mut sheet = query::contact(&office.reader, id)?
        .ok_or_else(|| Error::not_found(crate::i18n::store::NO_CONTACT))?;
    sheet.mask();
    let c = &sheet.contact;
    if args.json {
        return out::json(&json!({
            "id": c.id, "kind": c.kind, "org": c.org, "name": c.name, "phone": c.phone, "note": c.note,
            "removed": sheet.removed,
            "calls": sheet.calls.iter().map(|call| rows::call(office, call)).collect::<Vec<_>>(),
            "promises": sheet.promises.iter().map(|promise| rows::promise(office, promise)).collect::<Vec<_>>(),
            "notes": notes_json(office, &sheet.notes),
        }));
    }
    let lang = office.lang;
    let removed = if sheet.removed { say::REMOVED.get(lang) } else { "" };
    out::line(format!("{}  {removed}", c.org).trim_end())?;
    known(
        lang,
        &[
            (say::CONTACT_KIND, word(c.kind).get(lang).to_owned()),
            (head::NAME, c.name.clone()),
            (head::PHONE, c.phone.clone()),
            (say::NOTE, c.note.clone()),
        ],
    )?;
    promises(office, &sheet.promises)?;
    calls(office, &sheet.calls)?;
    notes(office, &sheet.notes)
}
