//! Users, conversations, messages, events and states.

use serde_json::{Value, json};

use crate::backend::{Backend, INTEGRATION, assert_has, message, path_of};

const USERS: &str = "/v1/chat/users";
const CONVERSATIONS: &str = "/v1/chat/conversations";
const MESSAGES: &str = "/v1/chat/messages";
const EVENTS: &str = "/v1/chat/events";

fn get_or_create(collection: &str) -> String {
    format!("{collection}/get-or-create")
}

pub(crate) async fn a_created_user_is_found_by_its_id(api: &Backend) {
    let body = json!({ "tags": { "id": "1" }, "name": "Ada", "properties": { "a": "b" } });
    let user = api.post(USERS, body.clone()).await.created("user");
    assert_has(&user, &body);
    let found = api.get(&path_of(USERS, &user)).await.field("user");
    assert_eq!(found, user);
}

pub(crate) async fn an_unknown_id_is_not_found(api: &Backend) {
    for path in [USERS, CONVERSATIONS, MESSAGES, EVENTS, "/v1/files"] {
        api.get(&format!("{path}/unknown")).await.not_found();
    }
    let state = format!("/v1/chat/states/integration/{INTEGRATION}/oauth");
    api.get(&state).await.not_found();
}

pub(crate) async fn an_update_merges_maps_and_removes_with_null_and_the_empty_text(api: &Backend) {
    let body = json!({
        "tags": { "id": "1", "login": "ada" }, "name": "Ada", "properties": { "a": "1", "b": "2" },
    });
    let user = api.post(USERS, body).await.created("user");
    let change = json!({ "tags": { "login": null }, "name": null, "properties": { "a": "" } });
    let changed = api.put(&path_of(USERS, &user), change).await.field("user");
    let expected = json!({ "tags": { "id": "1" }, "name": null, "properties": { "b": "2" } });
    assert_has(&changed, &expected);
}

pub(crate) async fn get_or_create_matches_all_tags_unless_some_are_named(api: &Backend) {
    let find = async |body| api.post(&get_or_create(USERS), body).await;
    let first = find(json!({ "tags": { "id": "1", "login": "ada" } })).await;
    assert!(first.is_new());
    assert!(
        find(json!({ "tags": { "id": "1" } })).await.is_new(),
        "a tag is missing"
    );
    let same = find(json!({ "tags": { "login": "ada", "id": "1" } })).await;
    assert!(!same.is_new());
    let named = json!({ "tags": { "id": "9", "login": "ada" }, "discriminateByTags": ["login"] });
    let named = find(named).await;
    assert!(!named.is_new());
    assert_eq!(named.field("user")["id"], first.field("user")["id"]);
    assert!(find(json!({ "tags": {} })).await.is_new());
    assert!(
        find(json!({ "tags": {} })).await.is_new(),
        "nothing is found without a tag"
    );
}

pub(crate) async fn what_is_found_is_updated(api: &Backend) {
    api.user("1").await;
    let body = json!({
        "tags": { "id": "1", "login": "ada" }, "discriminateByTags": ["id"], "name": "Ada",
        "pictureUrl": "https://example.com", "attributes": { "a": "1" }, "properties": { "b": "2" },
    });
    let found = api.post(&get_or_create(USERS), body.clone()).await;
    assert!(!found.is_new());
    let mut expected = body;
    expected
        .as_object_mut()
        .unwrap()
        .remove("discriminateByTags");
    assert_has(&found.field("user"), &expected);
}

pub(crate) async fn conversations_stay_within_their_channel(api: &Backend) {
    let find = async |channel: &str| {
        let body =
            json!({ "channel": channel, "tags": { "id": "7" }, "discriminateByTags": ["id"] });
        api.post(&get_or_create(CONVERSATIONS), body).await
    };
    let chat = find("chat").await;
    assert_has(
        &chat.field("conversation"),
        &json!({ "channel": "chat", "messageCount": 0 }),
    );
    assert!(find("mail").await.is_new());
    let again = find("chat").await;
    assert!(!again.is_new());
    assert_eq!(
        again.field("conversation")["id"],
        chat.field("conversation")["id"]
    );
}

pub(crate) async fn messages_stay_within_their_conversation(api: &Backend) {
    let user = api.user("1").await;
    let [one, other] = [api.conversation("7").await, api.conversation("8").await];
    let find = async |conversation: &Value| {
        let mut body = message(conversation, &user, "m");
        body["discriminateByTags"] = json!(["id"]);
        api.post(&get_or_create(MESSAGES), body).await
    };
    let first = find(&one).await;
    assert!(find(&other).await.is_new());
    let again = find(&one).await;
    assert!(!again.is_new());
    assert_eq!(again.field("message")["id"], first.field("message")["id"]);
}

