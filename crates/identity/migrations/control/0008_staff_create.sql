-- The platform's own people: who let them in, what they need it for, what they signed, and when somebody last looked whether
-- they still need it. Those from before this table have signed nothing yet.
CREATE TABLE staff (
    account     TEXT PRIMARY KEY,
    duties      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    added_by    TEXT,
    agreement   TEXT,
    signed_at   INTEGER,
    reviewed_at INTEGER,
    reviewed_by TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO staff (account, duties, since) SELECT id, '', made_at FROM account WHERE staff = 1;

CREATE TABLE staff_invitation (
    lookup      TEXT PRIMARY KEY,
    salt        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    email       BLOB NOT NULL,
    duties      TEXT NOT NULL,
    invited_by  TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
