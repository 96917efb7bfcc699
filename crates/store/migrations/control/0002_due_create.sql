-- Which tenant files hold work. Written before the file is, so that a restart opens these alone.
-- `mark` grows with every marking: a mark may be taken away only by whoever saw its last value.
CREATE TABLE due (
    tenant TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    dirty  INTEGER NOT NULL,
    mark   INTEGER NOT NULL,
    due_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX due_next ON due (dirty, due_at);
