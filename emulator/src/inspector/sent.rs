//! What a browser has sent: the fields of a form, and the query.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use http::StatusCode;
use http::request::Parts;

use super::failure::Failure;
use super::guard::forbidden;
use super::state::Inspector;

/// The largest form in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// The field that proves that a form is one of this process.
pub(super) const TOKEN: &str = "token";

/// The fields of a form, whose token was right, in their order.
#[derive(Clone, Default)]
pub(super) struct Sent(Vec<(String, String)>);

/// The parameters of the query.
#[derive(Clone, Default)]
pub(super) struct Query(Sent);

impl Sent {
    pub(super) fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first text with a name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let mut named = self.0.iter();
        let found = named.find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }

    /// A text that is not blank.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    /// All texts with a name.
    pub(super) fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name);
        named.map(|(_, text)| text.as_str())
    }

    /// Sets a text.
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.to_owned()));
        self
    }
}

impl Query {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.filled(name)
    }

    /// Whether there is a parameter, which may be empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.text(name).is_some()
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Sent::parse(query.as_bytes())))
    }
}

impl FromRequest<Inspector> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, inspector: &Inspector) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;

        let body = axum::body::to_bytes(request.into_body(), LARGEST).await;
        let body = body.map_err(|_| {
            let text = format!("The form has more than {LARGEST} bytes.");
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, text).into_response()
        })?;
        let sent = Self::parse(&body);
        let is_own = !inspector.token.is_empty() && sent.text(TOKEN) == Some(&*inspector.token);
        if is_own {
            Ok(sent)
        } else {
            Err(forbidden(
                "The form is not one of this emulator. The emulator may have been restarted since: open the page again.\n",
            ))
        }
    }
}
