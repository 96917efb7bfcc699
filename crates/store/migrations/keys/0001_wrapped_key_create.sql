CREATE TABLE wrapped_key (
    owner        TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    wrapped      BLOB,
    made_at      INTEGER NOT NULL,
    destroyed_at INTEGER,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
