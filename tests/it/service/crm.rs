//! `crm` has a primary configuration and a named one, and an action with the name of a lifecycle method.

use std::collections::BTreeMap;

use contexture::prelude::*;
use contexture_tests::crm::{
    self, Configuration, ContactEntity, Context, Definition, Integration, actions,
};
use serde_json::{Value, json};

use super::test_app::{Answer, Ask, TestApp};

struct Crm;

impl Integration for Crm {}

impl actions::UpsertContact for Crm {
    async fn upsert_contact(
        &self,
        call: ActionCall<'_, Context>,
        input: actions::UpsertContactInput,
    ) -> Result<actions::UpsertContactOutput> {
        let mut contact: ContactEntity = input.contact.clone();
        let kind = match &call.ctx.configuration {
            Configuration::Primary(primary) => format!("primary {:?}", primary.sandbox),
            Configuration::ApiToken(token) => format!("token {:?}", token.sandbox),
        };
        contact.extra.insert("savedAs".to_owned(), json!(kind));
        contact
            .extra
            .insert("told".to_owned(), json!(input.notify()));
        Ok(contact)
    }
}

impl actions::CreateUser for Crm {
    async fn create_user(
        &self,
        call: ActionCall<'_, Context>,
        _: actions::CreateUserInput,
    ) -> Result<actions::CreateUserOutput> {
        let size = call.ctx.configuration.page_size();
        let account = call.ctx.configuration.account_id().to_owned();
        Ok(actions::CreateUserOutput(BTreeMap::from([(account, size)])))
    }
}

fn test_app() -> TestApp<Definition> {
    TestApp::new(crm::service(Crm))
}

async fn act(kind: Option<&str>, configuration: &Value, action: &str, input: &Value) -> Answer {
    let body = json!({ "type": action, "input": input });
    let ask = Ask::new("action_triggered", kind, configuration);
    test_app().ask(ask.body(&body)).await
}

#[tokio::test]
async fn a_request_without_a_type_has_the_primary_configuration() {
    let input = json!({ "contact": { "id": "1", "name": "Ada" } });
    let configuration = json!({ "accountId": "a", "sandbox": true });
    let answer = act(None, &configuration, "upsertContact", &input).await;
    assert_eq!(answer.json()["output"]["savedAs"], "primary Some(true)");
    let answer = act(Some(""), &configuration, "upsertContact", &input).await;
    assert_eq!(
        answer.json()["output"]["savedAs"],
        "primary Some(true)",
        "an empty type counts as none"
    );
}

#[tokio::test]
async fn a_request_with_a_type_has_the_named_configuration() {
    let input = json!({ "contact": { "id": "1", "name": "Ada" } });
    let configuration = json!({ "accountId": "a", "sandbox": "blue", "token": "hunter2" });
    let answer = act(Some("apiToken"), &configuration, "upsertContact", &input).await;
    assert_eq!(answer.json()["output"]["savedAs"], r#"token Some("blue")"#);
}

#[tokio::test]
async fn shared_fields_are_read_without_a_match() {
    let primary = json!({ "accountId": "first", "pageSize": 7 });
    let answer = act(None, &primary, "createUser", &json!({})).await;
    assert_eq!(answer.json()["output"], json!({ "first": 7 }));

    let named = json!({ "accountId": "second", "token": "hunter2" });
    let answer = act(Some("apiToken"), &named, "createUser", &json!({})).await;
    assert_eq!(
        answer.json()["output"],
        json!({ "second": 50 }),
        "the default"
    );
}

#[tokio::test]
async fn an_open_object_keeps_undeclared_properties() {
    let contact = json!({
        "id": "1",
        "name": "Ada",
        "address": { "street": "1 Main St", "city": "Québec", "country": "CA" },
        "manager": { "id": "2", "name": "Grace", "floor": 3 },
        "since": [1843, null],
    });
    let input = json!({ "contact": contact, "notify": false });
    let answer = act(None, &json!({ "accountId": "a" }), "upsertContact", &input).await;
    let mut expected = contact;
    expected["savedAs"] = json!("primary None");
    expected["told"] = json!(false);
    assert_eq!(answer.json()["output"], expected);
}

#[tokio::test]
async fn an_action_called_like_the_lifecycle_is_not_the_lifecycle() {
    let ask = Ask::new("create_user", None, &json!({ "accountId": "a" }));
    let answer = test_app().ask(ask.body(&json!({ "tags": {} }))).await;
    assert_eq!(answer, Answer::ok("{}"));
}

#[tokio::test]
async fn a_lifecycle_without_handlers_answers_as_the_official_sdk() {
    let request = json!({ "path": "/", "query": "", "method": "GET", "headers": {} });
    let body = json!({ "webhookUrl": "https://hook", "req": request, "tags": {}, "channel": "c" });
    for operation in [
        "ping",
        "register",
        "unregister",
        "webhook_received",
        "create_user",
    ] {
        let ask = Ask::new(operation, None, &json!({ "accountId": "a" }));
        let answer = test_app().ask(ask.body(&body)).await;
        assert_eq!(answer, Answer::ok("{}"), "{operation}");
    }
    let ask = Ask::new("create_conversation", None, &json!({ "accountId": "a" }));
    let answer = test_app().ask(ask.body(&body)).await;
    answer.is_refusal("Channel c not found");
}
