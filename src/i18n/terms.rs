//! A word for every value of the domain, and every event of the log as a line.

use super::{Say, Word, screen};
use crate::domain::case::{Against, CaseFacts, CaseState, Category, Measure};
use crate::domain::contact::{ContactFacts, ContactKind};
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::handover::{How, PinChange, QuestionEnd, Signed};
use crate::domain::mask::{masked, masked_words};
use crate::domain::person::PersonKind;
use crate::domain::report::{Excuse, ReportForm, ReportStatus, Round, Site, degrees};
use crate::domain::time::{Calendar, Ts};
use crate::log::event::{Event, ReportExcused};

const fn w(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

/// Something that has a word for it.
pub trait Term {
    /// The word.
    fn word(self) -> Word;
}

/// The word for a value of the domain.
pub fn word(term: impl Term) -> Word {
    term.word()
}

impl Term for ReportStatus {
    fn word(self) -> Word {
        match self {
            Self::Awaited => w("尚未到时限", "not yet due"),
            Self::Outstanding => w("未报", "outstanding"),
            Self::Received => w("已报", "received"),
            Self::Zero => w("零报告", "zero report"),
            Self::Late => w("迟报", "late"),
            Self::NotExpected => w("不需报", "not expected"),
            Self::Excused => w("免报", "excused"),
            Self::WrittenOff => w("核销", "written off"),
        }
    }
}

impl Term for Excuse {
    fn word(self) -> Word {
        match self {
            Self::Excused => w("免报", "excused"),
            Self::WrittenOff => w("核销", "written off"),
        }
    }
}

impl Term for ReportForm {
    fn word(self) -> Word {
        match self {
            Self::Rows => w("表格", "sheet"),
            Self::Zero => w("零报告", "zero report"),
            Self::Marked => w("已收到（无明细）", "received, no rows"),
        }
    }
}

impl Term for Category {
    fn word(self) -> Word {
        match self {
            Self::BackFromHubei => w("湖北返回", "back from Hubei"),
            Self::InHubei => w("滞留湖北", "in Hubei"),
            Self::Contact => w("接触病例", "met a case"),
            Self::SharedTrip => w("同乘同住", "shared trip"),
            Self::Fever => w("发热或症状", "fever"),
            Self::HomeObservation => w("居家观察", "home observation"),
            Self::CentralIsolation => w("集中隔离", "central isolation"),
            Self::CampusObservation => w("校内观察", "campus observation"),
            Self::Suspected => w("疑似", "suspected"),
            Self::Confirmed => w("确诊", "confirmed"),
            Self::Psychological => w("心理", "psychological"),
            Self::Other => w("其他", "other"),
        }
    }
}

impl Term for Measure {
    fn word(self) -> Word {
        match self {
            Self::Home => w("居家观察", "home"),
            Self::Campus => w("校内隔离", "campus"),
            Self::Central => w("集中隔离", "central"),
            Self::Medical => w("医学隔离", "medical"),
            Self::Hospital => w("住院", "hospital"),
            Self::None => w("仅跟踪", "follow-up only"),
        }
    }
}

impl Term for CaseState {
    fn word(self) -> Word {
        match self {
            Self::Observing => w("观察中", "observing"),
            Self::DueForRelease => w("期满待解除", "due for release"),
            Self::Following => w("跟踪中", "following"),
            Self::Released => w("已解除", "released"),
        }
    }
}

impl Term for Against {
    fn word(self) -> Word {
        match self {
            Self::NotOver => w("未期满", "its days are not over"),
            Self::Confirmed => w("确诊", "confirmed"),
            Self::Suspected => w("疑似", "suspected"),
            Self::Fever => w("近三日有发热", "a fever in the last three days"),
            Self::Doubts => w("存疑未核实", "open doubts"),
        }
    }
}

impl Term for Channel {
    fn word(self) -> Word {
        match self {
            Self::Phone => w("电话", "phone"),
            Self::Wechat => w("微信", "WeChat"),
            Self::Qq => w("QQ", "QQ"),
            Self::Sms => w("短信", "SMS"),
            Self::InPerson => w("当面", "in person"),
            Self::Incoming => w("来电", "incoming"),
            Self::Other => w("其他", "other"),
        }
    }
}

impl Term for How {
    fn word(self) -> Word {
        match self {
            Self::Handed => w("交班", "handed over"),
            Self::Continued => w("连班", "continued"),
            Self::TakenOver => w("自行接班", "taken over alone"),
        }
    }
}

impl Term for Signed {
    fn word(self) -> Word {
        match self {
            Self::Name => w("署名", "by name"),
            Self::Pin => w("署名并验口令", "by name and PIN"),
            Self::Absent => w("未在场", "absent"),
        }
    }
}

impl Term for QuestionEnd {
    fn word(self) -> Word {
        match self {
            Self::Answered => w("答复接班提问", "question answered"),
            Self::Closed => w("接班提问不再需要", "question closed"),
        }
    }
}

impl Term for PinChange {
    fn word(self) -> Word {
        match self {
            Self::Set => w("设置", "set"),
            Self::Changed => w("更换", "changed"),
            Self::Removed => w("取消", "taken away"),
        }
    }
}

impl Term for Outcome {
    fn word(self) -> Word {
        match self {
            Self::NotReached => w("未接通", "not reached"),
            Self::Well => w("正常", "well"),
            Self::NotWell => w("异常", "not well"),
            Self::Promised => w("已答应", "promised"),
            Self::Informed => w("已告知", "informed"),
            Self::Refused => w("拒绝", "refused"),
            Self::WrongNumber => w("号码有误", "wrong number"),
            Self::MessageSent => w("已发消息未回", "message sent, no answer"),
            Self::NotAttempted => w("未联系", "not tried"),
        }
    }
}

impl Term for PromiseEnd {
    fn word(self) -> Word {
        match self {
            Self::Kept => w("已兑现", "kept"),
            Self::Late => w("迟兑现", "kept late"),
            Self::Broken => w("未兑现", "broken"),
            Self::Dropped => w("作废", "dropped"),
        }
    }
}

impl Term for PersonKind {
    fn word(self) -> Word {
        match self {
            Self::Staff => w("教职工", "staff"),
            Self::Undergraduate => w("本科生", "undergraduate"),
            Self::Master => w("硕士生", "master's"),
            Self::Doctoral => w("博士生", "doctoral"),
            Self::External => w("外聘", "external"),
            Self::Foreign => w("外籍", "foreign"),
            Self::Other => w("其他", "other"),
        }
    }
}

impl Term for ContactKind {
    fn word(self) -> Word {
        match self {
            Self::Command => w("指挥部", "command"),
            Self::Cdc => w("疾控", "CDC"),
            Self::Hospital => w("医院", "hospital"),
            Self::Community => w("社区", "community"),
            Self::Education => w("教育主管部门", "education authority"),
            Self::Other => w("其他", "other"),
        }
    }
}

impl Term for Site {
    fn word(self) -> Word {
        match self {
            Self::Axillary => w("腋温", "axillary"),
            Self::Forehead => w("额温", "forehead"),
            Self::Ear => w("耳温", "ear"),
            Self::Oral => w("口温", "oral"),
        }
    }
}

/// The reason logged when numbers are shown on a call sheet.
pub const CALL_SHEET_REASON: &str = "call sheet";

/// A paper by its code, as the log names it.
pub fn paper(code: &str) -> Word {
    match code {
        "handover" => w("交接单", "handover paper"),
        "sitrep" => w("疫情日报", "situation report"),
        "callsheet" => w("应联系人员名单", "call sheet"),
        "dossier" => w("一人一档", "dossier"),
        "release" => w("解除通知", "release notice"),
        "unit-sheet" => w("单位催报单", "unit sheet"),
        "access" => w("查看记录", "access log"),
        _ => w("文书", "paper"),
    }
}

/// Several categories in one line.
pub fn categories(all: &[Category]) -> Say {
    Say {
        zh: all.iter().map(|c| word(*c).zh).collect::<Vec<_>>().join("、"),
        en: all.iter().map(|c| word(*c).en).collect::<Vec<_>>().join(", "),
    }
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

/// Parts of a line, with the separator of each language.
pub fn joined(parts: &[Say]) -> Say {
    let pick = |of: fn(&Say) -> &str, by: &str| {
        parts.iter().map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(by)
    };
    Say { zh: pick(|say| &say.zh, "，"), en: pick(|say| &say.en, ", ") }
}

/// An event of the log in words, without the name of its subject (that stands beside it).
pub fn event_line(event: &Event) -> Say {
    event_words(event, None)
}

/// The same with the times it speaks of, as the office's clock has them, and with their year where it is another than that
/// of `at`, when it happened; `due` is when the promise of a `promise.closed` fell due, which its event does not hold.
pub fn event_line_at(event: &Event, due: Option<Ts>, at: Ts, calendar: Calendar) -> Say {
    let line = event_words(event, Some((calendar, at)));
    match (event, due) {
        (Event::PromiseClosed(_), Some(due)) => joined(&[line, lines::was_due(calendar.brief(due, at))]),
        _ => line,
    }
}

/// The temperature that was told, with where it was taken.
pub fn temperature(tenths: i16, site: Option<Site>) -> Say {
    let t = degrees(tenths);
    match site.map(word) {
        Some(site) => Say { zh: lines::temp_at(&t, site.zh).zh, en: lines::temp_at(&t, site.en).en },
        None => lines::temp(&t),
    }
}

/// What was done, and that somebody else approved it.
fn approved(line: Say, by: Option<crate::domain::ids::OfficerId>) -> Say {
    match by {
        Some(_) => {
            let word = super::rights::APPROVED;
            Say { zh: format!("{}（{}）", line.zh, word.zh), en: format!("{} ({})", line.en, word.en) }
        }
        None => line,
    }
}

/// In words, numbers that were typed into them with their middle hidden; what offices and contacts are called at is
/// theirs to be seen.
fn event_words(event: &Event, clock: Option<(Calendar, Ts)>) -> Say {
    let said = words_of(event, clock);
    let public = matches!(
        event,
        Event::UnitAdded(_) | Event::UnitChanged(_) | Event::ContactAdded(_) | Event::ContactChanged(_)
    );
    if public {
        return said;
    }
    Say { zh: masked_words(&said.zh).into_owned(), en: masked_words(&said.en).into_owned() }
}

fn words_of(event: &Event, clock: Option<(Calendar, Ts)>) -> Say {
    match event {
        Event::OfficeOpened(e) => lines::office_opened(&e.settings.office),
        Event::DeskStarted(e) => lines::desk_started(e.from_seq),
        Event::SettingsChanged(e) if !e.changes.is_empty() => super::settings::line(&e.changes),
        Event::SettingsChanged(e) => lines::settings_changed(&e.settings.office),
        Event::RulesAdopted(e) => lines::rules_adopted(e.0.form.version),
        Event::FormAdopted(e) => lines::form_adopted(&e.0.form.name, e.0.form.version),
        Event::OfficerAdded(e) => lines::officer_added(&e.name),
        Event::OfficerRole(e) => {
            let role = super::rights::word(e.role);
            let line = super::rights::given(role.zh).zh;
            approved(Say { zh: line, en: super::rights::given(role.en).en }, e.approved_by)
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
        Event::PersonErased(e) => super::erase::line(e.bodies() + e.words(), e.rows(), &e.reason),
        Event::SheetImported(e) => lines::sheet_imported(&e.file, e.accepted, e.unchanged, e.rejected),
        Event::ReportReceived(e) => report_line(e),
        Event::ReportExcused(e) => excuse_line(e),
        Event::FollowUpLogged(e) => followup_line(e, clock),
        Event::FollowUpAttached(_) => lines::FOLLOWUP_ATTACHED.into(),
        Event::PromiseClosed(e) => around(lines::PROMISE_CLOSED, &word(e.how).into()),
        Event::CaseOpened(e) => around(lines::CASE_OPENED, &case_facts(&e.facts)),
        Event::CaseChanged(e) => with_words(around(lines::CASE_CHANGED, &case_facts(&e.facts)), &e.reason),
        Event::CaseReleased(e) => with_words(approved(released_line(&e.despite), e.approved_by), &e.reason),
        Event::FindingDismissed(e) => {
            with_words(around(lines::FINDING_DISMISSED, &super::findings::all(&e.found)), &e.reason)
        }
        Event::NoteWritten(e) => around(lines::NOTE, &Say::same(&e.text)),
        Event::ContactAdded(e) => around(lines::CONTACT_ADDED, &contact_facts(&e.facts)),
        Event::ContactChanged(e) => {
            told(around(lines::CONTACT_CHANGED, &contact_facts(&e.facts)), &e.told_by)
        }
        Event::ContactRemoved(e) => with_words(lines::CONTACT_REMOVED.into(), &e.reason),
        Event::OpUndone(e) => lines::op_undone(e.op.seq),
        Event::PersonalRevealed(e) if e.reason == "call" => lines::REVEALED_TO_CALL.into(),
        Event::PersonalRevealed(e) if e.reason == CALL_SHEET_REASON => lines::REVEALED_FOR_CALL_SHEET.into(),
        Event::PersonalRevealed(e) => approved(lines::revealed(&e.reason), e.approved_by),
        Event::NumberRevealed(e) if e.reason == "call" => lines::CALLER_REVEALED_TO_CALL.into(),
        Event::NumberRevealed(e) if e.reason == CALL_SHEET_REASON => {
            lines::CALLER_REVEALED_FOR_CALL_SHEET.into()
        }
        Event::NumberRevealed(e) => approved(lines::caller_revealed(&e.reason), e.approved_by),
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

fn listed(parts: &[Say]) -> Say {
    let pick = |of: fn(&Say) -> &str, by: &str| parts.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: pick(|say| &say.zh, "、"), en: pick(|say| &say.en, ", ") }
}

fn field_word(field: &str) -> Word {
    super::intake::field(field).unwrap_or(match field {
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

/// The sentences of [`event_line`].
pub mod lines {
    crate::words! {
        /// A report that need not come.
        report_excused(day, round): "免报 {day}{round} 的日报", "Report of {day}{round} excused";
        /// A report that is no longer asked for.
        report_written_off(day, round): "核销 {day}{round} 的欠报", "Report of {day}{round} written off";
        /// Day 0 of an observation.
        counted_from(day): "自 {day} 起算", "counted from {day}";
        /// Who answers for the person.
        contact_person(name): "包保联系人 {name}", "assigned contact {name}";
        /// `office.opened`
        office_opened(name): "启用值班台：{name}", "office opened: {name}";
        /// `desk.started`
        desk_started(seq): "作为新的值班台接着记，接续原来的第 {seq} 号记录", "goes on as a new desk, after entry {seq} of the one before";
        /// `settings.changed`
        settings_changed(name): "修改设置：{name}", "settings changed: {name}";
        /// `rules.adopted`
        rules_adopted(version): "启用规则第 {version} 版", "rules version {version} adopted";
        /// `form.adopted`
        form_adopted(name, version): "启用采集表 {name} 第 {version} 版", "form {name} version {version} adopted";
        /// `officer.added`
        officer_added(name): "新增值班员：{name}", "officer added: {name}";
        /// `shift.started`
        SHIFT_STARTED: "开始值班", "shift started";
        /// `shift.closed`
        shift_closed(ticked, all; items = all "item" "items"): "交班，已逐项确认 {ticked}/{all}", "shift closed, {ticked} of {all} {items} acknowledged";
        /// `shift.closed`, by the same officer
        shift_continued(ticked, all; items = all "item" "items"): "连班，已逐项确认 {ticked}/{all}", "shift continued, {ticked} of {all} {items} acknowledged";
        /// `shift.closed`, by the incoming officer alone
        shift_taken(all; items = all "item" "items"): "自行接班，{all} 项未读", "shift taken over alone, {all} {items} unread";
        /// `handover.words`
        HANDOVER_WORDS: "留给下一班", "for the next shift";
        /// `handover.asked`
        ASKED: "接班提问", "asked at the handover";
        /// Why a report was corrected.
        SITREP_REASON: "日报更正原因", "why the report was corrected";
        /// What was written beside figures told.
        TOLD_WORDS: "报数备注", "beside the figures told";
        /// `handover.acknowledged`
        ACKNOWLEDGED: "补阅未读接班事项", "item taken over unread is read";
        /// `pin.changed`
        PIN: "签字口令", "PIN";
        /// `pin.changed`, by another alone.
        PIN_BY_LEAD: "由带班领导代为取消", "by whoever leads, not by its officer";
        /// `pin.changed`, by others.
        PIN_BY_TWO: "由另外两位值班员代为取消", "by two others, not by its officer";
        /// `find.probed`
        probed(n; parts = n "part" "parts"): "一小时内按号码片段查找个人 {n} 次", "people looked for by {n} {parts} of numbers within an hour";
        /// `template.adopted`
        template_adopted(name): "启用单据模板 {name}", "template {name} adopted";
        /// `unit.added`
        unit_added(code, name): "新增单位 {code} {name}", "unit added: {code} {name}";
        /// `unit.changed`
        UNIT_CHANGED: "更正单位资料", "unit corrected";
        /// `person.added`
        person_added(no): "新增人员 {no}", "person added: {no}";
        /// `person.changed`
        PERSON_CHANGED: "更正人员资料", "person corrected";
        /// Who said so.
        told_by(who): "{who}告知", "told by {who}";
        /// `sheet.imported`
        sheet_imported(file, accepted, unchanged, rejected): "导入 {file}：收 {accepted} 行，无变化 {unchanged} 行，拒收 {rejected} 行", "imported {file}: {accepted} taken, {unchanged} unchanged, {rejected} rejected";
        /// A report with rows.
        report_rows(day, rows; of = rows "row" "rows"): "收到 {day} 日报，{rows} 人", "report of {day} received, {rows} {of}";
        /// A zero report.
        report_zero(day): "收到 {day} 零报告", "zero report of {day} received";
        /// A report without its rows.
        report_marked(day): "收到 {day} 日报（无明细）", "report of {day} received, without rows";
        /// Sent again.
        corrected(why): "更正：{why}", "correction: {why}";
        /// A call about a missing report.
        CHASE: "催报", "chase";
        /// Who picked up the telephone.
        answered_by(who): "{who}接听", "{who} answered";
        /// Who answered a message.
        replied(who): "{who}回复", "{who} replied";
        /// Who called.
        caller(who): "来电人{who}", "caller {who}";
        /// Whom one spoke with face to face.
        met(who): "当面见{who}", "spoke with {who}";
        /// Something was promised.
        WITH_PROMISE: "有承诺", "with a promise";
        /// What was promised, with its time.
        promised_for(at): "承诺 {at}", "promised for {at}";
        /// When the office means to call again.
        call_again(at): "再联系 {at}", "call again {at}";
        /// When a promise that ended fell due.
        was_due(at): "应于 {at}", "due {at}";
        /// A temperature.
        temp(t): "{t}℃", "{t} °C";
        /// A temperature, and where it was taken.
        temp_at(t, site): "{site} {t}℃", "{site} {t} °C";
        /// `followup.attached`
        FOLLOWUP_ATTACHED: "来电人已核实", "caller identified";
        /// `promise.closed`
        PROMISE_CLOSED: "承诺", "promise";
        /// `case.opened`
        CASE_OPENED: "列入重点关注", "case opened";
        /// `case.changed`
        CASE_CHANGED: "修改重点关注", "case changed";
        /// `case.released`
        CASE_RELEASED: "解除重点关注", "case released";
        /// `case.released`, although something stood against it
        case_released_despite(zh, en): "解除重点关注（提前：{zh}）", "case released early ({en})";
        /// `finding.dismissed`
        FINDING_DISMISSED: "待处置事项不列入关注", "finding dismissed";
        /// `note.written`
        NOTE: "记事", "note";
        /// `sitrep.sent`
        sitrep_sent(day, to): "报送 {day} 疫情日报：{to}", "situation report of {day} sent to {to}";
        /// `sitrep.corrected`
        sitrep_corrected(day, to): "更正 {day} 疫情日报：{to}", "situation report of {day} corrected, to {to}";
        /// `figure.told`
        figure_told(n, to): "口头报数 {n} 项：{to}", "figures told to {to}: {n}";
        /// `contact.added`
        CONTACT_ADDED: "新增外部联系人", "outside contact added";
        /// `contact.changed`
        CONTACT_CHANGED: "更正外部联系人", "outside contact corrected";
        /// `contact.removed`
        CONTACT_REMOVED: "移除外部联系人", "outside contact removed";
        /// `op.undone`
        op_undone(seq): "撤销第 {seq} 号记录", "entry {seq} undone";
        /// `personal.revealed`, on the desk
        REVEALED_TO_CALL: "查看号码（拨打电话）", "number shown (to call)";
        /// `personal.revealed`
        revealed(reason): "查看号码（{reason}）", "number shown ({reason})";
        /// `personal.revealed`, for a call sheet
        REVEALED_FOR_CALL_SHEET: "查看号码（应联系人员名单）", "number shown (call sheet)";
        /// `number.revealed`, on the desk
        CALLER_REVEALED_TO_CALL: "查看来电号码（打电话）", "caller's number shown (to call)";
        /// `number.revealed`
        caller_revealed(reason): "查看来电号码（{reason}）", "caller's number shown ({reason})";
        /// `number.revealed`, for a call sheet
        CALLER_REVEALED_FOR_CALL_SHEET: "查看来电号码（应联系人员名单）", "caller's number shown (call sheet)";
        /// `backup.made`
        backed_up(file): "备份：{file}", "backup: {file}";
        /// `backup.made`, verified
        backed_up_sound(file): "备份并核对：{file}", "backup, verified: {file}";
        /// `drill.done`
        drilled(file): "备份演练通过：{file}", "backup drill went well: {file}";
        /// `drill.done`
        drill_failed(file): "备份演练未通过：{file}", "backup drill failed: {file}";
        /// A kind this program does not know.
        unknown(kind): "未识别的记录 {kind}", "unknown kind of entry {kind}";
    }
}

/// How long something is past its time: by days, hours or minutes.
pub fn lateness(minutes: i64) -> Say {
    match minutes {
        ..=0 => screen::JUST_NOW.into(),
        1..60 => screen::over_minutes(minutes),
        60..1440 => screen::over_hours(minutes / 60, minutes % 60),
        _ => screen::over_days(minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::followup::Outcome;

    #[test]
    fn no_two_outcomes_share_a_word() {
        for (i, one) in Outcome::ALL.iter().enumerate() {
            for other in &Outcome::ALL[i + 1..] {
                assert_ne!(word(*one).zh, word(*other).zh);
                assert_ne!(word(*one).en, word(*other).en);
            }
        }
    }

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
