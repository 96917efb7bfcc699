-- From which web origins (RFC 6454) pages of others may call the API for a tenant, and whether what is not listed is refused
-- or only noted.
ALTER TABLE tenant ADD COLUMN origin_mode TEXT NOT NULL DEFAULT 'enforce'
    CHECK (origin_mode IN ('enforce', 'report'));
CREATE TABLE origin (
    tenant TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (tenant, origin)
) STRICT, WITHOUT ROWID;
