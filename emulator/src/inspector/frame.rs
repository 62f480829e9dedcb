//! The document around all pages.

use axum::response::{Html, IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, html};

/// Where the pages are.
pub(super) const ROOT: &str = "/inspector";

/// A page without navigation, for what cannot be shown.
pub(super) fn bare(title: &str, text: &str) -> Response {
    let page = frame(
        title,
        &html! {
            main id="main" class="alone" {
                h1 { (title) }
                p { (text) }
                p { a href=(ROOT) { "Back to the calls" } }
            }
        },
    );
    Html(page.into_string()).into_response()
}

/// The document around a page.
pub(super) fn frame(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href={ (ROOT) "/icon.svg" } type="image/svg+xml";
                link rel="stylesheet" href={ (ROOT) "/style.css" };
                script src={ (ROOT) "/script.js" } defer {}
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                (body)
            }
        }
    }
}
