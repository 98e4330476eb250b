//! The words of the report screen, of what was told, and of the spoken report as the desk shows it.

crate::words! {
    /// Before the figures are there.
    TITLE: "疫情日报", "Situation report";
    /// The day, its window and its boundary.
    title(day, from, to, boundary): "疫情日报 {day}（{from} 至 {to}，日界 {boundary}）", "Report {day} ({from} to {to}, days from {boundary})";
    /// A table.
    T_SCHOOL: "全校", "Whole school";
    /// A table.
    T_MEASURE: "按措施", "By measure";
    /// A table.
    T_CATEGORY: "按原因", "By reason";
    /// A table.
    T_UNIT: "按单位", "By unit";
    /// A table.
    T_CAMPUS: "按校区", "By campus";
    /// A table.
    T_REPORTS: "日报报送", "Reports received";
    /// A table.
    T_TREND: "近 14 天", "Last 14 days";
    /// A table.
    T_HEAT: "各单位近 14 天报送", "Units, last 14 days";
    /// A table.
    T_SENT: "已报送", "Sent";
    /// A table.
    T_TOLD: "与此前所报不同", "Not as told before";
    /// A column.
    H_OPENING: "原有", "start";
    /// A column.
    H_NEW: "新增", "new";
    /// A column.
    H_RELEASED: "解除", "off";
    /// A column.
    H_OUT: "转出", "out";
    /// A column.
    H_IN: "转入", "in";
    /// A column.
    H_CURRENT: "现有", "open";
    /// A column.
    H_EVER: "累计", "ever";
    /// A column.
    H_OFF: "累计解除", "ever off";
    /// A column.
    H_FEVER_NEW: "新增发热", "fever new";
    /// A column.
    H_FEVER_ALL: "累计发热", "fever ever";
    /// A column.
    H_FEVER: "体温异常", "fever";
    /// A column.
    H_EXPECTED: "应报", "expected";
    /// A column.
    H_RECEIVED: "已报", "received";
    /// A column.
    H_IN_TIME: "按时", "in time";
    /// A column.
    H_LATE: "迟报", "late";
    /// A column.
    H_MISSING: "未报", "missing";
    /// A column.
    H_AWAITED: "尚未到时限", "not yet due";
    /// A column.
    H_NOW: "现在", "now";
    /// Rows left out.
    empty_rows(n; rows = n "row" "rows", are = n "is" "are"): "另有 {n} 行全为 0，未列出", "{n} more {rows} with nothing but 0 {are} left out";
    /// A formula.
    completeness(received, expected, share): "完整率 = 已报 {received} / 应报 {expected} = {share}", "completeness = received {received} / expected {expected} = {share}";
    /// A formula.
    timeliness(in_time, expected, share): "及时率 = 按时 {in_time} / 应报 {expected} = {share}", "timeliness = in time {in_time} / expected {expected} = {share}";
    /// What the marks mean.
    HEAT_LEGEND: "o 按时  ~ 迟报  X 未报  . 不需报", "o in time  ~ late  X missing  . not expected";
    /// A sent report.
    sent_row(at, day, to, channel): "{at} 向{to}报送 {day} 日报（{channel}）", "{at} report of {day} to {to} ({channel})";
    /// Why it was corrected.
    corrected_for(reason): "  更正：{reason}", "  correction: {reason}";
    /// What was said, and what is so now.
    told_otherwise(at, to, was, now): "{at} 向{to}报 {was}，现为 {now}", "{at} said {was} to {to}, now {now}";
    /// Who came to a figure.
    ADDED: "新增", "added";
    /// Who left a figure.
    REMOVED: "减少", "gone";
    /// More than are named.
    and_more(n): "，另有 {n} 个", " and {n} more";
    /// A figure of nought.
    NOBODY: "没有人（0）", "Nobody is behind it (0)";
    /// Another boundary.
    boundary_is(at): "日界改为 {at}（只改这一屏）", "Days from {at} (this screen only)";
    /// Sums that do not hold.
    bad_title(n; sums = n "sum does" "sums do"): "有 {n} 处合计不符，不能报送", "{n} {sums} not hold: it cannot be sent";
    /// A field.
    TO_WHOM: "报送对象", "To whom";
    /// A field.
    BY_WAY: "方式", "By";
    /// A field.
    WHY: "更正原因", "Why";
    /// What a report says in short.
    what_it_says(now, new, off): "现有 {now}，新增 {new}，解除 {off}；报出即定稿", "open {now}, new {new}, off {off}; final once sent";
    /// A title.
    send_title(day): "报送 {day} 疫情日报", "Send the report of {day}";
    /// A title.
    correct_title(day, at): "更正 {day} 疫情日报（{at} 报送）", "Correct the report of {day} (sent {at})";
    /// A hint.
    correct_hint(before, now): "报送时现有 {before}，现在 {now}", "it said {before} open, now {now}";
    /// Nothing to correct.
    NOTHING_SENT: "这一天的日报尚未报送，按 s 报送", "Nothing was sent for this day: s sends";
    /// A field left empty.
    TO_NEEDED: "请填写报送对象", "Say to whom";
    /// A field left empty.
    REASON_NEEDED: "请填写更正原因", "Say why it is corrected";
}

crate::words! {
    /// A title.
    TOLD_TITLE: "口径簿", "Figures told";
    /// A column.
    C_AT: "时间", "When";
    /// A column.
    C_TO: "报送对象", "To whom";
    /// A column.
    C_FIGURES: "所报数据", "Figures";
    /// A column.
    C_NOW: "与现在相比", "Against now";
    /// A field.
    TOLD_TO: "报送对象", "To whom";
    /// A title.
    told_title(at, to): "{at} 向{to}所报数据", "{at}, told to {to}";
    /// Nothing has changed since.
    AS_NOW: "一致", "as now";
    /// A title.
    ADD_TOLD: "记一条口径", "Record what was told";
    /// A field.
    WHICH: "所报数据", "Which figures";
    /// A field.
    VALUE: "所报数值", "Number told";
    /// A hint.
    VALUE_HINT: "不填即现在的数；与现在不同时只能选一项", "blank: as now; one figure only when it differs";
    /// A field.
    REMARK: "备注", "Remark";
    /// A field left empty.
    WHICH_NEEDED: "请按空格至少选一项", "Space chooses at least one";
    /// Not a number.
    BAD_VALUE: "请填一个整数，并且只选一项", "A whole number, and one figure only";
    /// The figures are not there yet.
    NOT_YET: "数字还在读取，请稍等", "The figures are still being read";
    /// A title.
    SPOKEN_TITLE: "三十秒口头汇报", "Thirty-second report";
    /// Figures are being counted.
    COUNTING: "正在统计…", "Counting…";
    /// Copied.
    TEXT_COPIED: "全文已复制", "Text copied";
    /// A title.
    SPOKEN_TO: "汇报对象", "Who was told";
}
