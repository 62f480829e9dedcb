//! Requests that the API refuses.

use bytes::Bytes;
use contexture_emulator::api::Api;
use http::Request;
use serde_json::{Value, json};

use crate::bench::Bench;

#[test]
fn a_wrong_body_is_refused_with_the_place() {
    let bench = Bench::new();
    let refusal = |body: Value| {
        let answer = bench.post("/v1/chat/users", &body);
        assert_eq!(answer.kind(), "InvalidPayload");
        answer.error().1.to_owned()
    };
    assert_eq!(refusal(json!({})), "tags is missing");
    assert_eq!(refusal(json!([])), "the body must be a JSON object");
    assert_eq!(
        refusal(json!({ "tags": { "id": "x".repeat(501) } })),
        "tags.id must be at most 500 characters long, and is 501"
    );
    assert_eq!(
        refusal(json!({ "tags": {}, "name": "x".repeat(201) })),
        "name must be at most 200 characters long, and is 201"
    );
    assert_eq!(
        refusal(json!({ "tags": {}, "typo": 1 })),
        "typo is not a member of the body; the members are tags, integrationName, name, pictureUrl, properties, \
         attributes"
    );
    assert_eq!(
        refusal(json!({ "tags": { "typo": "1" } })),
        "user tag \"typo\" is not declared by integration \"acme\"; declared are: id, login"
    );
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let bench = Bench::new();
    let request = bench
        .caller()
        .request("POST", "/v1/chat/users", &Value::Null);
    let (parts, _) = request.into_parts();
    let request = Request::from_parts(parts, Bytes::from("{"));
    let answer = crate::bench::Answer::read(&bench.send_raw(&request));
    assert!(answer.error().1.starts_with("the body is not JSON: "));
}

#[test]
fn unknown_paths_methods_and_parameters_are_refused() {
    let bench = Bench::new();
    assert_eq!(bench.get("/v1/chat/nothing").kind(), "ResourceNotFound");
    let method = bench.patch("/v1/chat/users", &json!({}));
    assert_eq!((method.status, method.kind()), (405, "MethodNotFound"));
    let query = bench.get("/v1/chat/users?sort=asc");
    assert_eq!(query.kind(), "InvalidQuery");
    assert!(
        query
            .error()
            .1
            .starts_with("there is no query parameter sort; the parameters are")
    );
}

#[test]
fn a_request_has_the_name_of_its_operation() {
    let name = |method: &str, path: &str| {
        let request = Request::builder().method(method).uri(path);
        Api::operation(&request.body(Bytes::new()).unwrap())
    };
    assert_eq!(
        name("POST", "/v1/chat/users/get-or-create"),
        Some("getOrCreateUser")
    );
    assert_eq!(name("GET", "/v1/files/a?pageSize=1"), Some("getFile"));
    assert_eq!(name("PUT", "/uploads/secret"), None);
    assert_eq!(name("GET", "/v1/chat/nothing"), None);
}

#[test]
fn what_belongs_to_bots_is_forbidden() {
    let bench = Bench::new();
    assert_eq!(bench.get("/v1/chat/workflows").kind(), "Forbidden");
    assert_eq!(bench.get("/v1/chat/workflows/wf_1").kind(), "Forbidden");
    let observation = json!({ "name": "a", "data": {} });
    assert_eq!(
        bench.post("/v1/chat/observations", &observation).kind(),
        "Forbidden"
    );
    let gone = bench.get("/v1/chat/tags/id/values?type=user");
    assert_eq!((gone.status, gone.kind()), (410, "ResourceGone"));
}

#[test]
fn a_call_of_an_action_is_refused_with_its_reason() {
    let bench = Bench::new();
    let call = |action: &str| {
        let answer = bench.post("/v1/chat/actions", &json!({ "type": action, "input": {} }));
        let (kind, message) = answer.error();
        format!("{kind}: {message}")
    };
    assert_eq!(
        call("slack:addReaction"),
        "ReferenceNotFound: integration \"slack\" does not exist"
    );
    assert_eq!(
        call("acme:greet"),
        "Forbidden: an integration cannot call its own action \"acme:greet\""
    );
}
