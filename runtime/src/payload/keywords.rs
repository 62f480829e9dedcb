//! The keywords of a schema, and what they say as limits.

use serde_json::{Map, Value};

use crate::{
    Number,
    value::{json::Limits, normalize_numbers},
};

/// Keywords that do not affect validity. Those of the root with definitions are among them, as references lead there.
const ANNOTATIONS: [&str; 11] = [
    "$schema",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "definitions",
    "$defs",
];

/// The keywords of a schema.
pub(super) struct Keywords<'s> {
    all: &'s Map<String, Value>,
}

impl<'s> Keywords<'s> {
    pub(super) fn of(all: &'s Map<String, Value>) -> Self {
        Self { all }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'s Value> {
        self.all.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'s str> {
        self.get(name)?.as_str()
    }

    /// Returns the names of the keywords that affect validity.
    pub(super) fn names(&self) -> Vec<&'s str> {
        let names = self.all.keys().map(String::as_str);
        let affects = |name: &&str| !name.starts_with("x-") && !ANNOTATIONS.contains(name);
        names.filter(affects).collect()
    }

    pub(super) fn only(&self, known: &[&str]) -> bool {
        self.names().iter().all(|name| known.contains(name))
    }

    /// Whether the type is a string, if there is one.
    pub(super) fn is_text(&self) -> bool {
        self.get("type").is_none_or(|kind| kind == "string")
    }

    /// Returns the limits of a length.
    pub(super) fn lengths(&self, [minimum, maximum]: [&str; 2]) -> Option<Limits<usize>> {
        let limit = |name| match self.get(name) {
            None => Some(None),
            Some(value) => Some(Some(usize::try_from(value.as_u64()?).ok()?)),
        };
        Some(Limits {
            minimum: limit(minimum)?,
            maximum: limit(maximum)?,
        })
    }

    /// Returns the limits of a number, if there are no other rules.
    pub(super) fn number_limits(&self) -> Option<Limits<Number>> {
        let limit = |name| match self.get(name) {
            None => Some(None),
            // A larger float has the text of an integer that it is not.
            Some(Value::Number(limit))
                if limit.is_f64() && !limit.as_f64().is_some_and(is_exact) =>
            {
                None
            }
            Some(Value::Number(limit)) => {
                let mut limit = Value::Number(limit.clone());
                normalize_numbers(&mut limit);
                Some(limit.as_number().map(Number::from))
            }
            Some(_) => None,
        };
        if !self.only(&["type", "minimum", "maximum"]) {
            return None;
        }
        Some(Limits {
            minimum: limit("minimum")?,
            maximum: limit("maximum")?,
        })
    }

    /// Returns the names of required properties.
    pub(super) fn required(&self) -> Option<Vec<&'s str>> {
        let Some(names) = self.get("required") else {
            return Some(Vec::new());
        };
        names.as_array()?.iter().map(Value::as_str).collect()
    }
}

fn is_exact(float: f64) -> bool {
    /// Floats up to 2⁵³ are exactly the numbers that they are written as, if they are whole.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    float.abs() <= EXACT
}
