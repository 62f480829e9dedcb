//! Events.

use serde_json::json;

use crate::bench::Bench;

const PATH: &str = "/v1/chat/events";

#[test]
fn a_created_event_is_answered_as_the_documents_say() {
    let bench = Bench::new();
    let (conversation, user) = (bench.conversation("7"), bench.user("1"));
    let message = bench.message(&conversation, &user, "hi");
    let body = json!({
        "type": "greeted", "payload": { "name": "Ada" },
        "conversationId": conversation["id"], "userId": user["id"], "messageId": message["id"],
    });
    let event = bench.post(PATH, &body).created("event");
    let id = event["id"].as_str().unwrap();
    assert!(id.starts_with("evt_"));
    assert_eq!(
        event,
        json!({
            "id": id,
            "createdAt": "2023-11-14T22:13:20.000Z",
            "type": "greeted",
            "payload": { "name": "Ada" },
            "status": "pending",
            "failureReason": null,
            "conversationId": conversation["id"],
            "userId": user["id"],
            "messageId": message["id"],
        })
    );
    assert_eq!(bench.get(&format!("{PATH}/{id}")).field("event"), event);
}

#[test]
fn a_scheduled_event_becomes_pending_when_it_is_due() {
    let bench = Bench::new();
    let body = json!({
        "type": "greeted", "payload": { "name": "Ada" },
        "schedule": { "dateTime": "2023-11-14T22:14:20.000Z" },
    });
    let event = bench.post(PATH, &body).created("event");
    assert_eq!(event["status"], "scheduled");
    let path = format!("{PATH}/{}", event["id"].as_str().unwrap());
    bench.clock.advance(59_999);
    assert_eq!(bench.get(&path).field("event")["status"], "scheduled");
    bench.clock.advance(1);
    assert_eq!(bench.get(&path).field("event")["status"], "pending");
    assert_eq!(bench.changes(), ["Event Created", "Event Updated"]);
    let cancelled = bench.delete(&format!(
        "{PATH}/scheduled/{}",
        event["id"].as_str().unwrap()
    ));
    assert_eq!(
        cancelled.kind(),
        "InvalidPayload",
        "it is no longer scheduled"
    );
}

#[test]
fn a_scheduled_event_can_be_cancelled() {
    let bench = Bench::new();
    let body =
        json!({ "type": "greeted", "payload": { "name": "Ada" }, "schedule": { "delay": 1000 } });
    let event = bench.post(PATH, &body).created("event");
    let id = event["id"].as_str().unwrap();
    bench.delete(&format!("{PATH}/scheduled/{id}")).empty();
    bench.clock.advance(1000);
    let event = bench.get(&format!("{PATH}/{id}")).field("event");
    assert_eq!(event["status"], "canceled");
}

#[test]
fn events_are_filtered() {
    let bench = Bench::new();
    let user = bench.user("1");
    let create = |more: serde_json::Value| {
        let mut body = json!({ "type": "greeted", "payload": { "name": "Ada" } });
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        bench.post(PATH, &body).created("event")
    };
    let of_user = create(json!({ "userId": user["id"] }));
    let scheduled = create(json!({ "schedule": { "delay": 1000 } }));
    let list = |query: &str| bench.get(&format!("{PATH}?{query}")).field("events");
    let user = user["id"].as_str().unwrap();
    assert_eq!(list(&format!("userId={user}")), json!([of_user]));
    assert_eq!(list("status=scheduled"), json!([scheduled]));
    assert_eq!(list("type=greeted"), json!([scheduled, of_user]));
    assert_eq!(list("type=other"), json!([]));
    assert_eq!(list("workflowId=x"), json!([]));
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let bench = Bench::new();
    let undeclared = bench.post(PATH, &json!({ "type": "typo", "payload": {} }));
    assert_eq!(
        undeclared.error(),
        (
            "InvalidPayload",
            "event \"typo\" is not declared by integration \"acme\"; declared are: greeted"
        )
    );
    let payload = bench.post(PATH, &json!({ "type": "greeted", "payload": {} }));
    assert_eq!(payload.kind(), "InvalidDataFormat");
    for reference in ["conversationId", "userId", "messageId", "workflowId"] {
        let body = json!({
            "type": "greeted", "payload": { "name": "Ada" }, reference: "any_01HF7YAT00000000000000000Z",
        });
        assert_eq!(
            bench.post(PATH, &body).kind(),
            "ReferenceNotFound",
            "{reference}"
        );
    }
    let schedule = json!({ "type": "greeted", "payload": { "name": "Ada" }, "schedule": {} });
    assert_eq!(
        bench.post(PATH, &schedule).error(),
        ("InvalidPayload", "schedule needs dateTime or delay")
    );
}
