//! Entries of registers by what stands in them. What is kept to filter lists by is looked through, so nothing has to be
//! kept for it beside: what was erased or withdrawn a moment ago is not found.

use super::named;
use crate::domain::field::Type;
use crate::domain::ids::EntryId;
use crate::domain::ledger::Ledger;
use crate::domain::mask::{is_whole, masked_words};
use crate::domain::text::fold as half_width;
use crate::error::{Error, Result};
use crate::search::fold::fold;
use crate::search::found::Target;
use crate::store::Reader;
use crate::store::ledgers::{self, ROW, Row, read_row};
use crate::store::query::found::empty;
use crate::store::query::log::name_of;
use crate::store::query::rows::{EntryOf, FoundEntries, FoundRow};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Entries that are looked through at most: those that were written or folded last.
const LOOKED: usize = 200_000;

/// Entries that are shown at most: whoever looks for more filters the ledger.
pub const ENTRIES: usize = 20;

/// Entries after which it is asked whether anybody still waits.
const STEP: usize = 512;

/// Digits from which on a part of a number that is hidden might be felt for.
const PROBE: usize = 3;

/// Digits from which on all that is typed is one number, however it is parted.
const PARTED: usize = 10;

/// Whether a word may be a part of a number, and so be typed to feel for what is hidden of one.
pub(super) fn may_feel(word: &str) -> bool {
    let digits: String = half_width(word).chars().filter(char::is_ascii_digit).collect();
    digits.len() >= PROBE && !is_whole(&digits)
}

/// One run of letters, characters and digits that was typed, in the spellings it may stand in.
#[derive(Debug, PartialEq, Eq)]
struct Sought {
    spellings: Vec<String>,
    /// Where digits and other signs meet in it a blank may stand in the text.
    pieces: Vec<String>,
    /// It may be a part of a number: only what can be read is compared, so that nothing hidden is found out by it.
    seen: bool,
}

impl Sought {
    fn new(run: &str) -> Option<Self> {
        let plain = half_width(run);
        let mut spellings = vec![fold(run)];
        if !spellings.contains(&plain) {
            spellings.push(plain);
        }
        spellings.retain(|spelling| !spelling.is_empty());
        let seen = may_feel(spellings.first()?);
        let pieces = pieces(spellings.first()?);
        Some(Self { spellings, pieces, seen })
    }

    fn stands_in(&self, text: &str) -> bool {
        self.spellings.iter().any(|spelling| stands(text, spelling))
            || self.pieces.len() > 1
                && self.pieces.iter().all(|piece| text.contains(piece.as_str()))
                && text.lines().any(|line| stands(&half_width(line), &self.spellings[0]))
    }

    /// Whether it stands in what a filter looks into.
    fn fits(&self, hay: &str) -> bool {
        self.stands_in(hay) && (!self.seen || self.stands_in(&masked_words(hay)))
    }
}

/// Whether a text has a spelling in it. One or two digits at its ends are not the ends of longer ones: `7号` is not in `17号`.
fn stands(text: &str, spelling: &str) -> bool {
    let short = |digits: usize| (1..PROBE).contains(&digits);
    let is_digit = |c: &char| c.is_ascii_digit();
    let begins = short(spelling.chars().take_while(is_digit).count());
    let ends = short(spelling.chars().rev().take_while(is_digit).count());
    if !begins && !ends {
        return text.contains(spelling);
    }
    text.match_indices(spelling).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let after = text[at + spelling.len()..].chars().next().is_some_and(|c| c.is_ascii_digit());
        !(begins && before || ends && after)
    })
}

/// A spelling cut where digits and other signs meet: `7号` is written `7 号` too.
fn pieces(spelling: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut digit = None;
    for c in spelling.chars() {
        match out.last_mut() {
            Some(piece) if digit == Some(c.is_ascii_digit()) => piece.push(c),
            _ => out.push(c.to_string()),
        }
        digit = Some(c.is_ascii_digit());
    }
    out
}

/// What was typed, run by run; nothing where no run is long enough to say something.
fn sought(text: &str) -> Vec<Sought> {
    let squeezed = fold(text);
    if squeezed.len() >= PARTED && squeezed.bytes().all(|b| b.is_ascii_digit() || b == b'x') {
        // One number, however it is parted.
        return Sought::new(&squeezed).into_iter().collect();
    }
    let runs = || text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    let says = |run: String| run.chars().count() >= if run.is_ascii() { 3 } else { 2 };
    if !runs().map(half_width).any(says) {
        return Vec::new();
    }
    runs().filter_map(Sought::new).collect()
}

