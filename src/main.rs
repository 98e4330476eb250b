//! The `zhiban` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    let status = zhiban::cli::main();
    zhiban::platform::end_as_told();
    status
}
