-- Access groups: some of a tenant's members, and what rules allow or deny them beside their roles.
CREATE TABLE access_group (
    id      TEXT PRIMARY KEY,
    tenant  TEXT NOT NULL,
    name    TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (tenant, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_rule (
    tenant  TEXT NOT NULL,
    grp     TEXT NOT NULL REFERENCES access_group (id),
    feature TEXT NOT NULL,
    effect  TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
    PRIMARY KEY (grp, feature)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_member (
    tenant  TEXT NOT NULL,
    account TEXT NOT NULL,
    grp     TEXT NOT NULL REFERENCES access_group (id),
    PRIMARY KEY (account, tenant, grp)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_member_grp ON access_member (grp);
CREATE INDEX access_rule_tenant ON access_rule (tenant);
