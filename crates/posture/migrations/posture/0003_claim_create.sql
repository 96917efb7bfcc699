-- The place of a run in the public log is its order: a clock can be set back, a log cannot.
ALTER TABLE run ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
-- Short digest of what the claim's truth depends on: binary, its configuration keys, its routes.
ALTER TABLE run ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE run ADD COLUMN covered INTEGER NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN total INTEGER NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN note TEXT;
CREATE INDEX run_number ON run (control, kind, number);

-- What each day brought, so that a strip of ninety days needs ninety rows and not all runs.
CREATE TABLE day (
    control  TEXT NOT NULL,
    day      INTEGER NOT NULL,
    held     INTEGER NOT NULL,
    violated INTEGER NOT NULL,
    unable   INTEGER NOT NULL,
    PRIMARY KEY (control, day)
) STRICT, WITHOUT ROWID;
INSERT INTO day (control, day, held, violated, unable)
    SELECT control, ended_at / 86400000, sum(outcome = 'held'), sum(outcome = 'violated'),
           sum(outcome = 'unable')
    FROM run WHERE kind = 'probe' GROUP BY control, ended_at / 86400000;

-- Canaries come in pairs, each with a tenant of its own and bait in it.
ALTER TABLE canary ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE canary ADD COLUMN tenant TEXT;
ALTER TABLE canary ADD COLUMN slug TEXT;
ALTER TABLE canary ADD COLUMN bait TEXT;
UPDATE canary SET retired_at = made_at WHERE retired_at IS NULL;

-- What probes are about to make; a row goes when the thing is gone.
CREATE TABLE lease (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    owner    TEXT NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT;

-- The claims that were ever published, with probe, promise and life as `terms`. A withdrawn one stays.
CREATE TABLE claim (
    id         TEXT PRIMARY KEY,
    state      TEXT NOT NULL CHECK (state IN ('published', 'paused', 'withdrawn')),
    text       TEXT NOT NULL,
    parameters TEXT NOT NULL,
    why        TEXT NOT NULL,
    terms      TEXT NOT NULL,
    added_at   INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Public changes: of claims, of their states, of the lever. `number` is the leaf in the public log.
CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    claim  TEXT,
    leaf   TEXT NOT NULL
) STRICT;
CREATE INDEX change_claim ON change (claim, number);

-- The state in which each claim was last seen.
CREATE TABLE seen_state (
    claim TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attestation (
    id              TEXT PRIMARY KEY,
    claim           TEXT NOT NULL,
    issuer          TEXT NOT NULL,
    scope           TEXT NOT NULL,
    document        TEXT NOT NULL,
    effective_from  INTEGER NOT NULL,
    effective_until INTEGER NOT NULL,
    received_at     INTEGER NOT NULL,
    received_by     TEXT NOT NULL,
    approved_at     INTEGER,
    approved_by     TEXT,
    withdrawn_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX attestation_claim ON attestation (claim, received_at);

-- Letters to canaries, until they are read.
CREATE TABLE letter (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient   TEXT NOT NULL,
    text        TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;