pub(crate) async fn a_found_message_without_a_payload_keeps_its_own(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    api.message(&conversation, &user, "m").await;
    let mut body = message(&conversation, &user, "m");
    body.as_object_mut().unwrap().remove("payload");
    body["discriminateByTags"] = json!(["id"]);
    let found = api.post(&get_or_create(MESSAGES), body.clone()).await;
    assert!(!found.is_new());
    assert_eq!(found.field("message")["payload"], json!({ "text": "m" }));
    body["payload"] = json!({ "text": "new" });
    let changed = api
        .post(&get_or_create(MESSAGES), body)
        .await
        .field("message");
    assert_eq!(changed["payload"], json!({ "text": "new" }));
}

pub(crate) async fn the_sender_of_a_message_participates(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    api.message(&conversation, &user, "m").await;
    let path = format!("{}/participants", path_of(CONVERSATIONS, &conversation));
    assert_eq!(api.get(&path).await.ids("participants"), "1");
    let counted = api.get(&path_of(CONVERSATIONS, &conversation)).await;
    assert_eq!(counted.field("conversation")["messageCount"], 1);
}

pub(crate) async fn participants_are_added_and_removed(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    let path = format!("{}/participants", path_of(CONVERSATIONS, &conversation));
    let of_user = path_of(&path, &user);
    api.get(&of_user).await.not_found();
    let added = api.post(&path, json!({ "userId": user["id"] })).await;
    assert_eq!(added.field("participant")["id"], user["id"]);
    assert_eq!(
        api.get(&of_user).await.field("participant")["id"],
        user["id"]
    );
    assert_eq!(api.get(&path).await.ids("participants"), "1");
    api.delete(&of_user).await.empty();
    assert_eq!(api.get(&path).await.ids("participants"), "");
}

pub(crate) async fn a_deleted_conversation_takes_its_messages_along(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    let message = api.message(&conversation, &user, "m").await;
    api.delete(&path_of(CONVERSATIONS, &conversation))
        .await
        .empty();
    api.get(&path_of(CONVERSATIONS, &conversation))
        .await
        .not_found();
    api.get(&path_of(MESSAGES, &message)).await.not_found();
    let there = format!(
        "{USERS}?conversationId={}",
        conversation["id"].as_str().unwrap()
    );
    assert_eq!(api.get(&there).await.ids("users"), "");
}

fn arriving() -> Value {
    json!({
        "user": { "tags": { "id": "1" }, "name": "Ada", "discriminateByTags": ["id"] },
        "conversation": { "channel": "chat", "tags": { "id": "7" }, "discriminateByTags": ["id"] },
        "message": {
            "type": "text", "payload": { "text": "hi" }, "tags": { "id": "m" }, "discriminateByTags": ["id"],
        },
    })
}

const ARRIVE: &str = "/v1/chat/initialize-incoming-message";

pub(crate) async fn what_arrives_is_created_once(api: &Backend) {
    let first = api.post(ARRIVE, arriving()).await;
    let (user, conversation) = (first.field("user"), first.field("conversation"));
    assert_has(&user, &json!({ "name": "Ada", "tags": { "id": "1" } }));
    assert_has(
        &conversation,
        &json!({ "channel": "chat", "messageCount": 1 }),
    );
    let expected =
        json!({ "userId": user["id"], "conversationId": conversation["id"], "type": "text" });
    assert_has(&first.field("message"), &expected);
    let again = api.post(ARRIVE, arriving()).await;
    for name in ["user", "conversation", "message"] {
        assert_eq!(again.field(name)["id"], first.field(name)["id"], "{name}");
    }
    assert_eq!(again.field("conversation")["messageCount"], 1);
}

pub(crate) async fn known_ones_that_arrive_are_named_by_their_ids(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    let body = json!({ "userId": user["id"], "conversationId": conversation["id"] });
    let answer = api.post(ARRIVE, body).await;
    assert_eq!(answer.field("user")["id"], user["id"]);
    assert_eq!(answer.field("conversation")["id"], conversation["id"]);
    assert!(answer.body["message"].is_null());
    let path = format!("{}/participants", path_of(CONVERSATIONS, &conversation));
    assert_eq!(api.get(&path).await.ids("participants"), "1");
}

pub(crate) async fn states_are_set_patched_and_deleted(api: &Backend) {
    let path = format!("/v1/chat/states/integration/{INTEGRATION}/oauth");
    let set = api
        .post(&path, json!({ "payload": { "a": 1, "b": null } }))
        .await
        .field("state");
    let expected =
        json!({ "name": "oauth", "type": "integration", "payload": { "a": 1, "b": null } });
    assert_has(&set, &expected);
    let patched = api
        .patch(&path, json!({ "payload": { "a": 2, "c": 3 } }))
        .await
        .field("state");
    assert_eq!(patched["payload"], json!({ "a": 2, "b": null, "c": 3 }));
    let other = json!({ "payload": { "d": 4 } });
    let kept = api.post(&format!("{path}/get-or-set"), other.clone()).await;
    assert_eq!(kept.field("state")["payload"], patched["payload"]);
    assert_eq!(
        api.get(&path).await.field("state")["payload"],
        patched["payload"]
    );
    let deleted = api
        .post(&path, json!({ "payload": null }))
        .await
        .field("state");
    assert_eq!(deleted["payload"], json!({}));
    api.get(&path).await.not_found();
    let anew = api
        .post(&format!("{path}/get-or-set"), other)
        .await
        .field("state");
    assert_eq!(anew["payload"], json!({ "d": 4 }));
}

