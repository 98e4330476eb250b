//! Why a typed time is not understood.

use crate::domain::when::{Unread, Wrong};
use crate::error::Error;

crate::words! {
    /// Nothing that reads as a time.
    unreadable(text): "看不懂这个时间：{text}", "cannot read this time: {text}";
    /// Reads as a time, but there is no such one.
    no_such_time(text): "没有这个时间：{text}", "there is no such time: {text}";
    /// It is over already.
    past(at): "{at} 已经过了", "{at} is already past";
    /// A day without a time of day.
    no_time_of_day(text): "“{text}”没有写几点", "\"{text}\" does not say what time of day";
    /// Twelve in the morning.
    two_times(text): "“{text}”可能是中午 12:00，也可能是半夜 00:00", "\"{text}\" may be 12:00 or 00:00";
    /// How a coming time may be typed.
    HOW: "可以写 15:00、30m、半小时、下午3点、今晚8点、明天9点、周三15:00、下班前、02-18 09:00",
        "write 15:00, 30m, 1h30, 3pm, tomorrow 9, Wed 15:00, or 02-18 09:00";
    /// How a past time may be typed.
    HOW_AT: "可以写 09:50、20m（20 分钟前）、昨天 16:00、02-17 09:50 或 2020-02-17T09:50:00+08:00",
        "write 09:50, 20m (that long ago), yesterday 16:00, 02-17 09:50 or 2020-02-17T09:50:00+08:00";
}

impl From<Unread> for Error {
    fn from(unread: Unread) -> Self {
        let typed = unread.typed;
        let what = match unread.wrong {
            Wrong::Unreadable => unreadable(typed),
            Wrong::NoSuchTime => no_such_time(typed),
            Wrong::NoTimeOfDay => no_time_of_day(typed),
            Wrong::TwoTimes => two_times(typed),
            Wrong::Past(at) => past(unread.cal.ymd_hm(at)),
        };
        Self::input(what).hint(if unread.gone { HOW_AT } else { HOW })
    }
}
