//! A person walks from the authorization link to GitHub and back, in Chromium.

use std::sync::Arc;

use bytes::Bytes;
use contexture_browser::{Botpress, Screen, Tab, is_available};
use http::{Request, Response};
use serde_json::json;
use tokio::runtime::Handle;

use super::test_app::{LINK, TestApp};
use crate::github::ConfigurationType;

const BOTPRESS: Botpress = Botpress {
    webhook_id: "webhook-1",
};

/// A tab that leads to the integration, and to the mock of GitHub, where a link leads back.
fn tab(test_app: Arc<TestApp>) -> Tab {
    Tab::new(Box::new(move |request: Request<Bytes>| {
        let runtime = Handle::current();
        let integration = |request: &_| runtime.block_on(test_app.harness.webhook(request));
        if let Some(response) = BOTPRESS.answer(&request, integration) {
            return response;
        }
        let page = if request.uri().path() == "/login/oauth/authorize" {
            let back = runtime.block_on(test_app.agree(&request.uri().to_string()));
            format!("<!doctype html><title>GitHub</title><a href='{back}'>Authorize</a>")
        } else {
            "<!doctype html><title>Another site</title>".to_owned()
        };
        let response = Response::builder().header("content-type", "text/html");
        response.body(page.into()).unwrap()
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_of_github_brings_the_cookie_along() {
    if !is_available() {
        return;
    }
    let test_app = Arc::new(TestApp::of(ConfigurationType::Oauth).await);
    let walk = tokio::task::spawn_blocking(move || {
        let mut tab = tab(Arc::clone(&test_app));
        tab.open(LINK);
        assert_eq!(tab.text("document.title"), "GitHub");
        let cookies = tab.cookies();
        let back = tab.text("document.querySelector('a').href");
        // Another browser does not have the cookie.
        tab.clear_cookies();
        tab.open(&back);
        assert!(
            tab.seen().starts_with("This page cannot be opened"),
            "{}",
            tab.seen()
        );
        // Neither does a forged one help.
        let mut forged = cookies[0].clone();
        forged["value"] = json!(format!("9{}", forged["value"].as_str().unwrap()));
        tab.set_cookie(&forged);
        tab.open(&back);
        assert!(
            tab.seen().starts_with("This page cannot be opened"),
            "{}",
            tab.seen()
        );
        tab.open(LINK);
        let used = tab.cookies();
        let back = tab.text("document.querySelector('a').href");
        tab.click("a");
        assert!(
            tab.seen().starts_with("Botpress: connected"),
            "{}",
            tab.seen()
        );
        assert_eq!(tab.cookies().len(), 0);
        // The answer again, with the cookie that was good for it.
        tab.set_cookie(&used[0]);
        tab.open(&back);
        assert!(
            tab.seen().starts_with("This page was already used"),
            "{}",
            tab.seen()
        );
        tab.clear_cookies();
        tab.screen(Screen::PHONE);
        tab.open(LINK);
        assert!(
            tab.seen().starts_with("GitHub is connected"),
            "{}",
            tab.seen()
        );
        if let Some(folder) = std::env::var_os("CONTEXTURE_PICTURES") {
            tab.picture(&std::path::Path::new(&folder).join("github-connected.png"));
        }
        tab.click("a.main");
        assert!(
            tab.seen().starts_with("Botpress: connected"),
            "{}",
            tab.seen()
        );
        assert_eq!(tab.blocked(), [""; 0]);
    });
    walk.await.unwrap();
}
