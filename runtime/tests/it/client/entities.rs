//! Events, users, conversations and messages.

use super::{asked, context};
use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{GreetedEvent, UserTags};

#[tokio::test]
async fn an_event_names_what_it_belongs_to() {
    let ctx = context();
    let event = GreetedEvent {
        name: "x".to_owned(),
        times: 7,
    };
    let prepared = ctx.client().events().greeted(&event);
    let sent = prepared.conversation("c").user("u").message("m");
    assert_eq!(sent.send().await.unwrap().event_type, "greeted");
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/events {"type":"greeted","payload":{"name":"x","times":7},"conversationId":"c","userId":"u","messageId":"m"}"#
        ]
    );
}

#[tokio::test]
async fn users_are_found_by_all_given_tags_or_by_the_chosen_ones() {
    let ctx = context();
    let users = ctx.client().users();
    let tags = UserTags {
        id: Some("1".to_owned()),
        login: Some("ada".to_owned()),
    };
    let user = users.get_or_create(&tags).name("Ada").send().await.unwrap();
    assert_eq!((user.id.as_str(), user.tags), ("user-1", tags.clone()));
    let by_id = users.get_or_create(&tags).discriminate_by(["id"]);
    by_id.send().await.unwrap();
    users
        .create(&UserTags::default())
        .picture_url("http://p")
        .send()
        .await
        .unwrap();
    users.update("u").name("Ada").send().await.unwrap();
    users.delete("u").await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/users/get-or-create {"tags":{"id":"1","login":"ada"},"name":"Ada","discriminateByTags":["id","login"]}"#,
            r#"POST /v1/chat/users/get-or-create {"tags":{"id":"1","login":"ada"},"discriminateByTags":["id"]}"#,
            r#"POST /v1/chat/users {"tags":{},"pictureUrl":"http://p"}"#,
            r#"PUT /v1/chat/users/u {"name":"Ada"}"#,
            "DELETE /v1/chat/users/u {}",
        ]
    );
}

#[tokio::test]
async fn conversations_know_their_channel() {
    let ctx = context();
    let conversations = ctx.client().conversations();
    let tags = ChannelConversationTags {
        id: Some("7".to_owned()),
    };
    let found = conversations.get_or_create::<ChannelChannel>(&tags);
    assert_eq!(found.send().await.unwrap().channel, "channel");
    let created = conversations.create::<ChannelChannel>(&tags);
    created.send().await.unwrap();
    let changed = conversations.update::<ChannelChannel>("c", &tags).await;
    assert_eq!(changed.unwrap().tags, tags);
    conversations.delete("c").await.unwrap();
    let gone = conversations.get::<ChannelChannel>("c").await;
    assert!(gone.unwrap_err().is_not_found());
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/conversations/get-or-create {"channel":"channel","tags":{"id":"7"},"discriminateByTags":["id"]}"#,
            r#"POST /v1/chat/conversations {"channel":"channel","tags":{"id":"7"}}"#,
            r#"PUT /v1/chat/conversations/c {"tags":{"id":"7"}}"#,
            "DELETE /v1/chat/conversations/c {}",
            "GET /v1/chat/conversations/c",
        ]
    );
}

#[tokio::test]
async fn a_message_needs_a_conversation_and_a_user() {
    let ctx = context();
    let messages = ctx.client().messages();
    let hi = ChannelTextMessage {
        text: "hi".to_owned(),
    };
    let tags = ChannelMessageTags {
        id: Some("x".to_owned()),
    };
    let error = messages
        .create(&hi)
        .conversation("c")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request cannot be made: a message needs a user: name it with `user(id)`"
    );
    let plain = messages.create(&hi).conversation("c").user("u");
    assert_eq!(plain.send().await.unwrap().message_type, "text");
    let found = messages.get_or_create(&hi).conversation("c").user("u");
    found.tags(&tags).send().await.unwrap();
    let acknowledged = messages.update::<ChannelChannel>("m1", &tags).await;
    assert_eq!(acknowledged.unwrap().tags, tags);
    messages.delete("m1").await.unwrap();
    assert_eq!(
        asked(&ctx),
        [
            r#"POST /v1/chat/messages {"payload":{"text":"hi"},"userId":"u","conversationId":"c","type":"text","tags":{}}"#,
            r#"POST /v1/chat/messages/get-or-create {"payload":{"text":"hi"},"userId":"u","conversationId":"c","type":"text","tags":{"id":"x"},"discriminateByTags":["id"]}"#,
            r#"PUT /v1/chat/messages/m1 {"tags":{"id":"x"}}"#,
            "DELETE /v1/chat/messages/m1 {}",
        ]
    );
}
