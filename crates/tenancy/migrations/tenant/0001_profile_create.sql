CREATE TABLE profile (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    description TEXT NOT NULL,
    contact     TEXT NOT NULL
) STRICT;
