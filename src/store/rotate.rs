//! Which backups are kept: those of the last days, weeks and months. Only what is this office's own by name and by
//! what it holds is ever removed, and never the newest.

use super::{Reader, desk, open, seal};
use crate::domain::ids::DeskId;
use crate::domain::keep::Keep;
use crate::error::Result;
use crate::log::event::Event;
use crate::log::wire;
use chrono::{Datelike, NaiveDateTime, TimeDelta};
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One backup beside its office, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    at: NaiveDateTime,
    /// Which of several that were taken in one second.
    nth: u32,
    file: PathBuf,
}

/// When a file of this name was taken, if it is the name of a backup: `office-backup-20200217-100500-2.db.age`.
fn taken_at(name: &str, stem: &str) -> Option<(NaiveDateTime, u32)> {
    let rest = name.strip_prefix(stem)?.strip_prefix("-backup-")?;
    let rest = rest.strip_suffix(".age").unwrap_or(rest).strip_suffix(".db")?;
    let (stamp, nth) = match rest.get(15..)? {
        "" => (rest, 1),
        more => (rest.get(..15)?, more.strip_prefix('-')?.parse().ok()?),
    };
    Some((NaiveDateTime::parse_from_str(stamp, "%Y%m%d-%H%M%S").ok()?, nth))
}

/// Whether a file bears the name of a backup, of whichever office.
pub(super) fn is_named_as_backup(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.rsplit_once("-backup-").is_some_and(|(stem, _)| taken_at(name, stem).is_some())
}

/// Every backup beside an office, the newest first.
fn beside(database: &Path) -> Vec<Named> {
    let stem = database.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let Ok(entries) = std::fs::read_dir(super::whole::folder_of(database)) else { return Vec::new() };
    let named = entries.flatten().filter_map(|entry| {
        let (at, nth) = taken_at(entry.file_name().to_str()?, &stem)?;
        entry.file_type().is_ok_and(|kind| kind.is_file()).then(|| Named {
            at,
            nth,
            file: database.with_file_name(entry.file_name()),
        })
    });
    let mut all: Vec<Named> = named.collect();
    all.sort_by(|a, b| b.cmp(a));
    all
}

/// The newest backup beside an office.
pub fn newest(database: &Path) -> Option<PathBuf> {
    beside(database).into_iter().next().map(|named| named.file)
}

/// What becomes of these moments, the newest first.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sorted {
    /// Those that are not kept.
    surplus: Vec<usize>,
    /// Those that are kept for a day, a week or a month, so that others need not be.
    places: BTreeSet<usize>,
}

fn sorted(all: &[NaiveDateTime], keep: Keep, now: NaiveDateTime) -> Sorted {
    let mut places = BTreeSet::from([0]);
    let mut newest_of_each = |most: u32, of: &dyn Fn(&NaiveDateTime) -> (i32, u32)| {
        let mut seen = BTreeSet::new();
        for (i, at) in all.iter().enumerate() {
            if seen.len() >= most as usize {
                break;
            }
            if seen.insert(of(at)) {
                places.insert(i);
            }
        }
    };
    newest_of_each(keep.days, &|at| (at.year(), at.ordinal()));
    newest_of_each(keep.weeks, &|at| (at.iso_week().year(), at.iso_week().week()));
    newest_of_each(keep.months, &|at| (at.year(), at.month()));
    // Whoever took several today may want any of them.
    let is_kept = |i: &usize| places.contains(i) || now - all[*i] < TimeDelta::days(1);
    let surplus = (0..all.len()).filter(|i| !is_kept(i)).collect();
    Sorted { surplus, places }
}

/// Removes the backups beside an office that are not kept; tells which went. `now` is the office's own time of day.
///
/// # Errors
/// The office cannot be read.
pub fn rotate(reader: &Reader, database: &Path, keep: Keep, now: NaiveDateTime) -> Result<Vec<PathBuf>> {
    if keep.is_everything() {
        return Ok(Vec::new());
    }
    let mut all = beside(database);
    let moments: Vec<NaiveDateTime> = all.iter().map(|named| named.at).collect();
    if sorted(&moments, keep, now).surplus.is_empty() {
        return Ok(Vec::new());
    }
    let own = Own::of(reader)?;
    // What the log does not know by name was not sealed here: there is nothing to be read of it.
    all.retain(|named| own.may_be_own(&named.file));
    let files = going(all, keep, now, &|file| own.is_unsound(file), &mut |file| own.is_own(file));
    Ok(files.into_iter().filter(|file| std::fs::remove_file(file).is_ok()).collect())
}

