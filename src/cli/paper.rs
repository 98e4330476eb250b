//! What every paper's command shares: how a paper is shown, written and printed, and what is logged of it.

use super::office::Office;
use super::{Done, out, value};
use crate::error::{Error, Result};
use crate::i18n::cli as say;
use crate::paper::file::{Format, bytes};
use crate::paper::fonts::Fonts;
use crate::paper::print::{self, Job, Sides};
use crate::paper::template::{self, Templates};
use crate::paper::{Paper, Source};
use crate::store::act::Act;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What every paper's command shares.
#[derive(clap::Args)]
pub(super) struct Options {
    #[arg(long, value_name = "FORMAT", value_parser = value::coded!(Format))]
    pub format: Option<Format>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long)]
    pub print: bool,
    #[arg(long, value_name = "QUEUE", requires = "print")]
    pub printer: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 1, requires = "print", value_parser = value::copies())]
    pub copies: u16,
    #[arg(long, requires = "print")]
    pub two_sided: bool,
}

/// A paper with the log's head code that stands on it.
pub(super) struct Made {
    /// The paper.
    pub paper: Paper,
    /// The head code of the log it was cut from.
    pub head: String,
}

/// Makes the paper in the words of the office's template, telling when that one cannot be used.
pub(super) fn make(office: &Office, source: &dyn Source, head: &str) -> Result<Made> {
    let paper = template::make(source, office.lang, &Templates::of(office.path()))?;
    if let Some(warning) = &paper.warning {
        out::tell(warning.get(office.lang));
    }
    Ok(Made { paper, head: head.to_owned() })
}

impl Options {
    /// The form asked for: as told, else as the file's name says, else text.
    pub fn format(&self) -> Format {
        self.format.or_else(|| Format::of_name(self.out.as_deref()?)).unwrap_or(Format::Text)
    }

    /// Refuses what could not be done, before anything is read, logged or shown.
    pub fn check(&self, office: &Office) -> Result<()> {
        if let Some(file) = &self.out {
            is_free(file)?;
        }
        // The printer gets the PDF: a workbook asked for beside it has to be told where to go.
        if self.print
            && self.out.is_none()
            && self.format.is_some_and(|format| !format.is_text())
            && self.format() != Format::Pdf
        {
            return Err(Error::input(say::OUT_NEEDED));
        }
        // A file whose name says something else would open as nonsense.
        if let (Some(format), Some(file)) = (self.format, &self.out)
            && Format::of_name(file).is_some_and(|named| named != format)
        {
            return Err(Error::input(say::name_and_format(file.display(), format)));
        }
        if self.print || self.out.is_some() {
            office.may_write()?;
            office.officer()?;
        }
        if self.print || self.format() == Format::Pdf {
            Fonts::ahead();
        }
        Ok(())
    }

    fn job(&self, office: &Office, lies_on_its_side: bool) -> Job {
        let printer = self.printer.clone().unwrap_or_else(|| office.settings.printer.clone());
        let sides = if self.two_sided { Sides::Two } else { Sides::AsSet };
        Job { printer, copies: self.copies, sides: sides.of_paper(lies_on_its_side) }
    }
}

/// Shows, writes and prints a paper as asked. `kept` is a PDF of it that is there already.
pub(super) fn put(office: &mut Office, made: &Made, options: &Options, kept: Option<&Path>) -> Result<Done> {
    let format = options.format();
    let mut pdf = kept.map(Path::to_owned);
    if let Some(file) = &options.out {
        print::write(&bytes(&made.paper, format)?, file)?;
        out::tell(say::paper_written(file.display()).get(office.lang));
        log(office, made, &what_file(file))?;
        if format == Format::Pdf {
            pdf = Some(file.clone());
        }
    } else if !options.print || options.format.is_some() {
        show(office, made, format)?;
    }
    if !options.print {
        return Ok(Done::Yes);
    }
    // The printer gets the PDF, whatever was shown.
    let file = match pdf {
        Some(file) => file,
        None => keep(office, made, Format::Pdf)?,
    };
    let job = options.job(office, made.paper.look.wide);
    send(office, made, &job, &file)
}

/// Standard output gets text as it is. A file that is not text goes there only when nobody would have to look at it;
/// at a terminal it is written beside the database, and named.
fn show(office: &mut Office, made: &Made, format: Format) -> Result<()> {
    if format == Format::Json {
        return out::json(&made.paper.json);
    }
    if !format.is_text() && std::io::stdout().is_terminal() {
        let file = keep(office, made, format)?;
        out::tell(say::paper_written(file.display()).get(office.lang));
        return log(office, made, &what_file(&file));
    }
    out::bytes(&bytes(&made.paper, format)?)
}

/// Hands a file to the printer. Without one, the file stays and is named.
fn send(office: &mut Office, made: &Made, job: &Job, file: &Path) -> Result<Done> {
    let printed = print::print(file, job, &|| false);
    let (well, message) = (printed.is_well(), printed.message.get(office.lang));
    // Only what a queue took is on its way to being paper.
    if let Some(to) = &printed.queue {
        log(office, made, to)?;
    }
    if well {
        out::tell(message);
        return Ok(Done::Yes);
    }
    out::tell(&format!("{}{message}", say::ERROR.get(office.lang)));
    Ok(Done::No)
}

/// That a paper left the screen is in the log.
pub(super) fn log(office: &mut Office, made: &Made, to: &str) -> Result<()> {
    let (paper, head) = (made.paper.kind.code().to_owned(), made.head.clone());
    let act = Act::Printed { paper, to: to.to_owned(), head, subject: made.paper.subject };
    office.commit(&act, None).map(|_| ())
}

/// Writes the paper to a new file beside the database.
pub(super) fn keep(office: &Office, made: &Made, format: Format) -> Result<PathBuf> {
    let stamp = office.settings.calendar.local(office.now()).format("%Y%m%d-%H%M").to_string();
    let (name, end) = (made.paper.kind.code(), format.extension());
    let file = free(|n| {
        office.path().with_file_name(match n {
            1 => format!("{name}-{stamp}.{end}"),
            n => format!("{name}-{stamp}-{n}.{end}"),
        })
    });
    print::write(&bytes(&made.paper, format)?, &file)?;
    Ok(file)
}

/// The first of numbered names that is not taken.
fn free(name: impl Fn(u32) -> PathBuf) -> PathBuf {
    // After a thousand of one minute the writing itself says that the file exists.
    (1..1000).map(&name).find(|file| !file.exists()).unwrap_or_else(|| name(1))
}

/// What the log says of a file: its form. The name may hold that of a person, whom the log could not forget.
fn what_file(file: &Path) -> String {
    let end = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    Format::ALL
        .iter()
        .map(|format| format.extension())
        .find(|known| *known == end)
        .unwrap_or("file")
        .to_owned()
}

/// A paper never takes the place of another file, and a mistyped folder is not made.
pub(super) fn is_free(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(Error::file(say::folder_missing(folder.display())).hint(say::FOLDER_HINT));
    }
    // A link that leads nowhere is in the way as well.
    if file.symlink_metadata().is_ok() {
        return Err(Error::file(say::file_exists(file.display())).hint(say::OTHER_FILE));
    }
    Ok(())
}
