//! An integration with a wizard, and a walk through it.

use bytes::Bytes;
use contexture::Secret;
use contexture::client::{HttpTransport, Transport as _};
use contexture::prelude::*;
use contexture::wizard::{Form, Input, Page, Reply, Sessions, Wizard};
use parity::parity::actions::{
    self, EchoInput, EchoOutput, FailInput, FailOutput, HelloInput, HelloOutput,
};
use parity::parity::channels::{self, ChannelChannel, ChannelTextMessage};
use parity::parity::{Context, Integration};

/// The identifier that the wizard gives an instance.
pub(crate) const TEAM: &str = "team-1";

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Start,
    Finish,
}

/// Handlers that have a wizard, and nothing else.
pub(crate) struct Connects;

impl Integration for Connects {
    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        let wizard = Wizard::new("start", Step::Start).step("finish", Step::Finish);
        let sessions = Sessions::signed_with(&Secret::from("the key of the wizard".to_owned()));
        let handled = wizard.handle(ctx, &sessions, &request, |visit| async move {
            match visit.step {
                Step::Start => {
                    let form = Form::input("Team", Input::Text, Step::Finish);
                    Ok(Page::new("Connect").form(form).into())
                }
                Step::Finish => Ok(Reply::done_as(visit.input().unwrap_or_default())),
            }
        });
        handled.await
    }
}

impl actions::Hello for Connects {
    async fn hello(&self, _: ActionCall<'_, Context>, _: HelloInput) -> Result<HelloOutput> {
        Err("there is no action".into())
    }
}

impl actions::Echo for Connects {
    async fn echo(&self, _: ActionCall<'_, Context>, _: EchoInput) -> Result<EchoOutput> {
        Err("there is no action".into())
    }
}

impl actions::Fail for Connects {
    async fn fail(&self, _: ActionCall<'_, Context>, _: FailInput) -> Result<FailOutput> {
        Err("there is no action".into())
    }
}

impl channels::Channel for Connects {
    async fn text(&self, _: MessageCall<'_, ChannelChannel>, _: ChannelTextMessage) -> Result {
        Err("there is no channel".into())
    }
}

/// Walks from the link to the page at the end. Returns the text of that page, and the value of the session's cookie.
pub(crate) async fn walk(link: &str) -> (String, String) {
    let page = send(http::Request::get(link), "").await;
    assert_eq!(page.status(), 200);
    let cookie = page.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let html = text(&page);
    let form: Vec<_> = html.split("<input").skip(1).map(filled).collect();
    let action = between(&html, "action=\"", "\"").replace("&amp;", "&");
    let request = http::Request::post(action)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &cookie);
    let finished = send(request, &form.join("&")).await;
    assert_eq!(finished.status(), 303);
    let end = finished.headers()["location"].to_str().unwrap();
    let end = send(http::Request::get(end), "").await;
    let value = cookie.split_once('=').unwrap().1.to_owned();
    (text(&end), value)
}

async fn send(request: http::request::Builder, body: &str) -> http::Response<Bytes> {
    let request = request.body(Bytes::from(body.to_owned()).into()).unwrap();
    HttpTransport::new().send(request).await.unwrap()
}

fn text(response: &http::Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

/// A field with its hidden value, or with a team.
fn filled(input: &str) -> String {
    let input = &input[..input.find('>').unwrap()];
    let name = between(input, "name=\"", "\"");
    if input.contains("type=\"hidden\"") {
        format!("{name}={}", between(input, "value=\"", "\""))
    } else {
        format!("{name}={TEAM}")
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text.find(before).unwrap() + before.len();
    let end = text[start..].find(after).unwrap();
    &text[start..start + end]
}
