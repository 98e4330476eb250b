//! What a sheet brings that somebody must act on (待处置): a fever, Hubei, a contact, isolation or feeling unwell, of
//! somebody without a case. It stays until a case is opened or it is dismissed with a reason; time ends nothing.

use super::case::{CaseFacts, Category};
use super::codes;
use super::field::{Sheet, known};
use super::place::in_hubei;
use super::report::{Reading, Round, Site};
use super::rules::Rules;
use super::time::{Calendar, Ts};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// What was found.
    What {
        /// A temperature that is a fever by the rules of its day and site.
        Fever = "fever",
        /// In Hubei: as answered, or by the place.
        InHubei = "in-hubei",
        /// Through Hubei, or back from there.
        ViaHubei = "via-hubei",
        /// Contact with a case.
        MetCase = "met-case",
        /// Contact with people from Hubei.
        MetFromHubei = "met-from-hubei",
        /// A case where they live.
        CommunityCase = "community-case",
        /// Under observation, as the sheet says.
        Observing = "observing",
        /// Isolated, as the sheet says.
        Isolated = "isolated",
        /// In hospital, as the sheet says.
        Hospital = "hospital",
        /// Unwell: symptoms, or a state other than well.
        Unwell = "unwell",
    }
}

impl What {
    /// The same answer on the next day is not news: it goes on. A fever is measured anew each time.
    fn goes_on(self) -> bool {
        self != Self::Fever
    }

    /// An answer about the past fortnight, which sheets repeat after it was dealt with.
    fn is_about_the_past(self) -> bool {
        matches!(self, Self::ViaHubei | Self::MetCase | Self::MetFromHubei | Self::CommunityCase)
    }

    /// The reason that a case opened for it has.
    pub fn category(self) -> Category {
        match self {
            Self::Fever | Self::Unwell => Category::Fever,
            Self::InHubei => Category::InHubei,
            Self::ViaHubei => Category::BackFromHubei,
            Self::MetCase | Self::MetFromHubei => Category::Contact,
            Self::Observing => Category::HomeObservation,
            Self::Isolated => Category::CentralIsolation,
            Self::CommunityCase | Self::Hospital => Category::Other,
        }
    }
}

/// One thing that a row of a sheet brings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Found {
    /// What.
    pub what: What,
    /// The temperature, tenths of a degree Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenths: Option<i16>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// The day it is about, where the sheet names one: that of the contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<NaiveDate>,
    /// The sheet's own words: the symptoms, the place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// Which report of a person it stands in, with what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// The report's day.
    pub day: NaiveDate,
    /// Its round.
    pub round: Round,
    /// What.
    #[serde(flatten)]
    pub found: Found,
}

/// The answers of one row, as far as they are looked at.
pub struct Answers<'a> {
    /// The report's day.
    pub day: NaiveDate,
    /// The highest temperature.
    pub temp: Option<i16>,
    /// Where it was taken.
    pub site: Option<Site>,
    /// Place as written; empty when not said.
    pub place: &'a str,
    /// In Hubei now, as answered.
    pub in_hubei: Option<bool>,
    /// State as the form's code; empty when not said.
    pub status: &'a str,
    /// The answer of another column, by its canonical field; empty when not said.
    pub get: &'a dyn Fn(&str) -> &'a str,
}

