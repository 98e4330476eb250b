//! A word for every value of the domain.

use crate::domain::case::{Against, CaseState, Category, Measure};
use crate::domain::contact::ContactKind;
use crate::domain::followup::{Channel, Outcome, PromiseEnd};
use crate::domain::handover::{How, PinChange, QuestionEnd, Signed};
use crate::domain::person::PersonKind;
use crate::domain::report::{Excuse, ReportForm, ReportStatus, Site, Standing, degrees};
use crate::say::{Say, Word};

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

impl Term for Standing {
    fn word(self) -> Word {
        match self {
            Self::Listed => w("在表内", "in it"),
            Self::Added => w("新增", "added"),
            Self::Dropped => w("去掉", "dropped"),
            Self::Missing => w("不在表内", "not in it"),
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
        "feedback" => w("报送反馈单", "feedback sheet"),
        "access" => w("查看记录", "access log"),
        "ledger" => w("台账", "ledger"),
        "unit-form" => w("填报表", "sheet to fill in"),
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

/// Parts of a line, with the separator of each language.
pub fn joined(parts: &[Say]) -> Say {
    let pick = |of: fn(&Say) -> &str, by: &str| {
        parts.iter().map(of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(by)
    };
    Say { zh: pick(|say| &say.zh, "，"), en: pick(|say| &say.en, ", ") }
}

crate::words! {
    /// A temperature.
    temp(t): "{t}℃", "{t} °C";
    /// A temperature, and where it was taken.
    temp_at(t, site): "{site} {t}℃", "{site} {t} °C";
}

/// The temperature that was told, with where it was taken.
pub fn temperature(tenths: i16, site: Option<Site>) -> Say {
    let t = degrees(tenths);
    match site.map(word) {
        Some(site) => Say { zh: temp_at(&t, site.zh).zh, en: temp_at(&t, site.en).en },
        None => temp(&t),
    }
}

/// Parts in a row, parted as each language parts them.
pub fn listed(parts: &[Say]) -> Say {
    let pick = |of: fn(&Say) -> &str, by: &str| parts.iter().map(of).collect::<Vec<_>>().join(by);
    Say { zh: pick(|say| &say.zh, "、"), en: pick(|say| &say.en, ", ") }
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
}
