//! Calls of the Botpress API, by the integration that is named as the owner of its states.

use std::collections::BTreeMap;
use std::time::Duration;

use contexture::client::{AccessPolicy, Client, ConversationId, MessageId, UserId};
use contexture::prelude::*;
use serde_json::{Value, json};

use crate::hosted::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::hosted::{Definition, EvEvent, OauthState, UserTags};

/// The owners, in the order in which their calls are made.
pub const OWNERS: [&str; 4] = ["first", "states", "entities", "missing"];

/// Makes the calls of an owner.
///
/// # Errors
///
/// Returns the error of a call.
pub async fn of(owner: &str, client: Client<Definition>) -> Result {
    match owner {
        "first" => drop(client.states().oauth().get().await?),
        "states" => keep_a_state(&client).await?,
        "entities" => {
            find_users_and_conversations(&client).await?;
            tell_the_bot(&client).await?;
            upload(&client).await?;
        }
        _ => {
            drop(client.states().n().get().await?);
            drop(client.states().n().get().await?);
        }
    }
    Ok(())
}

async fn keep_a_state(client: &Client<Definition>) -> Result {
    let state = client.states().oauth();
    state.clear().await?;
    let expiring = state.clone().expiring_after(Duration::from_secs(1));
    expiring
        .set(&OauthState(object(&json!({ "b": null, "c": 1 }))))
        .await?;
    state.patch(&json!({ "a": 1 })).await?;
    state
        .get_or_set(&OauthState(object(&json!({ "a": 1 }))))
        .await?;
    Ok(())
}

async fn find_users_and_conversations(client: &Client<Definition>) -> Result {
    let id = Some("1".to_owned());
    let tags = UserTags { id, login: None };
    client.users().get_or_create(&tags).send().await?;
    let thread = ChannelConversationTags {
        id: Some("a b".to_owned()),
        q: Some("é".to_owned()),
    };
    let list = client.conversations().list().channel::<ChannelChannel>();
    let list = list
        .tags(&thread)
        .participant(UserId::new("u1"))
        .participant(UserId::new("u2"));
    list.page(None).await?;
    client.users().list().tags(&tags).page(Some("t==")).await?;
    Ok(())
}

async fn tell_the_bot(client: &Client<Definition>) -> Result {
    let sent = ChannelMessageTags {
        id: Some("x".to_owned()),
    };
    let message = MessageId::new("m1");
    let change = client
        .messages()
        .update::<ChannelChannel>(&message)
        .tags(&sent);
    change.send().await?;
    client.messages().delete(message).await?;
    client.configure().identifier("T123").send().await?;
    let conversation = ConversationId::new("c");
    let event = EvEvent(object(&json!({ "a": 1 })));
    let event = client.events().ev(&event).conversation(&conversation);
    event.send().await?;
    let hi = ChannelTextMessage {
        text: "hi".to_owned(),
    };
    client
        .messages()
        .create(conversation, UserId::new("u"), &hi)
        .send()
        .await?;
    Ok(())
}

async fn upload(client: &Client<Definition>) -> Result {
    let upload = client.files().upload("k", "hello");
    let upload = upload
        .access_policies([AccessPolicy::PublicContent])
        .content_type("text/plain");
    upload.public_at_once().send().await?;
    Ok(())
}

fn object(value: &Value) -> BTreeMap<String, Value> {
    value.as_object().cloned().into_iter().flatten().collect()
}
