//! A wizard of the runtime, at the shared OAuth address of the emulator.

use std::sync::Arc;

use bytes::Bytes;
use contexture::prelude::*;
use contexture::testing::LogRecorder;
use contexture::wizard::{Form, Input, Page, Reply, Sessions, Wizard};
use contexture::{Environment, Secret, Server};
use contexture_emulator::exchange::ExchangeKind;
use parity::parity::actions::{
    self, EchoInput, EchoOutput, FailInput, FailOutput, HelloInput, HelloOutput,
};
use parity::parity::channels::{self, ChannelChannel, ChannelTextMessage};
use parity::parity::{Context, Integration};

use crate::bench::{Bench, parity_definition};

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Start,
    Finish,
}

/// Handlers that have a wizard, and nothing else.
struct Connects;

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

#[tokio::test]
async fn a_wizard_is_walked_from_its_link_to_the_page_at_the_end() {
    let bench = Bench::of(parity_definition()).await;
    let environment = Environment::new()
        .log_sink(Arc::new(LogRecorder::new()))
        .api_url(format!("http://{}", bench.address))
        .token(bench.platform.token().to_owned())
        .webhook_url(bench.platform.webhook_base_url());
    let service = parity::parity::service(Connects).environment(environment);
    let server = Server::new(service).listen(([127, 0, 0, 1], 0));
    let server = server.bind().await.unwrap();
    bench.call_at(server.address());
    tokio::spawn(server.run_until(std::future::pending()));
    let instance = bench.install().await;

    let start = format!("/webhook/oauth/wizard/start?state={}", instance.webhook_id);
    let page = bench.get(&start).await;
    assert_eq!(page.status(), 200);
    let cookie = page.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    let form: Vec<_> = html.split("<input").skip(1).map(filled).collect();
    let action = between(&html, "action=\"", "\"").replace("&amp;", "&");
    let path = action.split_once(&bench.address.to_string()).unwrap().1;
    let request = http::Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &cookie)
        .body(Bytes::from(form.join("&")))
        .unwrap();
    let finished = bench.send(request).await;
    assert_eq!(finished.status(), 303);
    let end = finished.headers()["location"].to_str().unwrap();
    let end = end.split_once(&bench.address.to_string()).unwrap().1;
    let end = bench.get(end).await;
    let shown = String::from_utf8(end.body().to_vec()).unwrap();
    assert!(shown.contains("Connected"), "{shown}");

    let identifier = bench.platform.identifier(&instance).unwrap();
    assert_eq!(identifier.as_deref(), Some("team-1"));
    // The identifier was set, so the instance is registered again.
    let calls = bench.exchanges(ExchangeKind::Call);
    let calls: Vec<_> = calls.iter().map(|call| call.name.as_str()).collect();
    let received = "webhook_received";
    assert_eq!(calls, ["register", received, received, "register"]);
    let recorded = bench.exchanges(ExchangeKind::Webhook);
    let shown = format!(
        "{:?}",
        recorded
            .iter()
            .map(|webhook| &webhook.request.headers)
            .collect::<Vec<_>>()
    );
    let value = cookie.split_once('=').unwrap().1;
    assert!(!shown.contains(value), "{shown}");
}

/// A field with its hidden value, or with a team.
fn filled(input: &str) -> String {
    let input = &input[..input.find('>').unwrap()];
    let name = between(input, "name=\"", "\"");
    if input.contains("type=\"hidden\"") {
        format!("{name}={}", between(input, "value=\"", "\""))
    } else {
        format!("{name}=team-1")
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text.find(before).unwrap() + before.len();
    let end = text[start..].find(after).unwrap();
    &text[start..start + end]
}
