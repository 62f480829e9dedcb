//! The integrations that were deployed.

use axum::extract::State;
use contexture::meaning::words;
use maud::{Markup, html};

use super::failure::Answer;
use super::page::{self, Page, Place};
use super::state::Inspector;
use crate::platform::Platform;

/// The integrations, the newest first, with their instances.
pub(super) async fn list(State(inspector): State<Inspector>) -> Answer {
    let deployed = inspector.integrations.deployed();
    let body = html! {
        h1 { "Deployed" }
        p class="lead" {
            "Integrations that were deployed to this emulator by its admin API, with " code { "contexture deploy" } " for example."
        }
        @if deployed.is_empty() {
            div class="empty" { p { strong { "Nothing is deployed." } } }
        }
        @for platform in deployed { (integration(&inspector, &platform)) }
    };
    let page = Page {
        title: "Deployed",
        place: Place::Deployed,
        body,
    };
    page.show(&inspector)
}

fn integration(inspector: &Inspector, platform: &Platform) -> Markup {
    let definition = platform.definition();
    let address = platform.address();
    // Without the storage, there is no page either.
    let instances = platform.instances().unwrap_or_default();
    let install = page::install(&inspector.about(platform.clone()));
    html! {
        section class="card" {
            h2 { (definition.name()) " " span class="soft" { (definition.version()) } }
            p {
                @if address.is_empty() {
                    "Its code is kept, and the emulator does not run it."
                } @else {
                    "It is called at " code { (address) } "."
                }
            }
            p class="soft" { code { (platform.integration_id()) } }
            ul {
                @for instance in instances {
                    li {
                        a href=(page::of_instance(&instance.webhook_id)) { (instance.alias) }
                        " is " (words(instance.status.as_str()))
                    }
                }
            }
            p { a class="button" href=(install) { "Install" } }
        }
    }
}
