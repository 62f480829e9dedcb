//! The markup of pages.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::field::Field;
use super::form::Form;
use super::page::{Button, Page, Target};
use super::refusal::Refused;
use super::render_field::{first_id, render_field};
use super::submission::FORM_TOKEN;
use crate::Result;
use crate::crypto::sha256;
use crate::webhook::{Html, WebhookResponse};

const STYLE: &str = include_str!("style.css");

/// The hash by which the content security policy allows the style.
static STYLE_HASH: LazyLock<String> =
    LazyLock::new(|| BASE64_STANDARD.encode(sha256(STYLE.as_bytes())));

/// A page, and what its addresses depend on.
pub(super) struct PageView<'a, S> {
    pub(super) page: &'a Page<S>,
    pub(super) is_https: bool,
    pub(super) webhook_id: &'a str,
    pub(super) step_url: &'a dyn Fn(S) -> Result<String>,
    pub(super) form_token: &'a dyn Fn(S) -> Result<String>,
    pub(super) check_url: &'a dyn Fn(&str) -> Result<()>,
}

/// Renders a page of a step.
pub(super) fn render<S: Copy>(view: &PageView<'_, S>) -> Result<WebhookResponse> {
    let page = view.page;
    let form = page.form.as_ref().map(|form| render_form(view, form));
    let form = form.transpose()?;
    let buttons = page.buttons.iter().enumerate().map(|(index, button)| {
        let is_main = index == 0 && form.is_none();
        render_button(view, button, is_main)
    });
    let buttons: Vec<Markup> = buttons.collect::<Result<_>>()?;
    let has_problems = page
        .form
        .as_ref()
        .is_some_and(|form| form.invalid.is_some());
    let body = html! {
        h1 { (page.title) }
        @if let Some(form) = &page.form { (render_problems(form)) }
        @for part in &page.content { (PreEscaped(part.as_str())) }
        @if let Some(form) = form { (form) }
        @if !buttons.is_empty() {
            div class="buttons" { @for button in &buttons { (button) } }
        }
    };
    let title = if has_problems {
        format!("Error: {}", page.title)
    } else {
        page.title.clone()
    };
    Ok(respond(&title, &page.language, &body, view.is_https))
}

/// Renders the page of a refusal.
pub(super) fn render_refusal(
    refused: Refused,
    start: Option<&str>,
    is_https: bool,
) -> WebhookResponse {
    let (title, text) = refused.page();
    let body = html! {
        h1 { (title) }
        p { (text) }
        @if let Some(start) = start {
            div class="buttons" { a class="button main" href=(start) { "Start again" } }
        }
    };
    respond(title, "en", &body, is_https).with_status(refused.status())
}

fn render_form<S: Copy>(view: &PageView<'_, S>, form: &Form<S>) -> Result<Markup> {
    let action = (view.step_url)(form.step)?;
    let token = (view.form_token)(form.step)?;
    Ok(html! {
        form method="post" action=(action) {
            // Botpress routes by the query. Its own forms have the parameter in both places.
            input type="hidden" name="state" value=(view.webhook_id);
            input type="hidden" name=(FORM_TOKEN) value=(token);
            @for (index, field) in form.fields.iter().enumerate() {
                (render_field(index, field, form.invalid.as_ref()))
            }
            div class="buttons" { button class="button main" type="submit" { (form.button) } }
        }
    })
}

/// Renders the list of problems above a form. A screen reader reads it at once.
fn render_problems<S>(form: &Form<S>) -> Markup {
    let Some(invalid) = &form.invalid else {
        return html! {};
    };
    let place = |name: &Option<String>| -> Option<(usize, &Field)> {
        let mut fields = form.fields.iter().enumerate();
        fields.find(|(_, field)| Some(&field.name) == name.as_ref())
    };
    html! {
        div class="problems" role="alert" {
            h2 { "There is a problem" }
            ul {
                @for (name, problem) in &invalid.problems {
                    li {
                        @match place(name) {
                            Some((index, _)) => { a href={ "#" (first_id(index)) } { (problem) } }
                            None => { (problem) }
                        }
                    }
                }
            }
        }
    }
}

fn render_button<S: Copy>(
    view: &PageView<'_, S>,
    button: &Button<S>,
    is_main: bool,
) -> Result<Markup> {
    let class = if is_main { "button main" } else { "button" };
    Ok(match &button.target {
        Target::Step(step) => {
            html! { a class=(class) href=((view.step_url)(*step)?) { (button.label) } }
        }
        Target::Url(url) => {
            (view.check_url)(url)?;
            html! {
                a class=(class) href=(url) target="_blank" rel="noopener noreferrer" { (button.label) }
            }
        }
    })
}

/// Wraps the content of a page.
fn respond(title: &str, language: &str, body: &Markup, is_https: bool) -> WebhookResponse {
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    // A form's answer may redirect to a provider or to Botpress, and browsers apply `form-action` to
    // redirects, too.
    let schemes = if is_https { "https:" } else { "https: http:" };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; form-action 'self' {schemes}; \
         base-uri 'none'; frame-ancestors 'none'",
        *STYLE_HASH
    );
    WebhookResponse::html(Html::trusted(page.into_string()))
        .with_header("content-security-policy", policy)
        .with_header("cache-control", "no-store")
        .with_header("referrer-policy", "no-referrer")
        .with_header("x-content-type-options", "nosniff")
        // Without it, Botpress shows a page of its own in place of this one.
        .with_header("x-bp-disable-interstitial", "true")
}
