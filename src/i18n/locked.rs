//! Sheets that are locked with a password.

crate::words! {
    /// How such a file of the inbox stands, and what to do.
    IS_LOCKED: "有密码：按 Enter 输入密码后读取（命令行用 inbox take）", "It is locked with a password: Enter asks for it (on the command line inbox take does)";
    /// A password was typed for one that needs none.
    not_locked(file): "{file} 没有密码", "{file} is not locked";
    /// Asked for at a terminal.
    asked(file): "{file} 的密码：", "Password of {file}: ";
    /// It was asked for, and was another one.
    WRONG: "密码不对，请再输入", "That is not its password: type it again";
    /// What scripts do about it.
    STDIN_HINT: "请用 --stdin 从标准输入给密码", "Give its password on standard input with --stdin";
    /// A form's title.
    title(file): "有密码：{file}", "Locked: {file}";
    /// The field.
    PASSWORD: "文件的密码", "Its password";
    /// About it.
    PASSWORD_HINT: "向发送人问；区分大小写、全角半角", "its sender has it; capitals and wide characters matter";
    /// Whether it is shown.
    SHOWN: "显示密码", "Show it";
    /// What becomes of it.
    KEPT: "密码只在内存里，锁屏或退出即忘；同一早上的其他文件会先试它", "It stays in memory alone, until the desk is locked or left; other locked files are tried with it first";
    /// Nothing was typed.
    NEEDED: "请输入密码；Esc 放弃，文件不动", "Type it; Esc leaves the file as it is";
    /// The file is read now.
    opened(file): "密码对，{file} 已读取", "That was it: {file} is read";
    /// What Enter does.
    READ: "读取", "Read it";
    /// The rows that were refused of a locked file stand in a sheet that is not.
    goes_back_open(file): "「{file}」有密码，退回的表没有加密码：发出前请自行加密，或只发给原发送人", "\"{file}\" is locked, the sheet of its refused rows is not: lock it before it is sent, or send it to nobody but its sender";
    /// While it is tried.
    OPENING: "正在用密码读取…", "Reading it with the password…";
    /// One that was marked is locked.
    but_locked(n; are = n "is" "are"): "{n} 份有密码，需逐份按 Enter", "{n} {are} locked: Enter on each";
}
