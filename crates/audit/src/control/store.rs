//! The SQL that the probe of the log sends.

/// What code of the application might send; each has to be refused when it is prepared.
pub(super) const AS_APPLICATION: [&str; 6] = [
    "UPDATE log_leaf SET bytes = x'00' WHERE number = 0",
    "DELETE FROM log_leaf WHERE number = 0",
    "UPDATE log_node SET hash = zeroblob(32)",
    "DELETE FROM entry",
    "UPDATE entry SET actor = 'nobody'",
    "DROP TABLE log_leaf",
];

/// What somebody who can write the file might do; each has to be found by looking over the log.
pub(super) const AS_WRITER: [(&str, &str); 8] = [
    (
        "change an entry",
        "UPDATE log_leaf SET bytes = CAST(replace(CAST(bytes AS TEXT), 'session', \
      'sessiom') AS BLOB) WHERE number = (SELECT min(number) FROM log_leaf \
      WHERE instr(CAST(bytes AS TEXT), 'session') > 0)",
    ),
    (
        "remove the last entry",
        "DELETE FROM log_leaf WHERE number = (SELECT max(number) FROM log_leaf)",
    ),
    (
        "remove an entry in the middle",
        "DELETE FROM log_leaf WHERE number = \
      (SELECT max(number) / 2 FROM log_leaf)",
    ),
    (
        "exchange two entries",
        "UPDATE log_leaf SET bytes = (SELECT l.bytes FROM log_leaf l \
      WHERE l.number = 1 - log_leaf.number) WHERE number IN (0, 1)",
    ),
    ("change a node of the tree", "UPDATE log_node SET hash = zeroblob(32) WHERE number = 0"),
    ("change the index of an entry", "UPDATE entry SET actor = 'nobody' WHERE seq = 0"),
    ("remove all entries", "DELETE FROM log_leaf; DELETE FROM log_node; DELETE FROM entry"),
    (
        "take the log back to its first entry, checkpoints and all",
        "DELETE FROM log_leaf WHERE number > 0; DELETE FROM log_node WHERE number > 0; \
         DELETE FROM entry WHERE seq > 0; DELETE FROM log_head WHERE size > 1",
    ),
];
