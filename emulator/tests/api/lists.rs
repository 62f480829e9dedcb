//! Lists: their order, their filters, their pages.

use serde_json::{Value, json};

use crate::bench::Bench;

fn ids(list: &Value) -> Vec<&str> {
    let items = list.as_array().unwrap().iter();
    items
        .map(|item| item["tags"]["id"].as_str().unwrap())
        .collect()
}

#[test]
fn the_latest_is_first_also_within_a_millisecond() {
    let bench = Bench::new();
    for id in ["1", "2", "3"] {
        bench.user(id);
    }
    let users = bench.get("/v1/chat/users").field("users");
    assert_eq!(ids(&users), ["3", "2", "1"]);
    let users = bench.get("/v1/chat/users?sortDirection=asc").field("users");
    assert_eq!(ids(&users), ["1", "2", "3"]);
}

#[test]
fn pages_follow_each_other_while_items_are_added() {
    let bench = Bench::new();
    for number in 0..45 {
        bench.user(&number.to_string());
    }
    let mut seen = Vec::new();
    let mut token = String::new();
    loop {
        let page = bench.get(&format!("/v1/chat/users?{token}"));
        let users = page.field("users");
        seen.extend(ids(&users).into_iter().map(str::to_owned));
        // What is added meanwhile is newer than what is listed.
        bench.user("new");
        match page.field("meta")["nextToken"].as_str() {
            Some(next) => token = format!("nextToken={next}"),
            None => break,
        }
    }
    let expected: Vec<_> = (0..45).rev().map(|number| number.to_string()).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_page_has_twenty_items_unless_the_request_says_otherwise() {
    let bench = Bench::new();
    for number in 0..21 {
        bench.user(&number.to_string());
    }
    let length = |query: &str| {
        let users = bench.get(&format!("/v1/chat/users?{query}")).field("users");
        users.as_array().unwrap().len()
    };
    assert_eq!(
        (length(""), length("pageSize=3"), length("pageSize=21")),
        (20, 3, 21)
    );
    let meta = bench.get("/v1/chat/users?pageSize=21").field("meta");
    assert_eq!(meta, json!({}), "there is no further page");
    for wrong in ["pageSize=0", "pageSize=101", "nextToken=made-up"] {
        let refused = bench.get(&format!("/v1/chat/users?{wrong}"));
        assert_eq!(refused.kind(), "InvalidQuery", "{wrong}");
    }
}

#[test]
fn tags_filter_lists() {
    let bench = Bench::new();
    for (id, login) in [("1", "ada"), ("2", "ada"), ("3", "bob")] {
        let body = json!({ "tags": { "id": id, "login": login } });
        bench.post("/v1/chat/users", &body).created("user");
    }
    let list = |query: &str| {
        let users = bench.get(&format!("/v1/chat/users?{query}")).field("users");
        ids(&users).join(" ")
    };
    assert_eq!(list("tags.login=ada"), "2 1");
    assert_eq!(list("tags[login]=ada&tags.id=1"), "1");
    assert_eq!(list("tags.login=nobody"), "");
}

#[test]
fn dates_filter_lists_inclusively() {
    let bench = Bench::new();
    for id in ["1", "2", "3"] {
        bench.user(id);
        bench.clock.advance(1000);
    }
    let list = |query: &str| {
        let users = bench.get(&format!("/v1/chat/users?{query}")).field("users");
        ids(&users).join(" ")
    };
    assert_eq!(list("afterDate=2023-11-14T22:13:21.000Z"), "3 2");
    assert_eq!(list("beforeDate=2023-11-14T22:13:21.000Z"), "2 1");
    let user = bench.get("/v1/chat/users?tags.id=1").field("users");
    let path = format!("/v1/chat/users/{}", user[0]["id"].as_str().unwrap());
    bench.put(&path, &json!({ "name": "Ada" })).field("user");
    assert_eq!(
        list("afterDate=2023-11-14T22:13:23.000Z&rangeField=updatedAt"),
        "1"
    );
    assert_eq!(list("sortField=updatedAt"), "1 3 2");
}

#[test]
fn conversations_are_filtered_by_participants_channel_and_messages() {
    let bench = Bench::new();
    let (ada, bob) = (bench.user("ada"), bench.user("bob"));
    let (one, both) = (bench.conversation("one"), bench.conversation("both"));
    for (conversation, user) in [(&one, &ada), (&both, &ada), (&both, &bob)] {
        bench.message(conversation, user, "hi");
    }
    let list = |query: &str| {
        let path = format!("/v1/chat/conversations?{query}");
        ids(&bench.get(&path).field("conversations")).join(" ")
    };
    let [ada, bob] =
        [&ada, &bob].map(|user| format!("participantIds={}", user["id"].as_str().unwrap()));
    assert_eq!(list(&ada), "both one");
    assert_eq!(list(&format!("{ada}&{bob}")), "both");
    assert_eq!(list("minMessageCount=2"), "both");
    assert_eq!(list("maxMessageCount=1"), "one");
    assert_eq!(list("channel=chat"), "both one");
    assert_eq!(list("channel=mail"), "");
    assert_eq!(list("integrationName=acme"), "both one");
    assert_eq!(list("integrationName=other"), "");
}

#[test]
fn messages_and_users_of_a_conversation_are_listed() {
    let bench = Bench::new();
    let (ada, bob) = (bench.user("ada"), bench.user("bob"));
    let (one, other) = (bench.conversation("one"), bench.conversation("other"));
    let first = bench.message(&one, &ada, "first");
    let second = bench.message(&one, &ada, "second");
    bench.message(&other, &bob, "elsewhere");
    let id = one["id"].as_str().unwrap();
    let messages = bench.get(&format!("/v1/chat/messages?conversationId={id}"));
    assert_eq!(messages.field("messages"), json!([second, first]));
    let users = bench.get(&format!("/v1/chat/users?conversationId={id}"));
    assert_eq!(users.field("users"), json!([ada]));
}
