//! The in-memory Botpress of tests: its state and its responses.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use contexture::client::{EventId, FileContent, Transport as _, UserId};
use contexture::testing::{
    Botpress, Collection, Harness, RecordingTransport, TestContext, context,
};
use contexture::{ApiErrorKind, ClientError};
use http::StatusCode;
use serde_json::json;

use crate::handlers::Author;
use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{self, AnyObject, Definition, GreetedEvent, UserTags};
use crate::support::{configuration, secrets};

fn bot() -> TestContext<Definition> {
    context(configuration())
}

fn kept(ctx: &TestContext<Definition>) -> &Botpress {
    ctx.transport().botpress()
}

fn user(id: &str, login: Option<&str>) -> UserTags {
    UserTags {
        id: Some(id.to_owned()),
        login: login.map(str::to_owned),
    }
}

fn conversation(id: &str) -> ChannelConversationTags {
    ChannelConversationTags {
        id: Some(id.to_owned()),
        q: None,
    }
}

fn text(text: &str) -> ChannelTextMessage {
    ChannelTextMessage {
        text: text.to_owned(),
    }
}

fn message(id: &str) -> ChannelMessageTags {
    ChannelMessageTags {
        id: Some(id.to_owned()),
    }
}

#[tokio::test]
async fn get_or_create_finds_an_existing_user_by_its_tags() {
    let ctx = bot();
    let users = ctx.client().users();
    let ada = users.get_or_create(&user("1", None)).name("Ada");
    let ada = ada.send().await.unwrap();
    let again = users
        .get_or_create(&user("1", None))
        .tags(&user("1", Some("ada")));
    let again = again.send().await.unwrap();
    assert_eq!(
        (again.id.clone(), again.name.as_deref()),
        (ada.id.clone(), Some("Ada"))
    );
    assert_eq!((ada.created, again.created), (Some(true), Some(false)));
    assert_eq!(again.value.tags, user("1", Some("ada")), "tags are updated");
    let other = users.get_or_create(&user("2", None)).send().await.unwrap();
    assert_ne!(other.id, ada.id);
    let third = users.create(&user("1", None)).send().await.unwrap();
    assert_ne!(third.id, ada.id, "`create` looks for no existing user");
    assert_eq!(kept(&ctx).all(Collection::Users).len(), 3);
}

#[tokio::test]
async fn a_message_without_a_payload_is_created_or_keeps_the_payload_that_it_has() {
    let ctx = bot();
    let client = ctx.client();
    let conversations = client.conversations();
    let room = conversations.get_or_create::<ChannelChannel>(&conversation("7"));
    let room = room.send().await.unwrap();
    let from = UserId::new("user-1");
    let hi = client
        .messages()
        .get_or_create(&room, &from, &text("hi"), &message("1"));
    assert_eq!(hi.send().await.unwrap().created, Some(true));
    let find = |id: &str| {
        let messages = client.messages();
        let (room, from, id) = (room.value.id.clone(), from.clone(), message(id));
        async move {
            let found = messages
                .get_or_create_without_payload::<ChannelChannel, ChannelTextMessage>(
                    room, from, &id,
                );
            found.send().await.unwrap()
        }
    };
    let found = find("1").await;
    assert_eq!(found.created, Some(false));
    assert_eq!(found.decode::<ChannelTextMessage>().unwrap(), text("hi"));
    let other = find("2").await;
    assert_eq!(other.created, Some(true));
    assert_eq!(other.message_type, "text");
    let room = conversations.get::<ChannelChannel>(&room).await.unwrap();
    assert_eq!(room.unwrap().message_count, Some(2));
}

#[tokio::test]
async fn a_state_keeps_its_expiry_until_it_is_written_again() {
    let ctx = bot();
    let state = ctx.client().states().oauth();
    let expiry = async || {
        let stored = state.get_stored().await.unwrap().unwrap();
        assert_eq!(stored.expires_at.is_some(), stored.expiry.is_some());
        stored.expiry
    };
    let second = Duration::from_secs(1);
    let any = AnyObject(serde_json::Map::new());
    let expiring = state.clone().expiring_after(second);
    expiring.set(&any).await.unwrap();
    assert_eq!(expiry().await, Some(second));
    state.patch(&json!({ "a": 1 })).await.unwrap();
    assert_eq!(expiry().await, Some(second));
    expiring
        .clone()
        .expiring_after(second * 2)
        .patch(&json!({ "b": 2 }))
        .await
        .unwrap();
    assert_eq!(expiry().await, Some(second * 2));
    state.set_expiry(None).await.unwrap();
    assert_eq!(expiry().await, None);
    state.set_expiry(Some(second)).await.unwrap();
    assert_eq!(expiry().await, Some(second));
    state.set(&any).await.unwrap();
    assert_eq!(expiry().await, None);
}

