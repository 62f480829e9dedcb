//! Recorded requests of the official client, compared with the same calls of this client.

use std::fs;
use std::time::Duration;

use contexture::client::{AccessPolicy, Client, ConversationId, MessageId, UserId};
use contexture::testing::{ContextBuilder, RecordedRequest};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::folder;
use crate::sample::channels::{
    ChannelChannel, ChannelConversationTags, ChannelMessageTags, ChannelTextMessage,
};
use crate::sample::{AnyObject, Definition, UserTags};
use crate::support::configuration;

/// A request of the official client.
#[derive(Debug)]
struct Golden {
    line: String,
    headers: Map<String, Value>,
    body: String,
}

/// Headers that are not compared: the name of the client, and the length that HTTP adds.
const OWN: [&str; 2] = ["user-agent", "content-length"];

fn read(text: &str) -> Vec<Golden> {
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with("ERR "))
        .collect();
    let requests = lines.chunks(3).map(|request| {
        let [line, headers, body] = request else {
            panic!("half a request: {request:?}")
        };
        let headers = headers.trim().strip_prefix("headers ").unwrap();
        Golden {
            line: (*line).to_owned(),
            headers: serde_json::from_str(headers).unwrap(),
            body: body
                .trim_start()
                .strip_prefix("body")
                .unwrap()
                .trim_start()
                .to_owned(),
        }
    });
    requests.collect()
}

/// Makes the calls of the official client with this client; `integration` owns the states.
async fn ask(integration: &str, ask: impl AsyncFnOnce(Client<Definition>)) -> Vec<RecordedRequest> {
    let ctx = ContextBuilder::new(configuration())
        .bot_id("bot1")
        .integration_id(integration)
        .integration_alias("my/alias")
        .traceparent("00-abc-def-01")
        .build();
    ctx.transport().answer_to(
        "PUT /v1/files",
        StatusCode::OK,
        &json!({ "file": {
            "id": "f", "contentType": "text/plain", "uploadUrl": "https://upload.test/upload?sig=1",
        } }),
    );
    let empty = json!({ "conversations": [], "users": [], "meta": {} });
    ctx.transport()
        .answer_to("GET /v1/chat/conversations", StatusCode::OK, &empty);
    ctx.transport()
        .answer_to("GET /v1/chat/users", StatusCode::OK, &empty);
    ask(ctx.client()).await;
    ctx.requests()
}

fn object(value: &Value) -> AnyObject {
    AnyObject(value.as_object().unwrap().clone())
}

async fn ask_all() -> Vec<RecordedRequest> {
    let first = ask("int 1/x", async |client| {
        let nothing = client.states().oauth().get().await.unwrap();
        assert_eq!(nothing, None);
    });
    let entities = ask("int1", async |client| {
        find_users_and_conversations(&client).await;
        tell_the_bot(&client).await;
        upload(&client).await;
    });
    let last = ask("missing", async |client| {
        let state = client.states().n();
        assert!(state.get().await.unwrap().is_none());
        assert!(state.get().await.unwrap().is_none());
    });
    let asked = [
        first.await,
        ask("i", keep_a_state).await,
        entities.await,
        last.await,
    ];
    asked.concat()
}

async fn keep_a_state(client: Client<Definition>) {
    let state = client.states().oauth();
    state.clear().await.unwrap();
    let expiring = state.clone().expiring_after(Duration::from_secs(1));
    expiring
        .set(&object(&json!({ "b": null, "c": 1 })))
        .await
        .unwrap();
    state.patch(&json!({ "a": 1 })).await.unwrap();
    state.get_or_set(&object(&json!({ "a": 1 }))).await.unwrap();
}

async fn find_users_and_conversations(client: &Client<Definition>) {
    let id = Some("1".to_owned());
    let tags = UserTags { id, login: None };
    client.users().get_or_create(&tags).send().await.unwrap();
    let thread = ChannelConversationTags {
        id: Some("a b".to_owned()),
        q: Some("é".to_owned()),
    };
    let list = client
        .conversations()
        .list()
        .channel::<ChannelChannel>()
        .tags(&thread);
    let list = list
        .participant(UserId::new("u1"))
        .participant(UserId::new("u2"));
    list.page(None).await.unwrap();
    client
        .users()
        .list()
        .tags(&tags)
        .page(Some("t=="))
        .await
        .unwrap();
}

async fn tell_the_bot(client: &Client<Definition>) {
    let sent = ChannelMessageTags {
        id: Some("x".to_owned()),
    };
    let message = MessageId::new("m1");
    let change = client
        .messages()
        .update::<ChannelChannel>(&message)
        .tags(&sent);
    change.send().await.unwrap();
    client.messages().delete(message).await.unwrap();
    client.configure().identifier("T123").send().await.unwrap();
    let conversation = ConversationId::new("c");
    let event = object(&json!({ "a": 1 }));
    client
        .events()
        .ev(&event)
        .conversation(&conversation)
        .send()
        .await
        .unwrap();
    let hi = ChannelTextMessage {
        text: "hi".to_owned(),
    };
    client
        .messages()
        .create(conversation, UserId::new("u"), &hi)
        .send()
        .await
        .unwrap();
}

async fn upload(client: &Client<Definition>) {
    let upload = client
        .files()
        .upload("k", "hello")
        .access_policies([AccessPolicy::PublicContent]);
    upload
        .content_type("text/plain")
        .public_at_once()
        .send()
        .await
        .unwrap();
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "the test reports a count")]
async fn every_recorded_request_of_the_official_client_is_ours_too() {
    let Some(folder) = folder("CONTEXTURE_ORACLE") else {
        return;
    };
    let golden = read(&fs::read_to_string(folder.join("golden/client.txt")).unwrap());
    let asked = ask_all().await;
    let mut problems = Vec::new();
    for (golden, asked) in golden.iter().zip(&asked) {
        problems.extend(differences(golden, asked));
    }
    let same = golden.len() - problems.len().min(golden.len());
    eprintln!("{same} of {} recorded requests are equal", golden.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert_eq!(asked.len(), golden.len());
}

/// Returns the first difference between two requests.
fn differences(golden: &Golden, asked: &RecordedRequest) -> Option<String> {
    let line = format!("{} {}", asked.method, asked.path);
    let owner = golden
        .line
        .split('/')
        .nth(5)
        .filter(|_| golden.line.contains("/states/"));
    let headers = golden
        .headers
        .iter()
        .filter(|(name, _)| !OWN.contains(&name.as_str()));
    let header_differs = headers.into_iter().find(|(name, value)| {
        let expected = match name.as_str() {
            // The tests use a fixed token.
            "authorization" => "Bearer test-token",
            // In these requests an integration owns the state.
            "x-integration-id" if owner.is_some() => return false,
            _ => value.as_str().unwrap(),
        };
        asked.header(name) != Some(expected)
    });
    let body = String::from_utf8(asked.bytes.to_vec()).unwrap();
    let same_body = match (serde_json::from_str::<Value>(&golden.body), &asked.body) {
        (Ok(golden), Some(asked)) => golden == *asked,
        _ => golden.body == body,
    };
    let extra = asked
        .headers
        .keys()
        .find(|name| !golden.headers.contains_key(name.as_str()));
    let same = line == golden.line && same_body && header_differs.is_none() && extra.is_none();
    (!same).then(|| format!("{golden:?}\n  is {line} {body} {header_differs:?} {extra:?}"))
}
