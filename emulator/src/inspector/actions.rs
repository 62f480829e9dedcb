//! The actions of an instance: a list, and a form for each.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use contexture::meaning::words;
use maud::{Markup, html};
use serde_json::Value;

use super::failure::{Answer, Failure, sentence};
use super::form::{self, Problems, Shown, form_of};
use super::named::Named;
use super::page::{self, Page, Place, Section};
use super::sent::{Query, Sent, TOKEN};
use super::state::Inspector;
use super::text::part;
use super::{json, run};
use crate::definition::Definition;
use crate::exchange::Exchange;
use crate::platform::{Instance, PlatformError};

/// The parameter and the field that choose JSON instead of a form.
const AS_JSON: &str = "json";

pub(super) async fn list(Named(inspector): Named, Path(webhook_id): Path<String>) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let definition = inspector.platform.definition();
    let actions: Vec<_> = definition.actions().collect();
    let address = format!("{}/actions", page::of_instance(&webhook_id));
    let body = html! {
        h1 { "Actions" }
        p class="lead" { "What a bot can ask of the integration." }
        @if actions.is_empty() { p class="empty" { "The definition has no actions." } } @else {
            ul class="cards" {
                @for action in actions {
                    li {
                        a href={ (address) "/" (part(action)) } { (title(&definition, action)) }
                        " " code class="soft" { (action) }
                        @if let Some(text) = described(&definition, action) { p class="soft" { (text) } }
                    }
                }
            }
        }
    };
    show_page(&inspector, &instance, "Actions", body)
}

pub(super) async fn show(
    Named(inspector): Named,
    Path((webhook_id, action)): Path<(String, String)>,
    query: Query,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let exchange = run::of(&inspector, &query)?;
    let input = exchange
        .as_ref()
        .map(|exchange| run::request(exchange)["input"].clone());
    let form = Form {
        action: &action,
        is_json: query.has(AS_JSON),
        input: input.as_ref(),
        text: None,
        problems: &Problems::default(),
        exchange: exchange.as_ref(),
    };
    form.show(&inspector, &instance)
}

/// Calls an action, and shows the result.
pub(super) async fn call(
    Named(inspector): Named,
    Path((webhook_id, action)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let is_json = sent.text(AS_JSON).is_some();
    let read = read(&inspector, &action, &sent)?;
    let form = |problems: &Problems| {
        let form = Form {
            action: &action,
            is_json,
            input: Some(&read.value),
            text: sent.text(AS_JSON),
            problems,
            exchange: None,
        };
        form.show(&inspector, &instance)
    };
    if read.is_edit || !read.problems.is_empty() {
        return form(&read.problems);
    }
    let called = inspector
        .platform
        .call_action(&webhook_id, &action, &read.value)
        .await;
    let exchange = match called {
        Ok(answer) => answer.exchange,
        Err(PlatformError::Call(failed)) => failed.exchange,
        Err(PlatformError::Storage(error)) => return Err(error.into()),
        Err(refused) => return form(&Problems::whole(&refused.to_string())),
    };
    let json = if is_json { "?json=1" } else { "" };
    let address = format!("{}{json}", address(&instance, &action));
    Ok(Redirect::to(&run::address(&address, &exchange)).into_response())
}

/// Reads the input, of the form or of the text.
fn read(inspector: &Inspector, action: &str, sent: &Sent) -> Result<form::Reading, Failure> {
    let Some(text) = sent.text(AS_JSON) else {
        let definition = inspector.platform.definition();
        return Ok(form::read(
            &form_of(input_schema(&definition, action)?),
            sent,
            None,
        ));
    };
    Ok(match serde_json::from_str(text) {
        Ok(value) => form::Reading {
            value,
            ..form::Reading::default()
        },
        Err(error) => form::Reading {
            problems: Problems::whole(&format!("the input is no JSON: {error}")),
            ..form::Reading::default()
        },
    })
}

fn input_schema<'a>(definition: &'a Definition, action: &str) -> Result<&'a Value, Failure> {
    let found = definition.action(action);
    Ok(found
        .ok_or_else(|| Failure::not_found("action", action))?
        .input)
}

fn address(instance: &Instance, action: &str) -> String {
    format!(
        "{}/actions/{}",
        page::of_instance(&instance.webhook_id),
        part(action)
    )
}

fn title(definition: &Definition, action: &str) -> String {
    let title = definition.document()["actions"][action]["title"].as_str();
    title.map_or_else(|| words(action), str::to_owned)
}

fn described<'a>(definition: &'a Definition, action: &str) -> Option<&'a str> {
    definition.document()["actions"][action]["description"].as_str()
}

/// The page of an action.
struct Form<'a> {
    action: &'a str,
    is_json: bool,
    input: Option<&'a Value>,
    /// The JSON as it was entered.
    text: Option<&'a str>,
    problems: &'a Problems,
    exchange: Option<&'a Exchange>,
}

impl Form<'_> {
    fn show(&self, inspector: &Inspector, instance: &Instance) -> Answer {
        let definition = inspector.platform.definition();
        let schema = input_schema(&definition, self.action)?;
        let address = address(instance, self.action);
        let title = title(&definition, self.action);
        let tab = |query: &str, name: &str, is_current: bool| {
            html! { a href={ (address) (query) } aria-current=[is_current.then_some("true")] { (name) } }
        };
        let body = html! {
            p class="trail" { a href={ (page::of_instance(&instance.webhook_id)) "/actions" } { "Actions" } }
            h1 { (title) " " code class="soft" { (self.action) } }
            @if let Some(text) = described(&definition, self.action) { p class="lead" { (sentence(text)) } }
            div class="halves" {
                section aria-labelledby="input" {
                    h2 id="input" { "Input" }
                    nav class="tabs" aria-label="Ways to enter the input" {
                        (tab("", "Form", !self.is_json))
                        (tab("?json=1", "JSON", self.is_json))
                    }
                    (self.problems.render())
                    form class="card" method="post" action=(address) {
                        input type="hidden" name=(TOKEN) value=(inspector.token);
                        (self.fields(schema))
                        div class="buttons" { button class="main" { "Call" } }
                    }
                }
                (run::render(self.exchange, Some("output")))
            }
        };
        show_page(inspector, instance, &title, body)
    }

    fn fields(&self, schema: &Value) -> Markup {
        if !self.is_json {
            let shown = Shown {
                value: self.input,
                old: None,
                problems: self.problems,
            };
            return form::render(&form_of(schema), shown);
        }
        let text = match (self.text, self.input) {
            (Some(text), _) => text.to_owned(),
            (None, Some(input)) => json::pretty(input),
            (None, None) => json::pretty(&form::example(&form_of(schema))),
        };
        html! {
            div class="field" {
                label for="json" { "Input as JSON" }
                p class="hint" { "It is sent as it is, so that the integration can refuse it." }
                textarea id="json" name=(AS_JSON) class="code" rows="16" spellcheck="false" { "\n" (text) }
            }
            details id="schema" {
                summary { "JSON Schema" }
                (json::block(schema, None))
            }
        }
    }
}

fn show_page(inspector: &Inspector, instance: &Instance, title: &str, body: Markup) -> Answer {
    let page = Page {
        title,
        place: Place::Of(&instance.webhook_id, Section::Actions),
        body,
    };
    page.show(inspector)
}
