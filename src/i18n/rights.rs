//! Who may do what, the lock, and who looked at which numbers.

pub use crate::i18n::common::ACCESS_LOG as KIND;
pub use crate::i18n::common::ACCESS_LOG as TAB;
pub use crate::i18n::common::FOR_CALL_SHEET;
pub use crate::i18n::common::WHY;
crate::words! {
    /// A role.
    DUTY: "值班员", "duty officer";
    /// A role.
    LEAD: "带班领导", "lead";
    /// A role.
    READ_ONLY: "只读", "read-only";
    /// What needs a lead.
    EARLY_RELEASE: "解除", "An early release";
    /// What needs a second officer.
    BULK_REVEAL: "一次或一小时内显示 50 人以上、或全部人员的号码", "Showing the numbers of more than 50 people at once or within the hour, or of everybody,";
    /// What needs a lead.
    ERASE: "删除个人信息", "Erasing a person";
    /// What needs a lead.
    ROLES: "设定角色", "Giving a role";
    /// What needs a lead.
    LOCK_SETTING: "改动锁屏、备份、保留期限或时间设置", "Changing the lock, the backups, how long people are kept, or the clock";
    /// A right that is missing, with who has it.
    needs_lead(what, who): "{what}须由带班领导批准：{who}", "{what} needs the approval of a lead: {who}";
    /// It was approved by one who may not, with who may.
    no_lead_approved(what, name, who): "{what}须由带班领导批准，{name}不是带班领导；可批准的：{who}", "{what} needs the approval of a lead, which {name} is not: {who}";
    /// A second officer is needed.
    needs_second(what): "{what}须有第二人在场批准", "{what} needs a second officer's approval";
    /// There is no such officer.
    NOBODY: "（本办公室没有其他带班领导）", "(the office has no other)";
    /// How.
    APPROVE_HINT: "请批准人到场：填写批准人与口令；命令行用 --approved-by 姓名", "The approving officer signs here: fill in the approval; on the command line --approved-by NAME";
    /// A lead who is named but not on duty.
    confirm_own(name): "{name}不在班，须本人到场确认", "{name} is not on duty and confirms this in person";
    /// A read-only officer.
    read_only(name): "{name}为只读，不能登记或更改", "{name} may only read: nothing can be recorded or changed";
    /// What to do about it.
    READ_ONLY_HINT: "请由值班员操作，或请带班领导调整角色：zhiban officer role 姓名 duty", "A duty officer can do it, or a lead gives another role: zhiban officer role NAME duty";
    /// A shift for one who may only read.
    no_shift_for(name): "{name}为只读，不能接班", "{name} may only read and cannot take a shift";
    /// The last lead.
    last_lead(name): "{name}是唯一的带班领导，不能改", "{name} is the only lead and stays one";
    /// What to do about it.
    LAST_LEAD_HINT: "请先设定另一位带班领导：zhiban officer role 姓名 lead", "Make somebody else a lead first: zhiban officer role NAME lead";
    /// On duty.
    on_duty_now(name): "{name}正在值班，不能改为只读", "{name} is on duty and cannot be made read-only";
    /// What to do about it.
    ON_DUTY_HINT: "请先交班", "Hand over first";
    /// `officer.role`
    given(role): "角色：{role}", "role: {role}";
    /// Behind what was approved.
    APPROVED: "经批准", "approved";
    /// The same, with who.
    approved_by(name): "经{name}批准", "approved by {name}";
    /// Done.
    role_set(name, role): "{name}：{role}", "{name}: {role}";
    /// Column.
    ROLE: "角色", "Role";
    /// A form's title.
    REVEAL_MORE: "显示号码：须批准", "Show the number: to be approved";
    /// Field.
    APPROVED_BY: "批准人", "Approved by";
    /// Field's hint.
    APPROVED_BY_HINT: "带班领导在场批准", "a lead who is here";
    /// Field.
    APPROVER_PIN: "批准人口令", "Approver's PIN";
    /// Field's hint.
    APPROVER_PIN_HINT: "未设口令的，输入“同意”", "without a PIN: type yes";
    /// Nobody chosen.
    NOT_APPROVED: "请选批准人", "Choose who approves";
    /// The yes is missing.
    SAY_AGREED: "批准人未设口令：请输入“同意”", "The approver has no PIN: type yes";
    /// Prompt on the command line.
    agree(name): "{name}：同意请输入 yes：", "{name}: type yes to approve: ";
    /// Refused on the command line.
    not_agreed(name): "{name}没有同意", "{name} did not approve";
    /// A yes that nobody typed at a terminal.
    YES_AT_TERMINAL: "未设口令的只能在终端输入“同意”；要用 --stdin，先设口令：zhiban officer pin 姓名", "Without a PIN the yes is typed at a terminal; for --stdin set a PIN first: zhiban officer pin NAME";
}

