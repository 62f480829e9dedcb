//! What a bundle gets from outside: requests to other services, timers, the log.

use std::sync::atomic::Ordering;

use contexture::WebhookRequest;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bundle::{Bundle, json_of};
use crate::service::Services;

fn to(method: &str, url: &str) -> WebhookRequest {
    WebhookRequest::new(method, "/http").with_header("to", url)
}

async fn sent(bundle: &Bundle, request: WebhookRequest) -> Value {
    json_of(&bundle.webhook(&request).await)
}

#[tokio::test]
async fn a_request_to_another_service_has_its_body_and_its_response() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    let at = |path: &str| format!("{}{path}", services.address);
    let posted = sent(&bundle, to("POST", &at("/answer")).with_body("héllo ✓")).await;
    let text = "POST héllo ✓";
    let expected = json!({ "status": 200, "header": "yes", "length": text.len(), "text": text });
    assert_eq!(posted, expected);
    assert_eq!(
        sent(&bundle, to("GET", &at("/answer"))).await["text"],
        "GET "
    );
    let compressed = sent(&bundle, to("GET", &at("/gzip"))).await;
    assert_eq!(compressed["text"], "hello");
    let redirected = sent(&bundle, to("GET", &at("/redirect"))).await;
    assert_eq!(redirected["status"], 302);
}

#[tokio::test]
async fn a_request_is_retried_as_its_policy_says() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    let request = to("GET", &format!("{}/unavailable", services.address));
    assert_eq!(sent(&bundle, request.clone()).await["status"], 503);
    assert_eq!(services.state.attempts.swap(0, Ordering::SeqCst), 1);
    let retried = sent(&bundle, request.with_header("retries", "yes")).await;
    assert_eq!(retried["status"], 200);
    assert_eq!(services.state.attempts.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_request_that_times_out_is_aborted() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    let request = to("GET", &format!("{}/held", services.address)).with_header("timeout", "50");
    let late = sent(&bundle, request).await;
    assert!(
        late["error"].as_str().unwrap().contains("timeout"),
        "{late}"
    );
    services.state.gone.notified().await;
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_is_an_error() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let Some(bundle) = Bundle::start(&address).await else {
        return;
    };
    let refused = sent(&bundle, to("POST", &address)).await;
    assert!(
        refused["error"].as_str().unwrap().contains("ECONNREFUSED"),
        "{refused}"
    );
}

#[tokio::test]
async fn lines_of_the_logger_and_events_are_lines_of_the_log() {
    let Some(bundle) = Bundle::start("http://127.0.0.1:9").await else {
        return;
    };
    bundle.webhook(&WebhookRequest::new("POST", "/log")).await;
    let line = bundle.logs("a line of the logger").await;
    assert_eq!(line["botId"], "bot1");
    assert_eq!(line["visible_to_bot_owner"], true);
    let event = bundle.warns("an event").await;
    assert_eq!(
        (&event["msg"], &event["botId"]),
        (&json!("an event count=2"), &json!("bot1"))
    );
    let access = bundle.logs("webhook_received").await;
    assert_eq!(access["status"], 200);
}

#[tokio::test]
async fn a_response_waits_for_the_work_after_it() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    let request = WebhookRequest::new("POST", "/later");
    let request = request.with_body(format!("{}/held", services.address));
    let answering = bundle.webhook(&request);
    let releasing = async {
        services.state.came.notified().await;
        services.state.released.add_permits(1);
    };
    let (answer, ()) = tokio::join!(answering, releasing);
    assert_eq!(answer.status(), 200);
    assert_eq!(services.state.released.available_permits(), 0);
}
