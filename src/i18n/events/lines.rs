//! The sentences of [`event_line`](super::event_line).

pub use crate::i18n::common::NOTE;
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
    /// `entry.revealed`, on the desk
    ENTRY_REVEALED_TO_CALL: "查看台账里的号码（打电话）", "numbers in a ledger shown (to call)";
    /// `entry.revealed`
    entry_revealed(reason): "查看台账里的号码（{reason}）", "numbers in a ledger shown ({reason})";
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