#[tokio::test]
async fn an_update_keeps_other_fields_and_removes_cleared_ones() {
    let ctx = bot();
    let users = ctx.client().users();
    let created = users.create(&user("1", Some("ada"))).name("Ada");
    let id = created.send().await.unwrap().id;
    let changed = users.update(&id).tags(&user("2", None)).clear_name();
    changed
        .clear_tags([UserTags::LOGIN])
        .property("k", "v")
        .send()
        .await
        .unwrap();
    let read = users.get(&id).await.unwrap().unwrap();
    assert_eq!((read.tags, read.name), (user("2", None), None));
    assert_eq!(kept(&ctx).all(Collection::Users)[0]["properties"]["k"], "v");
    users.delete(&id).await.unwrap();
    assert!(users.get(&id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_list_returns_matching_items_page_by_page() {
    let ctx = bot();
    let users = ctx.client().users();
    for number in 0..5 {
        let tags = user(&number.to_string(), (number > 0).then_some("é &"));
        users.create(&tags).send().await.unwrap();
    }
    let login = UserTags {
        id: None,
        login: Some("é &".to_owned()),
    };
    let listed = users.list().tags(&login).page_size(2).collect().await;
    let listed: Vec<_> = listed
        .unwrap()
        .into_iter()
        .map(|user| user.tags.id.unwrap())
        .collect();
    assert_eq!(listed, ["4", "3", "2", "1"], "the latest is first");
    assert_eq!(ctx.requests().len(), 7, "two pages");
}

#[tokio::test]
async fn a_message_comes_in_once_with_its_conversation_and_its_user() {
    let ctx = bot();
    let client = ctx.client();
    for _ in 0..2 {
        let came = client
            .incoming::<ChannelChannel>(&conversation("7"), &user("1", None))
            .message(&text("hi"), &message("12"));
        came.send().await.unwrap();
    }
    let [message] = kept(&ctx)
        .all(Collection::Messages)
        .try_into()
        .expect("one message");
    assert_eq!(message["payload"], json!({ "text": "hi" }));
    assert_eq!(
        (&message["conversationId"], &message["userId"]),
        (&json!("conversation-1"), &json!("user-1"))
    );
    let conversations = client.conversations();
    let channel = conversations.list().channel::<ChannelChannel>();
    let found = channel.participant(UserId::new("user-1")).collect().await;
    let found = found.unwrap();
    assert_eq!((found.len(), &found[0].tags), (1, &conversation("7")));
    let elsewhere = conversations.list().participant(UserId::new("user-2"));
    assert!(elsewhere.collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn participants_come_and_go() {
    let ctx = bot();
    let client = ctx.client();
    let created = client
        .conversations()
        .create::<ChannelChannel>(&conversation("7"));
    let id = created.send().await.unwrap().id;
    let ada = client.users().create(&user("1", None)).send().await;
    let ada = ada.unwrap().id;
    let participants = client.conversations().participants(&id);
    assert!(participants.get(&ada).await.unwrap().is_none());
    participants.add(&ada).await.unwrap();
    assert_eq!(participants.get(&ada).await.unwrap().unwrap().id, ada);
    let listed = participants.list().collect().await.unwrap();
    assert_eq!(listed[0].tags, user("1", None));
    let of_conversation = client.users().list().conversation(&id);
    assert_eq!(of_conversation.collect().await.unwrap().len(), 1);
    participants.remove(&ada).await.unwrap();
    assert!(participants.list().collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn events_are_read_back() {
    let ctx = bot();
    let client = ctx.client();
    let sent = client.events().greeted(&greeting()).send().await.unwrap();
    let read = client.event_history().get(&sent.id).await.unwrap().unwrap();
    assert_eq!(read.decode::<GreetedEvent>().unwrap(), greeting());
}

#[tokio::test]
async fn events_are_listed_by_their_name() {
    let ctx = bot();
    let client = ctx.client();
    let events = client.events();
    let first = events.greeted(&greeting()).send().await.unwrap().id;
    let second = events.greeted(&greeting()).send().await.unwrap().id;
    let nothing = AnyObject(serde_json::Map::new());
    let other = events.ev(&nothing).send().await.unwrap().id;
    let history = client.event_history();
    for (list, expected) in [
        (history.list(), vec![&first, &second, &other]),
        (
            history.list().named(sample::Events::GREETED),
            vec![&first, &second],
        ),
        (history.list().named(sample::Events::EV), vec![&other]),
    ] {
        let listed = list.collect().await.unwrap();
        let listed: BTreeSet<_> = listed.iter().map(|event| event.id.as_str()).collect();
        let expected: BTreeSet<_> = expected.into_iter().map(EventId::as_str).collect();
        assert_eq!(listed, expected);
    }
}

fn greeting() -> GreetedEvent {
    GreetedEvent {
        name: "x".to_owned(),
        times: 7,
    }
}

#[tokio::test]
async fn a_file_has_its_content_and_is_replaced_by_its_key() {
    let ctx = bot();
    let files = ctx.client().files();
    for content in ["one", "two"] {
        let file = files
            .upload("a/b", FileContent::from(content))
            .tag("k", "v");
        let file = file.send().await.unwrap();
        assert_eq!(file.id, "file-1");
        assert_eq!(
            kept(&ctx).content("file-1").as_deref(),
            Some(content.as_bytes())
        );
    }
    files.upsert("c", 3).send().await.unwrap();
    assert_eq!(kept(&ctx).content("file-2"), None);
    let listed = files.list().tag("k", "other").tag("k", "v").collect().await;
    assert_eq!(listed.unwrap()[0].key, "a/b");
    assert_eq!(files.list().collect().await.unwrap().len(), 2);
}

#[tokio::test]
async fn states_belong_to_their_owners() {
    let ctx = bot();
    let states = ctx.client().states();
    let value = sample::LastWebhookState {
        bot_id: "b".to_owned(),
        timestamp: "now".to_owned(),
    };
    let (ada, bob) = (UserId::new("ada"), UserId::new("bob"));
    states.profile(&ada).set(&value).await.unwrap();
    assert_eq!(
        states.profile(&ada).get().await.unwrap().as_ref(),
        Some(&value)
    );
    assert_eq!(states.profile(&bob).get().await.unwrap(), None);
    assert_eq!(kept(&ctx).state("lastWebhook"), None);
    states.last_webhook().set(&value).await.unwrap();
    let stored = json!({ "botId": "b", "timestamp": "now" });
    assert_eq!(kept(&ctx).state("lastWebhook"), Some(stored));
}

#[tokio::test]
async fn stored_values_of_any_shape_are_found() {
    let ctx = bot();
    let id = kept(&ctx).add(
        Collection::Users,
        json!({ "id": "u", "tags": { "id": "1" } }),
    );
    assert_eq!(id, "u");
    let read = ctx.client().users().get(UserId::new("u")).await.unwrap();
    assert_eq!(read.unwrap().tags, user("1", None));
    kept(&ctx).set_state("lastWebhook", json!({ "of an older version": true }));
    let stale = ctx.client().states().last_webhook().get().await;
    assert!(matches!(stale, Err(ClientError::Stale { .. })), "{stale:?}");
    let shown = format!("{:?}", kept(&ctx));
    assert!(!shown.contains("older"), "{shown}");
}

#[tokio::test]
async fn an_api_that_is_down_keeps_its_state() {
    let ctx = bot();
    let users = ctx.client().users();
    let id = users.create(&user("1", None)).send().await.unwrap().id;
    ctx.transport().go_down(ApiErrorKind::Forbidden, "no");
    let refused = users.get(&id).await.unwrap_err();
    assert_eq!(refused.status(), Some(403));
    ctx.answer(
        StatusCode::OK,
        &json!({ "user": { "id": "of the script" } }),
    );
    let scripted = users.get(&id).await.unwrap().unwrap();
    assert_eq!(scripted.id, "of the script");
    ctx.transport().come_back();
    assert_eq!(users.get(&id).await.unwrap().unwrap().id, id);
}

#[tokio::test]
async fn requests_to_other_hosts_reach_their_fakes() {
    let ctx = bot();
    let others = RecordingTransport::new();
    ctx.transport().pass_on(Arc::new(others.clone()));
    let request = http::Request::post("http://provider.test/token");
    let request = request.body(Bytes::new()).unwrap().map(Into::into);
    ctx.transport().send(request).await.unwrap();
    ctx.client()
        .users()
        .create(&user("1", None))
        .send()
        .await
        .unwrap();
    let files = ctx.client().files();
    files
        .upload("k", FileContent::from("x"))
        .send()
        .await
        .unwrap();
    assert_eq!(others.requests().len(), 1);
    let own: Vec<_> = ctx.requests().into_iter().map(|one| one.path).collect();
    assert_eq!(own, ["/v1/chat/users", "/v1/files", "/uploads/file-1"]);
}

#[tokio::test]
async fn the_client_of_a_harness_records_no_requests() {
    let author = Author::default();
    let harness = Harness::new(sample::service(author), configuration()).secrets(secrets());
    harness.api().go_down(ApiErrorKind::Forbidden, "no");
    let client = harness.client();
    let ada = client.users().create(&user("1", None)).send().await;
    let ada = ada.unwrap().id;
    let created = client
        .conversations()
        .create::<ChannelChannel>(&conversation("7"));
    let id = created.send().await.unwrap().id;
    assert!(harness.requests().is_empty());
    harness.api().come_back();

    let sent = harness.message(&text("ack")).user_id(&ada);
    let sent = sent.conversation_id(&id);
    sent.message_id(contexture::client::MessageId::new("m"))
        .send()
        .await
        .unwrap();
    let [asked] = harness.requests().try_into().expect("one request");
    assert_eq!(asked.path, "/v1/chat/messages/m");
    let [sent] = harness
        .botpress()
        .all(Collection::Messages)
        .try_into()
        .expect("one message");
    assert_eq!(sent["tags"], json!({ "id": "x" }));
    assert_eq!(
        (&sent["conversationId"], &sent["userId"]),
        (&json!(id.as_str()), &json!(ada.as_str()))
    );
    // An existing user keeps its tags.
    let users = harness.botpress().all(Collection::Users);
    assert_eq!(users[0]["tags"], json!({ "id": "1" }));
}
