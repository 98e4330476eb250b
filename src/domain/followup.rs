//! Follow-ups (跟踪, 随访): one contact with a person or a unit.

use super::codes;
use super::ids::Subject;
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
        /// 未尝试: a slot that was not even tried.
        NotAttempted = "not-attempted",
    }
}

impl Outcome {
    /// Whether somebody was spoken to: such a call closes open promises of the same subject.
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
        }
    }
}

codes! {
    /// How a promise ended.
    PromiseEnd {
        /// 兑现: by the next reached call, or by hand.
        Kept = "kept",
        /// 未兑现
        Broken = "broken",
        /// 作废: no longer matters.
        Dropped = "dropped",
    }
}
