//! The tables. `log_*` is the truth and only grows; `cur_*` is computed from it; `local_*` is this machine's.
//! Only log and local tables have migrations: a projection of another version is rebuilt.

/// Marks the file as ours (`zhbn`).
pub(super) const APPLICATION_ID: i32 = 0x7a68_626e;

/// The version of the log and local tables.
pub(super) const LOG_VERSION: i32 = 4;

/// The version of the projections: a digest of their tables and of what shipped logs fold to. `version_tests` holds it and
/// says what to write here; files whose tables are of another are rebuilt when they are opened.
pub(super) const PROJECTION_VERSION: i64 = 0x7f98_86c4_f9f3_1945;

/// The digest of everything that is laid out; a test in `layout` holds the two together.
pub(super) const DIGEST: &str = "5a008922e0eeb61b8f06c35b8bdbe06c4de096c38654e1ecf8d6ce8bc0418b76";

/// Log and local tables, version 1: what the first program wrote. A new file is laid out with these and brought up
/// to date by [`MIGRATIONS`] as an old one is, so that the two cannot differ.
pub(super) const LOG: &str = "
CREATE TABLE log_desk (
  no INTEGER PRIMARY KEY, -- this file's short number for the desk; the id is what is hashed and shared
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16)
) STRICT;

CREATE TABLE log_op (
  desk INTEGER NOT NULL REFERENCES log_desk (no),
  seq INTEGER NOT NULL CHECK (seq > 0),
  lamport INTEGER NOT NULL,
  op_id BLOB NOT NULL UNIQUE CHECK (length(op_id) = 16),
  recorded_at INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  officer BLOB,
  shift BLOB,
  undoes_desk BLOB,
  undoes_seq INTEGER,
  events INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  rows_digest BLOB NOT NULL CHECK (length(rows_digest) = 32),
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX log_op_order ON log_op (lamport, desk, seq);
CREATE INDEX log_op_undoes ON log_op (undoes_seq) WHERE undoes_seq IS NOT NULL;

CREATE TABLE log_event (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (desk, seq, idx),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX log_event_sheet ON log_event (desk, seq) WHERE kind = 'sheet.imported';

-- A body stands apart from its event, so that erasing it leaves the event and its digest.
CREATE TABLE log_body (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  nonce BLOB NOT NULL CHECK (length(nonce) = 16),
  body TEXT NOT NULL,
  PRIMARY KEY (desk, seq, idx),
  FOREIGN KEY (desk, seq, idx) REFERENCES log_event (desk, seq, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_roster_row (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  row INTEGER NOT NULL,
  person BLOB NOT NULL,
  no TEXT NOT NULL,
  name TEXT, unit BLOB, sex TEXT, kind TEXT, campus TEXT, phone TEXT, id_number TEXT, origin TEXT,
  address TEXT, contact TEXT, family_phone TEXT,
  PRIMARY KEY (desk, seq, row),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_roster_row_person ON log_roster_row (person);

CREATE TABLE log_reading (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  row INTEGER NOT NULL,
  person BLOB NOT NULL,
  unit BLOB NOT NULL,
  day INTEGER NOT NULL,
  round TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  temp_am INTEGER, temp_pm INTEGER, site TEXT, place TEXT, in_hubei INTEGER, left_city INTEGER, status TEXT,
  rest TEXT NOT NULL,
  PRIMARY KEY (desk, seq, row),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_reading_person ON log_reading (person, day);

CREATE TRIGGER log_desk_no_update BEFORE UPDATE ON log_desk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_desk_no_delete BEFORE DELETE ON log_desk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_op_no_update BEFORE UPDATE ON log_op BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_op_no_delete BEFORE DELETE ON log_op BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_event_no_update BEFORE UPDATE ON log_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_event_no_delete BEFORE DELETE ON log_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_body_no_update BEFORE UPDATE ON log_body BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_body_no_delete BEFORE DELETE ON log_body BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_roster_row_no_update BEFORE UPDATE ON log_roster_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_roster_row_no_delete BEFORE DELETE ON log_roster_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_reading_no_update BEFORE UPDATE ON log_reading BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_reading_no_delete BEFORE DELETE ON log_reading BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE local_secret (person BLOB PRIMARY KEY, secret BLOB NOT NULL CHECK (length(secret) = 32)) STRICT, WITHOUT ROWID;
CREATE TABLE local_draft (key TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_value (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
";

/// What brings the log and local tables from each version to the next, the first from 1 to 2. Once shipped, never
/// changed.
pub(super) const MIGRATIONS: &[&str] = &["
-- The last searches, and the finder's index as it was kept last.
CREATE TABLE local_search (text TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_find (part TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
", "
-- With what an officer signs: argon2id over the PIN, and how often it was typed wrong in a row.
CREATE TABLE local_pin (
  officer BLOB PRIMARY KEY, salt BLOB NOT NULL CHECK (length(salt) = 16), hash BLOB NOT NULL CHECK (length(hash) = 32),
  memory INTEGER NOT NULL, passes INTEGER NOT NULL, fails INTEGER NOT NULL, failed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
", concat!(
    include_str!("format4/erasure.sql"),
    include_str!("format4/pin.sql"),
)];

/// The projections' tables, in an order in which they can be compared.
pub(super) const PROJECTION_TABLES: &[&str] = &[
    "cur_link",
    "cur_undone",
    "cur_setting",
    "cur_deadline",
    "cur_pause",
    "cur_slot_times",
    "cur_officer",
    "cur_shift",
    "cur_unread",
    "cur_question",
    "cur_unit",
    "cur_person",
    "cur_contact",
    "cur_report",
    "cur_excused",
    "cur_followup",
    "cur_promise",
    "cur_case",
    "cur_notable",
    "cur_dismissed",
    "cur_finding",
    "cur_doubt",
    "cur_watched",
    "cur_answer",
    "cur_note",
    "cur_sitrep",
    "cur_told",
    "cur_drill",
    "cur_ledger",
    "cur_entry",
    "cur_entry_due",
    "cur_settled",
    "cur_unique",
];

/// The projections. `{T}` is empty for the live ones and `TEMP` for those built beside them to compare: a
/// temporary table hides the live one of the same name, so the same folds fill either.
pub(super) const PROJECTIONS: &str = "
CREATE {T} TABLE cur_link ( -- which events speak of which entity
  kind INTEGER NOT NULL, id BLOB NOT NULL, lamport INTEGER NOT NULL, desk INTEGER NOT NULL, seq INTEGER NOT NULL,
  idx INTEGER NOT NULL, made INTEGER NOT NULL,
  PRIMARY KEY (kind, id, lamport, desk, seq, idx, made)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_undone (desk INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (desk, seq)) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_setting (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
CREATE {T} TABLE cur_deadline ( -- nil unit: the round's own
  unit BLOB NOT NULL, round TEXT NOT NULL, from_at INTEGER NOT NULL, minute INTEGER,
  PRIMARY KEY (unit, round, from_at)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_slot_times ( -- the times of slots with the moment each set came into force, as a list of minutes
  from_at INTEGER PRIMARY KEY, minutes TEXT NOT NULL
) STRICT;
CREATE {T} TABLE cur_officer (id BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_shift (
  id BLOB PRIMARY KEY, officer BLOB NOT NULL, started_at INTEGER NOT NULL, desk INTEGER NOT NULL,
  first_seq INTEGER NOT NULL, closed_at INTEGER, last_seq INTEGER, to_officer BLOB
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_unread ( -- items of a handover that the incoming officer has not read
  shift BLOB NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL, at INTEGER, PRIMARY KEY (shift, place)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_question ( -- what the incoming officer asked about an item of a handover
  id BLOB PRIMARY KEY, shift BLOB NOT NULL, kind TEXT NOT NULL, item BLOB NOT NULL, at INTEGER, person BLOB, unit BLOB, contact BLOB,
  text TEXT NOT NULL, asked_at INTEGER NOT NULL, asked_by BLOB NOT NULL, ended TEXT, ended_at INTEGER, ended_by BLOB,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_unit (
  id BLOB PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, short TEXT, parent BLOB, campus TEXT, head TEXT,
  head_phone TEXT, liaison TEXT, liaison_phone TEXT, reports INTEGER NOT NULL, deadline INTEGER, officer BLOB,
  valid_from INTEGER, keys TEXT NOT NULL,
  added_at INTEGER NOT NULL -- since when it is there
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_pause ( -- from when to when a unit that reports again did not
  unit BLOB NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, PRIMARY KEY (unit, from_at)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_person (
  id BLOB PRIMARY KEY, no TEXT NOT NULL, name TEXT NOT NULL, unit BLOB, sex TEXT, kind TEXT, campus TEXT,
  phone TEXT, id_number TEXT, origin TEXT, address TEXT, contact TEXT, family_phone TEXT, keys TEXT NOT NULL,
  hay TEXT NOT NULL, -- number, name and keys in small letters: what a filter looks through
  no_order TEXT NOT NULL, -- the number, so that numbers in it sort as numbers
  keys_order TEXT -- the keys likewise, where that is not how they are written
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_contact ( -- a removed one stays, for the name on old calls
  id BLOB PRIMARY KEY, kind TEXT NOT NULL, org TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
  note TEXT NOT NULL, title TEXT NOT NULL, removed INTEGER NOT NULL, keys TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_report (
  unit BLOB NOT NULL, day INTEGER NOT NULL, round TEXT NOT NULL, first_at INTEGER NOT NULL,
  form TEXT NOT NULL, rows INTEGER NOT NULL, corrections INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, -- the op in force
  PRIMARY KEY (unit, day, round)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_excused ( -- reports that are no longer owed
  unit BLOB NOT NULL, day INTEGER NOT NULL, round TEXT NOT NULL, how TEXT NOT NULL, reason TEXT NOT NULL,
  at INTEGER NOT NULL, officer BLOB,
  PRIMARY KEY (unit, day, round)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_followup (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, person BLOB, unit BLOB, contact BLOB, channel TEXT NOT NULL,
  answered_by TEXT NOT NULL, outcome TEXT NOT NULL, words TEXT NOT NULL, number TEXT NOT NULL,
  digits TEXT NOT NULL, -- of the number: how two ways of writing it are one
  promise BLOB,
  next_contact INTEGER, chase_unit BLOB, chase_day INTEGER, chase_round TEXT, desk INTEGER NOT NULL, seq INTEGER NOT NULL,
  temp INTEGER, site TEXT -- as told, tenths of a degree
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_promise (
  id BLOB PRIMARY KEY, followup BLOB NOT NULL, person BLOB, unit BLOB, contact BLOB, due INTEGER NOT NULL, words TEXT NOT NULL,
  ended TEXT, ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_case (
  id BLOB PRIMARY KEY, person BLOB NOT NULL, opened_at INTEGER NOT NULL, facts TEXT NOT NULL, changed_desk INTEGER NOT NULL,
  changed_seq INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, released_at INTEGER, released_by BLOB, release_reason TEXT,
  despite TEXT NOT NULL, -- what stood against the release: codes
  measured TEXT NOT NULL, -- when it stood under a measure: pairs of from and to, the last one open where it does
  measured_since INTEGER -- the beginning of that last one, while the case is open
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_notable ( -- what rows of sheets bring that somebody must act on, whether or not their report is in force
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, row INTEGER NOT NULL, place INTEGER NOT NULL, person BLOB NOT NULL,
  unit BLOB NOT NULL, day INTEGER NOT NULL, round TEXT NOT NULL, what TEXT NOT NULL, tenths INTEGER, site TEXT,
  about INTEGER, said TEXT NOT NULL,
  PRIMARY KEY (desk, seq, row, place)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_dismissed ( -- what was dismissed of somebody, and why
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL, person BLOB NOT NULL, at INTEGER NOT NULL, officer BLOB,
  found TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (desk, seq, idx)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_finding ( -- of these, what is in force and neither covered by a case nor dismissed: 待处置
  person BLOB NOT NULL, day INTEGER NOT NULL, round TEXT NOT NULL, desk INTEGER NOT NULL, seq INTEGER NOT NULL,
  row INTEGER NOT NULL, place INTEGER NOT NULL, what TEXT NOT NULL, tenths INTEGER, site TEXT, about INTEGER,
  said TEXT NOT NULL, came INTEGER NOT NULL,
  PRIMARY KEY (person, day, round, desk, seq, row, place)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_doubt ( -- contradictions in reports in force, and which later report ended each: 存疑
  unit BLOB NOT NULL, day INTEGER NOT NULL, id BLOB NOT NULL, person BLOB, round TEXT NOT NULL, what TEXT NOT NULL,
  one TEXT NOT NULL, other TEXT NOT NULL, desk INTEGER NOT NULL, seq INTEGER NOT NULL, came INTEGER NOT NULL,
  closed_day INTEGER, closed_at INTEGER, closed_desk INTEGER, closed_seq INTEGER,
  PRIMARY KEY (unit, day, id)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_watched ( -- what the next report of a unit is compared with
  unit BLOB PRIMARY KEY, body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_answer ( -- what was found out about them
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL, doubt BLOB NOT NULL, person BLOB, unit BLOB NOT NULL,
  at INTEGER NOT NULL, officer BLOB, how TEXT NOT NULL, body TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL,
  new TEXT NOT NULL, told_by TEXT NOT NULL, words TEXT NOT NULL, promise BLOB,
  PRIMARY KEY (desk, seq, idx)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_note (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, person BLOB, unit BLOB, contact BLOB, text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_sitrep ( -- as sent, whole
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, sent_to TEXT NOT NULL, channel TEXT NOT NULL,
  day INTEGER NOT NULL, boundary INTEGER NOT NULL, corrects BLOB, reason TEXT NOT NULL, report TEXT NOT NULL,
  headlines TEXT NOT NULL, current INTEGER NOT NULL, ends INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE {T} TABLE cur_told ( -- figures told by mouth
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, told_to TEXT NOT NULL, channel TEXT NOT NULL,
  day INTEGER NOT NULL, boundary INTEGER NOT NULL, figures TEXT NOT NULL, words TEXT NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE {T} TABLE cur_drill ( -- when it was tried whether a backup can be restored
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, faults INTEGER NOT NULL,
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_ledger ( -- registers as declared, every version
  id BLOB NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, digest BLOB NOT NULL,
  content TEXT NOT NULL, in_force INTEGER NOT NULL, PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_entry ( -- entries of registers, and their lines
  id BLOB PRIMARY KEY, ledger TEXT NOT NULL, version INTEGER NOT NULL, parent BLOB,
  line TEXT NOT NULL, -- entries with the same are one line of the list
  person BLOB, unit BLOB, at INTEGER NOT NULL, officer BLOB, state TEXT NOT NULL, state_at INTEGER NOT NULL,
  vals TEXT NOT NULL, moves TEXT NOT NULL, withdrawn TEXT, -- why
  newest INTEGER NOT NULL, -- it stands for its line
  delta INTEGER, counts INTEGER NOT NULL, -- how it moves a balance; whether it stands for all before it
  hay TEXT NOT NULL, k1 ANY, k2 ANY, k3 ANY, k4 ANY, k5 ANY, k6 ANY, k7 ANY, k8 ANY,
  lamport INTEGER NOT NULL, desk INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL,
  out_of_order INTEGER NOT NULL -- its steps do not follow one another
) STRICT;
-- Folding one entry looks for the others of its line, and for its lines.
CREATE INDEX cur_entry_line ON cur_entry (ledger, line, at, delta, counts);
CREATE INDEX cur_entry_parent ON cur_entry (parent) WHERE parent IS NOT NULL;
CREATE INDEX cur_entry_shown ON cur_entry (ledger, line) WHERE newest;
-- All that a list is filtered and sorted by, newest last: a filter over 100,000 entries reads this and no row.
CREATE INDEX cur_entry_list ON cur_entry (ledger, at, lamport, seq, idx, person, unit, state, k1, k2, k3, k4, k5, k6, k7, k8, hay)
  WHERE newest;
CREATE {T} TABLE cur_entry_due ( -- what entries have due by themselves and have not settled
  entry BLOB NOT NULL, due TEXT NOT NULL, place INTEGER NOT NULL, ledger TEXT NOT NULL, opens INTEGER NOT NULL,
  at INTEGER NOT NULL, ends INTEGER NOT NULL, PRIMARY KEY (entry, due, place)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_settled ( -- what is expected again and again, and was done
  ledger TEXT NOT NULL, due TEXT NOT NULL, expected TEXT NOT NULL, entry BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (entry, due)
) STRICT, WITHOUT ROWID;
CREATE {T} TABLE cur_unique ( -- values that stand once
  entry BLOB NOT NULL, ledger TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entry, name)
) STRICT, WITHOUT ROWID;
";

/// Indexes of the live projections.
pub(super) const PROJECTION_INDEXES: &str = "
CREATE INDEX cur_link_op ON cur_link (desk, seq);
CREATE INDEX cur_unit_code ON cur_unit (code);
CREATE INDEX cur_person_no ON cur_person (no);
CREATE INDEX cur_person_order ON cur_person (no_order, unit, hay);
CREATE INDEX cur_person_unit ON cur_person (unit, no_order);
CREATE INDEX cur_person_name ON cur_person (coalesce(keys_order, keys), no_order);
CREATE INDEX cur_report_day ON cur_report (day, round);
CREATE INDEX cur_followup_person ON cur_followup (person, at);
CREATE INDEX cur_followup_unit ON cur_followup (unit, at);
CREATE INDEX cur_followup_contact ON cur_followup (contact, at) WHERE contact IS NOT NULL;
-- Without the area code a number ends alike: the last seven digits find both.
CREATE INDEX cur_followup_digits ON cur_followup (substr(digits, -7), at) WHERE digits <> '';
CREATE INDEX cur_followup_op ON cur_followup (desk, seq);
CREATE INDEX cur_followup_at ON cur_followup (at);
CREATE INDEX cur_followup_chase ON cur_followup (chase_unit, chase_day, chase_round) WHERE chase_unit IS NOT NULL;
CREATE INDEX cur_followup_next ON cur_followup (next_contact) WHERE next_contact IS NOT NULL;
CREATE INDEX cur_followup_unknown ON cur_followup (at) WHERE person IS NULL AND unit IS NULL AND contact IS NULL;
CREATE INDEX cur_promise_open ON cur_promise (due) WHERE ended IS NULL;
CREATE INDEX cur_promise_person ON cur_promise (person) WHERE person IS NOT NULL;
CREATE INDEX cur_promise_unit ON cur_promise (unit) WHERE unit IS NOT NULL;
CREATE INDEX cur_promise_contact ON cur_promise (contact) WHERE contact IS NOT NULL;
CREATE INDEX cur_promise_call ON cur_promise (followup);
CREATE INDEX cur_case_person ON cur_case (person);
CREATE INDEX cur_case_measured ON cur_case (measured_since) WHERE measured_since IS NOT NULL;
CREATE INDEX cur_case_open ON cur_case (opened_at) WHERE released_at IS NULL;
CREATE INDEX cur_notable_person ON cur_notable (person);
CREATE INDEX cur_notable_what ON cur_notable (what, day);
CREATE INDEX cur_notable_report ON cur_notable (unit, day, round);
CREATE INDEX cur_dismissed_person ON cur_dismissed (person);
CREATE INDEX cur_doubt_open ON cur_doubt (unit, day) WHERE closed_day IS NULL;
CREATE INDEX cur_doubt_person ON cur_doubt (person, day) WHERE person IS NOT NULL;
CREATE INDEX cur_doubt_raised ON cur_doubt (seq);
CREATE INDEX cur_doubt_closed ON cur_doubt (closed_seq) WHERE closed_seq IS NOT NULL;
CREATE INDEX cur_answer_doubt ON cur_answer (doubt);
CREATE INDEX cur_answer_person ON cur_answer (person) WHERE person IS NOT NULL;
CREATE INDEX cur_answer_at ON cur_answer (at);
CREATE INDEX cur_note_person ON cur_note (person) WHERE person IS NOT NULL;
CREATE INDEX cur_note_unit ON cur_note (unit) WHERE unit IS NOT NULL;
CREATE INDEX cur_note_contact ON cur_note (contact) WHERE contact IS NOT NULL;
CREATE INDEX cur_sitrep_at ON cur_sitrep (at);
CREATE INDEX cur_told_at ON cur_told (at);
CREATE INDEX cur_question_open ON cur_question (asked_at) WHERE ended IS NULL;
CREATE INDEX cur_shift_open ON cur_shift (started_at) WHERE closed_at IS NULL;
CREATE INDEX cur_ledger_name ON cur_ledger (name, version);
CREATE INDEX cur_entry_person ON cur_entry (person) WHERE person IS NOT NULL;
CREATE INDEX cur_entry_unit ON cur_entry (unit) WHERE unit IS NOT NULL;
CREATE INDEX cur_entry_due_opens ON cur_entry_due (opens);
CREATE INDEX cur_settled_last ON cur_settled (ledger, due, expected, at);
CREATE INDEX cur_unique_value ON cur_unique (ledger, name, value);
";
