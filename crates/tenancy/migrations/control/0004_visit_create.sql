-- Which session entered which tenant: what ends when its person is removed there.
CREATE TABLE visit (
    tenant  TEXT NOT NULL,
    account TEXT NOT NULL,
    session TEXT NOT NULL,
    PRIMARY KEY (tenant, account, session)
) STRICT, WITHOUT ROWID;
