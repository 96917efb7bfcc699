-- Only confirmed accounts. Address and name are sealed under the person's own key; the index finds an
-- exact address without telling it.
CREATE TABLE account (
    id                  TEXT PRIMARY KEY,
    email_index         BLOB NOT NULL UNIQUE,
    email               BLOB NOT NULL,
    name                BLOB NOT NULL,
    password            TEXT NOT NULL,
    staff               INTEGER NOT NULL,
    made_at             INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each attempt to sign up is a row of its own, so that confirming a letter opens the account with the
-- password of that attempt, and not with one that somebody else sent later or earlier.
CREATE TABLE sign_up (
    lookup      TEXT PRIMARY KEY,
    salt        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    account     TEXT NOT NULL,
    email_index BLOB NOT NULL,
    email       BLOB NOT NULL,
    name        BLOB NOT NULL,
    password    TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_up_email ON sign_up (email_index);

CREATE TABLE session (
    lookup         TEXT PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    account        TEXT NOT NULL REFERENCES account (id),
    salt           BLOB NOT NULL,
    hash           BLOB NOT NULL,
    place          BLOB NOT NULL,
    made_at        INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    ended_at       INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account, ended_at);

CREATE TABLE token (
    lookup       TEXT PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL REFERENCES account (id),
    salt         BLOB NOT NULL,
    hash         BLOB NOT NULL,
    name         BLOB NOT NULL,
    made_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX token_account ON token (account);

CREATE TABLE reset_link (
    lookup     TEXT PRIMARY KEY,
    salt       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    account    TEXT NOT NULL REFERENCES account (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reset_link_account ON reset_link (account);

-- The link that opens a new installation. At most one row.
CREATE TABLE setup_link (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    salt       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
