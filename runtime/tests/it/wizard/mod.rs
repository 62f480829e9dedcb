//! The wizard, visited as a browser does.

mod forms;
mod pages;
mod provider;
mod sessions;

use std::time::Duration;

use bytes::Bytes;
use contexture::oauth::{OauthApp, Provider, redirect_url};
use contexture::testing::{self, TestContext, Visitor};
use contexture::wizard::{Button, Form, Page, Reply, Sessions, Visit, Wizard};
use contexture::{Result, Secret, WebhookRequest, WebhookResponse};
use http::{Response, StatusCode};
use serde_json::json;

use crate::sample::{Configuration, Definition, OauthConfiguration, PrimaryConfiguration};

const START: &str = "/oauth/wizard/start?state=webhook-1";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Start,
    Save,
    Connect,
    Connected,
    Later,
    Fail,
}

struct Setup {
    ctx: TestContext<Definition>,
    wizard: Wizard<Step>,
    sessions: Sessions,
}

/// The response of a page.
type Answer = Response<Bytes>;

fn key() -> Secret {
    Secret::from("a key of this test")
}

impl Setup {
    fn new() -> Self {
        Self::with(Wizard::new("start", Step::Start))
    }

    fn with(wizard: Wizard<Step>) -> Self {
        let wizard = wizard
            .step("save", Step::Save)
            .step("connect", Step::Connect)
            .step("connected", Step::Connected)
            .step("later", Step::Later)
            .step("fail", Step::Fail);
        Self {
            ctx: testing::context(Configuration::Oauth(OauthConfiguration {
                client_id: "app-1".to_owned(),
                client_secret: Secret::from("app-secret"),
            })),
            wizard,
            sessions: Sessions::signed_with(&key()),
        }
    }

    async fn send(&self, request: &WebhookRequest) -> Answer {
        assert!(self.wizard.is_visited_by(request), "{request:?}");
        let ctx = &self.ctx;
        let handled = self
            .wizard
            .handle(ctx, &self.sessions, request, |visit| run(ctx, visit));
        answer(handled.await.unwrap())
    }

    /// Opens an address, and keeps its cookies.
    async fn open(&self, visitor: &mut Visitor, url: &str) -> Answer {
        let answer = self.send(&visitor.open(url)).await;
        visitor.keep(&answer);
        answer
    }

    /// Sends the form of a page, and keeps the cookies of the response.
    async fn submit(
        &self,
        visitor: &mut Visitor,
        page: &Answer,
        values: &[(&str, &str)],
    ) -> Answer {
        let answer = self.send(&visitor.submit(page, values)).await;
        visitor.keep(&answer);
        answer
    }

    fn log(&self) -> String {
        self.ctx.log().text()
    }
}

fn answer(response: WebhookResponse) -> Answer {
    let mut answer = Response::builder().status(response.status);
    for (name, value) in &response.headers {
        answer = answer.header(name, value);
    }
    answer.body(response.body).unwrap()
}

/// The steps: a form that is saved, a provider, and an error.
async fn run(ctx: &TestContext<Definition>, visit: Visit<Step>) -> Result<Reply<Step>> {
    let app = OauthApp::new(
        &Provider {
            authorize_url: "https://provider.test/authorize",
            token_url: "https://provider.test/token",
        },
        "app-1",
        &Secret::from("app-secret"),
        &redirect_url(ctx)?,
    )?;
    match visit.step {
        Step::Start => Ok(form()?
            .button(Button::step("Connect", Step::Connect))
            .into()),
        Step::Save => Ok(match visit.values::<PrimaryConfiguration>()? {
            Err(invalid) => form()?.again(invalid).into(),
            Ok(values) if values.api_key.expose() == "unknown" => form()?
                .again(visit.invalid("apiKey", "Acme does not know this key."))
                .into(),
            Ok(values) => Reply::done_as(format!("{:?}", values.region)),
        }),
        Step::Connect => Ok(Reply::authorize(&app, Step::Connected)),
        Step::Connected => {
            let tokens = match visit.tokens(ctx, &app).await {
                Ok(tokens) => tokens,
                Err(error) => return Ok(Reply::failed(error.to_string())),
            };
            assert_eq!(tokens.access_token, Secret::from("access-1"));
            Ok(Reply::step(Step::Later))
        }
        Step::Later => Ok(Page::new("Connected")
            .button(Button::step("Finish", Step::Fail))
            .into()),
        Step::Fail => Err("hidden from the user".into()),
    }
}

