//! Words of the locked screen.

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