/// Whether entries are looked for at all: two characters or three letters say something, and so does what may be a key.
pub fn seeks_entries(text: &str) -> bool {
    !sought(text).is_empty() || KeySought::new(text).is_some()
}

/// All that was typed, as the key of an entry or how one begins: `A1`, however it is spelled and parted.
struct KeySought {
    folded: String,
    /// As of [`Sought`].
    seen: bool,
}

impl KeySought {
    /// Nothing where so little was typed that it would begin anything: a digit tells a short key from a word.
    fn new(text: &str) -> Option<Self> {
        let folded = fold(text);
        let says = folded.chars().count() >= 2 && folded.chars().any(|c| c.is_ascii_digit());
        (says || !sought(text).is_empty()).then(|| Self { seen: may_feel(&folded), folded })
    }

    /// How it is the key of a line of a list, or a part of that: whole, as its beginning, or not at all.
    fn fits(&self, keys: &[bool], line: &str) -> KeyFit {
        let parts = line.split('\u{1f}').zip(keys).filter_map(|(part, written)| written.then_some(part));
        parts.map(|part| self.fits_part(part)).max().unwrap_or_default()
    }

    fn fits_part(&self, part: &str) -> KeyFit {
        let begins = |text: &str| {
            let text = fold(text);
            match text.strip_prefix(self.folded.as_str()) {
                Some("") if !self.folded.is_empty() => KeyFit::Whole,
                Some(_) if !self.folded.is_empty() => KeyFit::Begins,
                _ => KeyFit::None,
            }
        };
        let fit = begins(part);
        if !self.seen || fit == KeyFit::None {
            return fit;
        }
        // What is hidden is no sign to be passed over: what follows it begins nothing.
        let masked = masked_words(part);
        let open = masked.split('*').next().unwrap_or_default();
        fit.min(begins(open))
    }
}

/// How what was typed fits the key of an entry; what fits better is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum KeyFit {
    #[default]
    None,
    Begins,
    Whole,
}

/// Which values of a ledger's key are as they were written: no link, no list's code, no day, no private number.
fn written_keys(ledger: &Ledger) -> Vec<bool> {
    let is_written = |name: &String| {
        ledger.part.column(name).is_some_and(|column| {
            let kind = column.field.kind;
            column.link.is_none() && matches!(kind, Type::Text | Type::Name | Type::No | Type::Integer)
        })
    };
    ledger.key.iter().map(is_written).collect()
}

/// A version of a ledger, which of the runs stand in its title, and which values of its key can be typed.
struct Known {
    name: String,
    version: u16,
    ledger: Option<Arc<Ledger>>,
    titled: Vec<bool>,
    keys: Vec<bool>,
}

/// An entry that fits; what comes first is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// By its key it was meant before others.
    key: KeyFit,
    /// It is in no last state.
    open: bool,
    at: i64,
    rowid: i64,
}

/// The entries and lines in which every run of what was typed stands, in their values or in the title of their ledger, or
/// whose key it is or begins: those with the key first, then the open ones, then the newest; of a key its newest that fits. Nothing when nobody waits any more, which `wanted` says.
///
/// # Errors
/// The database cannot be read.
pub fn found_entries(
    reader: &Reader,
    text: &str,
    limit: usize,
    wanted: &dyn Fn() -> bool,
) -> Result<Option<FoundEntries>> {
    found_among(reader, text, limit, LOOKED, wanted)
}