/// The word for a role.
pub fn word(role: crate::domain::officer::Role) -> crate::say::Word {
    use crate::domain::officer::Role;
    match role {
        Role::Duty => DUTY,
        Role::Lead => LEAD,
        Role::ReadOnly => READ_ONLY,
    }
}

/// What somebody typed who has no PIN means yes.
pub fn agrees(typed: &str) -> bool {
    matches!(typed.trim().to_lowercase().as_str(), "yes" | "y" | "同意" | "是" | "好")
}

// Words of the locked screen.

crate::words! {
    /// The lock, with who is on duty.
    locked_of(name): "已锁定 · {name} 值班", "Locked · {name} on duty";
    /// Who is about to unlock.
    unlock_as(name): "{name} 解锁", "Unlock as {name}";
    /// Another officer unlocked the screen; what the one before was writing is kept for them.
    sits_instead(name, before): "现在由 {name} 操作；{before} 没有写完的已收起，留在其草稿里", "{name} sits here now; what {before} was writing is put away in {before}'s drafts";
    /// Something fell due behind the lock.
    FELL_DUE: "锁定期间有事项到点，请看待办（6）", "Something fell due while the screen was locked: see the due list (6)";
    /// The same on the locked screen.
    DUE_BEHIND: "有事项到点，解锁后可看", "Something is due: unlock to see it";
    /// The PIN is being looked at.
    CHECKING: "正在核对…", "Checking…";
    /// The PIN that is needed was not given.
    pin_first(name): "{name}设有口令，请先输入口令", "{name} has a PIN: type it first";
    /// One without a PIN cannot open what another locked.
    no_pin_here(name, locker): "{name}没有设口令，不能打开{locker}锁定的屏幕", "{name} has no PIN and cannot open the screen that {locker} locked";
    /// What to do about it.
    NO_PIN_HERE_HINT: "请由锁定的人解锁，或由设有口令的值班员解锁", "Whoever locked it, or an officer with a PIN, can unlock it";
    /// Key.
    OTHER_OFFICER: "换人", "somebody else";
    /// Key.
    CLEAR: "清空", "clear";
    /// A setting.
    LOCK_MINUTES: "自动锁屏", "Lock when idle";
    /// A setting's hint.
    LOCK_MINUTES_HINT: "无操作的分钟数；0 为不自动锁", "minutes without a key; 0 never";
    /// A setting that cannot be.
    BAD_MINUTES: "锁屏分钟数须在 0 到 1440 之间", "The minutes until the screen locks are 0 to 1440";
}

// Words of the access log.

crate::words! {
    /// Column.
    OFFICER: "查看人", "Officer";
    /// Column.
    WHAT: "查看内容", "What";
    /// Column.
    OP: "日志号", "Log no.";
    /// The masked numbers of a person.
    NUMBERS: "个人号码", "personal numbers";
    /// The numbers in an entry of a register.
    ENTRY: "台账里的号码", "numbers in a ledger";
    /// The number of a call.
    CALLER: "来电号码", "a caller's number";
    /// A paper.
    printed(paper, to): "{paper}（{to}）", "{paper} ({to})";
    /// Parts of numbers were searched for.
    probed(n; parts = n "part" "parts"): "用号码片段查找（{n} 个片段）", "searched for {n} {parts} of numbers";
    /// A preset reason.
    TO_CALL: "联系本人", "to call";
    /// With who approved it.
    approved(why, by): "{why}；{by}批准", "{why}; approved by {by}";
    /// A fact of a dossier: how often its numbers were looked at.
    LOOKS: "谁看过", "Looked at";
    /// So often.
    times(n; times = n "time" "times"): "{n} 次（:access 看是谁）", "{n} {times} (:access says by whom)";
    /// A command.
    COMMAND: "查看记录", "access log";
}
