//! `zhiban template`: which templates there are, and the office's own copy of one.

use super::office::{Ctx, Office};
use super::out;
use super::{Done, value};
use crate::error::{Error, Kind, Result};
use crate::i18n::cli as say;
use crate::paper::template::{Templates, builtin, file_name};
use crate::paper::{PaperKind, print};
use crate::say::Lang;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "PAPER", value_parser = value::coded!(PaperKind))]
    pub paper: Option<PaperKind>,
    #[arg(long, requires = "paper")]
    pub copy: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Args) -> Result<Done> {
    let templates = Templates::of(&ctx.db()?);
    let Some(kind) = args.paper else { return list(ctx, &templates) };
    let own = templates.own(kind, ctx.lang)?;
    if !args.copy {
        let text = own.map_or_else(|| builtin(kind, ctx.lang).to_owned(), |(_, text)| text);
        return out::own_file(&text).map(|()| Done::Yes);
    }
    if ctx.db()?.exists() {
        Office::open(ctx)?.not_read_only()?;
    }
    // A copy of another takes no place: an office's own words are never written over.
    let Some(folder) = templates.folder() else { return Ok(Done::No) };
    let file = folder.join(file_name(kind, ctx.lang));
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::machine(Kind::File, &error, |why| say::no_folder(folder.display(), why)))?;
    print::write(builtin(kind, ctx.lang).as_bytes(), &file)?;
    out::tell(say::template_copied(file.display()).get(ctx.lang));
    Ok(Done::Yes)
}

fn list(ctx: &Ctx, templates: &Templates) -> Result<Done> {
    let mut table = out::Table::new(ctx.lang, &[say::HEAD_TEMPLATE, say::HEAD_WHERE]);
    for &kind in PaperKind::ALL {
        for lang in [Lang::Zh, Lang::En] {
            let at = match templates.own(kind, lang) {
                Ok(Some((file, _))) => file.display().to_string(),
                Ok(None) => say::BUILT_IN.get(ctx.lang).to_owned(),
                Err(error) => error.text(ctx.lang),
            };
            table.row([file_name(kind, lang), at]);
        }
    }
    table.print()?;
    Ok(Done::Yes)
}