/// The same of so many entries.
pub(in crate::store) fn found_among(
    reader: &Reader,
    text: &str,
    limit: usize,
    looked: usize,
    wanted: &dyn Fn() -> bool,
) -> Result<Option<FoundEntries>> {
    let (sought, as_key) = (sought(text), KeySought::new(text));
    let mut out = FoundEntries::default();
    if sought.is_empty() && as_key.is_none() {
        return Ok(Some(out));
    }
    let tx = reader.snapshot()?;
    let mut fits: Vec<Fit> = Vec::new();
    // Where in `fits` a key stands, by ledger.
    let mut lines: HashMap<usize, HashMap<String, usize>> = HashMap::new();
    let mut known: Vec<Known> = Vec::new();
    let mut above = tx.prepare_cached("SELECT 1 FROM cur_entry WHERE id = ?1 AND withdrawn IS NULL")?;
    let mut query = tx.prepare_cached(
        "SELECT rowid, ledger, version, parent, newest, hay, state, at, line FROM cur_entry WHERE withdrawn IS NULL \
         ORDER BY rowid DESC",
    )?;
    let mut rows = query.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen > looked {
            out.unread = true;
            break;
        }
        if seen % STEP == 1 && !wanted() {
            return Ok(None);
        }
        let place = place(&tx, &mut known, text_in(row, 1)?, row.get(2)?, &sought)?;
        let Known { ledger: Some(ledger), titled, keys, .. } = &known[place] else { continue };
        let parent: Option<EntryId> = row.get(3)?;
        let key = match &as_key {
            Some(typed) if parent.is_none() => typed.fits(keys, text_in(row, 8)?),
            _ => KeyFit::None,
        };
        let fits_here = || Ok::<_, Error>(fits_all(&sought, titled, text_in(row, 5)?, row.get(4)?));
        if key == KeyFit::None && (sought.is_empty() || !fits_here()?) {
            continue;
        }
        if parent.is_some_and(|parent| !above.exists([parent]).unwrap_or(false)) {
            continue;
        }
        let Some(part) = ledger.part(parent.is_some()) else { continue };
        let fit = Fit { key, open: !part.is_last(text_in(row, 6)?), at: row.get(7)?, rowid: row.get(0)? };
        if ledger.key.is_empty() || parent.is_some() {
            fits.push(fit);
            continue;
        }
        let of = lines.entry(place).or_default();
        if let Some(at) = of.get(text_in(row, 8)?) {
            fits[*at] = fits[*at].max(fit);
        } else {
            of.insert(text_in(row, 8)?.to_owned(), fits.len());
            fits.push(fit);
        }
    }
    fits.sort_unstable_by_key(|fit| Reverse(*fit));
    out.left = u32::try_from(fits.len().saturating_sub(limit)).unwrap_or(u32::MAX);
    out.keyed = fits.iter().take(limit).filter(|fit| fit.key != KeyFit::None).count() as u32;
    for fit in fits.iter().take(limit) {
        let row: Row = tx
            .prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.rowid = ?1"))?
            .query_row([fit.rowid], read_row)?;
        out.rows.extend(found_row(&tx, row)?);
    }
    Ok(Some(out))
}

/// A text of a row, where it lies.
fn text_in<'r>(row: &'r rusqlite::Row<'_>, at: usize) -> Result<&'r str> {
    Ok(match row.get_ref(at)? {
        ValueRef::Text(text) => std::str::from_utf8(text).unwrap_or_default(),
        _ => "",
    })
}

/// The place of a version of a ledger among those that are known; it is added when it is new.
fn place(
    conn: &Connection,
    known: &mut Vec<Known>,
    name: &str,
    version: u16,
    sought: &[Sought],
) -> Result<usize> {
    if let Some(at) = known.iter().position(|known| known.version == version && known.name == name) {
        return Ok(at);
    }
    let ledger = ledgers::declared(conn, name, version)?;
    let titles = ledger.as_ref().map(|ledger| {
        let titles = [ledger.name.as_str(), &ledger.title.zh, &ledger.title.en];
        titles.map(half_width).join("\n")
    });
    let titles = titles.unwrap_or_default();
    let titled = sought.iter().map(|one| one.stands_in(&titles)).collect();
    let keys = ledger.as_deref().map(written_keys).unwrap_or_default();
    known.push(Known { name: name.to_owned(), version, ledger, titled, keys });
    Ok(known.len() - 1)
}

/// Whether every run stands in the values or in the title. By the title alone what the list shows is found, and no line of
/// an entry: these are on its page.
fn fits_all(sought: &[Sought], titled: &[bool], hay: &str, listed: bool) -> bool {
    let mut own = listed;
    for (one, titled) in sought.iter().zip(titled) {
        // What stands in the title need not be looked for, unless the values have to say something too.
        if *titled && own {
            continue;
        }
        match (one.fits(hay), titled) {
            (true, _) => own = true,
            (false, true) => {}
            (false, false) => return false,
        }
    }
    own
}

