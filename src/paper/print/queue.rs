//! What the queue says: the answers of `lpstat`, read. Everything here is plain text in, plain data out.

use crate::i18n::paper as say;
use crate::say::{Say, Word};

/// What a printer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrinterState {
    /// It waits for work.
    Idle,
    /// It prints.
    Busy,
    /// Its queue is stopped: jobs wait there.
    Stopped,
    /// Nothing is known: a printer of the network that was not asked yet.
    #[default]
    Unclear,
}

impl PrinterState {
    /// In words.
    pub fn word(self) -> Word {
        match self {
            Self::Idle => say::IDLE,
            Self::Busy => say::BUSY,
            Self::Stopped => say::STOPPED,
            Self::Unclear => say::UNCLEAR,
        }
    }
}

/// One printer, as its queue describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printer {
    /// The queue's name.
    pub name: String,
    /// What it does.
    pub state: PrinterState,
    /// The queue's own words: why it is stopped, or what is wrong; empty when nothing is.
    pub told: String,
    /// The printer's state reasons as CUPS calls them (`media-empty-error` …), without `none`.
    pub alerts: Vec<String>,
    /// Why it takes no jobs, if it takes none.
    pub refuses: Option<String>,
}

impl Printer {
    /// What is wrong with it: known reasons in words, else what the queue says itself. Nothing if all is well.
    pub fn reason(&self) -> Option<Say> {
        let known: Vec<Word> = self.alerts.iter().filter_map(|alert| alert_word(alert)).collect();
        // "paused" only says that it is stopped; the queue's own words say why.
        let telling: Vec<Word> = known.iter().copied().filter(|word| *word != say::PAUSED).collect();
        match (telling.as_slice(), self.told.as_str()) {
            ([], "") => known.first().copied().map(Say::from),
            ([], told) => Some(Say::same(told)),
            (words, told) => {
                let join = |part: fn(&Word) -> &'static str, comma: &str| {
                    let words: Vec<&str> = words.iter().map(part).collect();
                    let words = words.join(comma);
                    if told.is_empty() { words } else { format!("{words}{comma}{told}") }
                };
                Some(Say { zh: join(|word| word.zh, "，"), en: join(|word| word.en, ", ") })
            }
        }
    }
}

/// A state reason in words; those that do not trouble a paper have none.
fn alert_word(alert: &str) -> Option<Word> {
    let bare = ["-error", "-warning", "-report"].iter().find_map(|end| alert.strip_suffix(end));
    Some(match bare.unwrap_or(alert) {
        "media-empty" | "media-needed" => say::PAPER_OUT,
        "media-low" => say::PAPER_LOW,
        "media-jam" => say::PAPER_JAM,
        "toner-empty" | "marker-supply-empty" => say::TONER_OUT,
        "toner-low" | "marker-supply-low" => say::TONER_LOW,
        "door-open" | "cover-open" | "interlock-open" => say::DOOR_OPEN,
        "offline" | "shutdown" => say::OFFLINE,
        "input-tray-missing" => say::TRAY,
        "paused" => say::PAUSED,
        _ => return None,
    })
}

/// Reads `lpstat -l -r -d -p -a`: whether the scheduler runs, the default printer, every printer.
pub(super) fn printers(answer: &str) -> (bool, Option<String>, Vec<Printer>) {
    let mut running = true;
    let mut default = None;
    let mut found: Vec<Printer> = Vec::new();
    // Indented lines belong to the printer above them, until its fixed part begins.
    let mut open: Option<String> = None;
    for line in answer.lines() {
        if let Some(detail) = line.strip_prefix('\t') {
            let Some(printer) = open.as_ref().and_then(|name| named(&mut found, name)) else { continue };
            detail_of(printer, detail.trim());
        } else if line.starts_with("scheduler is ") {
            running = line == "scheduler is running";
        } else if let Some(name) = line.strip_prefix("system default destination: ") {
            default = Some(name.trim().to_owned());
        } else if let Some((name, state)) = printer_line(line) {
            open = Some(name.to_owned());
            found.push(Printer { name: name.to_owned(), state, ..Printer::default() });
        } else if let Some((name, _)) = line.split_once(" not accepting requests ") {
            open = Some(name.to_owned());
            if named(&mut found, name).is_none() {
                found.push(Printer { name: name.to_owned(), ..Printer::default() });
            }
            if let Some(printer) = named(&mut found, name) {
                printer.refuses = Some(String::new());
            }
        } else {
            open = None;
        }
    }
    (running, default, found)
}

