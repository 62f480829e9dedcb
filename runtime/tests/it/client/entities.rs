//! Events, users, conversations and messages.

use std::time::{Duration, SystemTime};

use contexture::ClientError;
use contexture::client::{
    ConversationId, Direction, EventId, EventStatus, MessageId, SortBy, UserId,
};
use http::StatusCode;
use serde_json::json;

use super::{asked, context};
use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{Events, GreetedEvent, UserTags};

fn ada() -> UserTags {
    UserTags {
        id: Some("1".to_owned()),
        login: Some("ada".to_owned()),
    }
}

fn conversation_tags() -> ChannelConversationTags {
    ChannelConversationTags {
        id: Some("7".to_owned()),
        q: None,
    }
}

fn message_tags() -> ChannelMessageTags {
    ChannelMessageTags {
        id: Some("x".to_owned()),
    }
}

fn hi() -> ChannelTextMessage {
    ChannelTextMessage {
        text: "hi".to_owned(),
    }
}

fn ids() -> (ConversationId, UserId, MessageId) {
    (
        ConversationId::new("c"),
        UserId::new("u"),
        MessageId::new("m"),
    )
}

#[tokio::test]
async fn an_event_names_its_conversation_user_and_message() {
    let ctx = context();
    let (conversation, user, message) = ids();
    let event = GreetedEvent {
        name: "x".to_owned(),
        times: 7,
    };
    let events = ctx.client().events();
    let sent = events.greeted(&event).conversation(conversation).user(user);
    let sent = sent.message(message).send().await.unwrap();
    assert_eq!(sent.event_type, "greeted");
    assert_eq!(sent.decode::<GreetedEvent>().unwrap(), event);
    let later = events.greeted(&event).after(Duration::from_secs(2));
    later.send().await.unwrap();
    let then = events.greeted(&event).at(SystemTime::UNIX_EPOCH);
    then.send().await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/events {"type":"greeted","payload":{"name":"x","times":7},"conversationId":"c","userId":"u","messageId":"m"}"#,
            r#"POST /v1/chat/events {"type":"greeted","payload":{"name":"x","times":7},"schedule":{"delay":2000}}"#,
            r#"POST /v1/chat/events {"type":"greeted","payload":{"name":"x","times":7},"schedule":{"dateTime":"1970-01-01T00:00:00.000Z"}}"#,
        ]
    );
}

#[tokio::test]
async fn sent_events_are_read_back() {
    let ctx = context();
    let history = ctx.client().event_history();
    assert!(history.get(EventId::new("e")).await.unwrap().is_none());
    ctx.answer(
        StatusCode::OK,
        &json!({ "events": [{ "id": "e" }], "meta": {} }),
    );
    let named = history.list().named(Events::GREETED);
    let list = named.user(UserId::new("u")).status(&EventStatus::Failed);
    assert_eq!(list.collect().await.unwrap()[0].id, "e");
    assert_eq!(
        asked(&ctx),
        [
            "GET /v1/chat/events/e",
            "GET /v1/chat/events?type=greeted&userId=u&status=failed"
        ]
    );
}

#[tokio::test]
async fn users_are_found_by_the_tags_that_are_looked_for_and_no_others() {
    let ctx = context();
    let users = ctx.client().users();
    let user = users
        .get_or_create(&ada())
        .name("Ada")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (user.id.as_str(), user.value.tags.clone()),
        ("user-1", ada())
    );
    let by_id = UserTags {
        id: Some("1".to_owned()),
        login: None,
    };
    let by_id = users.get_or_create(&by_id).tags(&ada());
    by_id.send().await.unwrap();
    let nobody = users.get_or_create(&UserTags::default()).tags(&ada());
    let nobody = nobody.send().await.unwrap_err();
    assert!(matches!(nobody, ClientError::Request(_)), "{nobody:?}");
    let created = users.create(&UserTags::default()).picture_url("http://p");
    created.property("k", "v").send().await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/users/get-or-create {"tags":{"id":"1","login":"ada"},"name":"Ada","discriminateByTags":["id","login"]}"#,
            r#"POST /v1/chat/users/get-or-create {"tags":{"id":"1","login":"ada"},"discriminateByTags":["id"]}"#,
            r#"POST /v1/chat/users {"tags":{},"pictureUrl":"http://p","properties":{"k":"v"}}"#,
        ]
    );
}

