-- Browsers that signed in to an account before, each with a cookie of its own.
CREATE TABLE browser (
    lookup  TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    salt    BLOB NOT NULL,
    hash    BLOB NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX browser_account ON browser (account);

-- Networks that an account was signed in from: keyed hashes of addresses (IPv6: of their /64).
CREATE TABLE network (
    account TEXT NOT NULL REFERENCES account (id),
    network BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (account, network)
) STRICT, WITHOUT ROWID;

-- The link in a warning: it was not me.
CREATE TABLE warning (
    lookup     TEXT PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES account (id),
    salt       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX warning_account ON warning (account);

-- Wrong passwords and codes, by keyed hashes of kind, account or address, and source.
CREATE TABLE lockout (
    key      BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    since    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX lockout_since ON lockout (since);
