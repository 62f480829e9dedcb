//! Alternatives that cannot be told apart.

use serde_json::Value;

use super::subject::Subject;
use super::whole::Whole;
use crate::definition::{DefinitionSet, SchemaAt};
use crate::diagnostic::catalog::impossible::{covered_alternative, same_tag};
use crate::diagnostic::{Diagnostic, Location, Pointer};
use crate::json_schema::Part;

/// The most alternatives of a union that are compared with each other.
const MOST_ALTERNATIVES: usize = 16;
/// The most unions of a schema that are looked at.
const MOST_UNIONS: usize = 300;

/// Finds alternatives of `oneOf` that are never the only one, and alternatives with the same tag.
pub(super) fn check(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let schemas = whole
        .inside
        .iter()
        .filter_map(|at| Subject::new(whole.set, at));
    let unions = schemas.filter_map(|schema| Union::new(&schema));
    unions
        .take(MOST_UNIONS)
        .flat_map(|union| union.check(whole))
        .collect()
}

/// Alternatives of one schema.
struct Union<'a> {
    keyword: &'static str,
    at: &'a SchemaAt,
    /// The constants of the properties that each alternative requires.
    tags: Vec<Vec<(&'a str, &'a Value)>>,
}

impl<'a> Union<'a> {
    fn new(schema: &Subject<'a>) -> Option<Self> {
        if schema.is_reference_alone() {
            return None;
        }
        let list = |keyword: &str| schema.keywords.get(keyword)?.as_array();
        let mut keywords = ["oneOf", "anyOf"].into_iter();
        let (keyword, list) = keywords.find_map(|keyword| Some((keyword, list(keyword)?)))?;
        let count = list.len();
        let (set, at) = (schema.set, schema.at);
        (2..=MOST_ALTERNATIVES).contains(&count).then(|| Self {
            keyword,
            at,
            tags: (0..count)
                .map(|index| tags(set, &at.child(keyword).item(index)))
                .collect(),
        })
    }

    fn check(&self, whole: &Whole<'_>) -> Vec<Diagnostic> {
        let pairs =
            (0..self.tags.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        let pairs: Vec<_> = pairs
            .filter(|(first, second)| !self.have_other_tags(*first, *second))
            .filter(|(first, second)| {
                self.keyword == "oneOf" || self.same_tag(*first, *second).is_some()
            })
            .collect();
        if pairs.is_empty() {
            return Vec::new();
        }
        let Some(at) = self.within(whole) else {
            return Vec::new();
        };
        let indexes = 0..self.tags.len();
        let parts = indexes.map(|index| whole.document.part(&at.child(self.keyword).item(index)));
        let parts: Vec<_> = parts.collect();
        let found = pairs.into_iter();
        found
            .filter_map(|(first, second)| self.compare(&parts, first, second))
            .collect()
    }

    /// The place of the union in the document of a whole schema.
    fn within(&self, whole: &Whole<'_>) -> Option<Pointer> {
        let rest = &self.at.pointer.as_str()[whole.at.pointer.as_str().len()..];
        Pointer::parse(rest)
    }

    fn compare(&self, parts: &[Option<Part>], first: usize, second: usize) -> Option<Diagnostic> {
        let place = |index| {
            let at = self.at.child(self.keyword).item(index);
            Location::value(at.file, at.pointer)
        };
        let (one, other) = (parts[first].as_ref()?, parts[second].as_ref()?);
        if let Some((tag, value)) = self.same_tag(first, second) {
            let shown = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            return one
                .overlaps(other)
                .then(|| same_tag(place(first), place(second), tag, &shown));
        }
        if one.covers(other) {
            Some(covered_alternative(place(second), place(first)))
        } else if other.covers(one) {
            Some(covered_alternative(place(first), place(second)))
        } else {
            None
        }
    }

    /// A property that both alternatives require, with the same constant.
    fn same_tag(&self, first: usize, second: usize) -> Option<(&'a str, &'a Value)> {
        let mut tags = self.tags[first].iter();
        tags.find(|tag| self.tags[second].contains(tag)).copied()
    }

    /// Whether a property that both alternatives require has different constants.
    fn have_other_tags(&self, first: usize, second: usize) -> bool {
        self.tags[first].iter().any(|(name, value)| {
            let mut others = self.tags[second].iter();
            others.any(|(other, constant)| name == other && value != constant)
        })
    }
}

/// The properties that a schema requires, and that have only one value.
fn tags<'a>(set: &'a DefinitionSet<'a>, at: &SchemaAt) -> Vec<(&'a str, &'a Value)> {
    let schema = follow(set, at);
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().filter_map(Value::as_str);
    names
        .filter_map(|name| Some((name, only_value(properties?.get(name)?)?)))
        .collect()
}

/// The schema behind the references of another one.
fn follow<'a>(set: &'a DefinitionSet<'a>, at: &SchemaAt) -> &'a Value {
    let mut at = at.clone();
    // References that lead back are refused; a chain of them is never that long.
    for _ in 0..16 {
        let reference = set.schema(&at).get("$ref").and_then(Value::as_str);
        match reference.and_then(|reference| set.resolve(&at, reference)) {
            Some(target) => at = target,
            None => break,
        }
    }
    set.schema(&at)
}

fn only_value(schema: &Value) -> Option<&Value> {
    let listed = schema.get("enum").and_then(Value::as_array);
    schema.get("const").or_else(|| match listed?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}
