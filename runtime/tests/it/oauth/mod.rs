//! OAuth against a scripted provider.

mod client_apps;
mod failures;
mod providers;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use contexture::oauth::{OauthApp, OauthError, Provider, TokenManager, TokenStore, Tokens};
use contexture::testing::{self, TestContext};
use contexture::{Secret, WebhookRequest};
use http::StatusCode;
use serde_json::json;
use tokio::sync::Notify;

use crate::sample::{Configuration, Definition, OauthConfiguration};

const PROVIDER: Provider<'static> = Provider {
    authorize_url: "https://provider.test/authorize",
    token_url: "https://provider.test/token",
};
const REDIRECT: &str = "https://webhook.test/webhook-1/oauth/callback";

fn app() -> OauthApp {
    let app = OauthApp::new(&PROVIDER, "app-1", &Secret::from("app-secret"), REDIRECT);
    app.unwrap()
        .scope("read")
        .parameter("access_type", "offline")
}

fn context() -> TestContext<Definition> {
    testing::context(Configuration::Oauth(OauthConfiguration {
        client_id: "app-1".to_owned(),
        client_secret: Secret::from("app-secret"),
    }))
}

/// A store that yields to other tasks, like a store behind a network.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Option<Tokens>>>);

impl TokenStore for Memory {
    async fn load(&self) -> Result<Option<Tokens>, OauthError> {
        tokio::task::yield_now().await;
        Ok(self.0.lock().unwrap().clone())
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
        tokio::task::yield_now().await;
        *self.0.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }
}

impl Memory {
    fn with(access: &str, refresh: Option<&str>, lasts: Duration) -> Self {
        let mut tokens = Tokens::new(access);
        tokens.refresh_token = refresh.map(Secret::from);
        tokens.expires_at = Some(SystemTime::now() + lasts);
        Self(Arc::new(Mutex::new(Some(tokens))))
    }

    fn edit(&self, edit: impl FnOnce(&mut Tokens)) {
        self.0.lock().unwrap().as_mut().map(edit).unwrap();
    }
}

/// The form that a request to the provider has sent.
fn form_of(request: &contexture::testing::RecordedRequest) -> String {
    String::from_utf8(request.bytes.to_vec()).unwrap()
}

/// The redirect after a user gave consent.
fn back(state: &str) -> WebhookRequest {
    WebhookRequest::new("GET", "/oauth/callback").with_query(format!("code=code-1&state={state}"))
}

fn state_of(url: &str) -> String {
    WebhookRequest::new("GET", "/")
        .with_query(url.split_once('?').unwrap().1)
        .query_field("state")
        .unwrap()
}

#[test]
fn the_authorization_url_has_the_app_the_state_and_the_challenge() {
    let url = app().authorize("webhook-1");
    assert!(url.starts_with("https://provider.test/authorize?"), "{url}");
    let request = WebhookRequest::new("GET", "/").with_query(url.split_once('?').unwrap().1);
    let field = |name| request.query_field(name).unwrap_or_default();
    assert_eq!(field("response_type"), "code");
    assert_eq!(field("client_id"), "app-1");
    assert_eq!(field("redirect_uri"), REDIRECT);
    assert_eq!(field("scope"), "read");
    assert_eq!(field("access_type"), "offline");
    assert_eq!(field("code_challenge_method"), "S256");
    assert_eq!(field("code_challenge").len(), 43);
    assert!(field("state").starts_with("webhook-1."));
    assert!(!url.contains("app-secret"));
}

