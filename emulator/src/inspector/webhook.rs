//! A form that sends webhook requests.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use contexture::Secret;
use maud::{Markup, html};

use super::failure::{Answer, Failure, sentence};
use super::named::Named;
use super::page::{self, Page, Place, Section};
use super::sent::{Query, Sent, TOKEN};
use super::state::Inspector;
use super::{json, run};
use crate::exchange::Exchange;
use crate::platform::{Instance, PlatformError, Provider, WebhookCall, WebhookSigning};

const METHODS: [&str; 6] = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD"];

pub(super) async fn show(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    query: Query,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let exchange = run::of(&inspector, &query)?;
    let sent = match &exchange {
        Some(exchange) => recorded(&instance, exchange, &query),
        None => Sent::default()
            .with("headers", "content-type: application/json")
            .with("body", "{}"),
    };
    form(&inspector, &instance, &sent, None, exchange.as_ref())
}

/// Sends a webhook request, and shows the answer.
pub(super) async fn send(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    sent: Sent,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let webhook = match webhook(&inspector, &instance, &sent)? {
        Ok(webhook) => webhook,
        Err(problem) => return form(&inspector, &instance, &sent, Some(&problem), None),
    };
    match inspector.platform.send_webhook(&webhook_id, webhook).await {
        Ok(answer) => {
            let provider = sent.text("provider").unwrap_or_default();
            let secret = sent.text("known").unwrap_or_default();
            let query: String = form_urlencoded::Serializer::new(String::new())
                .append_pair("provider", provider)
                .append_pair("known", secret)
                .finish();
            let address = format!("{}?{query}", address(&instance));
            Ok(Redirect::to(&run::address(&address, &answer.exchange)).into_response())
        }
        Err(problem @ PlatformError::CannotSign { .. }) => form(
            &inspector,
            &instance,
            &sent,
            Some(&problem.to_string()),
            None,
        ),
        Err(other) => Err(other.into()),
    }
}

fn address(instance: &Instance) -> String {
    format!("{}/webhook", page::of_instance(&instance.webhook_id))
}

/// Reads the request, or says what is wrong with it.
fn webhook(
    inspector: &Inspector,
    instance: &Instance,
    sent: &Sent,
) -> Result<Result<WebhookCall, String>, Failure> {
    let text = |name: &str| sent.text(name).unwrap_or_default();
    let headers = match headers(text("headers")) {
        Ok(headers) => headers,
        Err(line) => {
            let problem = format!(
                "The header `{line}` has no colon: each line is a name, a colon and a value"
            );
            return Ok(Err(problem));
        }
    };
    let signing = match sent.filled("provider").and_then(Provider::from_name) {
        None => None,
        Some(provider) => match secret(inspector, instance, sent)? {
            Some(secret) => Some(WebhookSigning { provider, secret }),
            None => {
                return Ok(Err(
                    "Choose the secret that the webhook is signed with, or enter one".to_owned(),
                ));
            }
        },
    };
    Ok(Ok(WebhookCall {
        method: sent.filled("method").map(str::to_owned),
        path: sent.filled("path").map(|path| path.trim().to_owned()),
        query: text("query").trim_start_matches('?').to_owned(),
        headers,
        body: text("body").replace("\r\n", "\n").into_bytes(),
        signing,
    }))
}

/// Reads a header from each line that is not blank. Returns a line that is none.
fn headers(text: &str) -> Result<Vec<(String, String)>, &str> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let headers = lines.map(|line| match line.split_once(':') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(line.trim()),
    });
    headers.collect()
}

fn secret(
    inspector: &Inspector,
    instance: &Instance,
    sent: &Sent,
) -> Result<Option<Secret>, Failure> {
    if let Some(entered) = sent.filled("secret") {
        return Ok(Some(Secret::from(entered.to_owned())));
    }
    match sent.filled("known") {
        Some(name) => {
            let platform = &inspector.platform;
            let (_, secret) = platform.webhook_secret(&instance.webhook_id, Some(name))?;
            Ok(Some(secret))
        }
        None => Ok(None),
    }
}