/// What the answers bring.
pub fn found(answers: &Answers<'_>, rules: &Rules) -> Vec<Found> {
    let mut out = Vec::new();
    let mut add = |what: What, about: Option<NaiveDate>, said: &str| {
        out.push(Found { what, tenths: None, site: None, about, said: said.to_owned() });
    };
    let get = |field: &str| (answers.get)(field);
    let yes = |field: &str| get(field) == "1";
    if answers.in_hubei == Some(true) || in_hubei(answers.place) {
        add(What::InHubei, None, if in_hubei(answers.place) { answers.place } else { "" });
    }
    let destination = get("destination");
    if yes("via_hubei") || in_hubei(destination) {
        let back = get("returned_on").parse().ok();
        add(What::ViaHubei, back, if in_hubei(destination) { destination } else { "" });
    }
    for (what, field, on) in [
        (What::MetCase, "met_case", "met_case_on"),
        (What::MetFromHubei, "met_from_hubei", "met_from_hubei_on"),
    ] {
        if yes(field) {
            add(what, get(on).parse().ok(), "");
        }
    }
    if yes("community_case") {
        add(What::CommunityCase, None, get("community"));
    }
    let symptoms = get("symptoms");
    match answers.status {
        "observing" => add(What::Observing, None, ""),
        "isolated" => add(What::Isolated, None, ""),
        "hospital" => add(What::Hospital, None, ""),
        _ => {}
    }
    if !is_nothing(symptoms) || answers.status == "other" {
        add(What::Unwell, None, if is_nothing(symptoms) { "" } else { symptoms });
    }
    if let Some(tenths) = answers.temp.filter(|tenths| rules.is_fever(*tenths, answers.site, answers.day)) {
        let (tenths, site) = (Some(tenths), answers.site);
        out.insert(0, Found { what: What::Fever, tenths, site, about: None, said: String::new() });
    }
    out
}

/// Where the columns stand that are looked at, among a form's other ones.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    looked_at: Vec<(&'static str, usize)>,
    /// What somebody is, and not what they answered that day: their number, where they live.
    own: Vec<usize>,
}

/// The other columns that are looked at.
const FIELDS: [&str; 15] = [
    "left_on",
    "destination",
    "returned_on",
    "trip_no",
    "phone",
    "household",
    "via_hubei",
    "met_case",
    "met_case_on",
    "met_from_hubei",
    "met_from_hubei_on",
    "community_case",
    "community",
    "symptoms",
    "observed_how",
];

/// Fields that say who somebody is or where they live, beside those of a roster.
const OWN: [&str; 3] = ["age", "community", "room"];

impl Columns {
    /// Of a form that is not to be had.
    pub const NONE: Self = Self { looked_at: Vec::new(), own: Vec::new() };

    /// Of a form whose other columns these are, in order.
    pub fn of(rest: &[&str]) -> Self {
        let place = |field: &'static str| Some((field, rest.iter().position(|known| *known == field)?));
        let is_own = |field: &str| {
            OWN.contains(&field) || known(field).is_some_and(|known| known.stands_in(Sheet::Roster))
        };
        let own = rest.iter().enumerate().filter(|(_, field)| is_own(field)).map(|(at, _)| at);
        Self { looked_at: FIELDS.into_iter().filter_map(place).collect(), own: own.collect() }
    }

    /// Whether the other column at this place says who somebody is and where they live, and not what they answered.
    pub fn is_own(&self, at: usize) -> bool {
        self.own.contains(&at)
    }

    /// An answer out of the other columns of a reading; empty when not said.
    pub fn get<'r>(&self, rest: &'r [String], field: &str) -> &'r str {
        self.place(field).and_then(|at| rest.get(at)).map_or("", String::as_str)
    }

    /// An answer out of the other columns as they are kept: with a unit separator between.
    pub fn packed<'r>(&self, rest: &'r str, field: &str) -> &'r str {
        self.place(field).and_then(|at| rest.split('\u{1f}').nth(at)).unwrap_or_default()
    }

    /// The same out of the other columns taken apart.
    pub fn among<'r>(&self, rest: &[&'r str], field: &str) -> &'r str {
        self.place(field).and_then(|at| rest.get(at)).copied().unwrap_or_default()
    }

    /// The fields that are looked at, each with its place among the other columns.
    pub fn places(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.looked_at.iter().copied()
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.looked_at.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }
}

