CREATE TABLE run (
    id         TEXT PRIMARY KEY,
    control    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('probe', 'falsification')),
    trigger    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL,
    binary     TEXT NOT NULL,
    config     TEXT NOT NULL,
    routes     TEXT NOT NULL,
    outcome    TEXT NOT NULL CHECK (outcome IN ('held', 'violated', 'unable')),
    attempts   INTEGER NOT NULL,
    violations INTEGER NOT NULL,
    residue    INTEGER NOT NULL,
    figure     TEXT,
    reason     TEXT,
    evidence   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX run_control ON run (control, kind, ended_at);

CREATE TABLE evidence (
    hash     TEXT PRIMARY KEY,
    envelope TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The only list of the canaries; no other file knows which accounts they are.
CREATE TABLE canary (
    id         TEXT PRIMARY KEY,
    email      TEXT NOT NULL,
    password   BLOB NOT NULL,
    made_at    INTEGER NOT NULL,
    retired_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE lever (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    why       TEXT NOT NULL,
    paused_at INTEGER NOT NULL
) STRICT;
