-- The columns are an index of what the leaves say; the leaves of the log are the truth.
CREATE TABLE entry (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    at            INTEGER NOT NULL,
    action        TEXT NOT NULL,
    actor         TEXT NOT NULL,
    target        TEXT,
    tenant        TEXT,
    result        TEXT NOT NULL,
    trace         TEXT NOT NULL,
    address_index BLOB,
    source        TEXT NOT NULL,
    number        INTEGER NOT NULL
) STRICT;

CREATE INDEX entry_actor ON entry (actor, seq);
CREATE INDEX entry_tenant ON entry (tenant, seq);
CREATE INDEX entry_trace ON entry (trace);

-- What the last look over the whole log found: compared with what it says of itself, and with the checkpoints
-- of it that the public log holds.
CREATE TABLE verified (
    against TEXT PRIMARY KEY CHECK (against IN ('itself', 'anchors')),
    size    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    ok      INTEGER NOT NULL,
    what    TEXT NOT NULL
) STRICT;
