//! Trace contexts, which link the API requests of an integration to the call that it answers.

use std::fmt::Write as _;

/// The header of a trace context.
pub const TRACEPARENT: &str = "traceparent";

/// Returns a new value of the header `traceparent`. The trace is sampled.
#[must_use]
pub fn new_traceparent() -> String {
    let trace: [u8; 16] = random();
    let span: [u8; 8] = random();
    format!("00-{}-{}-01", hex(&trace), hex(&span))
}

/// Returns the id of the trace in a value of the header `traceparent`.
#[must_use]
pub fn trace_id(traceparent: &str) -> Option<&str> {
    let id = traceparent.split('-').nth(1)?;
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_id && id.bytes().any(|byte| byte != b'0')).then_some(id)
}

/// Random bytes, of which the last is not zero, because an id of zeros is invalid.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without random numbers of the system, traces are not told apart, which only affects the record.
    let _ = getrandom::fill(&mut bytes);
    if let Some(last) = bytes.last_mut() {
        *last |= 1;
    }
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_context_has_a_trace_and_differs_from_others() {
        let (one, other) = (new_traceparent(), new_traceparent());
        assert_eq!(one.len(), 55);
        assert!(trace_id(&one).is_some());
        assert_ne!(trace_id(&one), trace_id(&other));
    }

    #[test]
    fn what_is_no_context_has_no_trace() {
        for text in [
            "",
            "00",
            "00-abc-def-01",
            &format!("00-{}-1-01", "0".repeat(32)),
        ] {
            assert_eq!(trace_id(text), None, "{text}");
        }
    }
}
