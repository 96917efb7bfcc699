CREATE TABLE job (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    payload    BLOB NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'failed')),
    attempts   INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX job_due ON job (state, due_at);

-- AUTOINCREMENT: a number is never used twice, which is what makes (file, number) the name of an
-- entry for ever.
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    entry  BLOB NOT NULL
) STRICT;
