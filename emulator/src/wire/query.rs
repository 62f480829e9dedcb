//! The query of a request, and the shapes of its parameters as data.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::failure::{Failure, Result};
use super::time;

/// A query parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) kind: Kind,
}

/// What a query parameter contains.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    OneOf(&'static [&'static str]),
    DateTime,
    Boolean,
    /// A number that is not negative.
    Count,
    /// A parameter that is repeated, at most so many times.
    Texts(usize),
    /// A map: `tags.id=7`.
    Map,
}

pub(crate) const NEXT_TOKEN: Parameter = parameter("nextToken", Kind::Text);
pub(crate) const PAGE_SIZE: Parameter = parameter("pageSize", Kind::Count);
pub(crate) const TAGS: Parameter = parameter("tags", Kind::Map);
pub(crate) const AFTER_DATE: Parameter = parameter("afterDate", Kind::DateTime);
pub(crate) const BEFORE_DATE: Parameter = parameter("beforeDate", Kind::DateTime);
pub(crate) const SORT_DIRECTION: Parameter =
    parameter("sortDirection", Kind::OneOf(&["asc", "desc"]));

pub(crate) const fn parameter(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        is_required: false,
        kind,
    }
}

pub(crate) const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        is_required: true,
        kind,
    }
}

/// The names and values of a query, percent-decoded, in their order.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query and checks it against the parameters of the operation.
    pub(crate) fn read(text: &str, parameters: &[Parameter]) -> Result<Self> {
        let query = Self(parts(text));
        for (name, value) in &query.0 {
            check_part(name, value, parameters)?;
        }
        for parameter in parameters {
            if let Kind::Texts(most) = parameter.kind
                && query.texts(parameter.name).count() > most
            {
                let message = format!("{} can be given at most {most} times", parameter.name);
                return Err(Failure::invalid_query(message));
            }
            if parameter.is_required && query.text(parameter.name).is_none() {
                let message = format!("the query parameter {} is missing", parameter.name);
                return Err(Failure::invalid_query(message));
            }
        }
        Ok(query)
    }

    /// The value of a parameter.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).next()
    }

    /// All values of a parameter.
    pub(crate) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let parts = self.0.iter().filter(move |(known, _)| known == name);
        parts.map(|(_, value)| value.as_str())
    }

    /// A time in milliseconds.
    pub(crate) fn time(&self, name: &str) -> Option<u64> {
        self.text(name).and_then(time::parse)
    }

    /// A number.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        self.text(name).and_then(|text| text.parse().ok())
    }

    /// A boolean.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        self.text(name).map(|text| text == "true")
    }

    /// The entries of a map: `tags.id=7` as `("id", "7")`.
    pub(crate) fn map(&self, name: &str) -> impl Iterator<Item = (&str, &str)> {
        let parts = self.0.iter();
        parts.filter_map(move |(path, value)| {
            let key = path.strip_prefix(name)?.strip_prefix('.')?;
            Some((key, value.as_str()))
        })
    }
}

/// The parts of a query. A map that is given as a JSON object, and keys in brackets, are written with dots.
fn parts(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    let parts = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    let parts = parts.map(|(name, value)| (decode(name), decode(value)));
    parts
        .flat_map(|(name, value)| match serde_json::from_str(&value) {
            Ok(Value::Object(_)) if name == TAGS.name => {
                flatten(&name, &serde_json::from_str(&value).unwrap_or_default())
            }
            _ => vec![(with_dots(&name), value)],
        })
        .collect()
}

fn flatten(path: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Object(members) => {
            let members = members.iter();
            let flat = members.flat_map(|(name, value)| flatten(&format!("{path}.{name}"), value));
            flat.collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| flatten(path, item)).collect(),
        Value::String(text) => vec![(path.to_owned(), text.clone())],
        other => vec![(path.to_owned(), other.to_string())],
    }
}

