//! What a command says while it waits for Botpress.

use std::io::Write as _;

/// Tells that a request is sent again. It goes to the standard error at once, since the command goes on.
pub(crate) fn tell(line: &str) {
    // A closed standard error is no reason to stop.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
