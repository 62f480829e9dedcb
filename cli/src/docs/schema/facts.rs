//! What is known about a value beside its kind.

use contexture::meaning::{Meaning, list};
use serde_json::Value;

use super::data::Fact;
use super::keywords::{is_empty, is_open};
use super::limits::{all, format, range, values_range};
use crate::docs::prose::Prose;

/// The most characters of a default that are shown.
const LONGEST: usize = 400;

/// The most examples that are shown.
const EXAMPLES: usize = 3;

/// Keywords that only a schema can say.
const FURTHER: [&str; 13] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// The facts about the values of a schema. The values of a secret are never shown.
pub(super) fn describe_facts(meaning: &Meaning<'_>, root: &Value) -> Vec<Fact> {
    let is_shown = !meaning.has_secret(root);
    let facts = [
        is_shown.then(|| choices(meaning)).flatten(),
        is_shown.then(|| default(meaning)).flatten(),
        is_shown.then(|| examples(meaning)).flatten(),
        format(meaning),
        range(meaning, "minLength", "maxLength", "character").map(|text| Fact::new("Length", text)),
        values_range(meaning),
        all(meaning, "multipleOf").map(|text| Fact::new("Multiple of", text)),
        all(meaning, "pattern").map(|text| Fact::new("Pattern", text)),
        range(meaning, "minItems", "maxItems", "item").map(|text| Fact::new("Items", text)),
        meaning
            .all("uniqueItems")
            .any(|unique| *unique == Value::Bool(true))
            .then(|| Fact::new("Unique", Prose::ours("no two items are equal"))),
        range(meaning, "minProperties", "maxProperties", "field")
            .map(|text| Fact::new("Fields", text)),
        other_fields(meaning),
        further(meaning, is_shown),
        access(meaning),
        (meaning.ui("hidden") == Some(&Value::Bool(true))).then(|| {
            Fact::new(
                "Hidden",
                Prose::ours("the forms of Botpress do not show it"),
            )
        }),
    ];
    facts.into_iter().flatten().collect()
}

/// The values that a schema names.
pub(super) fn values(meaning: &Meaning<'_>) -> Vec<Value> {
    let options = meaning.options().unwrap_or_default();
    let options = options.into_iter().map(|option| option.value);
    meaning.constant().into_iter().chain(options).collect()
}

fn choices(meaning: &Meaning<'_>) -> Option<Fact> {
    if let Some(constant) = meaning.constant() {
        return Some(Fact::new("Always", json(&constant)));
    }
    let options = meaning.options()?;
    let options: Vec<_> = options
        .iter()
        .map(|option| {
            let value = json(&option.value);
            // A text is its own label.
            match Prose::line(Some(&option.label)).filter(|_| option.label != option.text()) {
                Some(label) => format!("{value} ({label})"),
                None => value.to_string(),
            }
        })
        .collect();
    Some(Fact::new("One of", Prose::ours(options.join(", "))))
}

fn default(meaning: &Meaning<'_>) -> Option<Fact> {
    Some(Fact::new("Default", shortened(meaning.first("default")?)))
}

/// The examples of the schema, or what Botpress's forms show in an empty field.
fn examples(meaning: &Meaning<'_>) -> Option<Fact> {
    let written = list(meaning.first("examples")).chain(meaning.first("example"));
    let written: Vec<_> = written.take(EXAMPLES).map(shortened).collect();
    let shown = match meaning.ui_text("placeholder") {
        Some(placeholder) if written.is_empty() => vec![Prose::code(&placeholder)],
        _ => written,
    };
    let shown: Vec<_> = shown.iter().map(Prose::as_str).collect();
    (!shown.is_empty()).then(|| Fact::new("For example", Prose::ours(shown.join(", "))))
}

/// Says that fields are allowed that the schema does not name, if its author says so. An author who says nothing has not thought of
/// them.
fn other_fields(meaning: &Meaning<'_>) -> Option<Fact> {
    let has_fields = meaning.all("properties").any(|fields| !is_empty(fields));
    let mut rest = meaning.all("additionalProperties").peekable();
    let is_said = rest.peek().is_some() && is_open(meaning);
    (has_fields && is_said).then(|| Fact::new("Other fields", Prose::ours("allowed")))
}

fn access(meaning: &Meaning<'_>) -> Option<Fact> {
    let is = |keyword| meaning.all(keyword).any(|is| *is == Value::Bool(true));
    let words = match (is("readOnly"), is("writeOnly")) {
        (true, _) => "can be read only",
        (_, true) => "can be written only",
        _ => return None,
    };
    Some(Fact::new("Access", Prose::ours(words)))
}

/// The rules that have no words here, as the schema has them. A value in them may be that of a secret.
fn further(meaning: &Meaning<'_>, is_shown: bool) -> Option<Fact> {
    let parts = meaning.selected(&FURTHER).into_iter().map(Value::Object);
    let texts: Vec<_> = parts.map(|part| shortened(&part).to_string()).collect();
    let text = if is_shown {
        texts.join(" and ")
    } else {
        "the schema has more to say".to_owned()
    };
    (!texts.is_empty()).then(|| Fact::new("Further rules", Prose::ours(text)))
}

/// A value as code, without the end of a long one.
fn shortened(value: &Value) -> Prose {
    let text = value.to_string();
    Prose::code(&match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}

fn json(value: &Value) -> Prose {
    Prose::code(&value.to_string())
}