/// The fields of a request that was sent.
fn recorded(instance: &Instance, exchange: &Exchange, query: &Query) -> Sent {
    let whole = exchange.request.path.as_str();
    let (path, parameters) = whole.split_once('?').unwrap_or((whole, ""));
    let base = format!("/webhook/{}", instance.webhook_id);
    let provider = query.text("provider").unwrap_or_default();
    let headers = exchange.request.headers.iter();
    // The request gets a new signature.
    let headers = headers.filter(|(name, value)| {
        provider.is_empty() || !(name.contains("signature") || value.contains("[redacted"))
    });
    let headers: Vec<_> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    Sent::default()
        .with("method", &exchange.request.method)
        .with("path", path.strip_prefix(&base).unwrap_or(path))
        .with("query", parameters)
        .with("headers", &headers.join("\n"))
        .with(
            "body",
            &String::from_utf8_lossy(exchange.request.body.bytes()),
        )
        .with("provider", provider)
        .with("known", query.text("known").unwrap_or_default())
}

fn form(
    inspector: &Inspector,
    instance: &Instance,
    sent: &Sent,
    problem: Option<&str>,
    exchange: Option<&Exchange>,
) -> Answer {
    let names = inspector.platform.secret_names(&instance.webhook_id)?;
    let body = html! {
        h1 { "Webhook" }
        p class="lead" {
            "Sends a request to " code { (inspector.platform.webhook_url(&instance.webhook_id)) }
            ", as a service does."
        }
        div class="halves" {
            section aria-labelledby="request" {
                h2 id="request" { "Request" }
                @if let Some(problem) = problem { p class="banner bad" role="alert" { (sentence(problem)) } }
                form class="card" method="post" action=(address(instance)) {
                    input type="hidden" name=(TOKEN) value=(inspector.token);
                    (request_fields(sent))
                    (signature_fields(sent, &names))
                    div class="buttons" { button class="main" { "Send" } }
                }
            }
            (run::render(exchange, None))
        }
    };
    let page = Page {
        title: "Webhook",
        place: Place::Of(&instance.webhook_id, Section::Webhook),
        body,
    };
    page.show(inspector)
}

fn request_fields(sent: &Sent) -> Markup {
    let text = |name: &str| sent.text(name).unwrap_or_default();
    let input = |name: &str, label: &str, placeholder: &str| {
        html! {
            div class="field" {
                label for=(name) { (label) }
                input id=(name) name=(name) value=(text(name)) placeholder=(placeholder) autocomplete="off" spellcheck="false";
            }
        }
    };
    html! {
        div class="row" {
            div class="field narrow" {
                label for="method" { "Method" }
                select id="method" name="method" {
                    @for method in METHODS { option selected[method == text("method")] { (method) } }
                }
            }
            (input("path", "Path", "/"))
            (input("query", "Query", "a=1&b=2"))
        }
        (area("headers", "Headers", "One in each line, such as x-event: push.", 4, text("headers")))
        (area("body", "Body", "Sent as it is.", 10, &indented(text("body"))))
    }
}

/// JSON in one line, with lines.
fn indented(text: &str) -> String {
    match serde_json::from_str(text) {
        Ok(value) if !text.contains('\n') => json::pretty(&value),
        _ => text.to_owned(),
    }
}

fn area(name: &str, label: &str, hint: &str, rows: u32, text: &str) -> Markup {
    html! {
        div class="field" {
            label for=(name) { (label) }
            p class="hint" id={ (name) "-hint" } { (hint) }
            textarea id=(name) name=(name) rows=(rows) class="code" spellcheck="false"
                aria-describedby={ (name) "-hint" } { "\n" (text) }
        }
    }
}

fn signature_fields(sent: &Sent, names: &[String]) -> Markup {
    let text = |name: &str| sent.text(name).unwrap_or_default();
    html! {
        fieldset class="group" {
            legend { "Signature" span class="optional" { " (optional)" } }
            div class="row" {
                div class="field" {
                    label for="provider" { "Service" }
                    select id="provider" name="provider" {
                        option value="" { "Not signed" }
                        @for name in Provider::names() {
                            option value=(name) selected[name == text("provider")] { (name) }
                        }
                    }
                }
                @if !names.is_empty() {
                    div class="field" {
                        label for="known" { "Secret" }
                        select id="known" name="known" {
                            option value="" { "The one that is entered" }
                            @for name in names { option value=(name) selected[name == text("known")] { (name) } }
                        }
                    }
                }
                div class="field" {
                    label for="secret" { "Other secret" }
                    input id="secret" name="secret" type="password" autocomplete="off";
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_header() {
        let read = headers("a: 1\r\n\r\nX-B:2: 3\n").unwrap();
        let expected =
            [("a", "1"), ("X-B", "2: 3")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read, expected);
        assert_eq!(headers("a: 1\nb"), Err("b"));
    }
}
