-- Letters of an evaluation, kept for reading at /dev/mail. Sealed like the jobs that they came from.
CREATE TABLE kept_mail (
    id      TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
