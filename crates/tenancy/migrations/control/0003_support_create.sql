-- Whether staff may look into a tenant at once, have to ask, or may not.
ALTER TABLE tenant ADD COLUMN support_mode TEXT NOT NULL DEFAULT 'open'
    CHECK (support_mode IN ('open', 'ask', 'closed'));

-- Sessions in which staff look into a tenant, each laid over a session of their own.
CREATE TABLE support (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    account TEXT NOT NULL,
    session TEXT NOT NULL,
    reason BLOB NOT NULL,
    settings INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'open', 'ended', 'refused')),
    asked_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX support_session ON support (session, state);
CREATE INDEX support_account ON support (account, state);
CREATE INDEX support_tenant ON support (tenant, asked_at);
