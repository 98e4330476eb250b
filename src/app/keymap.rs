//! One table of keys. The footer, the help (`?`) and the palette (`:`) are read from it; a key *resolves* to an
//! [`Action`] here and is *executed* elsewhere.

use crate::i18n::keys as say;
use crate::i18n::rights;
use crate::say::{Lang, Word};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Screen 1.
    Board,
    /// Screen 2.
    Units,
    /// Screen 3.
    Outstanding,
    /// Screen 4.
    Cases,
    /// Screen 5.
    Doubts,
    /// Screen 6.
    Due,
    /// Screen 7.
    People,
    /// Screen 8.
    Ledgers,
    /// Screen 9.
    Log,
    /// Screen 0.
    Handover,
    /// Screen -.
    Sitrep,
    /// What was told to whom.
    Told,
    /// Earlier shifts.
    Shifts,
    /// Calls from nobody known.
    Callers,
    /// The spoken report.
    Spoken,
    /// Who or what is behind a figure.
    Behind,
    /// One person.
    Dossier,
    /// One unit.
    Unit,
    /// The directory of outside contacts.
    Contacts,
    /// One outside contact.
    Contact,
    /// One ledger.
    Ledger,
    /// One entry of a ledger.
    Entry,
    /// The files of the watched folder.
    Inbox,
    /// A received report.
    Received,
    /// The columns of a sheet.
    Columns,
    /// The filter of a table is being typed.
    Filter,
    /// A form.
    Form,
    /// The find box.
    Find,
    /// The results of a find.
    Results,
    /// The palette.
    Palette,
    /// A question with yes and no.
    Question,
    /// A list to pick one from.
    Pick,
    /// The walk through the open items of a handover.
    Walk,
    /// Work that can be cancelled.
    Working,
    /// Something to read and scroll.
    Reading,
    /// The keys that work here; letters narrow them down.
    Help,
    /// The preview of a paper.
    Paper,
    /// The screen is locked.
    Locked,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To a screen, by its key.
    Screen(char),
    /// Find anyone.
    Find,
    /// Run by name.
    Palette,
    /// Every key.
    Help,
    /// Go in; run; unlock.
    Open,
    /// Come back.
    Back,
    /// Log a contact.
    FollowUp,
    /// A call from somebody not known yet.
    Incoming,
    /// Mark a report received.
    Received,
    /// End what a unit owes.
    Excuse,
    /// Copy the message to the group of those that are missing.
    ChaseGroup,
    /// Copy the message to one unit.
    ChaseUnit,
    /// Open a case, or change the open one.
    Case,
    /// Release a case.
    Release,
    /// Erase a person for good.
    Erase,
    /// Whom to erase.
    EraseDue,
    /// A free note.
    Note,
    /// Take back.
    Undo,
    /// Correct by hand.
    Edit,
    /// Show masked numbers.
    Reveal,
    /// Copy the number.
    Copy,
    /// Sort by the next column.
    Sort,
    /// Turn the order round.
    Reverse,
    /// Filter as you type.
    Filter,
    /// Mark the row; tick.
    Mark,
    /// Mark all rows.
    MarkAll,
    /// Give a call its person.
    Attach,
    /// A doubt: what was sent is so.
    ConfirmDoubt,
    /// A doubt: it is otherwise.
    CorrectDoubt,
    /// A doubt: the answer is promised.
    DeferDoubt,
    /// End a promise by hand.
    ClosePromise,
    /// The next part or field.
    Next,
    /// The part or field before.
    Prev,
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the left: the choice before.
    Left,
    /// To the right: the next choice.
    Right,
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// Another officer sits here.
    Officer,
    /// Hide everything.
    Lock,
    /// End the desk, after a question.
    Quit,
    /// Give the terminal back.
    Suspend,
    /// Draw anew.
    Redraw,
    /// Preview and print the paper of what is selected.
    Print,
    /// The report spoken in thirty seconds.
    Spoken,
    /// What was told to whom.
    Told,
    /// A told figure by hand.
    AddTold,
    /// Send the report.
    Send,
    /// Correct a report that was sent.
    Correct,
    /// Another boundary of days.
    Boundary,
    /// Write the paper as PDF.
    WritePdf,
    /// Write the paper as text.
    WriteText,
    /// Write the paper's tables as a workbook.
    WriteSheet,
    /// Write the sheets that the selected units fill in.
    UnitForms,
    /// Write the sheets that all units fill in.
    AllForms,
    /// Hand over.
    CloseShift,
    /// Go on duty, or take over from an officer who left.
    StartShift,
    /// Earlier shifts.
    Shifts,
    /// Everything taken over unread is read.
    ReadAll,
    /// Leave a question on the item.
    Ask,
    /// The own PIN.
    Pin,
    /// A new person.
    AddPerson,
    /// A new unit.
    AddUnit,
    /// A new officer.
    AddOfficer,
    /// The directory of outside contacts.
    Contacts,
    /// Calls from nobody known.
    Callers,
    /// Who looked at what.
    Access,
    /// A new outside contact.
    AddContact,
    /// A new entry of a ledger, or a line more.
    AddEntry,
    /// From state to state.
    MoveEntry,
    /// An entry was a mistake.
    WithdrawEntry,
    /// Makes what an entry proposes.
    TakeUp,
    /// Makes nothing of it.
    Decline,
    /// An outside contact leaves the directory.
    RemoveContact,
    /// Take in a sheet.
    Import,
    /// The files of the watched folder.
    Inbox,
    /// Take in all that are ready, or those that are marked.
    TakeFiles,
    /// Open the report that came.
    OpenReport,
    /// The version before.
    Older,
    /// The version after.
    Newer,
    /// Send a file back whole.
    ReturnFile,
    /// Say what a file is.
    SayFile,
    /// Copy the message to a file's sender.
    CopyMessage,
    /// Look at the columns of a file.
    Columns,
    /// Say what a column is.
    ReadAs,
    /// Keep what was said of the columns.
    KeepColumns,
    /// The office's settings.
    Settings,
    /// Take a backup.
    Backup,
    /// The other language.
    Lang,
    /// Save the form.
    Save,
    /// Throw the draft away, and begin afresh.
    Fresh,
    /// A new line in the words.
    NewLine,
    /// Each hit's line says why it stands there.
    Explain,
    /// The search before.
    Recall,
    /// Southern confusions on or off.
    Confusions,
    /// Yes.
    Yes,
    /// No.
    No,
}

