-- What erasing a person needs.

-- Which event bodies an erasure names. The erasing op stands under its desk's own id, since a copy that is older than it
-- and was written anew holds these rows without the op.
CREATE TABLE log_erased (
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL,
  by_desk BLOB NOT NULL CHECK (length(by_desk) = 16), by_seq INTEGER NOT NULL CHECK (by_seq > 0),
  remains BLOB CHECK (length(remains) = 32), -- the digest of the body that stands in its place, when only words were taken out
  PRIMARY KEY (desk, seq, idx, by_desk, by_seq),
  FOREIGN KEY (desk, seq, idx) REFERENCES log_event (desk, seq, idx)
) STRICT, WITHOUT ROWID;

-- Which sheet rows an erasure names, each with the digest that it had: the op's digest is over these.
CREATE TABLE log_erased_row (
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, sheet TEXT NOT NULL CHECK (sheet IN ('roster', 'reading')), row INTEGER NOT NULL,
  by_desk BLOB NOT NULL CHECK (length(by_desk) = 16), by_seq INTEGER NOT NULL CHECK (by_seq > 0),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (desk, seq, sheet, row, by_desk, by_seq),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_erased_no_update BEFORE UPDATE ON log_erased BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_erased_no_delete BEFORE DELETE ON log_erased BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_erased_row_no_update BEFORE UPDATE ON log_erased_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_erased_row_no_delete BEFORE DELETE ON log_erased_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Only the newest op of its desk may name what goes, and only when it is an erasure: with the next op its leave ends.
CREATE TRIGGER log_erased_only_newest BEFORE INSERT ON log_erased
WHEN EXISTS (
  SELECT 1 FROM log_desk d JOIN log_op o ON o.desk = d.no WHERE d.id = NEW.by_desk AND o.seq >= NEW.by_seq
    AND NOT (o.seq = NEW.by_seq
      AND EXISTS (SELECT 1 FROM log_event e WHERE e.desk = o.desk AND e.seq = o.seq AND e.kind = 'person.erased')))
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_erased_row_only_newest BEFORE INSERT ON log_erased_row
WHEN EXISTS (
  SELECT 1 FROM log_desk d JOIN log_op o ON o.desk = d.no WHERE d.id = NEW.by_desk AND o.seq >= NEW.by_seq
    AND NOT (o.seq = NEW.by_seq
      AND EXISTS (SELECT 1 FROM log_event e WHERE e.desk = o.desk AND e.seq = o.seq AND e.kind = 'person.erased')))
BEGIN SELECT RAISE(ABORT, 'append-only'); END;

DROP TRIGGER log_body_no_delete;
CREATE TRIGGER log_body_no_delete BEFORE DELETE ON log_body
WHEN NOT EXISTS (
  SELECT 1 FROM log_erased x WHERE x.desk = OLD.desk AND x.seq = OLD.seq AND x.idx = OLD.idx AND NOT EXISTS (
    SELECT 1 FROM log_desk d JOIN log_op o ON o.desk = d.no WHERE d.id = x.by_desk AND o.seq > x.by_seq))
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
DROP TRIGGER log_roster_row_no_delete;
CREATE TRIGGER log_roster_row_no_delete BEFORE DELETE ON log_roster_row
WHEN NOT EXISTS (
  SELECT 1 FROM log_erased_row x WHERE x.desk = OLD.desk AND x.seq = OLD.seq AND x.sheet = 'roster' AND x.row = OLD.row
    AND NOT EXISTS (
      SELECT 1 FROM log_desk d JOIN log_op o ON o.desk = d.no WHERE d.id = x.by_desk AND o.seq > x.by_seq))
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
DROP TRIGGER log_reading_no_delete;
CREATE TRIGGER log_reading_no_delete BEFORE DELETE ON log_reading
WHEN NOT EXISTS (
  SELECT 1 FROM log_erased_row x WHERE x.desk = OLD.desk AND x.seq = OLD.seq AND x.sheet = 'reading' AND x.row = OLD.row
    AND NOT EXISTS (
      SELECT 1 FROM log_desk d JOIN log_op o ON o.desk = d.no WHERE d.id = x.by_desk AND o.seq > x.by_seq))
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
