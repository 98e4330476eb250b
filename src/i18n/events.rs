//! Every event of the log as a line.

pub mod lines;

use super::terms::{CALL_SHEET_REASON, categories, joined, listed, paper, temperature, word};
use crate::domain::case::{Against, CaseFacts};
use crate::domain::contact::ContactFacts;
use crate::domain::followup::Channel;
use crate::domain::handover::How;
use crate::domain::mask::{masked, masked_words};
use crate::domain::report::{Excuse, ReportForm, Round};
use crate::domain::time::{Calendar, Ts};
use crate::log::event::{Event, ReportExcused};
use crate::say::{Say, Word};

const fn w(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

/// An event of the log in words, without the name of its subject (that stands beside it).
pub fn event_line(event: &Event) -> Say {
    event_words(event, None, "", &Say::default())
}

/// The same with the name of who approved it.
pub fn event_line_named(event: &Event, approver: &str) -> Say {
    event_words(event, None, approver, &Say::default())
}

/// The same with the times it speaks of, as the office's clock has them, and with their year where it is another than that
/// of `at`, when it happened; `due` is when the promise of a `promise.closed` fell due, and `approver` the name of who
/// approved it, which its event does not hold: empty where nobody did, or a paper does not say. So is `key`, that of the
/// entry of a ledger that it is about.
pub fn event_line_by(
    event: &Event,
    due: Option<Ts>,
    at: Ts,
    calendar: Calendar,
    (approver, key): (&str, &Say),
) -> Say {
    let line = event_words(event, Some((calendar, at)), approver, key);
    match (event, due) {
        (Event::PromiseClosed(_), Some(due)) => joined(&[line, lines::was_due(calendar.brief(due, at))]),
        _ => line,
    }
}

/// An answer to what is only spoken of, as it stands on paper: that there was one, and not to what. None for everything
/// else.
pub fn answered_on_paper(event: &Event) -> Option<Say> {
    use super::doubts::{CONFIRMED, CORRECTED, DEFERRED, TO_CHECK, correction};
    let (doubt, line, told_by) = match event {
        Event::DoubtConfirmed(e) => (&e.doubt, around(CONFIRMED, &TO_CHECK.into()), &e.told_by),
        Event::DoubtCorrected(e) => {
            (&e.doubt, around(CORRECTED, &correction(&e.field, &e.old, &e.new)), &e.told_by)
        }
        Event::DoubtDeferred(e) => (&e.doubt, around(DEFERRED, &TO_CHECK.into()), &e.told_by),
        _ => return None,
    };
    doubt.check.is_only_spoken_of().then(|| {
        let said = told(line, told_by);
        Say { zh: masked_words(&said.zh).into_owned(), en: masked_words(&said.en).into_owned() }
    })
}

/// What was done, and that somebody else approved it: who, where the name is known.
fn approved(line: Say, by: Option<crate::domain::ids::OfficerId>, name: &str) -> Say {
    if by.is_none() {
        return line;
    }
    let word =
        if name.is_empty() { super::rights::APPROVED.into() } else { super::rights::approved_by(name) };
    Say { zh: format!("{}（{}）", line.zh, word.zh), en: format!("{} ({})", line.en, word.en) }
}

/// The same where the name alone makes it worth saying: papers that were signed without the name never said it, and are
/// made again as they were.
fn approved_by(line: Say, by: Option<crate::domain::ids::OfficerId>, name: &str) -> Say {
    if name.is_empty() { line } else { approved(line, by, name) }
}

/// In words, numbers that were typed into them with their middle hidden; what offices and contacts are called at is
/// theirs to be seen.
fn event_words(event: &Event, clock: Option<(Calendar, Ts)>, approver: &str, key: &Say) -> Say {
    let said = words_of(event, clock, approver, key);
    let public = matches!(
        event,
        Event::UnitAdded(_) | Event::UnitChanged(_) | Event::ContactAdded(_) | Event::ContactChanged(_)
    );
    if public {
        return said;
    }
    Say { zh: masked_words(&said.zh).into_owned(), en: masked_words(&said.en).into_owned() }
}

fn words_of(event: &Event, clock: Option<(Calendar, Ts)>, approver: &str, key: &Say) -> Say {
    match event {
        Event::OfficeOpened(e) => lines::office_opened(&e.settings.office),
        Event::DeskStarted(e) => lines::desk_started(e.from_seq),
        Event::SettingsChanged(e) => {
            let line = match e.changes.as_slice() {
                [] => lines::settings_changed(&e.settings.office),
                changes => super::settings::line(changes),
            };
            approved(line, e.approved_by, approver)
        }
        Event::RulesAdopted(e) => lines::rules_adopted(e.0.form.version),
        Event::FormAdopted(e) => lines::form_adopted(&e.0.form.name, e.0.form.version),
        Event::OfficerAdded(e) => lines::officer_added(&e.name),
        Event::OfficerRole(e) => {
            let role = super::rights::word(e.role);
            let line = super::rights::given(role.zh).zh;
            approved(Say { zh: line, en: super::rights::given(role.en).en }, e.approved_by, approver)
        }
        Event::TemplateAdopted(e) => lines::template_adopted(&e.name),
        Event::ShiftStarted(e) => with_words(lines::SHIFT_STARTED.into(), &e.reason),
        Event::ShiftClosed(e) => with_words(closed_line(e), &e.words),
        Event::HandoverWords(e) => around(lines::HANDOVER_WORDS, &Say::same(&e.words)),
        Event::HandoverAsked(e) => around(lines::ASKED, &Say::same(&e.text)),
        Event::HandoverAnswered(e) => with_words(word(e.how).into(), &e.words),
        Event::HandoverAcknowledged(_) => lines::ACKNOWLEDGED.into(),
        Event::PinChanged(e) => pin_line(e),
        Event::FindProbed(e) => lines::probed(e.count),
        Event::UnitAdded(e) => lines::unit_added(&e.code, &e.name),
        Event::UnitChanged(e) => told(around(lines::UNIT_CHANGED, &unit_changes(e)), &e.told_by),
        Event::PersonAdded(e) => told(lines::person_added(&e.no), &e.told_by),
        Event::PersonChanged(e) => told(around(lines::PERSON_CHANGED, &person_changes(e)), &e.told_by),
        Event::PersonErased(e) => {
            let line = super::erase::line(e.bodies() + e.words(), e.rows(), &e.reason);
            approved_by(line, e.approved_by, approver)
        }
        Event::SheetImported(e) => lines::sheet_imported(&e.file, e.accepted, e.unchanged, e.rejected),
        Event::ReportReceived(e) => report_line(e),
        Event::ReportExcused(e) => excuse_line(e),
        Event::FollowUpLogged(e) => followup_line(e, clock),
        Event::FollowUpAttached(_) => lines::FOLLOWUP_ATTACHED.into(),
        Event::PromiseClosed(e) => around(lines::PROMISE_CLOSED, &word(e.how).into()),
        Event::CaseOpened(e) => around(lines::CASE_OPENED, &case_facts(&e.facts)),
        Event::CaseChanged(e) => with_words(around(lines::CASE_CHANGED, &case_facts(&e.facts)), &e.reason),
        Event::CaseReleased(e) => {
            with_words(approved(released_line(&e.despite), e.approved_by, approver), &e.reason)
        }
        Event::FindingDismissed(e) => {
            with_words(around(lines::FINDING_DISMISSED, &super::findings::all(&e.found)), &e.reason)
        }
        Event::DoubtConfirmed(e) => {
            let line = around(super::doubts::CONFIRMED, &super::doubts::named(&e.doubt));
            with_words(told(line, &e.told_by), &e.words)
        }
        Event::DoubtCorrected(e) => {
            let what = super::doubts::correction(&e.field, &e.old, &e.new);
            let line = around(super::doubts::CORRECTED, &what);
            let line = joined(&[line, word(e.doubt.check).into()]);
            with_words(told(line, &e.told_by), &e.words)
        }
        Event::DoubtDeferred(e) => {
            let line = around(super::doubts::DEFERRED, &super::doubts::named(&e.doubt));
            with_words(told(line, &e.told_by), &e.words)
        }
        Event::NoteWritten(e) => around(lines::NOTE, &Say::same(&e.text)),
        Event::ContactAdded(e) => around(lines::CONTACT_ADDED, &contact_facts(&e.facts)),
        Event::ContactChanged(e) => {
            told(around(lines::CONTACT_CHANGED, &contact_facts(&e.facts)), &e.told_by)
        }
        Event::ContactRemoved(e) => with_words(lines::CONTACT_REMOVED.into(), &e.reason),
        Event::LedgerAdopted(e) => super::ledger::adopted(&e.name, e.version),
        Event::EntryWritten(e) => super::ledger::written(e),
        Event::EntryChanged(e) => with_words(super::ledger::changed(e, key), &e.reason),
        Event::EntryMoved(e) => with_words(super::ledger::moved(e, key), &e.reason),
        Event::EntryWithdrawn(e) => with_words(super::ledger::withdrawn(e, key), &e.reason),
        Event::EntryRaised(e) => with_words(super::ledger::raised(e, key), &e.reason),
        Event::OpUndone(e) => approved(lines::op_undone(e.op.seq), e.approved_by, approver),
        Event::PersonalRevealed(e) => match e.reason.as_str() {
            "call" => approved_by(lines::REVEALED_TO_CALL.into(), e.approved_by, approver),
            CALL_SHEET_REASON => approved_by(lines::REVEALED_FOR_CALL_SHEET.into(), e.approved_by, approver),
            reason => approved(lines::revealed(reason), e.approved_by, approver),
        },
        Event::NumberRevealed(e) => match e.reason.as_str() {
            "call" => approved_by(lines::CALLER_REVEALED_TO_CALL.into(), e.approved_by, approver),
            CALL_SHEET_REASON => {
                approved_by(lines::CALLER_REVEALED_FOR_CALL_SHEET.into(), e.approved_by, approver)
            }
            reason => approved(lines::caller_revealed(reason), e.approved_by, approver),
        },
        Event::EntryRevealed(e) => match e.reason.as_str() {
            "call" => approved_by(lines::ENTRY_REVEALED_TO_CALL.into(), e.approved_by, approver),
            reason => approved(lines::entry_revealed(reason), e.approved_by, approver),
        },
        Event::PaperPrinted(e) => around(paper(&e.paper), &Say::same(&e.to)),
        Event::BackupMade(e) if e.verified => lines::backed_up_sound(&e.file),
        Event::BackupMade(e) => lines::backed_up(&e.file),
        Event::DrillDone(e) if e.faults == 0 => lines::drilled(&e.file),
        Event::DrillDone(e) => lines::drill_failed(&e.file),
        Event::SitrepSent(e) => lines::sitrep_sent(e.report.day, &e.to),
        Event::SitrepCorrected(e) => with_words(lines::sitrep_corrected(e.report.day, &e.to), &e.reason),
        Event::FigureTold(e) => with_words(lines::figure_told(e.figures.0.len(), &e.to), &e.words),
        Event::SitrepReason(e) => around(lines::SITREP_REASON, &Say::same(&e.text)),
        Event::ToldWords(e) => around(lines::TOLD_WORDS, &Say::same(&e.text)),
        // Its body is gone.
        Event::Unknown(e) if e.body.is_empty() => super::erase::GONE.into(),
        Event::Unknown(e) => lines::unknown(&e.kind),
    }
}

/// A release, with what stood against it.
fn released_line(despite: &[Against]) -> Say {
    let against = listed(&despite.iter().map(|one| word(*one).into()).collect::<Vec<_>>());
    if despite.is_empty() {
        lines::CASE_RELEASED.into()
    } else {
        lines::case_released_despite(against.zh, against.en)
    }
}

fn excuse_line(e: &ReportExcused) -> Say {
    let (day, round) = (e.key.day, round_shown(&e.key.round));
    let what = match e.how {
        Excuse::Excused => lines::report_excused(day, round),
        Excuse::WrittenOff => lines::report_written_off(day, round),
    };
    with_words(what, &e.reason)
}

fn pin_line(e: &crate::log::event::PinChanged) -> Say {
    let line = around(lines::PIN, &word(e.how).into());
    match e.by.len() {
        0 => line,
        1 => joined(&[line, lines::PIN_BY_LEAD.into()]),
        _ => joined(&[line, lines::PIN_BY_TWO.into()]),
    }
}

fn closed_line(e: &crate::log::event::ShiftClosed) -> Say {
    let ticked = e.items.iter().filter(|item| item.ticked).count();
    match e.how {
        How::Handed => lines::shift_closed(ticked, e.items.len()),
        How::Continued => lines::shift_continued(ticked, e.items.len()),
        How::TakenOver => lines::shift_taken(e.items.len()),
    }
}

fn around(head: Word, tail: &Say) -> Say {
    if tail.zh.is_empty() {
        return head.into();
    }
    Say { zh: format!("{}：{}", head.zh, tail.zh), en: format!("{}: {}", head.en, tail.en) }
}

fn with_words(say: Say, words: &str) -> Say {
    if words.is_empty() { say } else { joined(&[say, Say::same(words)]) }
}

fn told(say: Say, by: &str) -> Say {
    if by.is_empty() { say } else { joined(&[say, lines::told_by(masked_words(by))]) }
}

fn field_word(field: &str) -> Word {
    super::fields::named(field).unwrap_or(match field {
        "code" => w("代码", "code"),
        "officer" => w("负责的值班员", "officer"),
        _ => w("工号", "number"),
    })
}

/// Which fields of a person were corrected. Their values are the person's own: they stand on the person's page,
/// where numbers are masked, and not in a line that is printed.
fn person_changes(e: &crate::log::event::PersonChanged) -> Say {
    let f = &e.facts;
    let changed = [
        ("no", e.no.is_some()),
        ("name", f.name.is_some()),
        ("unit", f.unit.is_some()),
        ("sex", f.sex.is_some()),
        ("kind", f.kind.is_some()),
        ("campus", f.campus.is_some()),
        ("phone", f.phone.is_some()),
        ("id_number", f.id_number.is_some()),
        ("origin", f.origin.is_some()),
        ("address", f.address.is_some()),
        ("contact", f.contact.is_some()),
        ("family_phone", f.family_phone.is_some()),
    ];
    let named = changed.iter().filter(|(_, changed)| *changed);
    listed(&named.map(|(field, _)| field_word(field).into()).collect::<Vec<_>>())
}

/// Which fields of a unit were corrected, with what they say now: nothing of a unit is private.
fn unit_changes(e: &crate::log::event::UnitChanged) -> Say {
    let f = &e.facts;
    let some = |changed: bool| changed.then(String::new);
    let changed = [
        ("code", e.code.clone()),
        ("unit", e.name.clone()),
        ("short", f.short.clone()),
        ("parent", some(f.parent.is_some())),
        ("campus", f.campus.clone()),
        ("head", f.head.clone()),
        ("head_phone", f.head_phone.clone()),
        ("liaison", f.liaison.clone()),
        ("liaison_phone", f.liaison_phone.clone()),
        ("reports", some(f.reports.is_some())),
        ("deadline", f.deadline.map(crate::domain::time::hhmm)),
        ("officer", some(f.officer.is_some())),
        ("valid_from", f.valid_from.map(|day| day.to_string())),
    ];
    let said = changed.iter().filter_map(|(field, value)| {
        let (label, value) = (field_word(field), value.as_ref()?);
        Some(Say {
            zh: format!("{} {value}", label.zh).trim_end().to_owned(),
            en: format!("{} {value}", label.en).trim_end().to_owned(),
        })
    });
    listed(&said.collect::<Vec<_>>())
}

/// What something that was changed says in the fields that changed.
pub fn changes(event: &Event) -> Say {
    match event {
        Event::CaseChanged(e) => case_facts(&e.facts),
        Event::UnitChanged(e) => unit_changes(e),
        Event::ContactChanged(e) => contact_facts(&e.facts),
        _ => Say::default(),
    }
}

/// What is said of an outside contact: nothing of it is private, but what is noted of it may name somebody's number.
fn contact_facts(facts: &ContactFacts) -> Say {
    let mut parts: Vec<Say> = facts.kind.map(|kind| word(kind).into()).into_iter().collect();
    let texts = [&facts.org, &facts.name, &facts.phone].into_iter().flatten();
    parts.extend(texts.filter(|text| !text.is_empty()).map(Say::same));
    parts.extend(facts.note.iter().filter(|note| !note.is_empty()).map(|note| Say::same(masked_words(note))));
    joined(&parts)
}

/// Who it was at the other end, said as the way of the contact has it: one picks up, one replies, one calls.
pub fn heard(channel: Channel, who: &str) -> Say {
    match channel {
        Channel::Phone | Channel::Other => lines::answered_by(who),
        Channel::Wechat | Channel::Qq | Channel::Sms => lines::replied(who),
        Channel::InPerson => lines::met(who),
        Channel::Incoming => lines::caller(who),
    }
}

/// A line of the log that corrects reports, with why: that comes first, being what is looked for.
pub fn correcting(why: &str, line: Say) -> Say {
    joined(&[lines::corrected(masked_words(why)), line])
}

fn report_line(e: &crate::log::event::ReportReceived) -> Say {
    let said = match e.form {
        ReportForm::Rows => lines::report_rows(e.key.day, e.rows),
        ReportForm::Zero => lines::report_zero(e.key.day),
        ReportForm::Marked => lines::report_marked(e.key.day),
    };
    if e.reason.is_empty() { said } else { joined(&[said, lines::corrected(&e.reason)]) }
}

/// A round's code, unless it is that of the one round of a day.
fn round_shown(round: &Round) -> String {
    if *round == Round::default() { String::new() } else { format!(" {round}") }
}

fn followup_line(e: &crate::log::event::FollowUpLogged, clock: Option<(Calendar, Ts)>) -> Say {
    let mut parts: Vec<Say> = vec![word(e.channel).into()];
    if e.chased.is_some() {
        parts.insert(0, lines::CHASE.into());
    }
    if !e.answered_by.is_empty() {
        parts.push(heard(e.channel, &e.answered_by));
    }
    if !e.number.is_empty() {
        // Somebody's own number: it is told apart by its ends, and shown whole only once it has its person.
        parts.push(Say::same(masked(&e.number)));
    }
    parts.push(word(e.outcome).into());
    parts.extend(e.temp.map(|tenths| temperature(tenths, e.site)));
    if !e.words.is_empty() {
        parts.push(Say::same(&e.words));
    }
    match (&e.promise, clock) {
        (Some(promise), Some((calendar, at))) => {
            parts.push(lines::promised_for(calendar.brief(promise.due, at)));
        }
        (Some(_), None) => parts.push(lines::WITH_PROMISE.into()),
        (None, _) => {}
    }
    if let (Some(next), Some((calendar, at))) = (e.next_contact, clock) {
        parts.push(lines::call_again(calendar.brief(next, at)));
    }
    joined(&parts)
}

/// What is said of a case, in one line.
pub fn case_facts(facts: &CaseFacts) -> Say {
    let mut parts: Vec<Say> = Vec::new();
    if let Some(all) = &facts.categories {
        parts.push(categories(all));
    }
    if let Some(measure) = facts.measure {
        parts.push(word(measure).into());
    }
    if let Some(zero) = facts.day_zero() {
        parts.push(lines::counted_from(zero));
    }
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    parts.extend(some(&facts.place).map(Say::same));
    parts.extend(some(&facts.contact).map(lines::contact_person));
    parts.extend(some(&facts.note).map(Say::same));
    joined(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chase_reads_as_one() {
        let event: crate::log::event::FollowUpLogged = serde_json::from_value(serde_json::json!({
            "followup": "01900000-0000-7000-8000-000000000001", "subject": null, "channel": "phone",
            "answered_by": "王老师", "outcome": "promised", "words": "十点半前补报",
            "chased": {"unit": "01900000-0000-7000-8000-000000000002", "day": "2020-02-17", "round": "day"}
        }))
        .unwrap();
        assert_eq!(
            event_line(&Event::FollowUpLogged(event)).zh,
            "催报，电话，王老师接听，已答应，十点半前补报"
        );
    }

    #[test]
    fn a_correction_names_its_fields_and_no_private_value() {
        let event: crate::log::event::PersonChanged = serde_json::from_value(serde_json::json!({
            "person": "01900000-0000-7000-8000-000000000001", "told_by": "本人",
            "facts": {"phone": "19900001234", "address": "教工公寓 3 号楼"}
        }))
        .unwrap();
        let line = event_line(&Event::PersonChanged(event));
        assert_eq!(line.zh, "更正人员资料：手机、住址，本人告知");
        assert_eq!(line.en, "person corrected: phone, address, told by 本人");
        let event: crate::log::event::UnitChanged = serde_json::from_value(serde_json::json!({
            "unit": "01900000-0000-7000-8000-000000000002", "told_by": "",
            "facts": {"liaison": "邓海", "deadline": 570, "reports": true}
        }))
        .unwrap();
        let line = event_line(&Event::UnitChanged(event));
        assert_eq!(line.zh, "更正单位资料：联络人 邓海、是否报送日报、截止时间 09:30");
    }
}
