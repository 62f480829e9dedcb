//! The installation of an instance.

use axum::response::{IntoResponse as _, Redirect};
use maud::{Markup, html};
use serde_json::Value;

use super::configuration::{self, TYPE};
use crate::inspector::failure::Answer;
use crate::inspector::form::{Problems, read};
use crate::inspector::named::Named;
use crate::inspector::page::{self, Page, Place};
use crate::inspector::sent::{Query, Sent, TOKEN};
use crate::inspector::state::Inspector;
use crate::platform::{Instance, NewInstance};

pub(in crate::inspector) async fn show(Named(inspector): Named, query: Query) -> Answer {
    let definition = inspector.platform.definition();
    let chosen = configuration::chosen(&definition, query.text(TYPE));
    form(
        &inspector,
        chosen,
        &Sent::default(),
        None,
        &Problems::default(),
    )
}

/// Installs the integration, and leads to the instance.
pub(in crate::inspector) async fn install(Named(inspector): Named, sent: Sent) -> Answer {
    let definition = inspector.platform.definition();
    let chosen = configuration::chosen(&definition, sent.filled(TYPE));
    let read = read(&configuration::form(&inspector, chosen)?, &sent, None);
    if read.is_edit || !read.problems.is_empty() {
        return form(&inspector, chosen, &sent, Some(&read.value), &read.problems);
    }
    let new = NewInstance {
        bot_id: sent.filled("bot").map(str::to_owned),
        alias: sent.filled("alias").map(|alias| alias.trim().to_owned()),
        configuration_type: chosen.map(str::to_owned),
        configuration: read.value.clone(),
    };
    let installed = inspector.platform.install(new).await;
    inspector.instance_changed();
    match installed {
        Ok(instance) => Ok(Redirect::to(&page::of_instance(&instance.webhook_id)).into_response()),
        Err(error) => {
            let problems = configuration::problems(error)?;
            form(&inspector, chosen, &sent, Some(&read.value), &problems)
        }
    }
}

fn form(
    inspector: &Inspector,
    chosen: Option<&str>,
    sent: &Sent,
    value: Option<&Value>,
    problems: &Problems,
) -> Answer {
    let definition = inspector.platform.definition();
    let fields = configuration::form(inspector, chosen)?;
    let address = page::install(inspector);
    let body = html! {
        h1 { "Add an instance" }
        p class="lead" {
            "An instance is the integration in a bot, with a configuration. Botpress calls " code { "register" }
            " when it is installed."
        }
        (configuration::tabs(&definition, chosen, None, &address))
        (problems.render())
        form class="card" method="post" action=(address) {
            input type="hidden" name=(TOKEN) value=(inspector.token);
            (configuration::fields(&fields, chosen, value, None, problems))
            (place(&inspector.platform.instances()?, definition.name(), sent))
            div class="buttons" { button class="main" { "Install" } }
        }
    };
    let page = Page {
        title: "Add an instance",
        place: Place::Install,
        body,
    };
    page.show(inspector)
}

/// The bot and the alias of the instance.
fn place(instances: &[Instance], name: &str, sent: &Sent) -> Markup {
    let mut bots: Vec<&str> = instances
        .iter()
        .map(|instance| instance.bot_id.as_str())
        .collect();
    bots.sort_unstable();
    bots.dedup();
    let chosen = sent.text("bot").unwrap_or_default();
    html! {
        div class="row" {
            div class="field" {
                label for="alias" { "Alias" span class="optional" { " (optional)" } }
                input id="alias" name="alias" value=(sent.text("alias").unwrap_or_default()) placeholder=(name)
                    autocomplete="off" spellcheck="false";
            }
            @if !bots.is_empty() {
                div class="field" {
                    label for="bot" { "Bot" }
                    select id="bot" name="bot" {
                        option value="" { "A new bot" }
                        @for bot in bots { option value=(bot) selected[bot == chosen] { (bot) } }
                    }
                }
            }
        }
    }
}
