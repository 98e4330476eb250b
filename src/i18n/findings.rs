//! Words about what sheets bring that somebody must act on (待处置).

use super::terms::{Term, joined, temperature, word};
use crate::domain::finding::{self, Finding, What};
use crate::domain::mask::masked_words;
pub use crate::i18n::common::REASON as DISMISS_REASON;
use crate::say::{Say, Word};

crate::words! {
    /// What sheets bring that somebody must act on.
    FINDINGS: "待处置", "To act on";
    /// One line's kind.
    FINDING: "待处置", "to act on";
    /// A temperature that does not say where it was taken.
    without_site(zh, en): "体温 {zh}", "{en}";
    /// A contact's day.
    on_day(what_zh, what_en, day): "{what_zh}（{day}）", "{what_en} ({day})";
    /// The sheet's own words.
    with_words(what_zh, what_en, said): "{what_zh}（{said}）", "{what_en} ({said})";
    /// With the report's day.
    of_day(day, zh, en): "{day} {zh}", "{day} {en}";
    /// With the day since which the sheets say so.
    since(day, zh, en): "{day}起 {zh}", "since {day} {en}";
    /// A form's title.
    DISMISS: "不列入关注", "Dismiss";
    /// What it is for.
    DISMISS_HINT: "核实情况，按谁的答复；须列入关注的请按 Esc，再按 o", "what was found out, on whose word; for a case press Esc, then o";
    /// Nothing to dismiss.
    NOTHING_OPEN: "此人没有待处置的事项", "Nothing is to be acted on about this person";
    /// What to do about that.
    NOTHING_OPEN_HINT: "用 zhiban list findings 查看待处置名单", "See zhiban list findings";
    /// The list changed meanwhile.
    OTHERS_NOW: "待处置的事项已有变化，请重新查看后再处置", "What is to be acted on has changed meanwhile; look again first";
    /// What a sheet brings: nobody is left unsaid.
    brings(n, zh, en): "这份表带来 {n} 人待处置：{zh}", "This sheet brings {n} to act on: {en}";
    /// What was taken in brought this.
    brought(seq, n, zh, en): "已导入，第 {seq} 号；带来 {n} 人待处置：{zh}", "Taken in as entry {seq}; to act on: {n} ({en})";
    /// What to do about them.
    WHAT_TO_DO: "在待办（6）列入关注（o）或说明原因不列入（c）；命令行用 case open 或 dismiss", "On screen 6 open a case (o) or dismiss it with a reason (c); on the command line case open or dismiss";
    /// A part of the handover's screen.
    section(n): "待处置 {n} 人", "To act on: {n}";
    /// In the handover's first sentence.
    wrong(n, zh, en): "待处置 {n} 人（{zh}）", "{n} to act on ({en})";
    /// Counter in the header.
    count(n): "待处置 {n}", "to act on {n}";
    /// Too many to name.
    and_more(zh, en, n): "{zh}，另有 {n} 人", "{en} and {n} more";
}

impl Term for What {
    fn word(self) -> Word {
        let w = |zh, en| Word { zh, en };
        match self {
            Self::Fever => w("发热", "fever"),
            Self::InHubei => w("在湖北", "in Hubei"),
            Self::ViaHubei => w("途经湖北", "through Hubei"),
            Self::MetCase => w("接触病例", "met a case"),
            Self::MetFromHubei => w("接触湖北来人", "met somebody from Hubei"),
            Self::CommunityCase => w("小区有病例", "a case where they live"),
            Self::Observing => w("表上填观察", "observed, the sheet says"),
            Self::Isolated => w("表上填隔离", "isolated, the sheet says"),
            Self::Hospital => w("表上填住院", "in hospital, the sheet says"),
            Self::Unwell => w("不适", "unwell"),
        }
    }
}

/// One finding, without its day.
pub fn one(finding: &Finding) -> Say {
    let found = &finding.found;
    let what = word(found.what);
    if let Some(tenths) = found.tenths {
        let t = temperature(tenths, found.site);
        return if found.site.is_some() { t } else { without_site(t.zh, t.en) };
    }
    match (found.about, found.said.as_str()) {
        (Some(day), _) => on_day(what.zh, what.en, day.format("%m-%d")),
        (None, "") => what.into(),
        (None, said) => with_words(what.zh, what.en, &*masked_words(said)),
    }
}

/// Several of one person, with their days: `02-17 腋温 38.2℃，02-15起 不适（咳嗽）`. What sheets repeat is told once.
pub fn all(findings: &[Finding]) -> Say {
    let mut last = None;
    let parts: Vec<Say> = finding::runs(findings)
        .into_iter()
        .map(|run| {
            let (first, newest) = (run[0], run[run.len() - 1]);
            let say = one(newest);
            let day = first.day.format("%m-%d");
            let is_new = last.replace(first.day) != Some(first.day);
            match (run.len() > 1, is_new) {
                (true, _) => since(day, &say.zh, &say.en),
                (false, true) => of_day(day, &say.zh, &say.en),
                (false, false) => say,
            }
        })
        .collect();
    joined(&parts)
}

/// How many people are named before the others are only counted.
const NAMED: usize = 8;

/// People with what was found, in one line.
pub fn named<'a>(people: impl ExactSizeIterator<Item = (&'a str, &'a [Finding])>) -> Say {
    let n = people.len();
    let said: Vec<Say> = people
        .take(NAMED)
        .map(|(name, findings)| {
            let what = all(findings);
            Say { zh: format!("{name}（{}）", what.zh), en: format!("{name} ({})", what.en) }
        })
        .collect();
    let join = |of: fn(&Say) -> &str, by: &str| said.iter().map(of).collect::<Vec<_>>().join(by);
    let (zh, en) = (join(|say| &say.zh, "、"), join(|say| &say.en, "; "));
    if n > NAMED { and_more(zh, en, n - NAMED) } else { Say { zh, en } }
}