/// What a key is for: the help shows them under these headings, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Moving about on the page, choosing and ordering its rows.
    Move,
    /// Doing something about what is selected.
    Act,
    /// To another page, and back.
    Go,
    /// The desk itself, the same on every page.
    Everywhere,
}

impl Group {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Move, Self::Act, Self::Go, Self::Everywhere];

    /// Its heading.
    pub const fn words(self) -> Word {
        match self {
            Self::Move => say::G_MOVE,
            Self::Act => say::G_ACT,
            Self::Go => say::G_GO,
            Self::Everywhere => say::G_EVERYWHERE,
        }
    }
}

impl Action {
    /// What it is for.
    pub const fn group(self) -> Group {
        match self {
            Self::Next
            | Self::Prev
            | Self::Up
            | Self::Down
            | Self::Left
            | Self::Right
            | Self::PageUp
            | Self::PageDown
            | Self::Top
            | Self::Bottom
            | Self::Sort
            | Self::Reverse
            | Self::Filter
            | Self::Mark
            | Self::MarkAll
            | Self::Boundary
            | Self::Explain
            | Self::Recall
            | Self::Older
            | Self::Newer => Group::Move,
            Self::Screen(_)
            | Self::Open
            | Self::Back
            | Self::Told
            | Self::Shifts
            | Self::Callers
            | Self::Contacts
            | Self::Access
            | Self::Inbox
            | Self::OpenReport
            | Self::Columns
            | Self::Spoken
            | Self::EraseDue => Group::Go,
            Self::Find
            | Self::Palette
            | Self::Help
            | Self::Officer
            | Self::Lock
            | Self::Quit
            | Self::Suspend
            | Self::Redraw
            | Self::Pin
            | Self::Settings
            | Self::Backup
            | Self::Lang
            | Self::Confusions => Group::Everywhere,
            Self::FollowUp
            | Self::Incoming
            | Self::Received
            | Self::Excuse
            | Self::ChaseGroup
            | Self::ChaseUnit
            | Self::Case
            | Self::Release
            | Self::Erase
            | Self::Note
            | Self::Undo
            | Self::Edit
            | Self::Reveal
            | Self::Copy
            | Self::Attach
            | Self::ConfirmDoubt
            | Self::CorrectDoubt
            | Self::DeferDoubt
            | Self::ClosePromise
            | Self::Print
            | Self::AddTold
            | Self::Send
            | Self::Correct
            | Self::WritePdf
            | Self::WriteText
            | Self::WriteSheet
            | Self::UnitForms
            | Self::AllForms
            | Self::CloseShift
            | Self::StartShift
            | Self::ReadAll
            | Self::Ask
            | Self::AddPerson
            | Self::AddUnit
            | Self::AddOfficer
            | Self::AddContact
            | Self::AddEntry
            | Self::MoveEntry
            | Self::WithdrawEntry
            | Self::TakeUp
            | Self::Decline
            | Self::RemoveContact
            | Self::Import
            | Self::TakeFiles
            | Self::ReturnFile
            | Self::SayFile
            | Self::CopyMessage
            | Self::ReadAs
            | Self::KeepColumns
            | Self::Save
            | Self::Fresh
            | Self::NewLine
            | Self::Yes
            | Self::No => Group::Act,
        }
    }
}

/// One key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// With which held.
    pub mods: KeyModifiers,
}

impl Key {
    /// The key as it is shown: arrows as they stand on the keyboard, where the terminal has them in one column.
    pub fn shown(self, lang: Lang, ascii: bool) -> String {
        match self.code {
            _ if !self.mods.is_empty() => self.name(),
            KeyCode::Char(' ') => say::SPACE.get(lang).to_owned(),
            KeyCode::Up if !ascii => "↑".to_owned(),
            KeyCode::Down if !ascii => "↓".to_owned(),
            KeyCode::Left if !ascii => "←".to_owned(),
            KeyCode::Right if !ascii => "→".to_owned(),
            _ => self.name(),
        }
    }

    /// The key's name, in letters alone.
    pub fn name(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "S-Tab".to_owned(),
            KeyCode::Up => "Up".to_owned(),
            KeyCode::Down => "Down".to_owned(),
            KeyCode::Left => "Left".to_owned(),
            KeyCode::Right => "Right".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            other => format!("{other:?}"),
        };
        if self.mods.contains(KeyModifiers::CONTROL) {
            format!("^{}", name.to_uppercase())
        } else if self.mods.contains(KeyModifiers::ALT) {
            format!("Alt-{name}")
        } else {
            name
        }
    }
}

const fn c(ch: char) -> Key {
    k(KeyCode::Char(ch))
}

const fn k(code: KeyCode) -> Key {
    Key { code, mods: KeyModifiers::NONE }
}

const fn ctrl(ch: char) -> Key {
    Key { code: KeyCode::Char(ch), mods: KeyModifiers::CONTROL }
}

const fn alt(code: KeyCode) -> Key {
    Key { code, mods: KeyModifiers::ALT }
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// Where it works.
    pub at: &'static [Context],
    /// Its keys, the one to show first; none for what only the palette runs.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// Its name in the palette; empty for what is not run by name.
    pub name: &'static str,
    /// What it does, in words.
    pub words: Word,
    /// What it is for.
    pub group: Group,
    /// Its place in the footer, from 1; 0 is not shown there.
    pub foot: u8,
}

use Context as C;

