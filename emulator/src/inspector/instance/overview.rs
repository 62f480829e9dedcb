//! The page of an instance: its status and its configuration.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use maud::{Markup, html};
use serde_json::Value;

use super::configuration::{self, TYPE};
use crate::inspector::calls;
use crate::inspector::failure::{Answer, Failure, sentence};
use crate::inspector::form::{Problems, read};
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place, Section};
use crate::inspector::sent::{Query, Sent, TOKEN};
use crate::inspector::state::Inspector;
use crate::inspector::{run, text};
use crate::platform::{AuthorizationLink, Instance, PlatformError};

pub(in crate::inspector) async fn show(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    query: Query,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let definition = inspector.platform.definition();
    // An empty name is that of the primary type.
    let named = if query.has(TYPE) {
        query.text(TYPE)
    } else {
        instance.configuration_type.as_deref()
    };
    let chosen = configuration::chosen(&definition, named);
    let value = stored(&instance, chosen).cloned();
    let form = Form {
        chosen,
        value: value.as_ref(),
        problems: &Problems::default(),
    };
    render(&inspector, &instance, &query, form).await
}

/// Changes the configuration.
pub(in crate::inspector) async fn configure(
    Named(inspector): Named,
    Path(webhook_id): Path<String>,
    sent: Sent,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let definition = inspector.platform.definition();
    let chosen = configuration::chosen(&definition, sent.filled(TYPE));
    let old = stored(&instance, chosen);
    let read = read(&configuration::form(&inspector, chosen)?, &sent, old);
    let problems = if read.is_edit || !read.problems.is_empty() {
        read.problems
    } else {
        let configured = inspector
            .platform
            .configure(&webhook_id, chosen, &read.value)
            .await;
        inspector.instance_changed();
        match configured {
            Ok(_) => {
                let address = format!("{}?done=configured", page::of_instance(&webhook_id));
                return Ok(Redirect::to(&address).into_response());
            }
            Err(error) => configuration::problems(error)?,
        }
    };
    let form = Form {
        chosen,
        value: Some(&read.value),
        problems: &problems,
    };
    render(&inspector, &instance, &Query::default(), form).await
}

/// The stored configuration, if it is of this type.
fn stored<'a>(instance: &'a Instance, configuration_type: Option<&str>) -> Option<&'a Value> {
    let is_same = instance.configuration_type.as_deref() == configuration_type;
    is_same.then_some(&instance.configuration)
}

/// What the form of the configuration shows.
struct Form<'a> {
    chosen: Option<&'a str>,
    value: Option<&'a Value>,
    problems: &'a Problems,
}

async fn render(
    inspector: &Inspector,
    instance: &Instance,
    query: &Query,
    form: Form<'_>,
) -> Answer {
    let address = page::of_instance(&instance.webhook_id);
    let definition = inspector.platform.definition();
    let fields = configuration::form(inspector, form.chosen)?;
    let body = html! {
        div class="title" {
            h1 { (instance.alias) }
            (buttons(inspector, &address))
        }
        (done(inspector, query)?)
        div id="status" data-live="instances" {
            (status(instance))
            (facts(inspector, instance).await?)
        }
        section aria-labelledby="configuration" {
            h2 id="configuration" { "Configuration" }
            (configuration::tabs(&definition, form.chosen, Some(instance), &address))
            (form.problems.render())
            form class="card" method="post" action=(address) {
                input type="hidden" name=(TOKEN) value=(inspector.token);
                (configuration::fields(&fields, form.chosen, form.value, stored(instance, form.chosen), form.problems))
                div class="buttons" { button class="main" { "Save and register" } }
            }
        }
        (removal(inspector, instance, &address))
    };
    let page = Page {
        title: &instance.alias,
        place: Place::Of(&instance.webhook_id, Section::Overview),
        body,
    };
    page.show(inspector)
}

/// A form of one button.
pub(super) fn button(inspector: &Inspector, action: &str, class: &str, title: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name=(TOKEN) value=(inspector.token);
            button class=(class) { (title) }
        }
    }
}