/// What a row brings.
pub fn found_in(reading: &Reading, columns: &Columns, rules: &Rules) -> Vec<Found> {
    let answers = Answers {
        day: reading.day,
        temp: reading.temp_am.max(reading.temp_pm),
        site: reading.site,
        place: reading.place.as_deref().unwrap_or_default(),
        in_hubei: reading.in_hubei,
        status: reading.status.as_deref().unwrap_or_default(),
        get: &|field| columns.get(&reading.rest, field),
    };
    found(&answers, rules)
}

/// Whole answers that say "nothing".
const NOTHING: [&str; 29] = [
    "",
    "否",
    "正常",
    "健康",
    "良好",
    "均正常",
    "都正常",
    "一切正常",
    "均健康",
    "体温正常",
    "身体健康",
    "身体正常",
    "身体良好",
    "身体状况良好",
    "未见异常",
    "未出现症状",
    "未出现不适",
    "未发现异常",
    "0",
    "-",
    "/",
    "none",
    "no",
    "nil",
    "n/a",
    "nothing",
    "normal",
    "well",
    "fine",
];

/// What one may be without, and unwell: no strength, no taste, no change for the better.
const WITHOUT: [&str; 16] = [
    "无力",
    "无味",
    "无嗅",
    "无食欲",
    "无胃口",
    "无精打采",
    "无精神",
    "无汗",
    "无好转",
    "无明显好转",
    "无缓解",
    "无明显缓解",
    "无改善",
    "无明显改善",
    "无法",
    "无意识",
];

/// What takes a denial back within its own clause, or says how long something has lasted.
const VETO: [char; 15] =
    ['有', '但', '伴', '仍', '还', '略', '轻', '稍', '微', '偶', '天', '周', '只', '仅', '却'];

/// Where one clause ends and the next begins. 、 joins what one denial denies.
const BETWEEN: [char; 15] =
    ['，', '。', '；', '：', '！', '（', '）', ',', '.', ';', ':', '!', '(', ')', '\n'];

/// Where a list that one denial denies ends, though it was written with commas: 无发热，咳嗽等症状.
const AND_SO_ON: [&str; 4] = ["等症状", "等不适", "等情况", "等异常"];

/// "Nothing", in the words of sheets: every clause of it must say so. What is in doubt is shown to somebody.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if NOTHING.contains(&text.as_str()) {
        return true;
    }
    // Blanks part clauses in Chinese, but for the one after the denial itself.
    let text = text.replace("没有", "无").replace("无 ", "无");
    let blank = |c: char| c.is_whitespace() && !text.is_ascii();
    let clauses = text.split(|c: char| BETWEEN.contains(&c) || blank(c)).map(str::trim);
    let clauses: Vec<&str> = clauses.filter(|clause| !clause.is_empty()).collect();
    let denied = |clause: &str| {
        clause.starts_with('无')
            && !clause.contains(VETO)
            && !WITHOUT.iter().any(|word| clause.contains(word))
    };
    let one_list = clauses.last().is_some_and(|last| AND_SO_ON.iter().any(|end| last.ends_with(end)))
        && clauses.first().is_some_and(|first| denied(first))
        && !text.contains(VETO);
    one_list || clauses.iter().all(|clause| NOTHING.contains(clause) || denied(clause))
}

/// All that decides what a row brings, apart from the code: to be held against the version of the tables.
#[cfg(test)]
pub fn judged_by() -> String {
    let places = super::place::judged_by();
    format!(
        "{} {FIELDS:?} {NOTHING:?} {WITHOUT:?} {VETO:?} {BETWEEN:?} {AND_SO_ON:?} {places}",
        super::rules::BUILTIN
    )
}

/// A finding in a report that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What, and in which report.
    pub finding: Finding,
    /// When the report came.
    pub came: Ts,
}

/// What was done about a person.
#[derive(Debug, Clone, Default)]
pub struct Handled {
    /// When their cases were released; none for the one that is open.
    pub cases: Vec<Option<Ts>>,
    /// What was dismissed.
    pub dismissed: Vec<Finding>,
}

