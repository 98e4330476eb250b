//! The `zhiban` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    zhiban::cli::main()
}