fn buttons(inspector: &Inspector, address: &str) -> Markup {
    html! {
        div class="buttons" {
            (button(inspector, &format!("{address}/register"), "", "Register"))
            (button(inspector, &format!("{address}/unregister"), "", "Unregister"))
            (button(inspector, &format!("{address}/ping"), "", "Ping"))
            (button(inspector, &format!("{address}/rotate"), "", "Rotate the signing secret"))
        }
    }
}

/// What the last button did.
fn done(inspector: &Inspector, query: &Query) -> Result<Markup, Failure> {
    let run = run::of(inspector, query)?;
    Ok(html! {
        @if let Some(run) = run {
            p class={ "banner " (if run.is_ok() { "good" } else { "bad" }) } role="status" {
                strong { (calls::Name::of(&run).about) ": " }
                (calls::status(&run)) " "
                @if let Some(duration) = run.duration { "in " (text::duration(duration)) " · " }
                a href=(page::of_exchange(&run.id)) { "Show the call" }
            }
        }
        @match query.text("done") {
            Some("rotated") => p class="banner good" role="status" {
                "Calls are signed with a new secret now. The old one is valid for 24 hours, and calls have both signatures."
            },
            Some("configured") => p class="banner good" role="status" { "The configuration was saved, and " code { "register" } " was called." },
            _ => {},
        }
    })
}

fn status(instance: &Instance) -> Markup {
    html! {
        @if let Some(reason) = &instance.reason {
            p class="banner bad" {
                strong { (page::status_words(instance.status)) ". " }
                (sentence(reason))
            }
        }
    }
}

async fn facts(inspector: &Inspector, instance: &Instance) -> Result<Markup, Failure> {
    let identifier = inspector.platform.identifier(instance)?;
    let link = authorization_link(inspector, instance).await;
    let fact = |title: &str, value: Markup| html! { div { dt { (title) } dd { (value) } } };
    let class = page::status_class(instance.status);
    Ok(html! {
        dl class="facts" {
            (fact("Status", html! { span class={ "status " (class) } { (page::status_words(instance.status)) } }))
            (fact("Installed", html! { (text::moment(&crate::wire::time::format(instance.created))) }))
            @if let Some(identifier) = identifier { (fact("Identifier", html! { code { (identifier) } })) }
            (fact("Webhook", html! { code { (inspector.platform.webhook_url(&instance.webhook_id)) } }))
            @match link {
                Ok(Some(link)) => (fact("Authorization", html! {
                    a href=(link.url) target="_blank" rel="noreferrer" { "Open the link" }
                    @if link.is_required { " " span class="soft" { "(required)" } }
                })),
                Ok(None) => {},
                Err(error) => (fact("Authorization", html! { span class="soft" { (sentence(&error.to_string())) } })),
            }
        }
        details id="ids" {
            summary { "Ids" }
            dl class="headers" {
                dt { "Bot" } dd { (instance.bot_id) }
                dt { "User of the bot" } dd { (instance.bot_user_id) }
                dt { "Integration" } dd { (instance.integration_id) }
                dt { "Webhook" } dd { (instance.webhook_id) }
            }
        }
    })
}

/// The link runs a script, for which a program is started.
async fn authorization_link(
    inspector: &Inspector,
    instance: &Instance,
) -> Result<Option<AuthorizationLink>, PlatformError> {
    let platform = inspector.platform.clone();
    let webhook_id = instance.webhook_id.clone();
    let link = tokio::task::spawn_blocking(move || platform.authorization_link(&webhook_id));
    link.await.unwrap_or(Ok(None))
}

fn removal(inspector: &Inspector, instance: &Instance, address: &str) -> Markup {
    html! {
        section aria-labelledby="removal" {
            h2 id="removal" { "Removal" }
            p class="soft" {
                "Uninstalling calls " code { "unregister" } ", and removes the instance if that succeeds. "
                "Removing does not call the integration. The data of the bot " code { (instance.bot_id) } " remains."
            }
            div class="buttons" {
                (button(inspector, &format!("{address}/uninstall"), "danger", "Uninstall"))
                (button(inspector, &format!("{address}/remove"), "danger", "Remove without a call"))
            }
        }
    }
}
