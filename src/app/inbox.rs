//! The inbox on the desk: what lies there as it is told, a file's plan in the one preview that there is, what became of
//! several.

use crate::app::forms;
use crate::app::keymap::Action;
use crate::app::shown::effect::{Effect, ImportRequest, InboxTask, SheetKind};
use crate::app::shown::msg::{FilesDone, Tone};
use crate::app::shown::pages::InboxPage;
use crate::app::shown::pages::inbox::{InboxRow, InboxView};
use crate::app::shown::state::{Layer, State, Working};
use crate::domain::columns::Choices;
use crate::domain::form::What;
use crate::domain::inbox::Stand;
use crate::i18n::columns;
use crate::i18n::inbox as say;
use crate::i18n::screen;
use crate::say::Say;

/// How many files are told by name.
const NAMED: usize = 3;

impl State {
    /// Opens the page of the inbox.
    pub(super) fn open_inbox(&mut self, fx: &mut Vec<Effect>) {
        self.open_above(fx, Box::new(InboxPage::new(&self.inbox)));
        fx.push(Effect::Inbox(InboxTask::Look { lang: self.lang }));
    }

    /// What lies in the folder now.
    pub(super) fn inbox_is(&mut self, view: InboxView) {
        let before = std::mem::replace(&mut self.inbox, view);
        let known: Vec<u64> =
            before.rows.iter().filter(|row| row.stands().waits()).map(|row| row.id).collect();
        let waiting = self.inbox.rows.iter().filter(|row| row.stands().waits());
        let came: Vec<&InboxRow> = waiting.filter(|row| !known.contains(&row.id)).collect();
        // What lay there when the desk was opened is counted in the header; what comes then is told.
        if !came.is_empty() && before.folder == self.inbox.folder && self.page_of::<InboxPage>().is_none() {
            let names = Say::listed(came.iter().take(NAMED).map(|row| row.file.as_str()));
            let more = if came.len() > NAMED { "…" } else { "" };
            let told = say::came(came.len(), &names.zh, &names.en, more);
            self.notice(Tone::Info, told);
        }
        for layer in &mut self.layers {
            if let Layer::Page(page) = layer
                && let Some(page) = page.of_mut::<InboxPage>()
            {
                page.show(&self.inbox);
            }
        }
    }

    /// Enter on a file: its plan where it can be taken in; what is asked; else why not.
    pub(super) fn open_file(&mut self, fx: &mut Vec<Effect>) {
        let Some(row) = self.page_of::<InboxPage>().and_then(|page| page.rows.current().cloned()) else {
            return;
        };
        match row.stands() {
            Stand::Question => self.open_form(fx, Action::SayFile),
            Stand::Unreadable if row.has_columns => self.open_columns(fx),
            Stand::Locked => forms::ask_password_of_file(self, row.id, &row.file),
            stand if stand.can_be_taken() => self.plan_file(fx, &row),
            _ => {
                let lines = if row.notes.is_empty() { vec![say::IS_WRITTEN.into()] } else { row.notes };
                self.layers.push(Layer::Detail { title: Say::same(&row.file), lines, scroll: 0 });
            }
        }
    }

    /// What a file of the inbox is planned as.
    fn request_of(&self, row: &InboxRow) -> ImportRequest {
        ImportRequest {
            passwords: self.passwords.clone(),
            what: match row.what {
                Some(What::Roster) => SheetKind::Roster,
                Some(What::Units) => SheetKind::Units,
                _ => SheetKind::Report,
            },
            path: row.path.clone(),
            day: row.day.map(|(day, _)| day),
            round: row.round.as_ref().map(|(round, _)| round.clone()),
            unit: row.unit.clone(),
            part: row.part == Some(true),
            happened_at: (row.came < self.now).then_some(row.came),
            ledger: String::new(),
            same: false,
            inbox: true,
        }
    }

    /// Looks at the columns of the selected file.
    pub(super) fn open_columns(&mut self, fx: &mut Vec<Effect>) {
        let Some(row) = self.page_of::<InboxPage>().and_then(|page| page.rows.current().cloned()) else {
            return;
        };
        if !row.has_columns {
            return self.tell(Tone::Warn, columns::no_columns(&row.file));
        }
        let mut request = self.request_of(&row);
        if let ([(_, one)], true) = (row.units.as_slice(), request.unit.is_empty()) {
            request.unit.clone_from(one);
        }
        self.look_at_columns(fx, request, (Choices::new(), row.digest.clone()), None);
    }

    fn plan_file(&mut self, fx: &mut Vec<Effect>, row: &InboxRow) {
        let request = self.request_of(row);
        let token = self.token();
        fx.push(Effect::PlanImport { token, request: request.clone() });
        let title = screen::reading_file(&row.file);
        let working = Working { token, title, words: Say::default(), done: 0, total: 0, form: None };
        self.layers.push(Layer::Working(working));
        self.planning = Some(request);
    }

    /// Asks for the message to a file's sender, to be copied.
    pub(super) fn copy_message(&mut self, fx: &mut Vec<Effect>) {
        let Some(row) = self.page_of::<InboxPage>().and_then(|page| page.rows.current()) else { return };
        fx.push(Effect::Inbox(InboxTask::Message { file: row.file.clone(), lang: self.lang }));
    }

    /// The message came.
    pub(super) fn message_is(&mut self, fx: &mut Vec<Effect>, text: String) {
        self.copied = true;
        fx.push(Effect::Copy(text));
        self.tell(Tone::Good, say::MESSAGE_COPIED);
    }

    /// Several files were taken in, or sent back: how many, what they brought, and which were not.
    pub(super) fn files_done(&mut self, fx: &mut Vec<Effect>, token: u64, done: &FilesDone) {
        self.sent.remove(&token);
        self.layers.retain(|layer| !matches!(layer, Layer::Working(work) if work.token == token));
        let told = if done.back {
            say::sent_back(done.files)
        } else {
            say::taken_in(done.files, done.rows, done.refused)
        };
        let named = Say::listed(done.findings.iter().take(NAMED).map(String::as_str));
        let found =
            (!done.findings.is_empty()).then(|| say::and_findings(done.findings.len(), named.zh, named.en));
        let failed = done.failed.first().map(|(file, why)| {
            let n = done.failed.len();
            why.within(
                |why| if done.back { say::but_stayed(n, file, why) } else { say::but_failed(n, file, why) },
            )
        });
        let tone = match (&failed, done.remarks.is_empty(), &found) {
            (Some(_), ..) => Tone::Bad,
            (None, true, None) => Tone::Good,
            _ => Tone::Warn,
        };
        let all = found.into_iter().chain(failed).chain(done.remarks.iter().cloned());
        let told = all.fold(told, |told, more| joined(&told, &more));
        if tone == Tone::Good {
            self.tell(tone, told);
        } else {
            self.notice(tone, told);
        }
        self.refresh(fx);
    }
}

fn joined(one: &Say, other: &Say) -> Say {
    Say { zh: format!("{}；{}", one.zh, other.zh), en: format!("{}; {}", one.en, other.en) }
}
