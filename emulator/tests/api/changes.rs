//! What observers learn.

use std::sync::{Arc, Mutex};

use contexture_emulator::api::{Change, ChangeKind, Resource};
use serde_json::json;

use crate::bench::{BOT, Bench};

#[test]
fn a_change_names_its_installation_and_has_the_entity() {
    let bench = Bench::new();
    let seen: Arc<Mutex<Vec<Change>>> = Arc::default();
    let sink = Arc::clone(&seen);
    bench.api.observe(Arc::new(move |change: &Change| {
        sink.lock().unwrap().push(change.clone());
    }));
    let user = bench.user("1");
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (seen[0].bot_id.as_str(), seen[0].alias.as_str()),
        (BOT, "acme")
    );
    assert_eq!(
        (seen[0].resource, seen[0].kind),
        (Resource::User, ChangeKind::Created)
    );
    assert_eq!(seen[0].entity, user);
}

#[test]
fn an_observer_can_use_the_api() {
    let bench = Bench::new();
    let api = bench.api.clone();
    let configured = Arc::new(Mutex::new(None));
    let sink = Arc::clone(&configured);
    bench.api.observe(Arc::new(move |change: &Change| {
        if change.resource == Resource::Configuration {
            let found = api.configuration(&change.bot_id, &change.alias).unwrap();
            *sink.lock().unwrap() = found.identifier;
        }
    }));
    bench
        .post(
            "/v1/chat/integrations/configure",
            &json!({ "identifier": "T1" }),
        )
        .empty();
    assert_eq!(configured.lock().unwrap().as_deref(), Some("T1"));
}

#[test]
fn reads_and_refusals_change_nothing() {
    let bench = Bench::new();
    bench.get("/v1/chat/users");
    bench.post("/v1/chat/users", &json!({ "tags": { "typo": "1" } }));
    assert_eq!(bench.changes(), [""; 0]);
}
