//! Analytics.

use serde_json::json;

use crate::bench::Bench;

const PATH: &str = "/v1/chat/analytics";

#[test]
fn a_count_is_tracked() {
    let bench = Bench::new();
    bench
        .post(PATH, &json!({ "name": "calls", "count": 2 }))
        .empty();
    assert_eq!(bench.changes(), ["Analytics Created"]);
}

#[test]
fn names_and_counts_have_limits() {
    let bench = Bench::new();
    for wrong in [
        json!({ "name": "", "count": 1 }),
        json!({ "name": "x".repeat(201), "count": 1 }),
        json!({ "name": "calls", "count": 0 }),
        json!({ "name": "calls", "count": 1.5 }),
        json!({ "name": "calls" }),
    ] {
        assert_eq!(bench.post(PATH, &wrong).kind(), "InvalidPayload", "{wrong}");
    }
}
