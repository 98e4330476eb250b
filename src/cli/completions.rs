//! `zhiban completions SHELL`

use super::office::Ctx;
use super::{Done, help, out, value};

#[derive(clap::Args)]
pub(super) struct Completions {
    #[arg(value_name = "SHELL", value_parser = value::shell())]
    pub shell: clap_complete::Shell,
}

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
