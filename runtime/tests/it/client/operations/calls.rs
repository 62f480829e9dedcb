//! A call of every operation, with all parameters.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use contexture::ClientError;
use contexture::client::{
    AccessPolicy, Client, ConversationId, Direction, EventId, EventStatus, FileId, MessageId,
    RegisterSchedule, SortBy, SortFilesBy, UserId,
};
use http::Method;
use serde_json::{Map, json};

use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{Definition, Events, GreetedEvent, UserTags};

use super::super::last_webhook;

type Called = Pin<Box<dyn Future<Output = Result<(), ClientError>>>>;
type Call = fn(Client<Definition>) -> Called;

/// Calls the API, decodes the response and drops it.
macro_rules! call {
    ($client:ident => $called:expr) => {
        |$client| Box::pin(async move { $called.await.map(drop) })
    };
}

fn user() -> UserId {
    UserId::new("user_00000000000000000000000000")
}

fn conversation() -> ConversationId {
    ConversationId::new("conv_00000000000000000000000000")
}

fn message() -> MessageId {
    MessageId::new("msg_000000000000000000000000000")
}

fn event() -> EventId {
    EventId::new("evt_000000000000000000000000000")
}

fn file() -> FileId {
    FileId::new("file_00000000000000000000000000")
}

fn by_id() -> UserTags {
    UserTags {
        id: Some("1".to_owned()),
        login: None,
    }
}

fn login() -> UserTags {
    UserTags {
        id: None,
        login: Some("ada".to_owned()),
    }
}

fn thread() -> ChannelConversationTags {
    ChannelConversationTags {
        id: Some("a b".to_owned()),
        q: Some("é".to_owned()),
    }
}

fn sent() -> ChannelMessageTags {
    ChannelMessageTags {
        id: Some("x".to_owned()),
    }
}

fn hi() -> ChannelTextMessage {
    ChannelTextMessage {
        text: "hi".to_owned(),
    }
}

fn greeted() -> GreetedEvent {
    GreetedEvent {
        name: "x".to_owned(),
        times: 1,
    }
}

fn metadata() -> Map<String, serde_json::Value> {
    Map::from_iter([("a".to_owned(), json!("b"))])
}

const NOW: SystemTime = SystemTime::UNIX_EPOCH;