/// Which of these go. Another office's, or one that cannot be restored, takes no day's place from one that can, and
/// stays where it lies; so with one that did not verify when it was made: it goes in its turn, and nothing goes for it.
/// To see whose one is may take reading it whole: only those are looked at that would go, or for whose sake others go.
fn going(
    mut all: Vec<Named>,
    keep: Keep,
    now: NaiveDateTime,
    is_unsound: &dyn Fn(&Path) -> bool,
    is_own: &mut dyn FnMut(&Path) -> bool,
) -> Vec<PathBuf> {
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        let sound: Vec<&Named> = all.iter().filter(|named| !is_unsound(&named.file)).collect();
        let whole: Vec<&Named> = all.iter().collect();
        let sort =
            |some: &[&Named]| sorted(&some.iter().map(|named| named.at).collect::<Vec<_>>(), keep, now);
        let (of_sound, of_all) = (sort(&sound), sort(&whole));
        let turn = of_all.surplus.iter().map(|i| whole[*i]).filter(|named| is_unsound(&named.file));
        let mut old: Vec<&Named> = of_sound.surplus.iter().map(|i| sound[*i]).chain(turn).collect();
        if old.is_empty() {
            return Vec::new();
        }
        old.sort_by(|a, b| b.cmp(a));
        let for_whom = of_sound.places.iter().map(|i| sound.get(*i));
        let for_whom = for_whom.chain(of_all.places.iter().map(|i| whole.get(*i))).flatten().copied();
        let looked_at: BTreeSet<&PathBuf> =
            old.iter().copied().chain(for_whom).map(|named| &named.file).collect();
        let strange: Vec<PathBuf> = looked_at
            .into_iter()
            .filter(|file| seen.insert((*file).clone()) && !is_own(file))
            .cloned()
            .collect();
        if strange.is_empty() {
            return old.into_iter().map(|named| named.file.clone()).collect();
        }
        all.retain(|named| !strange.contains(&named.file));
    }
}

/// What an office's own backups are known by.
struct Own {
    desks: Vec<DeskId>,
    /// Digests of its sealed ones.
    prints: Vec<String>,
    /// Their names.
    sealed: Vec<String>,
    /// Names of those that did not verify when they were made.
    unsound: Vec<String>,
}

impl Own {
    fn of(reader: &Reader) -> Result<Self> {
        let desks = reader
            .conn
            .prepare("SELECT id FROM log_desk")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut made = reader.conn.prepare(
            "SELECT e.version, b.body FROM log_event e JOIN log_body b USING (desk, seq, idx) \
             WHERE e.kind = 'backup.made'",
        )?;
        let mut rows = made.query([])?;
        let (mut prints, mut sealed, mut unsound) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            if let Event::BackupMade(made) = wire::read("backup.made", row.get(0)?, &row.get::<_, String>(1)?)
            {
                if let Some(print) = made.print {
                    prints.push(print);
                    sealed.push(made.file.clone());
                }
                if !made.verified {
                    unsound.push(made.file);
                }
            }
        }
        Ok(Self { desks, prints, sealed, unsound })
    }

    /// Whether a backup did not verify when it was made.
    fn is_unsound(&self, file: &Path) -> bool {
        is_among(&self.unsound, file)
    }

    /// Whether a file may be one of this office's by its name and by the log alone.
    fn may_be_own(&self, file: &Path) -> bool {
        !seal::is_sealed(file) || is_among(&self.sealed, file)
    }

    /// Whether a file is a backup of this office, and as long as it says.
    fn is_own(&self, file: &Path) -> bool {
        if seal::is_sealed(file) {
            return seal::print_of(file).is_ok_and(|print| self.prints.contains(&print));
        }
        let desk = || -> Result<Option<DeskId>> {
            let conn = open::open_to_read(file)?;
            let size = |name: &str| conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
            let length = std::fs::metadata(file).map_or(0, |meta| meta.len() as i64);
            if size("page_count")?.saturating_mul(size("page_size")?) != length {
                return Ok(None);
            }
            let marked = conn.query_row("SELECT 1 FROM local_value WHERE key = 'copy'", [], |_| Ok(()));
            let desk = desk::this(&conn)?.id;
            Ok(marked.optional()?.map(|()| desk))
        };
        desk().ok().flatten().is_some_and(|desk| self.desks.contains(&desk))
    }
}

