//! Words about the days of a case, and about releasing one.

use super::terms::{temperature, word};
use crate::domain::ask::Doubt;
use crate::domain::case::{Against, CaseDay, CaseFacts, DateSlip, Measure};
use crate::say::{Say, Word};

use crate::domain::case::RecentFever;
use chrono::NaiveDate;

crate::words! {
    /// The count's last day, and how it is counted: from the last contact.
    last_day(last, zero, total): "期满日 {last}（末次接触 {zero} + {total}），次日起可解除", "last day {last} (last contact {zero} + {total}); due for release the day after";
    /// The count's last day, and how it is counted: from the beginning.
    last_day_from_start(last, start, total): "期满日 {last}（开始日 {start} + {total}），次日起可解除", "last day {last} (start {start} + {total}); due for release the day after";
    /// No days are counted.
    NOT_COUNTED: "不计天数", "no days are counted";
    /// Fits what the form says, with what follows from it.
    DAY_ZERO_IS: "末次接触", "last contact";
    /// The first day of a measure.
    START_IS: "开始日", "start";
    /// A day of a case that has not come.
    future(what_zh, what_en, day): "{what_zh} {day} 还没有到，请改成今天或以前的日期", "the {what_en} {day} is still to come; give today or a day before it";
    /// A day of a case that is long past.
    far_back(what_zh, what_en, day, days): "{what_zh} {day} 在 {days} 天以前", "the {what_en} {day} is {days} days ago";
    /// A release that something stood against, with its reason.
    early_reason(zh, en, reason): "（提前：{zh}）{reason}", "(early: {en}) {reason}";
    /// A case that is due at once.
    over_at_once(last): "期满日 {last} 已过，保存后即为期满待解除", "its last day {last} is over: it would be due for release at once";
    /// Asks whether odd days are meant.
    ask_again(what): "{what}。确实如此请在“日期无误”选“是”", "{what}. If that is meant, choose yes at “Dates are right”";
    /// The field of the second yes.
    DATES_RIGHT: "日期无误", "Dates are right";
    /// What to do on the command line about odd days.
    SURE_HINT: "核对日期；确实如此请加 --sure", "Check the days; if they are meant add --sure";
    /// What to do about a day that has not come.
    DATES_HINT: "请核对末次接触日和开始日", "Check the last contact and the start";
}

impl CaseDay {
    fn word(self) -> Word {
        match self {
            Self::LastExposure => DAY_ZERO_IS,
            Self::Start => START_IS,
        }
    }
}

/// How the days of a case are counted, to stand under the field: the last day with its formula.
pub fn count(facts: &CaseFacts, today: NaiveDate) -> Say {
    let (Some(on), Some(zero)) = (facts.observation(today), facts.day_zero()) else {
        return NOT_COUNTED.into();
    };
    match facts.last_exposure {
        Some(_) => last_day(on.last_day, zero, on.total),
        None => last_day_from_start(on.last_day, zero, on.total),
    }
}

/// The same, with what may be a slip in it.
pub fn count_with(facts: &CaseFacts, slips: &[DateSlip], today: NaiveDate) -> Say {
    let (count, odd) = (count(facts, today), self::slips(slips));
    if slips.is_empty() {
        return count;
    }
    Say { zh: format!("{}；{}", count.zh, odd.zh), en: format!("{}; {}", count.en, odd.en) }
}

/// What a new case was given: measure and how its days are counted.
pub fn completed(facts: &CaseFacts, today: NaiveDate) -> Say {
    let measure = word(facts.measure.unwrap_or(Measure::None));
    let count = count(facts, today);
    Say { zh: format!("{}，{}", measure.zh, count.zh), en: format!("{}: {}", measure.en, count.en) }
}

/// A slip in words.
pub fn slip(slip: DateSlip) -> Say {
    match slip {
        DateSlip::Future(which, day) => future(which.word().zh, which.word().en, day),
        DateSlip::FarBack(which, day, days) => far_back(which.word().zh, which.word().en, day, days),
        DateSlip::OverAtOnce(last) => over_at_once(last),
    }
}

/// Several slips in one sentence.
pub fn slips(all: &[DateSlip]) -> Say {
    let said: Vec<Say> = all.iter().map(|one| slip(*one)).collect();
    let join = |of: fn(&Say) -> &str, by: &str| said.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|say| &say.zh, "；"), en: join(|say| &say.en, "; ") }
}

