-- Ways to sign in beside the password: how many the account has (kept in step by the program), and whether
-- codes by mail are among them.
ALTER TABLE account ADD COLUMN factors INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN mail_codes INTEGER NOT NULL DEFAULT 0;

-- How a session was opened, and when its person last showed who they are.
ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN shown_at INTEGER NOT NULL DEFAULT 0;

-- A sign-in whose password was right, and that waits for something more. At most ten minutes old.
CREATE TABLE attempt (
    lookup       TEXT PRIMARY KEY,
    session      TEXT NOT NULL,
    account      TEXT NOT NULL REFERENCES account (id),
    salt         BLOB NOT NULL,
    hash         BLOB NOT NULL,
    place        BLOB NOT NULL,
    stage        TEXT NOT NULL CHECK (stage IN ('second_factor', 'confirm_location')),
    tries        INTEGER NOT NULL DEFAULT 0,
    code         BLOB,
    code_method  TEXT,
    code_sent_at INTEGER,
    codes_sent   INTEGER NOT NULL DEFAULT 0,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attempt_account ON attempt (account);

-- An authenticator app (RFC 6238). A new secret waits in `pending` until a code of it was typed. The step of
-- the last code that was taken: no earlier one counts again.
CREATE TABLE totp (
    account      TEXT PRIMARY KEY REFERENCES account (id),
    secret       BLOB,
    pending      BLOB,
    made_at      INTEGER NOT NULL,
    last_step    INTEGER NOT NULL DEFAULT 0,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;

-- Keyed hashes: of no use without the key file.
CREATE TABLE backup_code (
    account TEXT NOT NULL REFERENCES account (id),
    code    BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey (
    id            TEXT PRIMARY KEY,
    credential_id BLOB NOT NULL UNIQUE,
    account       TEXT NOT NULL REFERENCES account (id),
    name          BLOB NOT NULL,
    credential    BLOB NOT NULL,
    made_at       INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_account ON passkey (account);

-- A passkey ceremony that has begun (WebAuthn, section 13.4.3): its challenge counts once.
CREATE TABLE ceremony (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    account    TEXT,
    state      BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ceremony_expires ON ceremony (expires_at);

-- A telephone for codes. A new number waits in `pending` until the code sent to it was typed.
CREATE TABLE phone (
    account      TEXT PRIMARY KEY REFERENCES account (id),
    number       BLOB,
    pending      BLOB,
    code         BLOB,
    code_sent_at INTEGER,
    tries        INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
