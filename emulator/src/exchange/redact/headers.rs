//! Headers without their secrets.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::Secrets;
use super::placeholder::REDACTED;

/// Headers that are secrets as a whole.
const SECRET: [&str; 7] = [
    "api-key",
    "x-access-token",
    "x-api-key",
    "x-auth-token",
    "x-gitlab-token",
    "x-goog-channel-token",
    "x-telegram-bot-api-secret-token",
];

/// Replaces the secrets in headers.
pub(in crate::exchange) fn redact_headers(
    headers: &[(String, String)],
    secrets: &Secrets,
) -> Vec<(String, String)> {
    let redacted = headers.iter().map(|(name, value)| {
        let value = redact_header(&name.to_ascii_lowercase(), value, secrets);
        (name.clone(), value)
    });
    redacted.collect()
}

fn redact_header(name: &str, value: &str, secrets: &Secrets) -> String {
    match name {
        "authorization" | "proxy-authorization" => authorization(value),
        "cookie" => cookies(value),
        "set-cookie" => set_cookie(value),
        "x-bp-signature" => REDACTED.to_owned(),
        "x-bp-configuration" => {
            configuration(value, secrets).unwrap_or_else(|| REDACTED.to_owned())
        }
        name if SECRET.contains(&name) => secrets.redact_whole(value),
        _ => secrets.redact(value),
    }
}

/// Keeps the scheme.
fn authorization(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            format!("{scheme} {REDACTED}")
        }
        _ => REDACTED.to_owned(),
    }
}

/// Keeps the names.
fn cookies(value: &str) -> String {
    let cookies: Vec<_> = value
        .split(';')
        .map(|cookie| one_cookie(cookie.trim()))
        .collect();
    cookies.join("; ")
}

/// Keeps the name and the attributes.
fn set_cookie(value: &str) -> String {
    match value.split_once(';') {
        Some((cookie, attributes)) => format!("{};{attributes}", one_cookie(cookie)),
        None => one_cookie(value),
    }
}

fn one_cookie(cookie: &str) -> String {
    match cookie.split_once('=') {
        Some((name, _)) => format!("{name}={REDACTED}"),
        None => REDACTED.to_owned(),
    }
}

/// Keeps what the schema does not mark as secret.
fn configuration(value: &str, secrets: &Secrets) -> Option<String> {
    let json = BASE64_STANDARD.decode(value).ok()?;
    let configuration: Value = serde_json::from_slice(&json).ok()?;
    let redacted = secrets.redact_configuration(&configuration);
    Some(BASE64_STANDARD.encode(redacted.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn redacted(name: &str, value: &str) -> String {
        let schema = json!({ "properties": { "key": { "x-zui": { "secret": true } } } });
        let secrets = Secrets::of_configuration(&schema, &json!({ "key": "hunter2" }));
        redact_headers(&[(name.to_owned(), value.to_owned())], &secrets)[0]
            .1
            .clone()
    }

    #[test]
    fn headers_that_prove_something_lose_their_proof() {
        assert_eq!(redacted("Authorization", "Bearer abc"), "Bearer [redacted]");
        assert_eq!(redacted("authorization", "abc"), REDACTED);
        assert_eq!(redacted("cookie", "a=1; b=2"), "a=[redacted]; b=[redacted]");
        assert_eq!(
            redacted("set-cookie", "a=1; Path=/; HttpOnly"),
            "a=[redacted]; Path=/; HttpOnly"
        );
        assert_eq!(redacted("X-BP-Signature", "1,abc"), REDACTED);
        assert_eq!(redacted("x-other", "is hunter2"), "is [secret /key]");
        assert_eq!(redacted("X-Api-Key", "hunter2"), "[secret /key]");
        assert_eq!(redacted("X-Api-Key", "another hunter2"), REDACTED);
    }

    #[test]
    fn a_configuration_keeps_what_is_not_secret() {
        let value = BASE64_STANDARD.encode(r#"{"key":"another one","region":"eu"}"#);
        let shown = BASE64_STANDARD
            .decode(redacted("x-bp-configuration", &value))
            .unwrap();
        assert_eq!(shown, br#"{"key":"[secret /key]","region":"eu"}"#);
        assert_eq!(redacted("x-bp-configuration", "%"), REDACTED);
    }
}