const fn is_among(one: Context, all: &[Context]) -> bool {
    let mut at = 0;
    while at < all.len() {
        if all[at] as u8 == one as u8 {
            return true;
        }
        at += 1;
    }
    false
}

/// How many there are besides some.
const fn left(all: &[Context], without: &[Context]) -> usize {
    let (mut at, mut n) = (0, 0);
    while at < all.len() {
        n += if is_among(all[at], without) { 0 } else { 1 };
        at += 1;
    }
    n
}

/// Those there are besides some, of which there are so many.
const fn but<const N: usize>(all: &[Context], without: &[Context]) -> [Context; N] {
    let mut out = [C::Board; N];
    let (mut at, mut to) = (0, 0);
    while at < all.len() {
        if !is_among(all[at], without) {
            out[to] = all[at];
            to += 1;
        }
        at += 1;
    }
    out
}

/// These and more, so many together.
const fn and<const N: usize>(all: &[Context], more: &[Context]) -> [Context; N] {
    let mut out = [C::Board; N];
    let mut at = 0;
    while at < N {
        out[at] = if at < all.len() { all[at] } else { more[at - all.len()] };
        at += 1;
    }
    out
}

/// The screens, and the pages that open over them.
pub const PAGES: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Handover,
    C::Sitrep,
    C::Told,
    C::Shifts,
    C::Behind,
    C::Callers,
    C::Dossier,
    C::Unit,
    C::Contacts,
    C::Contact,
    C::Ledgers,
    C::Ledger,
    C::Entry,
    C::Inbox,
    C::Received,
    C::Columns,
];
/// The main screens: nothing lies below them.
const MAIN: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Ledgers,
    C::Log,
    C::Handover,
    C::Sitrep,
];
/// The pages that open over a main screen.
const OVER: &[Context] = &but::<{ left(PAGES, MAIN) }>(PAGES, MAIN);
/// Where `?` shows the keys.
const HELPED: &[Context] = &[C::Walk, C::Results, C::Paper];
const LISTS: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Dossier,
    C::Unit,
    C::Contacts,
    C::Behind,
    C::Callers,
    C::Ledgers,
    C::Ledger,
    C::Entry,
    C::Inbox,
    C::Received,
    C::Columns,
];
const MARKED: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Unit,
    C::Behind,
    C::Ledger,
    C::Entry,
    C::Inbox,
    C::Received,
];
const SUBJECTS: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Dossier,
    C::Unit,
    C::Contacts,
    C::Contact,
    C::Behind,
    C::Callers,
    C::Results,
    C::Ledger,
    C::Entry,
    C::Received,
];
const PEOPLE: &[Context] = &[
    C::Board,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Dossier,
    C::Unit,
    C::Behind,
    C::Received,
    C::Results,
];
/// Where a masked number may be asked for.
const NUMBERS: &[Context] = &[
    C::Board,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Dossier,
    C::Unit,
    C::Contact,
    C::Behind,
    C::Results,
    C::Callers,
    C::Ledger,
    C::Entry,
    C::Received,
];
/// Where a cursor or a text is moved line by line.
const MOVING: &[Context] = &and::<{ PAGING.len() + 1 }>(PAGING, &[C::Results]);
/// Where it is moved a screen at a time, too: what a find found stands on one.
const PAGING: &[Context] = &and::<{ PAGES.len() + 3 }>(PAGES, &[C::Pick, C::Walk, C::Reading]);
const PRINTED: &[Context] = &[
    C::Board,
    C::Units,
    C::Outstanding,
    C::Cases,
    C::Doubts,
    C::Due,
    C::People,
    C::Log,
    C::Dossier,
    C::Unit,
    C::Contacts,
    C::Contact,
    C::Behind,
    C::Results,
    C::Ledgers,
    C::Ledger,
    C::Received,
];
/// Where 口径簿 has a key of its own, and itself.
const TOLD_OTHERWISE: &[Context] = &[C::Sitrep, C::Told];
/// Where 口径簿 has no key of its own.
const TOLD_BY_NAME: &[Context] = &but::<{ left(PAGES, TOLD_OTHERWISE) }>(PAGES, TOLD_OTHERWISE);
/// What lies above a page and takes no text: `L` locks there too.
const LOCKED_FROM: &[Context] = &[C::Results, C::Pick, C::Walk, C::Reading, C::Paper, C::Spoken, C::Working];
/// Where letters are text.
const TYPED: &[Context] = &[C::Form, C::Find, C::Filter, C::Palette, C::Question, C::Help];
const REPORTS: &[Context] = &[C::Board, C::Units, C::Outstanding, C::Unit];
/// Where the inbox has a key of its own, and itself.
const INBOX_OTHERWISE: &[Context] = &and::<{ REPORTS.len() + 1 }>(REPORTS, &[C::Inbox]);
/// Where the inbox has no key of its own.
const INBOX_BY_NAME: &[Context] = &but::<{ left(PAGES, INBOX_OTHERWISE) }>(PAGES, INBOX_OTHERWISE);

/// What is about a unit, or about a row of a report: the report opens.
const OPENED_FROM: &[Context] = &[C::Board, C::Units, C::Outstanding, C::Doubts, C::Log, C::Dossier, C::Unit];

const fn b(
    at: &'static [Context],
    keys: &'static [Key],
    action: Action,
    name: &'static str,
    words: Word,
    foot: u8,
) -> Binding {
    Binding { at, keys, action, name, words, group: action.group(), foot }
}

