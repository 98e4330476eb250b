//! Errors that any room may raise.

crate::words! {
    /// A fault of the program.
    internal(what): "程序内部错误：{what}", "Internal error: {what}";
}
