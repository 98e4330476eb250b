//! Errors that any room may raise, and what the machine says put into words: no system, library or language speaks
//! to the officer itself.

use crate::say::Word;
use std::io::ErrorKind;

crate::words! {
    /// A fault of the program.
    INTERNAL: "程序出错，此项没有完成。请再试一次；仍然出错时，请把程序日志 zhiban.log 交给维护人员",
        "A fault of the program: this was not done. Try once more; if it fails again, give the file zhiban.log to whoever looks after the program";
    /// Where the details stand.
    details_in(path): "详情记在 {path}", "The details are in {path}";
    /// Said of what was to be saved, after the reason.
    NOTHING_SAVED: "，未保存", ": nothing was saved";
    /// The same where it cannot be known.
    PERHAPS_SAVED: "，可能没有保存", ": it may not have been saved";
    /// What to do about it.
    PERHAPS_SAVED_HINT: "请检查磁盘，重新打开后先看日志里有没有这一条，再决定是否重记",
        "Check the disk, open the office again and see whether the log has it before doing it again";

    /// It is not there.
    NOT_THERE: "文件或文件夹不存在", "there is no such file or folder";
    /// What to do about it.
    CHECK_PATH: "请检查路径", "Check the path";
    /// No permission.
    FORBIDDEN: "没有权限", "permission is missing";
    /// A disk that cannot be written.
    DISK_READ_ONLY: "磁盘是只读的", "the disk can only be read";
    /// What to do about it.
    CHECK_RIGHTS: "请检查文件及其所在文件夹的权限", "Check the permissions of the file and its folder";
    /// Something of that name is there.
    THERE_ALREADY: "已有同名文件，没有覆盖", "there is a file of that name, which was not overwritten";
    /// What to do about it.
    OTHER_NAME: "请换一个文件名，或先把它移走", "Choose another name, or move it away first";
    /// No room.
    FULL: "磁盘已满", "the disk is full";
    /// What to do about it.
    FREE_SPACE: "请腾出磁盘空间后再试", "Free some space on the disk and try again";
    /// A folder where a file was meant.
    IS_FOLDER: "这是文件夹，不是文件", "it is a folder, not a file";
    /// What to do about it.
    NAME_FILE: "请写明文件名", "Name a file";
    /// A file where a folder was meant.
    IS_FILE: "路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder";
    /// A name that no file can have.
    BAD_NAME: "文件名不合规", "no file can have that name";
    /// Not text.
    NOT_TEXT: "内容不是 UTF-8 文字", "it is not text in UTF-8";
    /// What to do about it.
    SAVE_AS_TEXT: "请另存为 UTF-8 编码", "Save it again as UTF-8";
    /// In use.
    IN_USE: "正被另一程序占用", "another program is using it";
    /// What to do about it.
    WAIT: "请稍候再试", "Wait a moment and try again";
    /// Nothing is known.
    NO_REASON: "系统没有说明原因", "the system gives no reason";
    /// What to do about it.
    CHECK_DISK: "请检查磁盘后再试", "Check the disk and try again";
}

/// Why a file of the machine would not do, and what to do about it.
pub fn io(kind: ErrorKind) -> (Word, Word) {
    match kind {
        ErrorKind::NotFound => (NOT_THERE, CHECK_PATH),
        ErrorKind::PermissionDenied => (FORBIDDEN, CHECK_RIGHTS),
        ErrorKind::ReadOnlyFilesystem => (DISK_READ_ONLY, CHECK_RIGHTS),
        ErrorKind::AlreadyExists => (THERE_ALREADY, OTHER_NAME),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (FULL, FREE_SPACE),
        ErrorKind::IsADirectory => (IS_FOLDER, NAME_FILE),
        ErrorKind::NotADirectory => (IS_FILE, CHECK_PATH),
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => (BAD_NAME, OTHER_NAME),
        ErrorKind::InvalidData => (NOT_TEXT, SAVE_AS_TEXT),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => (IN_USE, WAIT),
        _ => (NO_REASON, CHECK_DISK),
    }
}