#[test]
fn an_authorization_begins_by_a_link_of_its_webhook_alone() {
    let app = app();
    let check = |key: &str| {
        let request = WebhookRequest::new("GET", "/oauth/start").with_query(format!("key={key}"));
        app.check_start_key("webhook-1", &request).is_ok()
    };
    let hour = Duration::from_hours(1);
    assert!(check(&app.start_key("webhook-1", hour)));
    let other = OauthApp::new(&PROVIDER, "app-1", &Secret::from("other"), REDIRECT).unwrap();
    for key in [
        "",
        "webhook-1",
        &app.start_key("webhook-2", hour),
        &other.start_key("webhook-1", hour),
        &state_of(&app.authorize("webhook-1")),
    ] {
        assert!(!check(key), "{key}");
    }
    let without = WebhookRequest::new("GET", "/oauth/start");
    let refused = app.check_start_key("webhook-1", &without).unwrap_err();
    let expected = "the parameter `key` is missing or malformed";
    assert_eq!(refused.to_string(), expected);
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let ctx = context();
    let answer = json!({
        "access_token": "access-1", "refresh_token": "refresh-1", "token_type": "bearer", "expires_in": 60,
    });
    ctx.answer(StatusCode::OK, &answer);
    let request = back(&state_of(&app().authorize("webhook-1")));
    let tokens = app().exchange(&ctx, &request).await.unwrap();
    assert_eq!(tokens.access_token, Secret::from("access-1"));
    assert_eq!(tokens.refresh_token, Some(Secret::from("refresh-1")));
    assert!(tokens.holds_for(Duration::from_secs(50)));
    assert!(!tokens.holds_for(Duration::from_secs(70)));
    let requests = ctx.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/token");
    let authorization = requests[0].header("authorization").unwrap_or_default();
    assert!(authorization.starts_with("Basic "), "{authorization}");
}

