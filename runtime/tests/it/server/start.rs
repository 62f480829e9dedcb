//! The start of a server, and its failures.

use contexture::webhook::signature;
use contexture::{RequireHeaderError, RequireHeaderLayer, Secret, ServeError, Server};

use super::{send, server, start};
use crate::handlers::Author;
use crate::sample::{self, Definition};

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let running = start(Author::default(), |server| server).await;
    let second = server(Author::default(), &running.log).listen(running.address);
    let error = second.bind().await.unwrap_err();
    let expected = format!(
        "cannot listen on {}: address already in use",
        running.address
    );
    assert!(matches!(error, ServeError::AddressInUse { .. }));
    assert_eq!(error.to_string(), expected);
    running.stop().await;
}

#[tokio::test]
async fn missing_secrets_end_the_start() {
    let service = sample::service(Author::default());
    let error = Server::new(service).run().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "missing secrets: set SECRET_WEBHOOK_SECRET"
    );
}

#[tokio::test]
async fn a_secret_that_cannot_verify_webhooks_ends_the_start() {
    let verify = |secret: &'static str| {
        let service = sample::service(Author::default()).secrets(crate::support::secrets());
        service.check_webhooks(move |_| signature::svix(&Secret::from(secret)))
    };
    let error = Server::new(verify("not base64")).run().await.unwrap_err();
    let expected =
        "cannot verify webhooks: invalid secret: expected Base64 with an optional prefix `whsec_`";
    assert_eq!(error.to_string(), expected);
    assert!(verify("").check().is_err());
    assert!(verify("c2VjcmV0").check().is_ok());
}

#[tokio::test]
async fn listening_beyond_loopback_is_warned_about() {
    let everywhere = |server: Server<Definition>| server.listen(([0, 0, 0, 0], 0));
    let running = start(Author::default(), everywhere).await;
    let log = running.stop().await.text();
    assert!(log.contains("listening beyond loopback"), "{log}");
}

#[tokio::test]
async fn a_hook_that_fails_ends_the_start() {
    let log = contexture::testing::LogRecorder::new();
    let failing = server(Author::default(), &log).on_start(|| async { Err("no database")? });
    let error = failing.bind().await.unwrap_err();
    assert_eq!(error.to_string(), "start hook failed: no database");
}

#[tokio::test]
async fn a_required_header_removes_the_warning_and_rejects_calls_without_it() {
    let header = RequireHeaderLayer::new("x-proxy", ["new", "old"]).unwrap();
    let protected =
        |server: Server<Definition>| server.listen(([0, 0, 0, 0], 0)).require_header(header);
    let running = start(Author::default(), protected).await;
    let with = |values: &[&'static str]| {
        let mut call = running.webhook("/echo");
        for value in values {
            call.headers_mut()
                .append("x-proxy", http::HeaderValue::from_static(value));
        }
        send(call)
    };
    assert_eq!(with(&["new"]).await.status(), 200);
    assert_eq!(with(&["old"]).await.status(), 200);
    for wrong in [
        &[] as &[_],
        &["", "new"],
        &["newer"],
        &["ne"],
        &["new", "old"],
    ] {
        let refused = with(wrong).await;
        assert_eq!(refused.status(), 401, "{wrong:?}");
        assert_eq!(super::json_of(&refused)["type"], "Unauthorized");
    }
    let log = running.stop().await.text();
    assert!(!log.contains("beyond loopback"), "{log}");
}

#[test]
fn a_required_header_has_a_name_and_values() {
    let new =
        |name: &str, values: &[&str]| RequireHeaderLayer::new(name, values.iter().copied()).err();
    assert_eq!(new("x a", &["secret"]), Some(RequireHeaderError::Name));
    assert_eq!(new("x-a", &[]), Some(RequireHeaderError::Value));
    for blank in ["", " ", "\t", "\n"] {
        let values = ["secret", blank];
        assert_eq!(new("x-a", &values), Some(RequireHeaderError::Value));
    }
    let header = RequireHeaderLayer::new("x-a", ["secret"]).unwrap();
    assert!(!format!("{header:?}").contains("secret"));
}