/// Every key. The first binding that fits wins.
pub const BINDINGS: &[Binding] = &[
    // Moving.
    b(MOVING, &[k(KeyCode::Up), c('k')], Action::Up, "", say::UP, 0),
    b(MOVING, &[k(KeyCode::Down), c('j')], Action::Down, "", say::DOWN, 0),
    b(PAGING, &[k(KeyCode::PageUp), ctrl('b')], Action::PageUp, "", say::PAGE_UP, 0),
    b(PAGING, &[k(KeyCode::PageDown), ctrl('f')], Action::PageDown, "", say::PAGE_DOWN, 0),
    // In the find box ^F logs a call.
    b(&[C::Results], &[k(KeyCode::PageUp), ctrl('b')], Action::PageUp, "", say::PAGE_UP, 0),
    b(&[C::Results], &[k(KeyCode::PageDown)], Action::PageDown, "", say::PAGE_DOWN, 0),
    b(MOVING, &[k(KeyCode::Home), c('g')], Action::Top, "", say::TOP, 0),
    b(MOVING, &[k(KeyCode::End), c('G')], Action::Bottom, "", say::BOTTOM, 0),
    b(
        &[C::Board, C::Dossier, C::Unit, C::Contact, C::Entry, C::Received],
        &[k(KeyCode::Tab), k(KeyCode::Right), c('l')],
        Action::Next,
        "",
        say::NEXT_PANE,
        2,
    ),
    b(
        &[C::Board, C::Dossier, C::Unit, C::Contact, C::Entry, C::Received],
        &[k(KeyCode::BackTab), k(KeyCode::Left), c('h')],
        Action::Prev,
        "",
        say::PREV_PANE,
        0,
    ),
    // The selected row.
    b(LISTS, &[k(KeyCode::Enter)], Action::Open, "", say::OPEN, 1),
    b(MAIN, &[k(KeyCode::Esc)], Action::Back, "", say::BACK, 0),
    b(OVER, &[k(KeyCode::Esc), c('q')], Action::Back, "", say::BACK, 0),
    b(&[C::Board, C::Due], &[c('c')], Action::ClosePromise, "promise", say::CLOSE_PROMISE, 4),
    b(&[C::Doubts], &[c('c')], Action::ConfirmDoubt, "confirm-doubt", say::CONFIRM_DOUBT, 2),
    b(&[C::Doubts], &[c('m')], Action::CorrectDoubt, "correct-doubt", say::CORRECT_DOUBT, 3),
    b(&[C::Doubts], &[c('d')], Action::DeferDoubt, "defer-doubt", say::DEFER_DOUBT, 4),
    b(&[C::Board, C::Log, C::Due, C::Callers], &[c('a')], Action::Attach, "attach", say::ATTACH, 5),
    b(SUBJECTS, &[c('f')], Action::FollowUp, "followup", say::FOLLOW_UP, 3),
    b(REPORTS, &[c('r')], Action::Received, "received", say::RECEIVED, 4),
    b(REPORTS, &[c('m')], Action::Excuse, "excuse", say::EXCUSE, 0),
    b(&[C::Board, C::Outstanding], &[c('t')], Action::ChaseGroup, "chase", say::CHASE_GROUP, 6),
    b(REPORTS, &[c('T')], Action::ChaseUnit, "chase-unit", say::CHASE_UNIT, 9),
    b(&[C::Units, C::Outstanding, C::Unit], &[c('W')], Action::UnitForms, "sheets", say::UNIT_FORMS, 0),
    b(&[C::Units, C::Outstanding], &[], Action::AllForms, "sheets-all", say::ALL_FORMS, 0),
    b(PEOPLE, &[c('o')], Action::Case, "case", say::CASE, 6),
    b(&[C::Board, C::Cases, C::Dossier], &[c('x')], Action::Release, "release", say::RELEASE, 7),
    b(PAGES, &[c('n')], Action::Note, "note", say::NOTE, 9),
    b(SUBJECTS, &[c('e')], Action::Edit, "edit", say::EDIT, 11),
    b(NUMBERS, &[c('v')], Action::Reveal, "reveal", say::REVEAL, 8),
    b(SUBJECTS, &[c('y')], Action::Copy, "copy", say::COPY, 12),
    // A received report.
    b(OPENED_FROM, &[c('b')], Action::OpenReport, "report", say::OPEN_REPORT, 0),
    b(&[C::Received], &[c('[')], Action::Older, "older", say::OLDER, 4),
    b(&[C::Received], &[c(']')], Action::Newer, "newer", say::NEWER, 5),
    // Ledgers.
    b(&[C::Ledgers, C::Ledger, C::Entry], &[c('a')], Action::AddEntry, "add-entry", say::ADD_ENTRY, 2),
    b(&[C::Ledger, C::Entry], &[c('m')], Action::MoveEntry, "next-step", say::MOVE_ENTRY, 4),
    b(&[C::Ledger, C::Entry], &[c('x')], Action::WithdrawEntry, "withdraw-entry", say::WITHDRAW_ENTRY, 7),
    // Among what is due `c` does what the line asks for.
    b(&[C::Due], &[c('m')], Action::MoveEntry, "next-step", say::MOVE_ENTRY, 0),
    b(&[C::Due, C::Entry], &[c('t')], Action::TakeUp, "take-up", say::TAKE_UP, 1),
    b(&[C::Due, C::Entry], &[c('d')], Action::Decline, "decline", say::DECLINE, 1),
    // The table.
    b(LISTS, &[c('s')], Action::Sort, "sort", say::SORT, 0),
    b(LISTS, &[c('S')], Action::Reverse, "reverse", say::REVERSE, 0),
    b(LISTS, &[c('\\'), c('=')], Action::Filter, "filter", say::FILTER, 10),
    b(MARKED, &[c(' ')], Action::Mark, "mark", say::MARK, 13),
    b(MARKED, &[c('*')], Action::MarkAll, "mark-all", say::MARK_ALL, 0),
    // The report.
    b(&[C::Sitrep], &[k(KeyCode::Left), c('h')], Action::Left, "", say::FIGURE_LEFT, 0),
    b(&[C::Sitrep], &[k(KeyCode::Right), c('l')], Action::Right, "", say::FIGURE_RIGHT, 0),
    b(&[C::Sitrep], &[k(KeyCode::Enter)], Action::Open, "", say::WHO_IS_IT, 2),
    b(&[C::Sitrep], &[k(KeyCode::Tab)], Action::Next, "", say::NEXT_TABLE, 3),
    b(&[C::Sitrep], &[k(KeyCode::BackTab)], Action::Prev, "", say::PREV_TABLE, 0),
    b(&[C::Sitrep], &[c('s')], Action::Send, "send", say::SEND, 4),
    b(&[C::Sitrep], &[c('b')], Action::Boundary, "boundary", say::BOUNDARY, 5),
    b(&[C::Sitrep], &[c('c')], Action::Correct, "correct", say::CORRECT, 6),
    b(&[C::Sitrep], &[c('t')], Action::Told, "told", say::TOLD, 7),
    b(&[C::Told], &[k(KeyCode::Enter)], Action::Open, "", say::OPEN, 1),
    b(&[C::Told], &[c('a')], Action::AddTold, "add-told", say::ADD_TOLD, 2),
    b(&[C::Spoken], &[k(KeyCode::Enter)], Action::Open, "", say::SAID_IT, 1),
    b(&[C::Spoken], &[c('y')], Action::Copy, "", say::COPY_TEXT, 2),
    b(&[C::Spoken], &[k(KeyCode::Esc), c('q'), c('!')], Action::Back, "", say::BACK, 3),
    // The handover.
    b(&[C::Handover, C::Sitrep], &[c('p')], Action::Print, "print", say::PRINT, 1),
    b(PRINTED, &[c('p')], Action::Print, "print", say::PRINT, 8),
    b(&[C::Handover], &[c('c')], Action::CloseShift, "close-shift", say::CLOSE_SHIFT, 2),
    b(&[C::Handover], &[k(KeyCode::Enter)], Action::Shifts, "shifts", say::SHIFTS, 3),
    b(&[C::Shifts], &[k(KeyCode::Enter), c('p')], Action::Print, "", say::SEE_PAPER, 1),
    b(&[C::Board, C::Due], &[], Action::ReadAll, "read-all", say::READ_ALL, 0),
    // From anywhere.
    b(PAGES, &[c('/')], Action::Find, "find", say::FIND, 5),
    b(PAGES, &[c(':')], Action::Palette, "", say::COMMAND, 14),
    b(PAGES, &[c('?')], Action::Help, "help", say::HELP, 15),
    b(PAGES, &[c('i')], Action::Incoming, "incoming", say::INCOMING, 0),
    b(PAGES, &[c('u')], Action::Undo, "undo", say::UNDO, 10),
    b(PAGES, &[c('1')], Action::Screen('1'), "board", say::BOARD, 0),
    b(PAGES, &[c('2')], Action::Screen('2'), "units", say::UNITS, 0),
    b(PAGES, &[c('3')], Action::Screen('3'), "outstanding", say::OUTSTANDING, 0),
    b(PAGES, &[c('4')], Action::Screen('4'), "cases", say::CASES, 0),
    b(PAGES, &[c('5')], Action::Screen('5'), "", say::DOUBTS, 0),
    b(PAGES, &[c('6')], Action::Screen('6'), "due", say::DUE, 0),
    b(PAGES, &[c('7')], Action::Screen('7'), "people", say::PEOPLE, 0),
    b(PAGES, &[c('8')], Action::Screen('8'), "ledgers", say::LEDGERS, 0),
    b(PAGES, &[c('9')], Action::Screen('9'), "log", say::LOG, 0),
    b(PAGES, &[c('0')], Action::Screen('0'), "handover", say::HANDOVER, 0),
    b(PAGES, &[c('-')], Action::Screen('-'), "sitrep", say::SITREP, 0),
    b(PAGES, &[c('!')], Action::Spoken, "spoken", say::SPOKEN, 0),
    b(TOLD_BY_NAME, &[], Action::Told, "told", say::TOLD, 0),
    b(PAGES, &[c('w')], Action::Officer, "officer", say::OFFICER, 0),
    b(PAGES, &[c('L')], Action::Lock, "lock", say::LOCK, 0),
    // Where a letter is text, the lock has another key.
    b(LOCKED_FROM, &[c('L')], Action::Lock, "", say::LOCK, 0),
    b(TYPED, &[alt(KeyCode::Char('l'))], Action::Lock, "", say::LOCK, 0),
    b(MAIN, &[c('q'), c('Q'), ctrl('c')], Action::Quit, "quit", say::QUIT, 0),
    b(OVER, &[c('Q'), ctrl('c')], Action::Quit, "quit", say::QUIT, 0),
    b(PAGES, &[ctrl('z')], Action::Suspend, "", say::SUSPEND, 0),
    b(PAGES, &[ctrl('l')], Action::Redraw, "", say::REDRAW, 0),
    b(PAGES, &[], Action::Import, "import", say::IMPORT, 0),
    b(REPORTS, &[c('R')], Action::Inbox, "inbox", say::INBOX, 9),
    b(INBOX_BY_NAME, &[], Action::Inbox, "inbox", say::INBOX, 0),
    b(&[C::Inbox], &[c('a')], Action::TakeFiles, "take", say::TAKE_FILES, 2),
    b(&[C::Inbox], &[c('e')], Action::SayFile, "", say::SAY_FILE, 3),
    b(&[C::Inbox], &[c('x')], Action::ReturnFile, "return", say::RETURN_FILE, 4),
    b(&[C::Inbox], &[c('y')], Action::CopyMessage, "", say::COPY_MESSAGE, 5),
    b(&[C::Inbox], &[c('m')], Action::Columns, "columns", say::COLUMNS, 6),
    b(&[C::Columns], &[c('a')], Action::KeepColumns, "keep", say::KEEP_COLUMNS, 2),
    b(PAGES, &[], Action::Settings, "settings", say::SETTINGS, 0),
    b(PAGES, &[], Action::Backup, "backup", say::BACKUP, 0),
    b(PAGES, &[], Action::StartShift, "start-shift", say::START_SHIFT, 0),
    b(PAGES, &[], Action::Pin, "pin", say::PIN, 0),
    b(PAGES, &[], Action::AddPerson, "add-person", say::ADD_PERSON, 0),
    b(PAGES, &[], Action::AddUnit, "add-unit", say::ADD_UNIT, 0),
    b(PAGES, &[], Action::AddOfficer, "add-officer", say::ADD_OFFICER, 0),
    b(PAGES, &[c('I')], Action::Callers, "callers", say::CALLERS, 9),
    b(PAGES, &[], Action::Access, "access", rights::COMMAND, 0),
    b(PAGES, &[], Action::Contacts, "contacts", say::CONTACTS, 0),
    b(PAGES, &[], Action::AddContact, "contact", say::ADD_CONTACT, 0),
    b(&[C::Contacts, C::Contact], &[], Action::RemoveContact, "remove-contact", say::REMOVE_CONTACT, 0),
    b(PAGES, &[], Action::EraseDue, "erase-due", say::ERASE_DUE, 0),
    b(PEOPLE, &[], Action::Erase, "erase", say::ERASE, 0),
    b(PAGES, &[], Action::Lang, "lang", say::LANG, 0),
    b(PAGES, &[], Action::Confusions, "confusions", say::CONFUSIONS, 0),
    // The filter's line.
    b(&[C::Filter], &[k(KeyCode::Enter), k(KeyCode::Down)], Action::Open, "", say::GO_ON, 1),
    b(&[C::Filter], &[k(KeyCode::Esc)], Action::Back, "", say::CANCEL, 2),
    // Forms.
    b(&[C::Form], &[k(KeyCode::Enter), ctrl('s')], Action::Save, "", say::SAVE, 1),
    b(&[C::Form], &[ctrl('j'), alt(KeyCode::Enter)], Action::NewLine, "", say::NEW_LINE, 4),
    b(&[C::Form], &[k(KeyCode::Tab), k(KeyCode::Down)], Action::Next, "", say::NEXT_FIELD, 2),
    b(&[C::Form], &[k(KeyCode::BackTab), k(KeyCode::Up)], Action::Prev, "", say::PREV_FIELD, 0),
    b(&[C::Form], &[k(KeyCode::PageUp)], Action::PageUp, "", say::PAGE_UP, 0),
    b(&[C::Form], &[k(KeyCode::PageDown)], Action::PageDown, "", say::PAGE_DOWN, 0),
    b(&[C::Form], &[k(KeyCode::Right)], Action::Right, "", say::CHOOSE, 3),
    b(&[C::Form], &[k(KeyCode::Left)], Action::Left, "", say::CHOOSE, 0),
    b(&[C::Form], &[k(KeyCode::Esc)], Action::Back, "", say::BACK, 5),
    b(&[C::Form], &[ctrl('n')], Action::Fresh, "", say::FRESH, 6),
    // Find.
    b(&[C::Find], &[k(KeyCode::Enter)], Action::Open, "", say::OPEN, 1),
    b(&[C::Find], &[k(KeyCode::Tab), k(KeyCode::Down)], Action::Next, "", say::TO_LIST, 2),
    b(&[C::Find], &[ctrl('f')], Action::FollowUp, "", say::FOLLOW_UP, 3),
    b(&[C::Results], &[ctrl('f')], Action::FollowUp, "", say::FOLLOW_UP, 0),
    b(&[C::Find], &[ctrl('y')], Action::Copy, "", say::COPY, 4),
    b(&[C::Results], &[ctrl('y')], Action::Copy, "", say::COPY, 0),
    b(&[C::Find, C::Results], &[ctrl('e')], Action::Explain, "", say::EXPLAIN, 13),
    b(&[C::Find], &[k(KeyCode::Up)], Action::Recall, "", say::RECALL, 14),
    b(&[C::Results], &[k(KeyCode::Right), c('l')], Action::Right, "", say::NEXT_GROUP, 0),
    b(&[C::Results], &[k(KeyCode::Left), c('h')], Action::Left, "", say::PREV_GROUP, 0),
    b(&[C::Find, C::Results], &[k(KeyCode::Esc)], Action::Back, "", say::BACK, 5),
    b(&[C::Results], &[k(KeyCode::Enter)], Action::Open, "", say::OPEN, 1),
    b(&[C::Results], &[k(KeyCode::Tab), k(KeyCode::BackTab), c('/')], Action::Prev, "", say::FIND, 5),
    // The palette and lists to pick from.
    b(&[C::Palette], &[k(KeyCode::Enter)], Action::Open, "", say::RUN, 1),
    b(&[C::Palette], &[k(KeyCode::Up), k(KeyCode::BackTab)], Action::Up, "", say::UP, 0),
    b(&[C::Palette], &[k(KeyCode::Down), k(KeyCode::Tab)], Action::Down, "", say::DOWN, 2),
    b(&[C::Palette, C::Pick, C::Walk, C::Reading], &[k(KeyCode::Esc)], Action::Back, "", say::BACK, 3),
    b(&[C::Pick], &[k(KeyCode::Enter)], Action::Open, "", say::CHOOSE, 1),
    b(&[C::Reading], &[c('?'), c('q')], Action::Back, "", say::BACK, 0),
    // The help: letters are typed there.
    b(&[C::Help], &[k(KeyCode::Up)], Action::Up, "", say::UP, 0),
    b(&[C::Help], &[k(KeyCode::Down)], Action::Down, "", say::DOWN, 0),
    b(&[C::Help], &[k(KeyCode::PageUp), ctrl('b')], Action::PageUp, "", say::PAGE_UP, 0),
    b(&[C::Help], &[k(KeyCode::PageDown), ctrl('f')], Action::PageDown, "", say::PAGE_DOWN, 1),
    b(&[C::Help], &[k(KeyCode::Home)], Action::Top, "", say::TOP, 0),
    b(&[C::Help], &[k(KeyCode::End)], Action::Bottom, "", say::BOTTOM, 0),
    b(&[C::Help], &[k(KeyCode::Esc), c('?')], Action::Back, "", say::BACK, 2),
    // Questions.
    b(&[C::Question], &[c('y'), c('Y')], Action::Yes, "", say::YES, 2),
    b(&[C::Question], &[c('n'), c('N'), k(KeyCode::Esc)], Action::No, "", say::NO, 1),
    b(
        &[C::Question],
        &[k(KeyCode::Tab), k(KeyCode::Left), k(KeyCode::Right), k(KeyCode::BackTab)],
        Action::Next,
        "",
        say::CHOOSE,
        3,
    ),
    b(&[C::Question], &[k(KeyCode::Up)], Action::Up, "", say::UP, 0),
    b(&[C::Question], &[k(KeyCode::Down)], Action::Down, "", say::DOWN, 0),
    b(&[C::Question], &[k(KeyCode::Enter)], Action::Open, "", say::GO_ON, 4),
    // The walk.
    b(&[C::Walk], &[c(' ')], Action::Mark, "", say::TICK, 1),
    b(&[C::Walk], &[c('a')], Action::Ask, "", say::ASK, 2),
    b(&[C::Walk], &[c('*')], Action::MarkAll, "", say::TICK_ALL, 3),
    b(&[C::Walk], &[k(KeyCode::Enter)], Action::Open, "", say::GO_ON, 4),
    b(HELPED, &[c('?')], Action::Help, "", say::HELP, 16),
    // The preview of a paper.
    b(&[C::Paper], &[k(KeyCode::Enter), c('p')], Action::Print, "", say::PRINT, 1),
    b(&[C::Paper], &[c('w')], Action::WritePdf, "", say::WRITE_PDF, 2),
    b(&[C::Paper], &[c('t')], Action::WriteText, "", say::WRITE_TEXT, 3),
    b(&[C::Paper], &[c('x')], Action::WriteSheet, "", say::WRITE_SHEET, 4),
    b(&[C::Paper], &[c('m')], Action::Reveal, "", say::FULL_NUMBERS, 5),
    b(&[C::Paper], &[k(KeyCode::Up), c('k')], Action::Up, "", say::UP, 0),
    b(&[C::Paper], &[k(KeyCode::Down), c('j')], Action::Down, "", say::DOWN, 0),
    b(&[C::Paper], &[k(KeyCode::PageUp), ctrl('b')], Action::PageUp, "", say::PAGE_UP, 0),
    b(&[C::Paper], &[k(KeyCode::PageDown), ctrl('f'), c(' ')], Action::PageDown, "", say::PAGE_DOWN, 6),
    b(&[C::Paper], &[k(KeyCode::Left), c('h')], Action::Prev, "", say::SHEET_BEFORE, 0),
    b(&[C::Paper], &[k(KeyCode::Right), c('l')], Action::Next, "", say::SHEET_NEXT, 8),
    b(&[C::Paper], &[k(KeyCode::Home), c('g')], Action::Top, "", say::TOP, 0),
    b(&[C::Paper], &[k(KeyCode::End), c('G')], Action::Bottom, "", say::BOTTOM, 0),
    b(&[C::Paper], &[k(KeyCode::Esc), c('q')], Action::Back, "", say::BACK, 7),
    // Work, and the lock.
    b(&[C::Working], &[k(KeyCode::Esc)], Action::Back, "", say::CANCEL, 1),
    b(&[C::Locked], &[k(KeyCode::Enter)], Action::Open, "", say::UNLOCK, 1),
    b(&[C::Locked], &[k(KeyCode::Down), k(KeyCode::Tab)], Action::Next, "", rights::OTHER_OFFICER, 2),
    b(&[C::Locked], &[k(KeyCode::Up), k(KeyCode::BackTab)], Action::Prev, "", rights::OTHER_OFFICER, 0),
    b(&[C::Locked], &[k(KeyCode::Esc)], Action::Back, "", rights::CLEAR, 0),
    b(&[C::Locked], &[ctrl('l')], Action::Redraw, "", say::REDRAW, 0),
];

