//! A page: what surrounds its contents.

use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};

use super::banner;
use super::failure::Failure;
pub(super) use super::frame::ROOT;
use super::frame::frame;
use super::state::Inspector;
use super::text::part;
use crate::definition::Definition;
use crate::platform::{Instance, RegistrationStatus};

/// Which link of the navigation leads to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'a> {
    Calls,
    Log,
    Install,
    Deployed,
    /// A page of the instance with a webhook id.
    Of(&'a str, Section),
}

/// The pages of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Overview,
    Actions,
    Chat,
    Webhook,
    Data,
}

impl Section {
    const ALL: [Self; 5] = [
        Self::Overview,
        Self::Actions,
        Self::Chat,
        Self::Webhook,
        Self::Data,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Overview => "Configuration",
            Self::Actions => "Actions",
            Self::Chat => "Chat",
            Self::Webhook => "Webhook",
            Self::Data => "Data",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Actions => "/actions",
            Self::Chat => "/chat",
            Self::Webhook => "/webhook",
            Self::Data => "/data/conversations",
        }
    }
}

/// The address of an instance's pages.
pub(super) fn of_instance(webhook_id: &str) -> String {
    format!("{ROOT}/instances/{}", part(webhook_id))
}

/// The address of the page that installs the integration.
pub(super) fn install(inspector: &Inspector) -> String {
    if inspector.is_deployed() {
        let id = part(inspector.platform.integration_id());
        format!("{ROOT}/deployed/{id}/install")
    } else {
        format!("{ROOT}/install")
    }
}

/// The address of an exchange.
pub(super) fn of_exchange(id: &str) -> String {
    format!("{ROOT}/calls/{}", part(id))
}

/// A page.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) place: Place<'a>,
    pub(super) body: Markup,
}

impl Page<'_> {
    pub(super) fn show(self, inspector: &Inspector) -> Result<Response, Failure> {
        let definition = inspector.platform.definition();
        let instances = inspector.platform.instances()?;
        let name = definition.title();
        let title = format!("{} · {name}", self.title);
        let page = frame(
            &title,
            &html! {
                (header(&definition))
                div class="columns" {
                    (navigation(inspector, &instances, self.place))
                    main id="main" tabindex="-1" {
                        @if !inspector.is_deployed() { (banner::render(&inspector.program.state())) }
                        (self.body)
                    }
                }
            },
        );
        Ok(Html(page.into_string()).into_response())
    }
}

fn header(definition: &Definition) -> Markup {
    html! {
        header class="top" {
            a class="brand" href=(ROOT) {
                span class="mark" aria-hidden="true" {}
                strong { (definition.title()) }
                span class="soft" { (definition.version()) }
            }
            p class="live" id="live" role="status" {}
        }
    }
}

fn navigation(inspector: &Inspector, instances: &[Instance], place: Place<'_>) -> Markup {
    let link = |to: &str, title: &str, is_current: bool| {
        html! { li { a href=(to) aria-current=[is_current.then_some("page")] { (title) } } }
    };
    html! {
        nav aria-label="Inspector" id="navigation" data-live="instances" {
            ul {
                (link(ROOT, "Calls", place == Place::Calls))
                (link(&format!("{ROOT}/log"), "Log", place == Place::Log))
            }
            @for instance in instances { (instance_links(instance, instances.len(), place)) }
            ul class="last" {
                (link(&install(inspector), "Add an instance", place == Place::Install))
                @if !inspector.integrations.deployed().is_empty() {
                    (link(&format!("{ROOT}/deployed"), "Deployed", place == Place::Deployed))
                }
            }
        }
    }
}

/// The links of an instance. Only those of the current one are open if there are several.
fn instance_links(instance: &Instance, count: usize, place: Place<'_>) -> Markup {
    let is_open = count == 1 || matches!(place, Place::Of(id, _) if id == instance.webhook_id);
    let base = of_instance(&instance.webhook_id);
    html! {
        section aria-label={ "Instance " (instance.alias) } {
            h2 {
                a href=(base) { (instance.alias) }
                (dot(instance.status))
            }
            @if is_open {
                ul {
                    @for section in Section::ALL {
                        @let is_current = place == Place::Of(&instance.webhook_id, section);
                        li {
                            a href={ (base) (section.path()) } aria-current=[is_current.then_some("page")] {
                                (section.title())
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The status of an instance as a sign.
fn dot(status: RegistrationStatus) -> Markup {
    let words = status_words(status);
    html! { span class={ "dot " (status_class(status)) } role="img" aria-label=(words) title=(words) {} }
}

pub(super) fn status_words(status: RegistrationStatus) -> String {
    contexture::meaning::words(status.as_str())
}

/// The class of a status: `good`, `bad` or `busy`.
pub(super) fn status_class(status: RegistrationStatus) -> &'static str {
    match status {
        RegistrationStatus::Registered => "good",
        RegistrationStatus::RegistrationFailed | RegistrationStatus::UnregistrationFailed => "bad",
        RegistrationStatus::RegistrationPending | RegistrationStatus::UnregistrationPending => {
            "busy"
        }
        RegistrationStatus::Unregistered => "off",
    }
}
