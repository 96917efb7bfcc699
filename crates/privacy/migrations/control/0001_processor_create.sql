-- Companies outside that get data of the platform.
CREATE TABLE processor (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    country      TEXT NOT NULL,
    hosts        TEXT NOT NULL,
    announced_at INTEGER NOT NULL,
    starts_at    INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;

-- Who signed the data processing agreement, and which text of it.
CREATE TABLE dpa_signature (
    id        TEXT PRIMARY KEY,
    digest    TEXT NOT NULL,
    lang      TEXT NOT NULL,
    signer    BLOB NOT NULL,
    signed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
