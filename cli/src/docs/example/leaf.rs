//! Texts and numbers within the limits of a schema.

use contexture::meaning::Meaning;
use contexture_compare::sample::{Label, Labeler, Random, sample};
use serde_json::{Value, json};

use super::words;

/// The keywords that limit a text or a number.
const LIMITS: [&str; 9] = [
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// How many guesses are tried if no ordinary value fits.
const GUESSES: usize = 60;

/// What stands for a secret.
const SECRET: &str = "••••••••";

/// A text for a property of this name.
pub(super) fn text(meaning: &Meaning<'_>, name: &str) -> Option<Value> {
    if meaning.is_secret() {
        let masks = [SECRET.to_owned(), sized(SECRET, meaning)];
        return first_valid(meaning, "string", masks.into_iter().map(Value::from));
    }
    let placeholder = meaning.ui_text("placeholder");
    let format = meaning.first("format").and_then(Value::as_str);
    let format = format.and_then(words::of_format).map(str::to_owned);
    let word = words::of_name(name, meaning);
    let ordinary = format
        .or(placeholder)
        .into_iter()
        .chain([word.clone(), sized(&word, meaning)]);
    first_valid(meaning, "string", ordinary.map(Value::from))
}

/// A number.
pub(super) fn number(meaning: &Meaning<'_>) -> Option<Value> {
    let bounds = ["minimum", "exclusiveMinimum", "multipleOf", "maximum"];
    let bounds = bounds
        .into_iter()
        .filter_map(|keyword| meaning.first(keyword));
    let after = meaning.first("exclusiveMinimum").and_then(Value::as_i64);
    let after = after
        .and_then(|bound| bound.checked_add(1))
        .map(Value::from);
    let ordinary = std::iter::once(json!(1))
        .chain(bounds.cloned())
        .chain(after);
    let ordinary = ordinary.chain([json!(0), json!(0.5)]);
    let kinds = meaning
        .all("type")
        .any(|kind| kind == "integer" || kind[0] == "integer");
    first_valid(meaning, if kinds { "integer" } else { "number" }, ordinary)
}

/// The first value that the limits allow, or a guess.
fn first_valid(
    meaning: &Meaning<'_>,
    kind: &str,
    mut values: impl Iterator<Item = Value>,
) -> Option<Value> {
    let Some(schema) = limits(meaning, kind) else {
        return values.next();
    };
    let labeler = Labeler::new(&schema).ok()?;
    let is_valid = |value: &Value| labeler.label(value) == Label::Valid;
    values.find(is_valid).or_else(|| {
        let mut random = Random::new("leaf");
        let guesses = (0..GUESSES).filter_map(|_| {
            let guess = sample(&schema, &mut random).to_string();
            serde_json::from_str(&guess).ok()
        });
        guesses
            .filter(is_valid)
            .min_by_key(|value: &Value| value.to_string().len())
    })
}

/// The limits of all parts as a schema, if there are any.
fn limits(meaning: &Meaning<'_>, kind: &str) -> Option<Value> {
    let parts = meaning.selected(&LIMITS);
    (!parts.is_empty()).then(|| json!({ "type": kind, "allOf": parts }))
}

/// A text that is cut or repeated until it has the length that the schema asks for.
fn sized(text: &str, meaning: &Meaning<'_>) -> String {
    let bounds = |keyword| meaning.all(keyword).filter_map(Value::as_u64);
    let length = |bound: Option<u64>| bound.and_then(|bound| usize::try_from(bound).ok());
    // The cap bounds the memory for a minimum of millions of characters.
    let least = length(bounds("minLength").max())
        .unwrap_or_default()
        .min(10_000);
    let most = length(bounds("maxLength").min()).unwrap_or(usize::MAX);
    let count = text.chars().count().max(least).min(most);
    let separated = text.chars().chain([' ']);
    let sized: String = separated.cycle().take(count).collect();
    // A space at the end is easily lost.
    match sized.strip_suffix(' ') {
        Some(cut) => format!("{cut}."),
        None => sized,
    }
}
