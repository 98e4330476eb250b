//! Arguments, exit codes; one file per subcommand.

use std::process::ExitCode;

/// The whole command line.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