fn is_among(names: &[String], file: &Path) -> bool {
    file.file_name().is_some_and(|name| names.iter().any(|known| **known == *name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_backups_name_tells_when_it_was_taken() {
        let taken = |name| taken_at(name, "office").map(|(at, nth)| (at.to_string(), nth));
        let found = |nth| Some(("2020-02-17 10:05:00".to_owned(), nth));
        assert_eq!(taken("office-backup-20200217-100500.db"), found(1));
        assert_eq!(taken("office-backup-20200217-100500-2.db.age"), found(2));
        for other in [
            "office.db",
            "office-backup-before-the-move.db",
            "office-backup-20200217.db",
            "office-backup-20200217-100500",
            "other-backup-20200217-100500.db",
            "office-backup-20200217-100500x.db",
        ] {
            assert_eq!(taken(other), None, "{other}");
        }
    }

    #[test]
    fn days_weeks_and_months_are_kept_and_the_newest_always() {
        let keep = Keep { days: 2, weeks: 2, months: 3 };
        let all = [
            "2020-03-10 16:00", // today's all
            "2020-03-10 08:00",
            "2020-03-09 20:00", // within a day
            "2020-03-09 08:00", // an earlier one of the second day
            "2020-03-08 08:00", // the week before
            "2020-03-05 08:00",
            "2020-02-20 08:00", // February
            "2020-02-01 08:00",
            "2020-01-31 08:00", // January
            "2019-12-31 08:00",
        ]
        .map(at);
        let gone: Vec<String> = sorted(&all, keep, at("2020-03-10 16:30"))
            .surplus
            .into_iter()
            .map(|i| all[i].to_string())
            .collect();
        let gone: Vec<&str> = gone.iter().map(|at| &at[..13]).collect();
        assert_eq!(gone, ["2020-03-09 08", "2020-03-05 08", "2020-02-01 08", "2019-12-31 08"]);
        // An office that comes back after a year loses nothing but what is surplus.
        let after = sorted(&all[..1], Keep { days: 1, weeks: 0, months: 0 }, at("2021-03-10 16:30"));
        assert_eq!(after.surplus, [0; 0]);
    }

    #[test]
    fn only_what_would_go_or_takes_a_place_is_read() {
        let keep = Keep { days: 2, weeks: 0, months: 0 };
        let named = |text: &str| Named { at: at(text), nth: 1, file: PathBuf::from(text) };
        let now = at("2020-03-10 16:30");
        let all = [
            "2020-03-10 16:00", // a place
            "2020-03-10 12:00", // today's, kept as such
            "2020-03-10 08:00",
            "2020-03-09 20:00", // a place
            "2020-03-09 18:00", // within a day
            "2020-03-08 08:00", // goes
        ];
        let read = |all: &[&str], strange: &[&str]| {
            let mut read = Vec::new();
            let all = all.iter().map(|text| named(text)).collect();
            let gone = going(all, keep, now, &|_| false, &mut |file| {
                let name = file.to_string_lossy().into_owned();
                read.push(name.clone());
                !strange.contains(&name.as_str())
            });
            read.sort();
            let gone: Vec<String> = gone.iter().map(|file| file.to_string_lossy().into_owned()).collect();
            (gone, read)
        };
        assert_eq!(
            read(&all, &[]),
            (vec![all[5].to_owned()], [5, 3, 0].map(|i: usize| all[i].to_owned()).into())
        );
        // Where nothing goes nothing is read.
        assert_eq!(read(&all[..5], &[]), (Vec::new(), Vec::new()));
        // Another's place is empty: the next one is looked at, and each once.
        let (gone, seen) = read(&all, &[all[3]]);
        assert_eq!((gone, seen.len()), (vec![all[5].to_owned()], 4));
        let (gone, seen) = read(&all, &[all[3], all[4]]);
        assert_eq!((gone, seen.len()), (Vec::new(), 4), "it takes the place of the second day itself");
    }
}
