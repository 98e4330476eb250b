//! The first lines of a list in an order that no index has: all are looked at once, the first of them kept, and counted on
//! the way.

use crate::error::Result;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// How many are kept at most; of more the database sorts all.
pub(super) const MOST: usize = 2_000;

/// A line that is kept, by what it is sorted by; what comes last is greatest.
struct Line {
    key: Value,
    /// When it was, and which op wrote it: of what is alike the newest comes first.
    when: [i64; 4],
    rowid: i64,
    turned: bool,
}

impl Ord for Line {
    fn cmp(&self, other: &Self) -> Ordering {
        by_key((&self.key).into(), (&other.key).into(), self.turned).then_with(|| other.when.cmp(&self.when))
    }
}

impl PartialOrd for Line {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Line {}

fn by_key(one: ValueRef<'_>, other: ValueRef<'_>, turned: bool) -> Ordering {
    let order = compare(one, other);
    if turned { order.reverse() } else { order }
}

/// As the database orders sort keys: nothing before whole numbers, numbers before texts, texts by their bytes.
fn compare(one: ValueRef<'_>, other: ValueRef<'_>) -> Ordering {
    let kind = |value: ValueRef<'_>| match value {
        ValueRef::Null => 0,
        ValueRef::Integer(_) => 1,
        // No sort key is anything else.
        ValueRef::Text(_) | ValueRef::Blob(_) | ValueRef::Real(_) => 2,
    };
    match (one, other) {
        (ValueRef::Integer(one), ValueRef::Integer(other)) => one.cmp(&other),
        (ValueRef::Text(one), ValueRef::Text(other)) => one.cmp(other),
        _ => kind(one).cmp(&kind(other)),
    }
}

fn when(row: &Row<'_>) -> rusqlite::Result<[i64; 4]> {
    Ok([row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
}

/// How many lines there are, and where those from `offset` on stand in the table, `limit` of them.
pub(super) fn first(
    conn: &Connection,
    from: &str,
    (key, turned): (&str, bool),
    with: &[Value],
    (offset, limit): (usize, usize),
) -> Result<(u32, Vec<i64>)> {
    let sql = format!("SELECT e.rowid, {key}, e.at, e.lamport, e.seq, e.idx {from}");
    let mut query = conn.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(with))?;
    let wanted = offset + limit;
    let mut kept: BinaryHeap<Line> = BinaryHeap::with_capacity(wanted + 1);
    let mut total = 0;
    while let Some(row) = rows.next()? {
        total += 1;
        let key = row.get_ref(1)?;
        if kept.len() == wanted {
            let Some(last) = kept.peek() else { continue };
            // Most come after all that are kept.
            let before = match by_key(key, (&last.key).into(), turned) {
                Ordering::Less => true,
                Ordering::Equal => when(row)? > last.when,
                Ordering::Greater => false,
            };
            if !before {
                continue;
            }
            kept.pop();
        }
        kept.push(Line { key: row.get(1)?, when: when(row)?, rowid: row.get(0)?, turned });
    }
    let places = kept.into_sorted_vec().into_iter().skip(offset).map(|line| line.rowid);
    Ok((total, places.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::act::{Act, LedgerAct};
    use crate::store::ledger_tests::{adopted, values};
    use crate::store::query;
    use crate::store::query::rows::LedgerAsk;
    use crate::store::tests::Office;

    /// A ledger without a key that points at people and units where it is filled in.
    const SLIPS: &str = "name = \"slips\"\nHEAD\n\
        [[column]]\nfield = \"no\"\ntitle = { zh = \"号\", en = \"No\" }\ntype = \"integer\"\n\
        [[column]]\nfield = \"who\"\ntitle = { zh = \"谁\", en = \"Who\" }\nreferences = \"person\"\n\
        [[column]]\nfield = \"unit\"\ntitle = { zh = \"单位\", en = \"Unit\" }\nreferences = \"unit\"\n\
        [[column]]\nfield = \"note\"\ntitle = { zh = \"说明\", en = \"Note\" }\n";

    #[test]
    fn a_window_of_a_list_is_the_part_of_all_its_lines_in_order() {
        let mut office = Office::new();
        adopted(&mut office, SLIPS);
        let (people, units) = (office.people.clone(), office.units.clone());
        let slip = |n: usize| {
            let mut said = values(&[("no", &(n * 7 % 11).to_string())]);
            said.extend(people.get(n % 5).map(|who| ("who".to_owned(), who.to_string())));
            said.extend(units.get(n % 3).map(|unit| ("unit".to_owned(), unit.to_string())));
            said.insert("note".to_owned(), if n % 40 == 3 { "少" } else { "多" }.to_owned());
            (said, Vec::new())
        };
        let (ledger, entries) = ("slips".to_owned(), (0..MOST + 60).map(slip).collect());
        office.act(&Act::Ledger(Box::new(LedgerAct::Write { ledger, entries, reason: String::new() })));
        let reader = office.reader();
        for (by, turned, filter) in [
            ("no", false, ""),
            ("who", true, ""),
            ("unit", false, ""),
            ("who", false, "多"),
            ("unit", true, "少"),
            ("note", true, "少"),
        ] {
            let listed = |offset: usize, limit: usize| {
                let ask = LedgerAsk {
                    ledger: "slips".to_owned(),
                    filter: filter.to_owned(),
                    sort: Some((by.to_owned(), turned)),
                    offset: offset as u32,
                    limit: limit as u32,
                };
                let page = query::ledger(&reader, &ask, office.now).unwrap();
                (page.total as usize, page.rows.iter().map(|row| row.row.id).collect::<Vec<_>>())
            };
            // Without a limit the database sorts them.
            let (total, all) = listed(0, 0);
            assert_eq!((total, all.len() > 40), (all.len(), true), "{by} {filter}");
            for (offset, limit) in [
                (0, 1),
                (0, 30),
                (17, 40),
                (MOST - 20, 20),
                (MOST - 20, 21),
                (MOST, 30),
                (total - 5, 30),
                (total, 3),
            ] {
                let part = all.iter().skip(offset).take(limit).copied().collect();
                assert_eq!(listed(offset, limit), (total, part), "{by} {turned} {filter} {offset} {limit}");
            }
        }
    }

    #[test]
    fn the_first_are_those_that_the_database_would_put_first() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE e (k ANY, at INTEGER, lamport INTEGER, seq INTEGER, idx INTEGER) STRICT; \
             WITH n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 400) \
             INSERT INTO e SELECT CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i * 7 % 13 WHEN 2 THEN -i \
             WHEN 3 THEN char(97 + i % 11) ELSE char(0x4e00 + i % 17) END, i / 3, i, i % 2, i % 4 FROM n;",
        )
        .unwrap();
        for (turned, word) in [(false, ""), (true, " DESC")] {
            for (offset, limit) in [(0, 1), (0, 30), (17, 40), (390, 40), (500, 3), (0, 0)] {
                let sql = format!(
                    "SELECT rowid FROM e ORDER BY k{word}, at DESC, lamport DESC, seq DESC, idx DESC LIMIT {limit} OFFSET {offset}"
                );
                let mut query = conn.prepare(&sql).unwrap();
                let all = query.query_map([], |row| row.get(0)).unwrap();
                let all: Vec<i64> = all.collect::<rusqlite::Result<_>>().unwrap();
                let found = first(&conn, "FROM e", ("e.k", turned), &[], (offset, limit)).unwrap();
                assert_eq!(found, (401, all), "{turned} {offset} {limit}");
            }
        }
    }
}
