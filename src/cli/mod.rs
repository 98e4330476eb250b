//! Arguments, exit codes; one file per subcommand.

use std::process::ExitCode;

/// The whole command line.
pub fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|arg| arg == crate::intake::READ_CELLS) {
        return crate::intake::child_main();
    }
    ExitCode::SUCCESS
}