fn form() -> Result<Page<Step>> {
    let form = Form::of::<PrimaryConfiguration>(Step::Save)?.button("Save");
    Ok(Page::new("Connect Acme").text("Enter a key.").form(form))
}

fn text(answer: &Answer) -> &str {
    std::str::from_utf8(answer.body()).unwrap()
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let header = answer.headers().get(name);
    header.map_or("", |value| value.to_str().unwrap())
}

/// Whether a request was refused with this page, and changed no cookie.
#[track_caller]
fn is_refused(answer: &Answer, title: &str) {
    assert_eq!(answer.status(), 403, "{answer:?}");
    assert!(
        text(answer).contains(&format!("<h1>{title}</h1>")),
        "{}",
        text(answer)
    );
    assert_eq!(header(answer, "set-cookie"), "");
}

const EXPIRED: &str = "This page has expired";
const USED: &str = "This page was already used";
const FOREIGN: &str = "This page cannot be opened";

#[tokio::test]
async fn a_form_is_sent_and_the_wizard_ends_with_the_identifier() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    assert_eq!(page.status(), 200);
    let values = [("apiKey", "secret-1"), ("region", "eu")];
    let end = setup.submit(&mut visitor, &page, &values).await;
    assert_eq!(end.status(), 303, "{}", text(&end));
    assert_eq!(
        header(&end, "location"),
        "https://app.botpress.test/oauth/interstitial?success=true"
    );
    let requests: Vec<_> = setup
        .ctx
        .requests()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        requests,
        [r#"POST /v1/chat/integrations/configure {"identifier":"Eu"}"#]
    );
    assert!(header(&end, "set-cookie").contains("Max-Age=0"));
}

#[tokio::test]
async fn the_error_of_a_step_is_logged_and_not_shown() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    setup.open(&mut visitor, START).await;
    let end = setup
        .open(&mut visitor, "/oauth/wizard/fail?state=webhook-1")
        .await;
    let location = header(&end, "location");
    assert!(
        location.contains("success=false") && !location.contains("hidden"),
        "{location}"
    );
    let log = setup.log();
    assert!(
        log.contains("the step `fail` of the wizard failed: hidden from the user"),
        "{log}"
    );
}

#[tokio::test]
async fn an_identifier_that_cannot_be_set_is_a_failure_and_ends_the_session() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let error = json!({ "code": 409, "type": "AlreadyExists", "id": "1", "message": "taken" });
    setup.ctx.answer(StatusCode::CONFLICT, &error);
    let values = [("apiKey", "secret-1"), ("region", "eu")];
    let end = setup.submit(&mut visitor, &page, &values).await;
    let location = header(&end, "location");
    assert!(location.contains("success=false"), "{location}");
    assert!(header(&end, "set-cookie").contains("Max-Age=0"));
    let page = setup.open(&mut visitor, START).await;
    let end = setup.submit(&mut visitor, &page, &values).await;
    assert!(header(&end, "location").contains("success=true"));
}

#[tokio::test]
async fn a_session_lasts_as_long_as_the_wizard_says() {
    let setup = Setup::with(Wizard::new("start", Step::Start).valid_for(Duration::ZERO));
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    assert!(header(&page, "set-cookie").contains("Max-Age=0"));
    // A browser forgets the cookie. An attacker does not.
    let cookie = header(&page, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let sent = visitor.submit(&page, &[]).with_header("cookie", cookie);
    is_refused(&setup.send(&sent).await, EXPIRED);
    let setup = Setup::new();
    let page = setup.open(&mut visitor, START).await;
    assert!(header(&page, "set-cookie").contains("Max-Age=1800; HttpOnly; SameSite=Lax; Secure"));
}