pub(crate) async fn the_expiry_of_a_state_stays_until_it_is_set(api: &Backend) {
    let path = format!("/v1/chat/states/integration/{INTEGRATION}/oauth");
    let expiry = format!("{path}/expiry");
    api.post(&expiry, json!({ "expiry": 60_000 }))
        .await
        .not_found();
    let set = json!({ "payload": {}, "expiry": 60_000 });
    let set = api.post(&path, set).await.field("state");
    assert_eq!(
        (&set["expiry"], set["expiresAt"].is_string()),
        (&json!(60_000), true)
    );
    let patched = api
        .patch(&path, json!({ "payload": {} }))
        .await
        .field("state");
    assert_eq!(patched["expiry"], 60_000);
    let changed = api
        .post(&expiry, json!({ "expiry": 90_000 }))
        .await
        .field("state");
    assert_eq!(changed["expiry"], 90_000);
    let removed = api
        .post(&expiry, json!({ "expiry": null }))
        .await
        .field("state");
    assert_eq!(
        (removed.get("expiry"), removed.get("expiresAt")),
        (None, None)
    );
}

pub(crate) async fn the_latest_is_listed_first(api: &Backend) {
    let (user, conversation) = (api.user("1").await, api.conversation("7").await);
    api.user("2").await;
    assert_eq!(api.get(USERS).await.ids("users"), "2 1");
    api.conversation("8").await;
    assert_eq!(api.get(CONVERSATIONS).await.ids("conversations"), "8 7");
    for id in ["a", "b", "c"] {
        api.message(&conversation, &user, id).await;
    }
    assert_eq!(api.get(MESSAGES).await.ids("messages"), "c b a");
}

pub(crate) async fn lists_are_filtered(api: &Backend) {
    let (ada, bob) = (api.user("ada").await, api.user("bob").await);
    let (one, both) = (
        api.conversation("one").await,
        api.conversation("both").await,
    );
    for (conversation, user) in [(&one, &ada), (&both, &ada), (&both, &bob)] {
        api.message(conversation, user, "m").await;
    }
    let list = async |query: &str| {
        let path = format!("{CONVERSATIONS}?{query}");
        api.get(&path).await.ids("conversations")
    };
    let [ada, bob] =
        [&ada, &bob].map(|user| format!("participantIds={}", user["id"].as_str().unwrap()));
    assert_eq!(list(&ada).await, "both one");
    assert_eq!(list(&format!("{ada}&{bob}")).await, "both");
    assert_eq!(list("tags.id=one").await, "one");
    assert_eq!(list("channel=mail").await, "");
    let there = format!("conversationId={}", one["id"].as_str().unwrap());
    assert_eq!(
        api.get(&format!("{USERS}?{there}")).await.ids("users"),
        "ada"
    );
    let messages = api
        .get(&format!("{MESSAGES}?{there}"))
        .await
        .field("messages");
    assert_eq!(messages.as_array().unwrap().len(), 1);
}

pub(crate) async fn pages_follow_each_other(api: &Backend) {
    for id in ["1", "2", "3", "4", "5"] {
        api.user(id).await;
    }
    let (mut seen, mut token) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("{USERS}?pageSize=2{token}")).await;
        seen.push(page.ids("users"));
        match page.field("meta")["nextToken"].as_str() {
            Some(next) => token = format!("&nextToken={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["5 4", "3 2", "1"]);
}

pub(crate) async fn events_are_created_and_listed(api: &Backend) {
    let user = api.user("1").await;
    let body = json!({ "type": "greeted", "payload": { "a": 1 }, "userId": user["id"] });
    let event = api.post(EVENTS, body.clone()).await.created("event");
    assert_has(&event, &body);
    let found = api.get(&path_of(EVENTS, &event)).await.field("event");
    assert_eq!(found, event);
    let list = async |query: &str| api.get(&format!("{EVENTS}?{query}")).await.field("events");
    assert_eq!(list("type=greeted").await, json!([event]));
    assert_eq!(list("type=other").await, json!([]));
    let of_user = format!("userId={}", user["id"].as_str().unwrap());
    assert_eq!(list(&of_user).await, json!([event]));
}

pub(crate) async fn an_integration_configures_and_counts(api: &Backend) {
    let configured = api
        .post(
            "/v1/chat/integrations/configure",
            json!({ "identifier": "T1" }),
        )
        .await;
    configured.empty();
    let counted = api
        .post("/v1/chat/analytics", json!({ "name": "calls", "count": 1 }))
        .await;
    counted.empty();
}
