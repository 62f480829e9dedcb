//! The files beside the pages.

use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const ICON: &str = include_str!("icon.svg");
const SAMPLE: &str = include_str!("sample.svg");

pub(super) async fn style() -> Response {
    asset("text/css; charset=utf-8", STYLE)
}

pub(super) async fn script() -> Response {
    asset("text/javascript; charset=utf-8", SCRIPT)
}

pub(super) async fn icon() -> Response {
    asset("image/svg+xml", ICON)
}

/// The picture of sample messages.
pub(super) async fn sample() -> Response {
    asset("image/svg+xml", SAMPLE)
}

fn asset(content_type: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, content_type)], text).into_response()
}
