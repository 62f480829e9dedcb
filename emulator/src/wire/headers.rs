//! The headers by which a request says who makes it.

use contexture::ApiErrorKind;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::failure::{Failure, Result};

/// The token of the header `Authorization`.
pub(crate) fn token(headers: &HeaderMap) -> Result<&str> {
    let authorization = header(headers, AUTHORIZATION.as_str())
        .ok_or_else(|| unauthorized("the header Authorization is missing"))?;
    authorization
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| unauthorized("the header Authorization must be: Bearer <token>"))
}

/// The refusal of a request whose token is missing or unknown.
pub(crate) fn unauthorized(message: &str) -> Failure {
    Failure::new(ApiErrorKind::Unauthorized, message)
}

/// The value of a header that is not empty.
pub(crate) fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty()).then_some(value)
}