/// An entry as the find box shows it.
pub(in crate::store::query) fn found_row(conn: &Connection, row: Row) -> Result<Option<FoundRow>> {
    let Some(ledger) = ledgers::declared(conn, &row.ledger, row.version)? else { return Ok(None) };
    let above = row.parent.map(|parent| ledgers::row(conn, parent)).transpose()?.flatten();
    let subject = row.subject().or_else(|| above.as_ref().and_then(Row::subject));
    let whose = subject.map(|subject| name_of(conn, subject)).transpose()?;
    let above = above.map(|above| named(conn, &ledger, above)).transpose()?;
    let (id, at) = (row.id, row.at);
    let entry = named(conn, &ledger, row)?;
    Ok(Some(FoundRow {
        name: whose.unwrap_or_default(),
        at: Some(at),
        subject,
        entry: Some(Box::new(EntryOf { ledger, above, entry })),
        ..empty(Target::Entry(id))
    }))
}

/// The row of an entry, if it is there and was not withdrawn.
pub(in crate::store::query) fn found_entry(conn: &Connection, id: EntryId) -> Result<Option<FoundRow>> {
    let row = conn
        .prepare_cached(&format!("SELECT {ROW} FROM cur_entry e WHERE e.id = ?1 AND e.withdrawn IS NULL"))?
        .query_row([id], read_row)
        .optional()?;
    row.map_or(Ok(None), |row| found_row(conn, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        sought(text).into_iter().map(|one| one.spellings[0].clone()).collect()
    }

    #[test]
    fn what_is_typed_is_taken_apart_at_its_signs() {
        assert_eq!(runs("校防控〔2020〕17号"), ["校防控", "2020", "17号"]);
        assert_eq!(runs("  Mask, 总库 "), ["mask", "总库"]);
        assert_eq!(runs("138 0013 5678"), ["13800135678"]);
        for short in ["", "m", "ma", "口", "8", "张 w", "－－"] {
            assert!(!seeks_entries(short), "{short}");
        }
        assert!(
            seeks_entries("口罩") && seeks_entries("mask") && seeks_entries("017") && seeks_entries("a1")
        );
    }

    #[test]
    fn a_key_fits_whole_and_as_it_begins() {
        let fits = |text: &str, line: &str| KeySought::new(text).map(|key| key.fits(&[true, false], line));
        assert_eq!(fits("a1", "A1\u{1f}x"), Some(KeyFit::Whole));
        assert_eq!(fits("Ａ1", "A12"), Some(KeyFit::Begins));
        assert_eq!(fits("S12", "s-123"), Some(KeyFit::Begins));
        assert_eq!(fits("12", "S12"), Some(KeyFit::None));
        assert_eq!(fits("b2", "A1\u{1f}b2"), Some(KeyFit::None), "that part cannot be typed");
        assert_eq!(fits("1380013", "13800135678"), Some(KeyFit::None), "no part of a number is felt for");
        assert_eq!(fits("a", "a"), None);
        assert_eq!(fits("—", "a"), None);
    }

    #[test]
    fn a_blank_between_digits_and_the_rest_is_neither_missed_nor_needed() {
        let fits = |text: &str, hay: &str| sought(text).iter().all(|one| one.fits(hay));
        assert!(fits("〔2020〕7号", "校防〔2020〕7 号\n错峰就餐") && fits("2020 7号", "校防〔2020〕7号"));
        assert!(!fits("7号", "7\n号外") && !fits("7号", "号 7"));
        assert!(
            !fits("7号", "17号")
                && !fits("7号", "17 号")
                && !fits("第2", "第20")
                && fits("2号楼", "北区 2号楼")
        );
    }

    #[test]
    fn a_part_of_a_hidden_number_finds_nothing() {
        let hay = "联系 13800135678\n口罩";
        let fits = |text: &str| sought(text).iter().all(|one| one.fits(hay));
        assert!(fits("口罩") && fits("5678") && fits("138 联系") && fits("13800135678"));
        assert!(!fits("0013") && !fits("1380013") && !fits("35678") && !fits("8001 口罩"));
    }

    #[test]
    fn the_title_alone_finds_what_the_list_shows() {
        let two = sought("通知 返校");
        assert!(fits_all(&two, &[true, false], "返校安排", false));
        assert!(!fits_all(&two, &[true, false], "盘点", true));
        let one = sought("通知");
        assert!(fits_all(&one, &[true], "返校安排", true));
        assert!(!fits_all(&one, &[true], "返校安排", false));
        assert!(fits_all(&one, &[true], "补发通知", false));
    }
}