pub(super) const CALLS: &[(&str, Call)] = &[
    (
        "createConversation",
        call!(client => client.conversations().create::<ChannelChannel>(&thread()).property("k", "v").send()),
    ),
    (
        "getConversation",
        call!(client => client.conversations().get_any(conversation())),
    ),
    (
        "listConversations",
        call!(client => client.conversations().list().channel::<ChannelChannel>().tags(&thread()).participant(user()).participant(user()).integration("sample").created_since(NOW).created_until(NOW).sort(SortBy::UpdatedAt, Direction::Ascending).page_size(10).page(Some("t=="))),
    ),
    (
        "getOrCreateConversation",
        call!(client => client.conversations().get_or_create::<ChannelChannel>(&thread()).tags(&thread()).property("k", "v").send()),
    ),
    (
        "updateConversation",
        call!(client => client.conversations().update::<ChannelChannel>(conversation()).tags(&thread()).clear_tags([ChannelConversationTags::ID]).clear_property("k").send()),
    ),
    (
        "deleteConversation",
        call!(client => client.conversations().delete(conversation())),
    ),
    (
        "listParticipants",
        call!(client => client.conversations().participants(conversation()).list().page_size(10).page(Some("t"))),
    ),
    (
        "addParticipant",
        call!(client => client.conversations().participants(conversation()).add(user())),
    ),
    (
        "getParticipant",
        call!(client => client.conversations().participants(conversation()).get(user())),
    ),
    (
        "removeParticipant",
        call!(client => client.conversations().participants(conversation()).remove(user())),
    ),
    (
        "createEvent",
        call!(client => client.events().greeted(&greeted()).after(Duration::from_secs(1)).conversation(conversation()).user(user()).message(message()).send()),
    ),
    (
        "getEvent",
        call!(client => client.event_history().get(event())),
    ),
    (
        "listEvents",
        call!(client => client.event_history().list().named(Events::GREETED).conversation(conversation()).user(user()).message(message()).status(&EventStatus::Processed).page_size(10).page(Some("t"))),
    ),
    (
        "createMessage",
        call!(client => client.messages().create(conversation(), user(), &hi()).tags(&sent()).at(NOW).synthetic().send()),
    ),
    (
        "getOrCreateMessage",
        call!(client => client.messages().get_or_create(conversation(), user(), &hi(), &sent()).after(Duration::from_secs(1)).synthetic().send()),
    ),
    (
        "getMessage",
        call!(client => client.messages().get::<ChannelChannel>(message())),
    ),
    (
        "updateMessage",
        call!(client => client.messages().update::<ChannelChannel>(message()).tags(&sent()).clear_tags([ChannelMessageTags::ID]).payload(&hi()).send()),
    ),
    (
        "listMessages",
        call!(client => client.messages().list().channel::<ChannelChannel>().conversation(conversation()).tags(&sent()).created_since(NOW).created_until(NOW).page_size(10).page(Some("t"))),
    ),
    (
        "deleteMessage",
        call!(client => client.messages().delete(message())),
    ),
    (
        "initializeIncomingMessage",
        call!(client => client.incoming::<ChannelChannel>(&thread(), &by_id()).user_tags(&login()).user_name("Ada").user_picture_url("http://p").user_property("k", "v").user_attribute("k", "v").message(&hi(), &sent()).synthetic().send()),
    ),
    (
        "createUser",
        call!(client => client.users().create(&by_id()).name("Ada").picture_url("http://p").property("k", "v").attribute("k", "v").send()),
    ),
    ("getUser", call!(client => client.users().get(user()))),
    (
        "listUsers",
        call!(client => client.users().list().conversation(conversation()).tags(&by_id()).since(SortBy::CreatedAt, NOW).until(SortBy::CreatedAt, NOW).sort(SortBy::CreatedAt, Direction::Descending).page_size(10).page(Some("t"))),
    ),
    (
        "getOrCreateUser",
        call!(client => client.users().get_or_create(&by_id()).tags(&login()).name("Ada").picture_url("http://p").property("k", "v").attribute("k", "v").send()),
    ),
    (
        "updateUser",
        call!(client => client.users().update(user()).tags(&by_id()).clear_tags([UserTags::LOGIN]).name("Ada").clear_picture_url().property("k", "v").clear_attribute("k").send()),
    ),
    ("deleteUser", call!(client => client.users().delete(user()))),
    (
        "getState",
        call!(client => client.states().oauth().get_stored()),
    ),
    (
        "setState",
        call!(client => client.states().draft(conversation()).expiring_after(Duration::from_secs(1)).set(&last_webhook())),
    ),
    (
        "getOrSetState",
        call!(client => client.states().oauth().expiring_after(Duration::from_secs(1)).get_or_set(&crate::sample::AnyObject(metadata()))),
    ),
    (
        "patchState",
        call!(client => client.states().oauth().expiring_after(Duration::from_secs(1)).patch(&json!({ "a": 1 }))),
    ),
    (
        "setStateExpiry",
        call!(client => client.states().profile(user()).set_expiry(Some(Duration::from_secs(1)))),
    ),
    (
        "configureIntegration",
        call!(client => client.configure().identifier("T123").schedule_register(RegisterSchedule::BiWeekly).clear_sandbox_identifiers().send()),
    ),
    (
        "upsertFile",
        call!(client => client.files().upsert("k", 5).tag("a", "b").index().access_policies([AccessPolicy::PublicContent, AccessPolicy::Integrations]).content_type("text/plain").expires_at(NOW).public_at_once().metadata(metadata()).send()),
    ),
    ("deleteFile", call!(client => client.files().delete(file()))),
    (
        "listFiles",
        call!(client => client.files().list().tag("a", "b").id(file()).id(file()).indexed(true).sort(SortFilesBy::Size, Direction::Descending).page_size(10).page(Some("t"))),
    ),
    ("getFile", call!(client => client.files().get(file()))),
    (
        "updateFileMetadata",
        call!(client => client.files().update(file()).metadata(metadata()).tag("a", "b").clear_tag("c").access_policies([AccessPolicy::Integrations]).clear_expiry().send()),
    ),
    ("trackAnalytics", call!(client => client.track("seen", 3))),
    ("callAction", |client| {
        Box::pin(async move {
            let body = json!({ "type": "hello", "input": {} });
            client
                .untyped()
                .request(Method::POST, &["v1", "chat", "actions"], &[], Some(body))
                .await
                .map(drop)
        })
    }),
];