/// Writes `tags[id]` as `tags.id`, and `ids[]` as `ids`.
fn with_dots(name: &str) -> String {
    match name.strip_suffix(']') {
        Some(open) => open
            .replace("][", ".")
            .replace('[', ".")
            .trim_end_matches('.')
            .to_owned(),
        None => name.to_owned(),
    }
}

fn decode(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

fn check_part(name: &str, value: &str, parameters: &[Parameter]) -> Result<()> {
    let base = name.split_once('.').map_or(name, |(base, _)| base);
    let known = parameters.iter().find(|parameter| match parameter.kind {
        Kind::Map => parameter.name == base,
        _ => parameter.name == name,
    });
    let Some(parameter) = known else {
        let known: Vec<_> = parameters.iter().map(|parameter| parameter.name).collect();
        let known = if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        };
        let message = format!("there is no query parameter {name}; the parameters are {known}");
        return Err(Failure::invalid_query(message));
    };
    let expected = match &parameter.kind {
        Kind::Text | Kind::Texts(_) => None,
        Kind::Map => (name == base).then(|| "a map, such as tags.id=7".to_owned()),
        Kind::OneOf(names) => {
            (!names.contains(&value)).then(|| format!("one of {}", names.join(", ")))
        }
        Kind::DateTime => time::parse(value)
            .is_none()
            .then(|| "a date and time in the format of ISO 8601".to_owned()),
        Kind::Boolean => (!["true", "false"].contains(&value)).then(|| "true or false".to_owned()),
        Kind::Count => value
            .parse::<u64>()
            .is_err()
            .then(|| "a number that is not negative".to_owned()),
    };
    match expected {
        Some(expected) => Err(Failure::invalid_query(format!(
            "the query parameter {name} must be {expected}"
        ))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMETERS: &[Parameter] = &[
        NEXT_TOKEN,
        PAGE_SIZE,
        TAGS,
        AFTER_DATE,
        SORT_DIRECTION,
        parameter("ids", Kind::Texts(2)),
        parameter("indexed", Kind::Boolean),
    ];

    fn refusal(query: &str) -> String {
        let failure = Query::read(query, PARAMETERS).expect_err("a refusal");
        failure.to_string()
    }

    #[test]
    fn parameters_are_decoded() {
        let query = "tags.id=a%20b&tags[q]=%C3%A9&ids=1&ids=2&pageSize=3&indexed=true";
        let query = Query::read(query, PARAMETERS).expect("a query");
        assert_eq!(
            query.map("tags").collect::<Vec<_>>(),
            [("id", "a b"), ("q", "é")]
        );
        assert_eq!(query.texts("ids").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(query.count("pageSize"), Some(3));
        assert_eq!(query.boolean("indexed"), Some(true));
    }

    #[test]
    fn tags_are_read_from_a_json_object() {
        let query =
            "tags=%7B%22a%22%3A%5B%221%22%2C%222%22%5D%2C%22b%22%3A%7B%22not%22%3A%223%22%7D%7D";
        let query = Query::read(query, PARAMETERS).expect("a query");
        let tags: Vec<_> = query.map("tags").collect();
        assert_eq!(tags, [("a", "1"), ("a", "2"), ("b.not", "3")]);
    }

    #[test]
    fn a_refusal_names_the_parameter() {
        assert_eq!(
            refusal("sortDirection=up"),
            "the query parameter sortDirection must be one of asc, desc"
        );
        assert_eq!(
            refusal("pageSize=-1"),
            "the query parameter pageSize must be a number that is not negative"
        );
        assert_eq!(
            refusal("ids=1&ids=2&ids=3"),
            "ids can be given at most 2 times"
        );
        assert!(refusal("tag.id=1").starts_with("there is no query parameter tag.id; "));
        assert!(refusal("tags=1").starts_with("the query parameter tags must be a map"));
        assert!(refusal("afterDate=now").contains("ISO 8601"));
    }
}
