//! Follow-ups (跟踪, 随访): one contact with a person or a unit.

use super::codes;
use super::ids::{FollowUpId, PromiseId, Subject};
use super::mask::Private;
use super::report::Site;
use super::time::Ts;
use serde::{Deserialize, Serialize};

codes! {
    /// By which way.
    Channel {
        /// 电话
        Phone = "phone",
        /// 微信
        Wechat = "wechat",
        /// QQ
        Qq = "qq",
        /// 短信
        Sms = "sms",
        /// 当面
        InPerson = "in-person",
        /// 来电: they called us.
        Incoming = "incoming",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// What came of it.
    Outcome {
        /// 未接通
        NotReached = "not-reached",
        /// 正常
        Well = "well",
        /// 异常
        NotWell = "not-well",
        /// 已答应
        Promised = "promised",
        /// 已告知
        Informed = "informed",
        /// 拒绝
        Refused = "refused",
        /// 号码有误
        WrongNumber = "wrong-number",
        /// 已发消息未回: written to, and no answer yet.
        MessageSent = "message-sent",
        /// 未尝试: a slot that was not even tried.
        NotAttempted = "not-attempted",
    }
}

impl Outcome {
    /// Whether somebody was spoken to. What became of an open promise is asked then, never presumed.
    pub fn reached(self) -> bool {
        matches!(self, Self::Well | Self::NotWell | Self::Promised | Self::Informed | Self::Refused)
    }

    /// Whether it answers a temperature slot: the person was seen or heard, well or not.
    pub fn fills_slot(self) -> bool {
        matches!(self, Self::Well | Self::NotWell)
    }
}

/// A follow-up as the officer fills it in. `subject` may be unknown and given later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpDraft {
    /// Who it was about, if known.
    pub subject: Option<Subject>,
    /// By which way.
    pub channel: Channel,
    /// Who answered.
    #[serde(default)]
    pub answered_by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was said.
    #[serde(default)]
    pub words: String,
    /// The number called or calling, when there is no subject or it is another than the subject's.
    #[serde(default)]
    pub number: String,
    /// When something was promised for.
    #[serde(default)]
    pub promise_due: Option<Ts>,
    /// When the office means to call again.
    #[serde(default)]
    pub next_contact: Option<Ts>,
    /// The temperature that was told, tenths of a degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temp: Option<i16>,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// What became of open promises, as it was asked; those that are not named stay open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<(PromiseId, PromiseEnd)>,
    /// Promises that stay open even beside a new one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<PromiseId>,
}

impl FollowUpDraft {
    /// The commonest one: called by telephone, not reached.
    pub fn not_reached(subject: Option<Subject>) -> Self {
        Self {
            subject,
            channel: Channel::Phone,
            answered_by: String::new(),
            outcome: Outcome::NotReached,
            words: String::new(),
            number: String::new(),
            promise_due: None,
            next_contact: None,
            temp: None,
            site: None,
            ends: Vec::new(),
            left: Vec::new(),
        }
    }
}

codes! {
    /// How a promise ended.
    PromiseEnd {
        /// 兑现: at or before its time.
        Kept = "kept",
        /// 迟兑现: kept, but after its time.
        Late = "late",
        /// 未兑现
        Broken = "broken",
        /// 作废: no longer matters.
        Dropped = "dropped",
    }
}

impl PromiseEnd {
    /// The end as the clock has it: what is done after its time is late, whoever says that it was kept.
    #[must_use]
    pub fn by_clock(self, due: Ts, at: Ts) -> Self {
        match self {
            Self::Kept | Self::Late if at > due => Self::Late,
            Self::Kept | Self::Late => Self::Kept,
            other => other,
        }
    }
}

/// The number from which a call came, or that was called: it may be nobody's whom the office knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Which call.
    pub call: FollowUpId,
    /// Its number.
    pub number: Private,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_says_whether_a_promise_was_kept_in_time() {
        let (due, minute) = (Ts(0), 60_000);
        for said in [PromiseEnd::Kept, PromiseEnd::Late] {
            assert_eq!(said.by_clock(due, due), PromiseEnd::Kept, "at its very time");
            assert_eq!(said.by_clock(due, due.plus(minute)), PromiseEnd::Late);
            assert_eq!(said.by_clock(due, due.plus(-minute)), PromiseEnd::Kept);
        }
        assert_eq!(PromiseEnd::Broken.by_clock(due, due.plus(-minute)), PromiseEnd::Broken);
        assert_eq!(PromiseEnd::Dropped.by_clock(due, due.plus(minute)), PromiseEnd::Dropped);
    }

    #[test]
    fn a_message_without_an_answer_reached_nobody() {
        assert!(!Outcome::MessageSent.reached() && !Outcome::MessageSent.fills_slot());
        assert_eq!(Outcome::from_code("message-sent"), Some(Outcome::MessageSent));
    }
}
