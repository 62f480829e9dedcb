//! Refusals of providers, and their kinds.

use http::StatusCode;
use serde_json::{Map, Value};

/// The kind of a provider's refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// The code or the refresh token is no longer valid. The user must authorize the integration
    /// again.
    AuthorizeAgain,
    /// The provider is overloaded or unavailable. The same request may succeed later.
    TryAgainLater,
    /// The client id, the client secret, the redirect URL, a scope or the request is wrong. Only the
    /// owner of the integration can correct it.
    Misconfigured,
    /// The provider does not say why.
    Unknown,
}

/// The refusal of a token request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The provider's code. It may be any text.
    pub(super) code: String,
    pub(super) kind: RefusalKind,
}

impl Refusal {
    /// Reads a refusal without a readable body. Returns `None` if its status says nothing.
    pub(super) fn of_status(status: StatusCode) -> Option<Self> {
        let kind = kind_of_status(status);
        (kind != RefusalKind::Unknown).then(|| Self {
            code: status.as_str().to_owned(),
            kind,
        })
    }

    /// Reads a refusal. Returns `None` if neither the body nor the status says that it is one.
    pub(super) fn read(status: StatusCode, answer: &Map<String, Value>) -> Option<Self> {
        let Some(code) = code_of(answer) else {
            return Self::of_status(status);
        };
        let kind = classify(status, &code, &texts(answer));
        Some(Self { code, kind })
    }
}

/// The members with the code of a refusal, from the most to the least specific.
const CODES: &[&str] = &[
    "error",
    "errors",
    "errorType",
    "error_type",
    "errorId",
    "errorCode",
    "error_code",
    "type",
    "status",
    "code",
    "reason",
    "message",
    "msg",
    "error_message",
    "error_description",
    "description",
];

/// Finds the code: a text, or else a number, of one of the members, also inside of them.
fn code_of(answer: &Map<String, Value>) -> Option<String> {
    let members = || CODES.iter().filter_map(|name| answer.get(*name));
    members()
        .find_map(text_of)
        .or_else(|| members().find_map(number_of))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Object(inner) => CODES
            .iter()
            .filter_map(|name| inner.get(*name))
            .find_map(text_of),
        Value::Array(list) => list.first().and_then(text_of),
        _ => None,
    }
}

fn number_of(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => CODES
            .iter()
            .filter_map(|name| inner.get(*name))
            .find_map(number_of),
        _ => None,
    }
}

/// All texts of a response, in lower case.
fn texts(answer: &Map<String, Value>) -> String {
    fn collect(value: &Value, texts: &mut String) {
        match value {
            Value::String(text) => {
                texts.push_str(&text.to_lowercase());
                texts.push('\n');
            }
            Value::Array(list) => list.iter().for_each(|value| collect(value, texts)),
            Value::Object(members) => members.values().for_each(|value| collect(value, texts)),
            _ => {}
        }
    }

    let mut texts = String::new();
    answer.values().for_each(|value| collect(value, &mut texts));
    texts
}

/// The meaning of codes, from RFC 6749, `OpenID` Connect and the documentation of providers.
///
/// `invalid_request`, `unauthorized_client` and `OAuthException` are not listed: providers use them for invalid tokens as
/// well as for wrong settings.
const MEANINGS: &[(RefusalKind, &[&str])] = &[
    (
        RefusalKind::AuthorizeAgain,
        &[
            "invalid_grant",
            "bad_refresh_token",
            "invalid_refresh_token",
            "refresh_token_expired",
            "expired_token",
            "token_expired",
            "token_revoked",
            "token_invalid",
            "invalid_token",
            "bad_verification_code",
            "invalid_code",
            "bad_auth_code",
            "code_expired",
            "code_already_used",
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "access_denied",
            "consent_required",
            "interaction_required",
            "login_required",
            "user_revoked",
            "inactive_user",
        ],
    ),
    (
        RefusalKind::TryAgainLater,
        &[
            "temporarily_unavailable",
            "server_error",
            "internal_error",
            "internal_server_error",
            "fatal_error",
            "service_unavailable",
            "slow_down",
            "ratelimited",
            "rate_limited",
            "rate_limit_exceeded",
            "too_many_requests",
            "request_timeout",
            "backend_error",
        ],
    ),
    (
        RefusalKind::Misconfigured,
        &[
            "invalid_client",
            "invalid_client_id",
            "bad_client_id",
            "invalid_client_secret",
            "bad_client_secret",
            "incorrect_client_credentials",
            "client_not_found",
            "deleted_client",
            "disabled_client",
            "application_cannot_be_found",
            "application_suspended",
            "unsupported_grant_type",
            "unsupported_response_type",
            "invalid_scope",
            "missing_scope",
            "redirect_uri_mismatch",
            "invalid_redirect_uri",
            "bad_redirect_uri",
            "invalid_resource",
            "invalid_target",
            "oauth_app_access_restricted",
        ],
    ),
];

fn classify(status: StatusCode, code: &str, texts: &str) -> RefusalKind {
    if is_overloaded(texts) {
        return RefusalKind::TryAgainLater;
    }
    let code = code.trim().to_lowercase().replace([' ', '-', '.'], "_");
    let meant = MEANINGS
        .iter()
        .find(|(_, codes)| codes.contains(&code.as_str()));
    if let Some((kind, _)) = meant {
        return *kind;
    }
    if is_about_settings(texts) {
        return RefusalKind::Misconfigured;
    }
    if is_about_a_grant(texts) {
        return RefusalKind::AuthorizeAgain;
    }
    match code.as_str() {
        "invalid_request" | "unauthorized_client" => RefusalKind::Misconfigured,
        _ => kind_of_status(status),
    }
}

fn kind_of_status(status: StatusCode) -> RefusalKind {
    match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => RefusalKind::TryAgainLater,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => RefusalKind::Misconfigured,
        status if status.is_server_error() => RefusalKind::TryAgainLater,
        _ => RefusalKind::Unknown,
    }
}

fn is_overloaded(texts: &str) -> bool {
    [
        "too many requests",
        "rate limit",
        "request limit",
        "try again later",
        "temporarily",
    ]
    .iter()
    .any(|part| texts.contains(part))
}

fn is_about_settings(texts: &str) -> bool {
    [
        "client secret",
        "client_secret",
        "client id",
        "client_id",
        "client credentials",
        "client authentication",
    ]
    .iter()
    .any(|part| texts.contains(part))
}

fn is_about_a_grant(texts: &str) -> bool {
    let has_any = |parts: &[&str]| parts.iter().any(|part| texts.contains(part));
    has_any(&["token", "authorization code", "the code", "grant"])
        && has_any(&[
            "invalid",
            "expired",
            "revoked",
            "not found",
            "already",
            "malformed",
            "not valid",
        ])
}
