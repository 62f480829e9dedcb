//! The page at the end of an authorization.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::Received;

/// Shows how an authorization went.
pub(super) fn page(received: &Received) -> Response {
    let is_ok = received.parameter("success").as_deref() == Some("true");
    let (title, text) = if is_ok {
        let text = "The account is connected. You can close this page.";
        ("Connected", text.to_owned())
    } else {
        let reason = received.parameter("errorMessage");
        let reason = reason.unwrap_or_else(|| "the integration gave no reason".to_owned());
        ("Not connected", reason)
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title><main style=\"font:1.1rem/1.5 system-ui;max-width:32rem;margin:4rem auto;padding:0 1rem\">\
         <h1>{title}</h1><p>{}</p></main></html>",
        escaped(&text)
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ];
    (StatusCode::OK, headers, page).into_response()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_cannot_become_markup() {
        assert_eq!(
            escaped("<b>\"a\" & 'b'</b>"),
            "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;"
        );
    }
}
