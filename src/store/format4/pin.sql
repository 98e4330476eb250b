-- What PINs and locks need. When the last wrong PIN was typed, by what no change of the clock moves: the start of the
-- machine, and how long it had been running.
ALTER TABLE local_pin ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE local_pin ADD COLUMN up INTEGER NOT NULL DEFAULT 0;
-- Finds by a part of a personal number in the last hour, each once: whose, when, and a digest of what was typed. The
-- row without a digest says when the log was last told.
CREATE TABLE local_probe (
  officer BLOB NOT NULL, typed BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (officer, typed)
) STRICT, WITHOUT ROWID;