fn named<'a>(found: &'a mut [Printer], name: &str) -> Option<&'a mut Printer> {
    found.iter_mut().find(|printer| printer.name == name)
}

/// `printer NAME is idle. …`, `printer NAME now printing NAME-3. …`, `printer NAME disabled since …`.
fn printer_line(line: &str) -> Option<(&str, PrinterState)> {
    let (name, rest) = line.strip_prefix("printer ")?.split_once(' ')?;
    let state = if rest.starts_with("is idle") {
        PrinterState::Idle
    } else if rest.starts_with("now printing") {
        PrinterState::Busy
    } else if rest.starts_with("disabled") {
        PrinterState::Stopped
    } else {
        PrinterState::Unclear
    };
    Some((name, state))
}

/// Titles of the fixed part of `lpstat -l -p`: what stands before them are the queue's own words.
const FIXED: [&str; 16] = [
    "Form mounted:",
    "Content types:",
    "Printer types:",
    "Description:",
    "Location:",
    "Connection:",
    "Interface:",
    "On fault:",
    "After fault:",
    "Users allowed:",
    "Forms allowed:",
    "Banner required",
    "Charset sets:",
    "Default pitch:",
    "Default page size:",
    "Default port settings:",
];

fn detail_of(printer: &mut Printer, detail: &str) {
    if let Some(refuses) = &mut printer.refuses {
        // The list of who takes jobs comes last: what follows is why this one does not.
        if refuses.is_empty() && detail != "reason unknown" {
            detail.clone_into(refuses);
        }
        return;
    }
    if let Some(alerts) = detail.strip_prefix("Alerts:") {
        let alerts = alerts.split([' ', ',']).filter(|alert| !alert.is_empty() && *alert != "none");
        printer.alerts = alerts.map(str::to_owned).collect();
        return;
    }
    let is_own = !FIXED.iter().any(|title| detail.starts_with(title)) && !detail.starts_with('(');
    if is_own && printer.told.is_empty() && !["reason unknown", "Paused"].contains(&detail) {
        detail.clone_into(&mut printer.told);
    }
}

/// One job, as its queue describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Queued {
    /// `NAME-12`.
    pub job: String,
    /// What its printing said; there once it was begun, if only as an empty text.
    pub status: Option<String>,
    /// Its state reasons.
    pub alerts: String,
}

impl Queued {
    /// The queue was told to hold it.
    pub fn is_held(&self) -> bool {
        self.alerts.contains("job-hold")
    }

    /// The printer gave up on it.
    pub fn has_failed(&self) -> bool {
        ["with-errors", "aborted", "job-stopped", "document-format-error", "document-unprintable"]
            .iter()
            .any(|sign| self.alerts.contains(sign))
    }

    /// It is at the printer.
    pub fn is_printing(&self) -> bool {
        self.alerts.contains("job-printing")
    }
}

/// Reads `lpstat -l -o`: the jobs of a queue, in its order.
pub(super) fn jobs(answer: &str) -> Vec<Queued> {
    let mut out: Vec<Queued> = Vec::new();
    for line in answer.lines() {
        if let Some(detail) = line.strip_prefix('\t') {
            let Some(job) = out.last_mut() else { continue };
            if let Some(status) = detail.strip_prefix("Status:") {
                job.status = Some(status.trim().to_owned());
            } else if let Some(alerts) = detail.strip_prefix("Alerts:") {
                alerts.trim().clone_into(&mut job.alerts);
            }
        } else if let Some(job) = line.split_whitespace().next() {
            out.push(Queued { job: job.to_owned(), ..Queued::default() });
        }
    }
    out
}

/// The job out of `request id is NAME-12 (1 file(s))`.
pub(super) fn job_of(answer: &str) -> Option<&str> {
    let job = answer.split_once("request id is ")?.1.split_whitespace().next()?;
    // A queue's name may hold a minus itself: the number stands after the last one.
    job.rsplit_once('-').is_some_and(|(_, no)| no.parse::<u32>().is_ok()).then_some(job)
}

/// Whether a text can be a queue's name: what CUPS allows, and nothing that a command would take for an option.
pub(super) fn is_name(name: &str) -> bool {
    (1..=127).contains(&name.chars().count())
        && !name.starts_with('-')
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || "#?'\"\\".contains(c))
}
