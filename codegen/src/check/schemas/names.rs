//! Properties with names of secrets.

use serde_json::Value;

use super::secrets::{is_mark, means_secret};
use super::subject::Subject;
use crate::diagnostic::catalog::secrets;
use crate::diagnostic::{Diagnostic, Location};

/// The last words of names of secrets, and the ends of names that are one word.
const ENDS: [&str; 10] = [
    "accesskey",
    "apikey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "signingkey",
];
/// The words before `token` in names that are not secrets.
const HARMLESS: [&str; 14] = [
    "change",
    "continuation",
    "continue",
    "cursor",
    "delta",
    "end",
    "next",
    "page",
    "paging",
    "prev",
    "previous",
    "resume",
    "start",
    "sync",
];

/// Finds properties of the schema that have the name of a secret, while nothing says whether they are one.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let properties = schema.keywords.get("properties").and_then(Value::as_object);
    let at = schema.at.pointer.child("properties");
    let found: Vec<_> = properties
        .into_iter()
        .flatten()
        .filter(|(name, property)| is_name_of_secret(name) && is_text(property))
        .filter(|(_, property)| !says_whether_secret(property))
        .map(|(name, _)| {
            let place = Location::key(schema.at.file, at.child(name));
            secrets::unmarked_secret(place, name)
        })
        .collect();
    // Most schemas have no such name, and the way to a schema takes longer than its names.
    let file = schema.set.files().get(schema.at.file);
    let is_moot = || file.secret_around(&schema.at.pointer).is_some();
    if found.is_empty() || schema.is_reference_alone() || is_moot() {
        return Vec::new();
    }
    found
}

fn is_name_of_secret(name: &str) -> bool {
    let words = heck::AsSnakeCase(name).to_string();
    let words: Vec<&str> = words.split('_').collect();
    let (last, before) = words.split_last().unwrap_or((&"", &[]));
    if *last == "token" {
        return !before.last().is_some_and(|word| HARMLESS.contains(word));
    }
    let joined = words.concat();
    ENDS.iter().any(|end| joined.ends_with(end))
}

/// Whether a schema is for strings of any content.
fn is_text(schema: &Value) -> bool {
    let is_string = match &schema["type"] {
        Value::String(only) => only == "string",
        Value::Array(types) => types.iter().any(|ty| ty == "string"),
        _ => alternatives(schema).any(is_text),
    };
    is_string && schema.get("enum").is_none() && schema.get("const").is_none()
}

/// Whether the schema or an alternative of it is marked, or is marked in another way, which has a diagnostic of its own.
fn says_whether_secret(schema: &Value) -> bool {
    let keys = schema["x-zui"].as_object().into_iter().flatten();
    let keywords = schema.as_object().into_iter().flatten();
    let mut marks = keywords.filter(|(name, value)| is_mark(name, value));
    let is_said = keys.map(|(name, _)| name).any(|name| means_secret(name));
    is_said || marks.next().is_some() || alternatives(schema).any(says_whether_secret)
}

fn alternatives(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["anyOf", "oneOf", "allOf"].into_iter();
    lists.flat_map(|keyword| schema[keyword].as_array().into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_others() {
        for name in [
            "token",
            "accessToken",
            "refresh_token",
            "password",
            "apiKey",
            "API_KEY",
            "apikey",
            "clientSecret",
            "githubAppPrivateKey",
            "webhookSigningSecret",
            "secretKey",
        ] {
            assert!(is_name_of_secret(name), "{name}");
        }
        for name in [
            "nextToken",
            "pageToken",
            "sync_token",
            "maxTokens",
            "tokenType",
            "key",
            "publicKey",
            "passwordHint",
            "secretary",
            "tokenId",
            "keyboard",
        ] {
            assert!(!is_name_of_secret(name), "{name}");
        }
    }
}
