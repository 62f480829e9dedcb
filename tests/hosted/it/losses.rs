//! The ends of an instance: a panic, a trap, the end of the stack, and a start that fails.

use contexture::WebhookRequest;

use crate::bundle::{Bundle, json_of};
use crate::service::Services;

/// The calls that end the instance, and what the log says.
const ENDS: [(&str, &str); 3] = [
    ("/panic", "a handler panicked"),
    ("/trap", "unreachable"),
    ("/deep", "call stack"),
];

#[tokio::test]
async fn the_end_of_an_instance_costs_the_running_calls_and_nothing_more() {
    let services = Services::start().await;
    let Some(bundle) = Bundle::start(&services.address).await else {
        return;
    };
    for (path, said) in ENDS {
        let held = format!("{}/held", services.address);
        let running = WebhookRequest::new("GET", "/http").with_header("to", held);
        let ending = async {
            services.state.came.notified().await;
            bundle.webhook(&WebhookRequest::new("POST", path)).await
        };
        let (running, ended) = tokio::join!(bundle.webhook(&running), ending);
        for lost in [running, ended] {
            let error = json_of(&lost);
            assert_eq!(
                (lost.status().as_u16(), &error["type"]),
                (500, &"Runtime".into()),
                "{path}"
            );
            let message = error["message"].as_str().unwrap();
            assert!(
                message.starts_with("An unexpected error occurred"),
                "{message}"
            );
            assert!(error["id"].as_str().unwrap().starts_with("err_"), "{error}");
        }
        // The request of the lost call is aborted.
        services.state.gone.notified().await;
        let line = bundle.warns(said).await;
        assert_eq!(line["level"], "error");
        bundle.warns("2 running calls").await;
        bundle.warns("bot bot1").await;
        let next = bundle.webhook(&WebhookRequest::new("POST", "/echo")).await;
        assert_eq!(next.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn without_its_secrets_an_integration_does_not_start_and_says_so() {
    let Some(bundle) = Bundle::start_with(&[]).await else {
        return;
    };
    let answer = bundle.webhook(&WebhookRequest::new("POST", "/echo")).await;
    assert_eq!(answer.status(), 500);
    assert!(bundle.says("SECRET_WEBHOOK_KEY").await.contains("Error"));
    bundle.warns("did not start").await;
}
