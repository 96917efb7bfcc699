-- The directory: where each tenant's own file lies.
CREATE TABLE tenant (
    id      TEXT PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    region  TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    tenant  TEXT NOT NULL REFERENCES tenant (id),
    account TEXT NOT NULL REFERENCES account (id),
    role    TEXT NOT NULL CHECK (role IN ('owner', 'operator', 'billing', 'viewer')),
    since   INTEGER NOT NULL,
    PRIMARY KEY (tenant, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_account ON member (account);

CREATE TABLE invitation (
    lookup      TEXT PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    tenant      TEXT NOT NULL REFERENCES tenant (id),
    role        TEXT NOT NULL CHECK (role IN ('owner', 'operator', 'billing', 'viewer')),
    email_index BLOB NOT NULL,
    email       BLOB NOT NULL,
    salt        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    invited_by  TEXT NOT NULL REFERENCES account (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX invitation_tenant ON invitation (tenant);