crate::words! {
    /// Why a release is refused, or asked about again.
    stands_against(zh, en): "不能直接解除：{zh}", "Not released: {en}";
    /// What to do about a release that something stands against.
    EARLY_HINT: "核实后仍要解除，请另行确认（命令行加 --early），并写明原因", "Check it; to release all the same say yes a second time (--early on the command line), with the reason";
    /// The days are not over: which day it is.
    not_over(day, total, last): "未期满（第 {day}/{total} 天，期满日 {last}）", "its days are not over (day {day} of {total}, last day {last})";
}

/// One thing that stands against a release; a fever with its day, its value and where it was taken.
fn with_fever(one: Against, fever: Option<RecentFever>) -> Say {
    let said = word(one);
    match (one, fever) {
        (Against::Fever, Some(RecentFever { day, tenths, site })) => {
            let at = temperature(tenths, site);
            fever_on(said.zh, said.en, day.format("%m-%d"), at.zh, at.en)
        }
        _ => said.into(),
    }
}

/// What stands against a release, in one line; before the last day with the day it is.
pub fn against(all: &[Against], fever: Option<RecentFever>, facts: &CaseFacts, today: NaiveDate) -> Say {
    let said: Vec<Say> = all
        .iter()
        .map(|one| match (one, facts.observation(today)) {
            (Against::NotOver, Some(on)) => not_over(on.shown_day(), on.total, on.last_day),
            _ => with_fever(*one, fever),
        })
        .collect();
    let join = |of: fn(&Say) -> &str, by: &str| said.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|say| &say.zh, "、"), en: join(|say| &say.en, ", ") }
}

crate::words! {
    /// What stands against a release is being looked up.
    CHECKING: "正在核对期满日、近三日体温和存疑，请稍候", "Looking up its days, the last temperatures and open doubts; one moment";
    /// The field of the second yes.
    EARLY: "仍要解除", "Release all the same";
    /// The second yes.
    STILL: "是，仍要解除", "yes, all the same";
    /// A plain yes, for the others only.
    only_the_others(n): "否，只解除其余 {n} 人", "no, only the other {n}";
    /// The second yes, beside others.
    these_too(n): "是，连同这 {n} 人", "yes, these {n} too";
    /// What the second yes is asked about.
    EARLY_WHY: "标 ! 的各条不宜直接解除；核实后仍要解除，请选“是”并写明原因", "What is marked ! stands against it; to release all the same choose yes and give the reason";
    /// Who is not released by the plain yes.
    second_yes(zh, en): "{zh} 须另行确认：核实后在“仍要解除”选“是”", "{en}: check first, then choose yes at “Release all the same”";
    /// Some of those marked were not released.
    left_open(n, left, zh, en): "已解除 {n} 人；{left} 人未解除：{zh}", "Released: {n}. Not released: {left} ({en})";
    /// A fever in the last days, with what made it one.
    fever_on(zh, en, day, at_zh, at_en): "{zh}（{day} {at_zh}）", "{en} ({day}: {at_en})";
}

/// What stands against releasing somebody, with the fever and the doubts themselves.
pub fn despite(
    all: &[Against],
    fever: Option<RecentFever>,
    doubts: &[Doubt],
    facts: &CaseFacts,
    today: NaiveDate,
) -> Say {
    let said: Vec<Say> = all
        .iter()
        .map(|one| match one {
            Against::Doubts => {
                let doubts: Vec<Say> = doubts.iter().map(super::ask::doubt).collect();
                let head = word(*one);
                let zh = doubts.iter().map(|say| say.zh.as_str()).collect::<Vec<_>>().join("；");
                let en = doubts.iter().map(|say| say.en.as_str()).collect::<Vec<_>>().join("; ");
                Say { zh: format!("{}：{zh}", head.zh), en: format!("{}: {en}", head.en) }
            }
            _ => against(&[*one], fever, facts, today),
        })
        .collect();
    let join = |of: fn(&Say) -> &str, by: &str| said.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|say| &say.zh, "、"), en: join(|say| &say.en, ", ") }
}

/// What stood against a release, listed; with the fever where it is known.
pub fn listed(despite: &[Against], fever: Option<RecentFever>) -> Say {
    let all: Vec<Say> = despite.iter().map(|one| with_fever(*one, fever)).collect();
    let join = |of: fn(&Say) -> &str, by: &str| all.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: join(|say| &say.zh, "、"), en: join(|say| &say.en, ", ") }
}

/// Why a case was released, and what stood against it.
pub fn reason(despite: &[Against], reason: &str) -> Say {
    if despite.is_empty() {
        return Say::same(reason);
    }
    let all = listed(despite, None);
    early_reason(all.zh, all.en, reason)
}