/// How many days an answer may be missing and still go on: a weekend.
const GAP: i64 = 3;

/// Which of a person's findings are open, by place: neither covered by a case nor dismissed. `all` is in the order of
/// the days.
///
/// A case covers everything while it is open, and what was told before its release. An answer about the past that a case
/// covered stays covered while the sheets repeat it, and so does any answer that was dismissed; a fever is measured anew
/// each time.
pub fn open(all: &[Brought], handled: &Handled, calendar: Calendar) -> Vec<usize> {
    if handled.cases.iter().any(Option::is_none) {
        return Vec::new();
    }
    let released: Option<Ts> = handled.cases.iter().flatten().max().copied();
    let mut state: Vec<(bool, bool)> = Vec::with_capacity(all.len());
    for (at, brought) in all.iter().enumerate() {
        let Brought { finding, came } = brought;
        let mut by_case = released.is_some_and(|at| is_before(finding, *came, at, calendar));
        let mut dismissed = handled.dismissed.contains(finding);
        if finding.found.what.goes_on() {
            let before =
                all[..at].iter().zip(&state).rev().find(|(other, _)| goes_on(&other.finding, finding));
            if let Some((_, (case, dropped))) = before {
                by_case |= *case && finding.found.what.is_about_the_past();
                dismissed |= dropped;
            }
        }
        state.push((by_case, dismissed));
    }
    let open = state.iter().enumerate().filter(|(_, (by_case, dismissed))| !by_case && !dismissed);
    open.map(|(at, _)| at).collect()
}

/// Whether a release came after what the finding is about, and after it was told.
fn is_before(finding: &Finding, came: Ts, released: Ts, calendar: Calendar) -> bool {
    let day = calendar.day(released);
    // What came on the day of the release itself, but after it, nobody knew then; nor what was first told later of a
    // day before it.
    let known = finding.day < day || (finding.day == day && came <= released);
    known && finding.found.about.is_none_or(|about| about <= day)
}

/// Whether `after` is the same answer, given again.
fn goes_on(before: &Finding, after: &Finding) -> bool {
    let same = before.found.what == after.found.what
        && (after.found.what != What::Unwell || before.found.said == after.found.said)
        && before.day <= after.day;
    match (before.found.about, after.found.about) {
        // A day that is named makes it the same contact however long ago it was told last.
        (Some(one), Some(other)) => same && one == other,
        // Its day was only asked later: it lies before what was answered then.
        (None, Some(about)) if about > before.day => false,
        _ => same && (after.day - before.day).num_days() <= GAP,
    }
}

/// The first of each run of the same answer: what is told in one line. `all` is in the order of the days.
pub fn firsts(all: &[Finding]) -> Vec<Finding> {
    runs(all).into_iter().map(|run| run[0].clone()).collect()
}

/// The runs of the same answer, each in the order of the days; a fever is measured anew each time.
pub fn runs(all: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut out: Vec<Vec<&Finding>> = Vec::new();
    for finding in all {
        let fits = |run: &&mut Vec<&Finding>| {
            finding.found.what.goes_on() && run.last().is_some_and(|last| goes_on(last, finding))
        };
        match out.iter_mut().rev().find(fits) {
            Some(run) => run.push(finding),
            None => out.push(vec![finding]),
        }
    }
    out
}

/// What a case that is opened for these findings begins with.
pub fn case_for<'a>(findings: impl Iterator<Item = &'a Finding>) -> CaseFacts {
    let mut categories: Vec<Category> = Vec::new();
    let mut contact = None;
    for finding in findings {
        let category = finding.found.what.category();
        if !categories.contains(&category) {
            categories.push(category);
        }
        contact = contact.max(finding.found.about);
    }
    CaseFacts { categories: Some(categories), last_exposure: contact, ..CaseFacts::default() }
}

#[cfg(test)]
mod tests;
