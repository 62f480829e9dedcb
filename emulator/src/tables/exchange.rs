//! The table of recorded exchanges.

/// The SQL that creates the table. Rows are deleted in the order of `seq` alone.
pub(super) const EXCHANGE: &str = "
CREATE TABLE exchanges (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT,
    instance TEXT,
    parent TEXT,
    source TEXT,
    trace TEXT,
    started INTEGER NOT NULL,
    microseconds INTEGER,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    request_headers TEXT NOT NULL,
    request_body BLOB NOT NULL,
    request_size INTEGER NOT NULL,
    request_cut INTEGER NOT NULL,
    status INTEGER,
    response_headers TEXT,
    response_body BLOB,
    response_size INTEGER,
    response_cut INTEGER,
    error TEXT,
    note TEXT
);
CREATE INDEX exchanges_by_trace ON exchanges (trace, seq);
CREATE INDEX exchanges_by_parent ON exchanges (parent, seq);
CREATE INDEX exchanges_by_instance ON exchanges (instance, seq);
CREATE INDEX exchanges_that_run ON exchanges (seq) WHERE microseconds IS NULL;
";