#[tokio::test]
async fn a_foreign_state_sends_no_request_to_the_provider() {
    let ctx = context();
    let other = state_of(&app().authorize("webhook-2"));
    for state in ["", "webhook-1", "webhook-1.9999999999.x.y", &other] {
        let error = app().exchange(&ctx, &back(state)).await.unwrap_err();
        assert!(
            matches!(error, OauthError::State { .. }),
            "{state}: {error}"
        );
    }
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn failures_have_kinds_and_show_no_secret() {
    let ctx = context();
    let state = state_of(&app().authorize("webhook-1"));
    let denied = back("x").with_query(format!("error=access_denied&state={state}"));
    let nothing = back("x").with_query(format!("state={state}"));
    let error = app().exchange(&ctx, &denied).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the authorization was denied: access_denied"
    );
    let error = app().exchange(&ctx, &nothing).await.unwrap_err();
    assert!(matches!(error, OauthError::NoCode), "{error}");

    // GitHub sends errors with the status 200.
    for status in [StatusCode::BAD_REQUEST, StatusCode::OK] {
        ctx.answer(
            status,
            &json!({ "error": "bad_code", "error_description": "code-1" }),
        );
        let error = app().exchange(&ctx, &back(&state)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the provider rejected the token request: bad_code"
        );
        assert!(!format!("{error:?}").contains("code-1"));
    }
    ctx.answer(StatusCode::BAD_GATEWAY, &json!("code-1 app-secret"));
    let error = app().exchange(&ctx, &back(&state)).await.unwrap_err();
    assert!(matches!(error, OauthError::Unreadable), "{error}");
    let shown = format!("{error:?} {:?}", app());
    assert!(
        !shown.contains("code-1") && !shown.contains("app-secret"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_token_that_holds_is_not_refreshed() {
    let ctx = context();
    let store = Memory::with("access-1", None, Duration::from_mins(2));
    let token = TokenManager::new().access_token(&ctx, &app(), &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-1"));
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn concurrent_callers_refresh_once() {
    let ctx = context();
    let store = Memory::with("access-1", Some("refresh-1"), Duration::from_secs(30));
    let answer = json!({ "access_token": "access-2", "token_type": "bearer", "expires_in": 3600 });
    ctx.answer(StatusCode::OK, &answer);
    let (manager, app) = (Arc::new(TokenManager::new()), app());
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (manager, app, store) = (Arc::clone(&manager), app.clone(), store.clone());
        let ctx = contexture::Context::<Definition>::clone(&ctx);
        asking.spawn(async move { manager.access_token(&ctx, &app, &store).await });
    }
    let tokens = asking.join_all().await;
    assert_eq!(tokens.len(), 100);
    for token in tokens {
        assert_eq!(token.unwrap(), Secret::from("access-2"));
    }
    assert_eq!(ctx.requests().len(), 1);
    // The provider returned no new refresh token: the old one stays.
    let kept = store.load().await.unwrap().unwrap();
    assert_eq!(kept.refresh_token, Some(Secret::from("refresh-1")));
}

#[tokio::test]
async fn a_refresh_is_stored_although_its_caller_was_dropped() {
    /// A store that saves only once the test allows it.
    #[derive(Clone)]
    struct Slow {
        memory: Memory,
        asked: Arc<Notify>,
        told: Arc<Notify>,
    }

    impl TokenStore for Slow {
        async fn load(&self) -> Result<Option<Tokens>, OauthError> {
            self.memory.load().await
        }

        async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
            self.asked.notify_one();
            self.told.notified().await;
            self.memory.save(tokens).await
        }
    }

    let ctx = context();
    let store = Slow {
        memory: Memory::with("access-1", Some("refresh-1"), Duration::ZERO),
        asked: Arc::default(),
        told: Arc::default(),
    };
    let answer = json!({
        "access_token": "access-2", "refresh_token": "refresh-2", "token_type": "bearer", "expires_in": 3600,
    });
    ctx.answer(StatusCode::OK, &answer);
    let (manager, app) = (TokenManager::new(), app());
    tokio::select! {
        token = manager.access_token(&ctx, &app, &store) => panic!("nothing was written: {token:?}"),
        () = store.asked.notified() => {}
    }
    store.told.notify_one();
    // The next caller waits for the lock, and finds the stored tokens.
    let token = manager.access_token(&ctx, &app, &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-2"));
    let kept = store.load().await.unwrap().unwrap();
    assert_eq!(kept.refresh_token, Some(Secret::from("refresh-2")));
    assert_eq!(ctx.requests().len(), 1);
}

#[tokio::test]
async fn tokens_that_another_process_refreshed_are_used() {
    /// A store to which another process writes after the second load.
    #[derive(Clone)]
    struct Shared(Memory, Arc<Mutex<u32>>);

    impl TokenStore for Shared {
        async fn load(&self) -> Result<Option<Tokens>, OauthError> {
            let times = {
                let mut times = self.1.lock().unwrap();
                *times += 1;
                *times
            };
            if times == 3 {
                return Memory::with("access-of-another", None, Duration::from_hours(1))
                    .load()
                    .await;
            }
            self.0.load().await
        }

        async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
            self.0.save(tokens).await
        }
    }

    let ctx = context();
    let old = Memory::with("access-1", Some("used up"), Duration::ZERO);
    ctx.answer(
        StatusCode::BAD_REQUEST,
        &json!({ "error": "invalid_grant" }),
    );
    let store = Shared(old.clone(), Arc::default());
    let token = TokenManager::new().access_token(&ctx, &app(), &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-of-another"));

    ctx.answer(
        StatusCode::BAD_REQUEST,
        &json!({ "error": "invalid_grant" }),
    );
    let refused = TokenManager::new().access_token(&ctx, &app(), &old).await;
    assert!(matches!(refused, Err(OauthError::NotAuthorized)));
    let missing = TokenManager::new()
        .access_token(&ctx, &app(), &Memory::default())
        .await;
    assert!(matches!(missing, Err(OauthError::NotAuthorized)));
}

#[test]
fn a_setting_that_cannot_work_is_refused_at_once() {
    let secret = Secret::from("s");
    let no_url = Provider {
        authorize_url: "provider",
        ..PROVIDER
    };
    assert!(OauthApp::new(&no_url, "a", &secret, REDIRECT).is_err());
    assert!(OauthApp::new(&PROVIDER, "a", &secret, "/oauth/callback").is_err());
    for blank in ["", " ", "\n", "\u{feff}"] {
        assert!(OauthApp::new(&PROVIDER, "a", &Secret::from(blank), REDIRECT).is_err());
        assert!(OauthApp::public(&PROVIDER, "a", &Secret::from(blank), REDIRECT).is_err());
        assert!(OauthApp::new(&PROVIDER, blank, &secret, REDIRECT).is_err());
    }
    assert!(OauthApp::public(&PROVIDER, "a", &secret, REDIRECT).is_ok());
}