#[tokio::test]
async fn fields_of_a_user_are_set_and_cleared() {
    let ctx = context();
    let users = ctx.client().users();
    let (_, user, _) = ids();
    users.update(&user).name("Ada").send().await.unwrap();
    let tags = UserTags {
        id: Some("2".to_owned()),
        login: None,
    };
    let changed = users
        .update(&user)
        .tags(&tags)
        .clear_tags([UserTags::LOGIN]);
    let changed = changed.clear_name().clear_picture_url().clear_property("k");
    assert_eq!(changed.send().await.unwrap().tags, tags);
    users.delete(user).await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"PUT /v1/chat/users/u {"name":"Ada"}"#,
            r#"PUT /v1/chat/users/u {"tags":{"id":"2","login":null},"name":null,"pictureUrl":null,"properties":{"k":null}}"#,
            "DELETE /v1/chat/users/u {}",
        ]
    );
}

#[tokio::test]
async fn conversations_know_their_channel() {
    let ctx = context();
    let conversations = ctx.client().conversations();
    let (conversation, ..) = ids();
    let tags = conversation_tags();
    let found = conversations.get_or_create::<ChannelChannel>(&tags);
    assert_eq!(found.send().await.unwrap().channel, "channel");
    let created = conversations.create::<ChannelChannel>(&tags);
    created.send().await.unwrap();
    let changed = conversations.update::<ChannelChannel>(&conversation);
    assert_eq!(changed.tags(&tags).send().await.unwrap().tags, tags);
    let cleared = conversations.update::<ChannelChannel>(&conversation);
    let cleared = cleared.clear_tags([ChannelConversationTags::ID]);
    assert_eq!(cleared.send().await.unwrap().tags.id, None);
    conversations.delete(&conversation).await.unwrap();
    let gone = conversations.get::<ChannelChannel>(&conversation).await;
    assert!(gone.unwrap().is_none());
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/conversations/get-or-create {"channel":"channel","tags":{"id":"7"},"discriminateByTags":["id"]}"#,
            r#"POST /v1/chat/conversations {"channel":"channel","tags":{"id":"7"}}"#,
            r#"PUT /v1/chat/conversations/c {"tags":{"id":"7"}}"#,
            r#"PUT /v1/chat/conversations/c {"tags":{"id":null}}"#,
            "DELETE /v1/chat/conversations/c {}",
            "GET /v1/chat/conversations/c",
        ]
    );
}

#[tokio::test]
async fn a_conversation_of_another_channel_is_not_taken_for_one_of_this() {
    let ctx = context();
    let conversations = ctx.client().conversations();
    let (conversation, ..) = ids();
    let other = json!({ "conversation": { "id": "c", "channel": "other", "tags": { "a": "b" } } });
    ctx.answer(StatusCode::OK, &other);
    let error = conversations.get::<ChannelChannel>(&conversation).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "cannot decode the API's response: the conversation belongs to the channel `other`, expected `channel`"
    );
    ctx.answer(StatusCode::OK, &other);
    let any = conversations.get_any(&conversation).await.unwrap().unwrap();
    assert_eq!(any.tags["a"], "b");
}

#[tokio::test]
async fn participants_belong_to_their_conversation() {
    let ctx = context();
    let (conversation, user, _) = ids();
    let participants = ctx.client().conversations().participants(conversation);
    ctx.answer(StatusCode::OK, &json!({ "participant": { "id": "u" } }));
    assert_eq!(participants.add(&user).await.unwrap().id, user);
    assert!(participants.get(&user).await.unwrap().is_none());
    ctx.answer(
        StatusCode::OK,
        &json!({ "participants": [{ "id": "u" }], "meta": {} }),
    );
    assert_eq!(participants.list().collect().await.unwrap().len(), 1);
    participants.remove(user).await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/conversations/c/participants {"userId":"u"}"#,
            "GET /v1/chat/conversations/c/participants/u",
            "GET /v1/chat/conversations/c/participants",
            "DELETE /v1/chat/conversations/c/participants/u {}",
        ]
    );
}

#[tokio::test]
async fn messages_know_their_channel() {
    let ctx = context();
    let messages = ctx.client().messages();
    let (conversation, user, message) = ids();
    let plain = messages.create(&conversation, &user, &hi());
    let plain = plain.send().await.unwrap();
    assert_eq!(
        (plain.message_type.as_str(), plain.user_id),
        ("text", user.clone())
    );
    let found = messages.get_or_create(conversation, user, &hi(), &message_tags());
    found.synthetic().send().await.unwrap();
    let changed = messages
        .update::<ChannelChannel>(&message)
        .tags(&message_tags());
    assert_eq!(changed.send().await.unwrap().tags, message_tags());
    let changed = messages.update::<ChannelChannel>(&message).payload(&hi());
    let changed = changed.send().await.unwrap();
    assert_eq!(changed.decode::<ChannelTextMessage>().unwrap(), hi());
    messages.delete(message).await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/messages {"payload":{"text":"hi"},"userId":"u","conversationId":"c","type":"text","tags":{}}"#,
            r#"POST /v1/chat/messages/get-or-create {"payload":{"text":"hi"},"userId":"u","conversationId":"c","type":"text","tags":{"id":"x"},"origin":"synthetic","discriminateByTags":["id"]}"#,
            r#"PUT /v1/chat/messages/m {"tags":{"id":"x"}}"#,
            r#"PUT /v1/chat/messages/m {"tags":{},"payload":{"text":"hi"}}"#,
            "DELETE /v1/chat/messages/m {}",
        ]
    );
}

