//! The frame of the page.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use contexture_emulator::markup::{Place, markdown};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::{block, changes, contents, inline, items, name};
use crate::docs::reference::Reference;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

pub(super) fn page(reference: &Reference) -> Markup {
    let icon = reference.icon.as_deref().map(data_url);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                // A page without an icon makes browsers ask for one.
                link rel="icon" href=(icon.as_deref().unwrap_or("data:,"));
                title { (reference.name) " " (reference.version) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                header {
                    p class="brand" {
                        a href="#main" { (inline(&reference.label())) }
                        span { (reference.version) }
                    }
                    div role="search" class="search" hidden {
                        input id="search" type="search" placeholder="Search" autocomplete="off" spellcheck="false"
                            aria-label="Search the reference" aria-keyshortcuts="/" aria-describedby="found";
                        kbd aria-hidden="true" { "/" }
                    }
                    p id="found" role="status" {}
                    (contents::contents(reference))
                }
                main id="main" tabindex="-1" {
                    (intro(reference, icon.as_deref()))
                    @if let Some(readme) = &reference.readme {
                        section id="overview" class="readme" data-item {
                            (markdown(readme, Place::Page(1)))
                        }
                    }
                    @for section in &reference.sections { (items::section(section)) }
                    (changes::changes(&reference.changes))
                    p class="nothing" hidden { "Nothing fits the search." }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn intro(reference: &Reference, icon: Option<&str>) -> Markup {
    html! {
        div class="intro" {
            @if let Some(icon) = icon { img src=(icon) alt="" width="56" height="56"; }
            div {
                h1 { (inline(&reference.title)) }
                p class="facts" {
                    (name(&reference.name)) " · version " (reference.version)
                    @if let Some(step) = reference.changes.first() {
                        " · " a href={ "#" (step.id) } { "what changed since " (step.old) }
                    }
                }
            }
        }
        @if let Some(description) = &reference.description {
            div class="lead" { (block(description)) }
        }
    }
}

/// Only the style and the script of the page itself count. Nothing is loaded.
fn policy() -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; base-uri 'none'; \
         form-action 'none'"
    )
}

/// An SVG as an address. In an image, its scripts do not run.
fn data_url(icon: &str) -> String {
    format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(icon))
}
