//! The words of what the terminal is.

crate::words! {
    /// A choice of this machine was kept.
    chosen(word): "terminal 已改为 {word}（只在这台机器上，不入日志）", "terminal is now {word} (on this machine alone, not in the log)";
    /// The locale names another encoding than UTF-8. What to do stands in ASCII: the rest may be unreadable.
    other_encoding(encoding, locale): "系统区域设的编码是 {encoding}，本程序只用 UTF-8，汉字可能成乱码：退出后执行 export LANG={locale}，并把终端的编码改为 UTF-8", "The locale says {encoding}, but zhiban writes UTF-8: leave, run  export LANG={locale}  and set the terminal to UTF-8";
}