#[tokio::test]
async fn a_message_comes_in_by_one_request() {
    let ctx = context();
    let client = ctx.client();
    ctx.answer(
        StatusCode::OK,
        &json!({
            "conversation": { "id": "c", "channel": "channel", "tags": { "id": "7" } },
            "user": { "id": "u", "name": "Ada" },
            "message": { "id": "m", "tags": { "id": "x" } },
        }),
    );
    let by_id = UserTags {
        id: Some("1".to_owned()),
        login: None,
    };
    let incoming = client.incoming::<ChannelChannel>(&conversation_tags(), &by_id);
    let incoming = incoming.user_tags(&ada()).user_name("Ada");
    let incoming = incoming.user_property("k", "v").user_attribute("a", "b");
    let came = incoming
        .message(&hi(), &message_tags())
        .send()
        .await
        .unwrap();
    assert_eq!(came.conversation.tags, conversation_tags());
    assert_eq!(came.user.name.as_deref(), Some("Ada"));
    assert_eq!(came.message.unwrap().tags, message_tags());

    let both = json!({ "conversation": { "id": "c" }, "user": { "id": "u" } });
    ctx.answer(StatusCode::OK, &both);
    let (conversation, user, _) = ids();
    let known = client.incoming::<ChannelChannel>(&conversation_tags(), &UserTags::default());
    let known = known.in_conversation(conversation).from_user(user);
    assert!(known.send().await.unwrap().message.is_none());
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/initialize-incoming-message {"user":{"name":"Ada","properties":{"k":"v"},"attributes":{"a":"b"},"tags":{"id":"1","login":"ada"},"discriminateByTags":["id"]},"conversation":{"channel":"channel","tags":{"id":"7"},"discriminateByTags":["id"]},"message":{"payload":{"text":"hi"},"type":"text","tags":{"id":"x"},"discriminateByTags":["id"]}}"#,
            r#"POST /v1/chat/initialize-incoming-message {"userId":"u","conversationId":"c"}"#,
        ]
    );
}

#[tokio::test]
async fn an_older_api_does_not_say_whether_it_created() {
    let ctx = context();
    let users = ctx.client().users();
    for (meta, created) in [
        (json!({ "created": false }), Some(false)),
        (json!(null), None),
    ] {
        ctx.answer(
            StatusCode::OK,
            &json!({ "user": { "id": "u" }, "meta": meta }),
        );
        let user = users.get_or_create(&ada()).send().await.unwrap();
        assert_eq!((user.id.as_str(), user.created), ("u", created));
    }
}

#[tokio::test]
async fn an_incoming_message_needs_a_tag_for_the_user_lookup() {
    let ctx = context();
    let client = ctx.client();
    let nobody = client.incoming::<ChannelChannel>(&conversation_tags(), &UserTags::default());
    assert_eq!(
        nobody.send().await.unwrap_err().to_string(),
        "cannot build the request: at least one tag must be set for the lookup of the user"
    );
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn lists_take_typed_filters() {
    let ctx = context();
    let client = ctx.client();
    let (conversation, user, _) = ids();
    for field in ["users", "conversations", "messages"] {
        ctx.answer(StatusCode::OK, &json!({ field: [], "meta": {} }));
    }
    let users = client
        .users()
        .list()
        .tags(&ada())
        .conversation(&conversation);
    let users = users.since(SortBy::UpdatedAt, SystemTime::UNIX_EPOCH);
    users.page(Some("t==")).await.unwrap();
    let conversations = client.conversations().list().channel::<ChannelChannel>();
    let conversations = conversations
        .participant(&user)
        .participant(UserId::new("v"));
    let conversations = conversations.tags(&conversation_tags());
    let conversations = conversations.sort(SortBy::CreatedAt, Direction::Descending);
    conversations.page_size(5).page(None).await.unwrap();
    let messages = client.messages().list().channel::<ChannelChannel>();
    let messages = messages.conversation(conversation).tags(&message_tags());
    messages.page(None).await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            "GET /v1/chat/users?nextToken=t%3D%3D&conversationId=c&tags.id=1&tags.login=ada&afterDate=1970-01-01T00%3A00%3A00.000Z&rangeField=updatedAt",
            "GET /v1/chat/conversations?pageSize=5&sortField=createdAt&sortDirection=desc&tags.id=7&participantIds=u&participantIds=v&channel=channel",
            "GET /v1/chat/messages?conversationId=c&tags.id=x",
        ]
    );
}