/// The key as the table spells it: shift is in the letter already, and what a Chinese input method sends for
/// a command key (`：`, `？`, `、`) is taken as that key.
fn plain(key: KeyEvent) -> Key {
    let mods = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    let code = match key.code {
        KeyCode::Char(ch) => KeyCode::Char(match narrow(ch) {
            ch if mods.contains(KeyModifiers::CONTROL) => ch.to_ascii_lowercase(),
            ch => ch,
        }),
        code => code,
    };
    Key { code, mods }
}

/// What a Chinese input method sends for a key of the keyboard: the full-width form of it, or the mark that Chinese has
/// in its place.
pub(super) fn narrow(ch: char) -> char {
    match ch {
        '、' => '\\',
        '。' | '｡' => '.',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '·' => '`',
        '￥' => '$',
        '\u{3000}' => ' ',
        // Full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(ch) - 0xfee0).unwrap_or(ch),
        ch => ch,
    }
}

/// A key where nothing is typed, with what an input method makes of it undone.
pub fn typed_plain(key: KeyEvent) -> KeyEvent {
    match key.code {
        KeyCode::Char(ch) => KeyEvent { code: KeyCode::Char(narrow(ch)), ..key },
        _ => key,
    }
}

/// Whether only an input method can have sent this character: it takes two columns, as everything Chinese does.
pub fn is_composed(key: KeyEvent) -> bool {
    let held = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    matches!(key.code, KeyCode::Char(ch) if !held && unicode_width::UnicodeWidthChar::width(ch) == Some(2))
}

