//! `zhiban check`: one line what it found; `--rebuild` mends the tables.

use super::office::{Ctx, Office};
use super::{Done, out};
use crate::app::shown::trust::behind_said;
use crate::domain::text::safe_line;
use crate::error::Result;
use crate::i18n::file as say;
use crate::i18n::file;
use crate::platform::state_folder;
use crate::say::{Lang, Say, Word};
use crate::store::check::{Differs, FaultKind, HeadFound, Part, Report, check};
use crate::store::heads::Behind;
use crate::store::{Reader, Store, query};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(super) struct Check {
    #[arg(long, value_name = "CODE")]
    pub head: Option<String>,
    #[arg(long)]
    pub rebuild: bool,
    #[arg(long)]
    pub accept_older: bool,
    #[arg(long)]
    pub json: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Check) -> Result<Done> {
    let path = ctx.db()?;
    let state = state_folder();
    if let Some(open) = super::private::open_database(&path).filter(|_| !args.accept_older) {
        out::tell(open.get(ctx.lang));
    }
    if args.accept_older
        && let Some(folder) = &state
    {
        Office::open(ctx)?.not_read_only()?;
        Store::open_here(&path)?.settle_head(folder)?;
        out::tell(file::ACCEPTED.get(ctx.lang));
    }
    let head = args.head.as_deref();
    // What is examined is not written to.
    let mut found = check(&Reader::open(&path)?, head)?;
    let mut rebuilt = false;
    let can_be_mended = !found.differing.is_empty() || !found.layout.is_empty();
    if args.rebuild && can_be_mended && found.faults_total == 0 {
        // A copy or a backup is only read.
        Store::open_here(&path)?.mend()?;
        found = check(&Reader::open(&path)?, head)?;
        rebuilt = true;
    }
    let reader = Reader::open(&path)?;
    // A backup is older, as it should be.
    let behind = match state {
        Some(folder) if !reader.is_copy()? => reader.behind(&folder)?,
        _ => None,
    };
    let sound = found.is_sound() && behind.is_none();
    let calendar = query::settings(&reader)?.calendar;
    if args.json {
        let at = |behind: &Behind| calendar.rfc3339(behind.at);
        let behind = behind
            .as_ref()
            .map(|behind| json!({ "missing": behind.missing, "head": behind.head, "at": at(behind) }));
        out::json(&json_of(&found, behind.as_ref(), rebuilt))?;
    } else {
        let behind = behind.map(|behind| behind_said(&behind, calendar));
        let line = in_words(&found, behind, rebuilt, ctx.lang);
        // What is wrong is told where every refusal is told.
        if sound { out::line(&line)? } else { out::tell(&line) }
    }
    Ok(if sound { Done::Yes } else { Done::No })
}

/// What was found, in one line.
fn in_words(found: &Report, behind: Option<Say>, rebuilt: bool, lang: Lang) -> String {
    let mut parts: Vec<Say> = Vec::new();
    if rebuilt {
        parts.push(say::REBUILT.into());
    }
    if found.faults_total > 0 {
        let first = found.faults.iter().take(3).map(|fault| {
            let what = fault_word(fault.what).get(lang);
            if fault.seq == 0 { what.to_owned() } else { say::fault_at(fault.seq, what).get(lang).to_owned() }
        });
        let first = first.collect::<Vec<_>>().join(separator(lang));
        parts.push(say::check_faults(found.faults_total, first));
    }
    if found.older {
        parts.push(say::CHECK_OLDER.into());
    }
    if !found.layout.is_empty() {
        let list = found.layout.iter().take(5).map(|part| part_words(part, lang)).collect::<Vec<_>>();
        parts.push(say::check_layout(found.layout.len(), list.join(separator(lang))));
    }
    if !found.differing.is_empty() {
        let list = found.differing.iter().map(|(table, rows)| format!("{table} ({rows})"));
        parts.push(say::check_differs(list.collect::<Vec<_>>().join(", ")));
    }
    parts.extend(found.head.map(|head| head_word(head).into()));
    let seen_as_it_was = behind.is_none();
    parts.extend(behind);
    if found.is_sound() && seen_as_it_was {
        parts.insert(
            usize::from(rebuilt),
            say::check_sound(found.ops, found.events, found.rows, &found.head_now),
        );
    }
    parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>().join(separator(lang))
}

pub(super) fn fault_word(kind: FaultKind) -> Word {
    match kind {
        FaultKind::Head => say::FAULT_HEAD,
        FaultKind::Order => say::FAULT_ORDER,
        FaultKind::Event => say::FAULT_EVENT,
        FaultKind::Row => say::FAULT_ROW,
        FaultKind::Stray => say::FAULT_STRAY,
        FaultKind::File => say::FAULT_FILE,
        FaultKind::Undo => say::FAULT_UNDO,
        FaultKind::Desk => say::FAULT_DESK,
        FaultKind::Pin => say::FAULT_PIN,
    }
}

pub(super) fn head_word(head: HeadFound) -> Word {
    match head {
        HeadFound::Matches => say::HEAD_MATCHES,
        HeadFound::Differs => say::HEAD_DIFFERS,
        HeadFound::Missing => say::HEAD_MISSING,
        HeadFound::NotACode => say::HEAD_NOT_A_CODE,
    }
}

/// How a table, index, trigger or view differs.
fn part_words(part: &Part, lang: Lang) -> String {
    let kind = match part.kind.as_str() {
        "table" => say::PART_TABLE,
        "index" => say::PART_INDEX,
        "trigger" => say::PART_TRIGGER,
        _ => say::PART_VIEW,
    };
    let (kind, name) = (kind.get(lang), safe_line(&part.name));
    let words = match part.differs {
        Differs::Missing => say::part_missing(kind, name),
        Differs::Added => say::part_added(kind, name),
        Differs::Changed => say::part_changed(kind, name),
        Differs::Content => say::part_content(kind, name),
    };
    words.get(lang).to_owned()
}

fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    }
}

fn part_json(part: &Part) -> Value {
    json!({ "kind": part.kind, "name": part.name, "differs": part.differs.code() })
}

fn json_of(found: &Report, behind: Option<&Value>, rebuilt: bool) -> Value {
    let faults = found.faults.iter().map(|fault| json!({ "op": fault.seq, "what": fault.what.code() }));
    let differing = found.differing.iter().map(|(table, rows)| json!({ "table": table, "rows": rows }));
    json!({
        "sound": found.is_sound() && behind.is_none(),
        "ops": found.ops,
        "events": found.events,
        "rows": found.rows,
        "faults_total": found.faults_total,
        "faults": faults.collect::<Vec<_>>(),
        "older": found.older,
        "behind": behind,
        "layout": found.layout.iter().map(part_json).collect::<Vec<_>>(),
        "differing": differing.collect::<Vec<_>>(),
        "head": found.head.map(HeadFound::code),
        "head_now": found.head_now,
        "rebuilt": rebuilt,
    })
}
