//! `zhiban completions SHELL`

use super::args::Completions;
use super::office::Ctx;
use super::{Done, help, out};

pub(super) fn run(ctx: &Ctx, args: &Completions) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(ctx.lang), "zhiban", &mut script);
    match out::bytes(&script) {
        Ok(()) => Done::Yes,
        Err(error) => {
            help::fail(&error, ctx.lang);
            Done::No
        }
    }
}