/// The binding of a key.
pub fn binding(context: Context, key: KeyEvent) -> Option<&'static Binding> {
    let key = plain(key);
    BINDINGS.iter().find(|b| b.at.contains(&context) && b.keys.contains(&key))
}

/// What a key does here.
pub fn resolve(context: Context, key: KeyEvent) -> Option<Action> {
    binding(context, key).map(|b| b.action)
}

/// Whether `?` shows the keys here: only then may it be pointed to.
pub fn has_help(context: Context) -> bool {
    BINDINGS.iter().any(|b| b.action == Action::Help && b.at.contains(&context))
}

/// What the footer shows here, in its order.
pub fn footer(context: Context) -> Vec<&'static Binding> {
    let mut shown: Vec<_> = BINDINGS.iter().filter(|b| b.foot > 0 && b.at.contains(&context)).collect();
    shown.sort_by_key(|b| b.foot);
    shown
}

/// Every key that works here.
pub fn help(context: Context) -> Vec<&'static Binding> {
    BINDINGS.iter().filter(|b| !b.keys.is_empty() && b.at.contains(&context)).collect()
}

/// Every command that can be run by name here.
pub fn commands(context: Context) -> Vec<&'static Binding> {
    BINDINGS.iter().filter(|b| !b.name.is_empty() && b.at.contains(&context)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in [
            C::Board,
            C::Units,
            C::Outstanding,
            C::Cases,
            C::Doubts,
            C::Due,
            C::People,
            C::Log,
            C::Handover,
            C::Dossier,
            C::Unit,
            C::Contacts,
            C::Contact,
            C::Filter,
            C::Form,
            C::Find,
            C::Results,
            C::Palette,
            C::Question,
            C::Pick,
            C::Walk,
            C::Working,
            C::Reading,
            C::Help,
            C::Paper,
            C::Sitrep,
            C::Told,
            C::Shifts,
            C::Behind,
            C::Callers,
            C::Ledgers,
            C::Ledger,
            C::Entry,
            C::Inbox,
            C::Received,
            C::Columns,
            C::Spoken,
            C::Locked,
        ] {
            let here: Vec<_> = BINDINGS.iter().filter(|b| b.at.contains(&context)).collect();
            for (i, one) in here.iter().enumerate() {
                for other in &here[i + 1..] {
                    for key in one.keys {
                        assert!(
                            !other.keys.contains(key),
                            "{} is {:?} and {:?} in {context:?}",
                            key.name(),
                            one.action,
                            other.action
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_chinese_input_method_reaches_the_same_keys() {
        let typed = KeyEvent::new(KeyCode::Char('：'), KeyModifiers::NONE);
        assert_eq!(resolve(C::Board, typed), Some(Action::Palette));
        let typed = KeyEvent::new(KeyCode::Char('、'), KeyModifiers::NONE);
        assert_eq!(resolve(C::Cases, typed), Some(Action::Filter));
    }

    #[test]
    fn every_key_of_the_table_is_itself_in_full_width() {
        for binding in BINDINGS {
            for key in binding.keys.iter().filter(|key| key.mods.is_empty()) {
                let KeyCode::Char(ch) = key.code else { continue };
                let wide = match ch {
                    ' ' => '\u{3000}',
                    ch => char::from_u32(u32::from(ch) + 0xfee0).unwrap(),
                };
                for context in binding.at {
                    let resolved =
                        |ch| resolve(*context, KeyEvent::new(KeyCode::Char(ch), KeyModifiers::NONE));
                    assert_eq!(resolved(wide), resolved(ch), "{wide} in {context:?}");
                    assert!(resolved(wide).is_some());
                }
            }
        }
    }

    #[test]
    fn q_leaves_what_lies_above_and_at_a_main_screen_the_desk() {
        let q = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        for context in PAGES {
            let expected = if MAIN.contains(context) { Action::Quit } else { Action::Back };
            assert_eq!(resolve(*context, q), Some(expected), "{context:?}");
            assert!(MAIN.contains(context) != OVER.contains(context), "{context:?}");
        }
    }

    #[test]
    fn what_has_a_key_on_some_pages_is_run_by_name_on_all_others() {
        for (action, own) in [(Action::Told, C::Told), (Action::Inbox, C::Inbox)] {
            for page in PAGES {
                let here = commands(*page).iter().filter(|b| b.action == action).count();
                assert_eq!(here, usize::from(*page != own), "{action:?} on {page:?}");
            }
        }
    }

    /// What is called everywhere works on every page; what is for one page stands under another heading.
    #[test]
    fn every_binding_has_a_group_and_what_is_everywhere_is_on_every_page() {
        for binding in BINDINGS {
            assert!(Group::ALL.contains(&binding.group), "{:?}", binding.action);
            assert_eq!(binding.group, binding.action.group(), "{:?}", binding.action);
            if binding.group == Group::Everywhere {
                for page in PAGES {
                    let here = BINDINGS.iter().any(|b| b.action == binding.action && b.at.contains(page));
                    assert!(here, "{:?} is not everywhere: {page:?}", binding.action);
                }
            }
        }
        for page in PAGES {
            for group in Group::ALL {
                assert!(help(*page).iter().any(|b| b.group == group), "{group:?} is empty on {page:?}");
            }
        }
    }

    #[test]
    fn every_footer_fits_something() {
        for context in [C::Board, C::Form, C::Question, C::Walk, C::Working, C::Locked, C::Find] {
            assert!(!footer(context).is_empty(), "{context:?}");
        }
    }

    #[test]
    fn the_letters_of_declarations_are_those_the_desk_leaves_where_entries_are_seen() {
        use crate::domain::ledger::file::FREE_KEYS;
        for letter in ('a'..='z').chain('A'..='Z') {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
            let does = [C::Ledger, C::Entry].into_iter().find_map(|context| binding(context, key));
            let is_free = FREE_KEYS.contains(letter);
            assert!(does.is_none() || !is_free, "{letter} is {:?}", does.map(|b| b.action));
            // Paper is printed with it everywhere else.
            let said = crate::i18n::ledger::key_taken(&letter.to_string());
            assert_eq!(said.is_some(), !is_free, "{letter}");
            if let Some(does) = does {
                assert_eq!(said, Some(does.words), "{letter}");
            }
        }
    }
}
