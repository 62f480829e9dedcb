//! What an integration configures.

use serde_json::json;

use crate::bench::{BOT, Bench, OTHER_BOT};

const PATH: &str = "/v1/chat/integrations/configure";

#[test]
fn the_identifier_and_the_schedule_are_kept() {
    let bench = Bench::new();
    bench.post(PATH, &json!({ "identifier": "T123" })).empty();
    bench
        .post(PATH, &json!({ "scheduleRegisterCall": "daily" }))
        .empty();
    let configured = bench.api.configuration(BOT, "acme").unwrap();
    assert_eq!(configured.identifier.as_deref(), Some("T123"));
    assert_eq!(configured.schedule_register_call.as_deref(), Some("daily"));
    bench
        .post(
            PATH,
            &json!({ "identifier": null, "sandboxIdentifiers": null }),
        )
        .empty();
    let configured = bench.api.configuration(BOT, "acme").unwrap();
    assert_eq!(configured.identifier, None);
    assert_eq!(configured.schedule_register_call.as_deref(), Some("daily"));
    assert_eq!(bench.changes(), ["Configuration Updated"; 3]);
    let elsewhere = bench.api.configuration(OTHER_BOT, "acme").unwrap();
    assert_eq!(elsewhere.schedule_register_call, None);
}

#[test]
fn the_platform_can_set_the_identifier() {
    let bench = Bench::new();
    bench.api.set_identifier(BOT, "acme", Some("T1")).unwrap();
    bench.api.set_identifier(BOT, "acme", Some("T2")).unwrap();
    let configured = bench.api.configuration(BOT, "acme").unwrap();
    assert_eq!(configured.identifier.as_deref(), Some("T2"));
}

#[test]
fn an_unknown_schedule_and_a_long_identifier_are_refused() {
    let bench = Bench::new();
    let schedule = bench.post(PATH, &json!({ "scheduleRegisterCall": "never" }));
    assert_eq!(schedule.kind(), "InvalidPayload");
    let identifier = bench.post(PATH, &json!({ "identifier": "x".repeat(201) }));
    assert_eq!(identifier.kind(), "InvalidPayload");
}
