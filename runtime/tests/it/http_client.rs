//! Requests of handlers to other services.

use std::time::Duration;

use bytes::Bytes;
use contexture::Secret;
use contexture::client::RetryPolicy;
use contexture::http_client::HttpError;
use contexture::testing::{self, HttpRules, TestContext};
use http::{Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sample::{Configuration, Definition, OauthConfiguration};

const ITEMS: &str = "https://api.acme.test/items";

fn context() -> TestContext<Definition> {
    testing::context(Configuration::Oauth(OauthConfiguration {
        client_id: "app-1".to_owned(),
        client_secret: Secret::from("app-secret"),
    }))
}

/// A context, and the rules of its transport.
fn faked() -> (TestContext<Definition>, HttpRules) {
    let ctx = context();
    let rules = ctx.transport().http().clone();
    (ctx, rules)
}

#[tokio::test]
async fn json_goes_out_and_comes_in() {
    #[derive(Deserialize)]
    struct Item {
        id: u64,
    }

    let (ctx, rules) = faked();
    rules.respond(
        Method::POST,
        ITEMS,
        StatusCode::CREATED,
        &json!({ "id": 7 }),
    );
    let request = ctx
        .http()
        .post(ITEMS)
        .query("page", "a b&c=\u{e9}")
        .bearer(&Secret::from("token-1"))
        .header("x-version", "2")
        .json(&json!({ "name": "n" }));
    let item: Item = request
        .send()
        .await
        .unwrap()
        .success()
        .unwrap()
        .json()
        .unwrap();
    assert_eq!(item.id, 7);
    let sent = &rules.requests()[0];
    assert_eq!(sent.path, "/items?page=a%20b%26c%3D%C3%A9");
    assert_eq!(sent.header("authorization"), Some("Bearer token-1"));
    assert_eq!(sent.header("x-version"), Some("2"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.body, Some(json!({ "name": "n" })));
    // Botpress got no request.
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn the_latest_rule_that_fits_answers_and_others_fail() {
    let (ctx, rules) = faked();
    rules.respond(
        Method::GET,
        "https://api.acme.test/*",
        StatusCode::OK,
        &json!(1),
    );
    rules.respond(
        Method::GET,
        "https://api.acme.test/b",
        StatusCode::OK,
        &json!(2),
    );
    let get = async |path: &str| {
        let url = format!("https://api.acme.test{path}");
        ctx.http()
            .get(url)
            .send()
            .await
            .unwrap()
            .json::<u64>()
            .unwrap()
    };
    assert_eq!((get("/a?x=y").await, get("/b").await), (1, 2));
    let error = ctx.http().delete(ITEMS).send().await.unwrap_err();
    let HttpError::Send { source, .. } = error else {
        panic!("{error}");
    };
    let problem = "no rule of the test fits DELETE https://api.acme.test/items";
    assert_eq!(source.to_string(), problem);
}

#[tokio::test]
async fn a_status_is_an_error_only_on_request() {
    let (ctx, rules) = faked();
    for status in [302, 404, 500] {
        let status = StatusCode::from_u16(status).unwrap();
        rules.answer(Method::GET, ITEMS, move |_| {
            let elsewhere = Response::builder()
                .status(status)
                .header("location", "https://evil.test/");
            elsewhere.body(Bytes::from_static(b"hunter2")).unwrap()
        });
        let response = ctx.http().get(ITEMS).send().await.unwrap();
        assert_eq!(
            (response.status(), response.text().as_str()),
            (status, "hunter2")
        );
        let error = response.success().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("api.acme.test responded with {status}")
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    // No redirect was followed.
    assert_eq!(rules.requests().len(), 3);
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_named_by_its_place_alone() {
    #[derive(Debug, Deserialize)]
    struct Page {
        #[expect(dead_code, reason = "it is only read")]
        items: Vec<u64>,
    }

    let (ctx, rules) = faked();
    for (body, problem) in [
        (
            json!({ "items": [1, "hunter2"] }).to_string(),
            "unexpected value at items[1]",
        ),
        ("{ hunter2".to_owned(), "not JSON (line 1, column 3)"),
    ] {
        rules.answer(Method::GET, ITEMS, move |_| {
            Response::new(Bytes::from(body.clone()))
        });
        let response = ctx.http().get(ITEMS).send().await.unwrap();
        let error = response.json::<Page>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the response of api.acme.test is not readable: {problem}")
        );
    }
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_and_shows_no_secret() {
    let (ctx, rules) = faked();
    rules.respond(Method::GET, "*", StatusCode::OK, &Value::Null);
    let http = ctx.http();
    for (request, problem) in [
        (
            http.get("https://api.acme.test/hunter 2"),
            "the URL is malformed",
        ),
        (http.get("/hunter2"), "the URL has no host"),
        (
            http.get(ITEMS).header("x y", "hunter2"),
            "a header has an invalid name",
        ),
        (
            http.get(ITEMS).header("x-y", "hunter2\n"),
            "the header x-y has an invalid value",
        ),
        (
            http.get(ITEMS).bearer(&Secret::from("hunter2\n")),
            "the credentials have characters that a header cannot have",
        ),
    ] {
        assert!(!format!("{request:?}").contains("hunter2"));
        let error = request.send().await.unwrap_err();
        assert_eq!(error.to_string(), format!("invalid request: {problem}"));
    }
    let plain = http
        .get("http://api.acme.test/hunter2")
        .send()
        .await
        .unwrap_err();
    assert!(plain.to_string().contains("must use https"), "{plain}");
    assert!(!format!("{plain:?}").contains("hunter2"));
    assert!(rules.requests().is_empty());
}

#[tokio::test]
async fn a_response_beyond_the_limit_is_an_error() {
    let (ctx, rules) = faked();
    rules.answer(Method::GET, ITEMS, |_| {
        Response::new(Bytes::from_static(b"12345"))
    });
    let get = |limit| ctx.http().get(ITEMS).response_limit(limit).send();
    assert!(get(5).await.is_ok());
    let error = get(4).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the response of api.acme.test is larger than 4 bytes"
    );
}

#[tokio::test(start_paused = true)]
async fn a_request_is_repeated_only_if_asked_for_and_if_nothing_can_happen_twice() {
    let (ctx, rules) = faked();
    for method in [Method::GET, Method::POST] {
        rules.respond(method, ITEMS, StatusCode::SERVICE_UNAVAILABLE, &Value::Null);
    }
    let policy = RetryPolicy::new().retries(2);
    for (request, sent) in [
        (ctx.http().get(ITEMS), 1),
        (ctx.http().get(ITEMS).retries(policy), 3),
        (ctx.http().post(ITEMS).retries(policy), 1),
    ] {
        let before = rules.requests().len();
        assert_eq!(request.send().await.unwrap().status(), 503);
        assert_eq!(rules.requests().len() - before, sent);
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_respond_times_out() {
    let ctx = context();
    ctx.transport().hang();
    let sent = ctx.http().get(ITEMS).timeout(Duration::from_secs(5)).send();
    let sent = tokio::time::timeout(Duration::from_mins(1), sent)
        .await
        .unwrap();
    assert!(
        sent.unwrap_err()
            .to_string()
            .starts_with("no response from api.acme.test: ")
    );
}
