//! Requests that are refused.

use bytes::Bytes;
use http::{Request, StatusCode};

use crate::bench::{Bench, text};

#[tokio::test]
async fn other_hosts_and_other_sites_are_refused_with_a_plain_text() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let ping = format!("/inspector/instances/{}/ping", instance.webhook_id);
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/inspector"),
        ("GET", "/inspector/events"),
        ("POST", ping.as_str()),
    ] {
        for (name, value) in [
            ("host", "evil.test"),
            ("origin", "http://evil.test"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header(name, value);
            let answer = bench.send(request.body(Bytes::new()).unwrap()).await;
            assert_eq!(
                answer.status(),
                StatusCode::FORBIDDEN,
                "{method} {path} {name}: {value}"
            );
            assert_eq!(
                answer.headers()["content-type"],
                "text/plain; charset=utf-8"
            );
        }
    }
    assert_eq!(bench.count(), 1, "only the installation was a call");
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let path = format!("/inspector/instances/{}/remove", instance.webhook_id);
    for body in ["", "token=", "token=guessed"] {
        let request = Request::post(&path).body(Bytes::from(body));
        let answer = bench.send(request.unwrap()).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert!(text(&answer).contains("open the page again"));
    }
    assert_eq!(bench.platform.instances().unwrap().len(), 1);
}

#[tokio::test]
async fn what_does_not_exist_is_told() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let base = format!("/inspector/instances/{}", instance.webhook_id);
    for path in [
        "/inspector/nowhere".to_owned(),
        "/inspector/calls/exch_1".to_owned(),
        "/inspector/instances/webhook_1".to_owned(),
        format!("{base}/actions/nothing"),
        format!("{base}/data/nothing"),
        format!("{base}/chat/conv_1"),
        format!("{base}/files/file_1"),
    ] {
        let answer = bench.get(&path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(text(&answer).contains("Not found"), "{path}");
    }
}
