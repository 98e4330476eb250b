//! How events are written and read back. Names and versions are explicit strings, never Rust names. An added
//! field has a serde default; a changed meaning is a new version and one upcaster here.

use super::event::{Event, Unknown};

/// Reads an event back whatever stands there: a body that is not what its kind says (a damaged log, which
/// `check` tells) is kept as unknown, so that one bad event never hides the others.
pub fn read(kind: &str, version: u16, body: &str) -> Event {
    decode(kind, version, body)
        .unwrap_or_else(|_| Event::Unknown(Unknown { kind: kind.to_owned(), version, body: body.to_owned() }))
}

macro_rules! kinds {
    ($($name:literal, $version:literal => $variant:ident),+ $(,)?) => {
        /// The wire name and version under which an event is written today.
        pub fn name(event: &Event) -> (&str, u16) {
            match event {
                $(Event::$variant(_) => ($name, $version),)+
                Event::Unknown(u) => (&u.kind, u.version),
            }
        }

        /// The event's body as JSON.
        ///
        /// # Errors
        /// Only when a value cannot be JSON, which none of ours can.
        pub fn body(event: &Event) -> serde_json::Result<String> {
            match event {
                $(Event::$variant(e) => serde_json::to_string(e),)+
                Event::Unknown(u) => Ok(u.body.clone()),
            }
        }

        /// Reads an event back. An unknown kind or version is kept, not refused.
        ///
        /// # Errors
        /// A known kind whose body is not what it should be.
        pub fn decode(kind: &str, version: u16, body: &str) -> serde_json::Result<Event> {
            match (kind, version) {
                $(($name, $version) => serde_json::from_str(body).map(Event::$variant),)+
                _ => Ok(Event::Unknown(Unknown { kind: kind.to_owned(), version, body: body.to_owned() })),
            }
        }

        /// Every wire name and version that is written today.
        pub const KINDS: &[(&str, u16)] = &[$(($name, $version)),+];
    };
}

kinds! {
    "office.opened", 1 => OfficeOpened,
    "desk.started", 1 => DeskStarted,
    "settings.changed", 1 => SettingsChanged,
    "rules.adopted", 1 => RulesAdopted,
    "form.adopted", 1 => FormAdopted,
    "template.adopted", 1 => TemplateAdopted,
    "officer.added", 1 => OfficerAdded,
    "officer.role", 1 => OfficerRole,
    "shift.started", 1 => ShiftStarted,
    "shift.closed", 1 => ShiftClosed,
    "handover.words", 1 => HandoverWords,
    "handover.asked", 1 => HandoverAsked,
    "handover.answered", 1 => HandoverAnswered,
    "handover.acknowledged", 1 => HandoverAcknowledged,
    "pin.changed", 1 => PinChanged,
    "find.probed", 1 => FindProbed,
    "unit.added", 1 => UnitAdded,
    "unit.changed", 1 => UnitChanged,
    "person.added", 1 => PersonAdded,
    "person.changed", 1 => PersonChanged,
    "person.erased", 1 => PersonErased,
    "sheet.imported", 1 => SheetImported,
    "report.received", 1 => ReportReceived,
    "report.excused", 1 => ReportExcused,
    "followup.logged", 1 => FollowUpLogged,
    "followup.attached", 1 => FollowUpAttached,
    "promise.closed", 1 => PromiseClosed,
    "case.opened", 1 => CaseOpened,
    "case.changed", 1 => CaseChanged,
    "case.released", 1 => CaseReleased,
    "finding.dismissed", 1 => FindingDismissed,
    "note.written", 1 => NoteWritten,
    "contact.added", 1 => ContactAdded,
    "contact.changed", 1 => ContactChanged,
    "contact.removed", 1 => ContactRemoved,
    "op.undone", 1 => OpUndone,
    "personal.revealed", 1 => PersonalRevealed,
    "number.revealed", 1 => NumberRevealed,
    "paper.printed", 1 => PaperPrinted,
    "backup.made", 1 => BackupMade,
    "drill.done", 1 => DrillDone,
    "sitrep.sent", 1 => SitrepSent,
    "sitrep.corrected", 1 => SitrepCorrected,
    "figure.told", 1 => FigureTold,
    "sitrep.reason", 1 => SitrepReason,
    "told.words", 1 => ToldWords,
}
