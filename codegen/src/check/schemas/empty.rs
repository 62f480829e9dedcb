//! Schemas that no value fits.

use serde_json::Value;

use super::whole::Whole;
use crate::definition::SchemaAt;
use crate::diagnostic::catalog::impossible::{
    Reason, closed_parts, closed_without_required, conflict, unsatisfiable_payload,
    unsatisfiable_schema,
};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};
use crate::json_schema::{Cause, Naming, Never, keyword};

/// Finds payloads that no value fits, which are errors, and parts of schemas that no value fits.
pub(super) fn check(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let at = whole.at;
    let search = Search {
        at,
        own: whole.set.schema(at),
        nevers: whole.document.nevers(),
    };
    let mut found = Vec::new();
    let all = search.never(&Pointer::root());
    let all = all.filter(|_| whole.is_payload() && !is_spelled_out(search.own));
    let origin = all.map(|all| search.origin(all));
    if let Some(origin) = origin {
        let schema = Location::key(at.file, at.pointer.clone());
        found.push(unsatisfiable_payload(&schema, search.reason(origin)));
    }
    let explained = [all, origin];
    let others = search.nevers.iter();
    let parts =
        others.filter(|never| !explained.contains(&Some(*never)) && search.is_reported(never));
    found.extend(parts.map(|part| {
        let place = Location::key(at.file, at.pointer.join(&part.pointer));
        unsatisfiable_schema(&place, search.reason(part))
    }));
    found
}

/// The empty schemas in an outermost one.
struct Search<'a> {
    at: &'a SchemaAt,
    /// The schema as it is written, without the targets of its references.
    own: &'a Value,
    nevers: Vec<Never>,
}

impl Search<'_> {
    fn never(&self, pointer: &Pointer) -> Option<&Never> {
        self.nevers.iter().find(|never| never.pointer == *pointer)
    }

    /// A part of the schema; `None` for the target of a reference to the outside.
    fn schema(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.find(self.own)
    }

    /// The part because of which a schema is empty: itself, unless all of it follows from a part of it.
    fn origin<'a>(&'a self, never: &'a Never) -> &'a Never {
        let mut origin = never;
        let mut steps = self.nevers.len();
        while let Some(inner) = self.inner(origin) {
            origin = inner;
            steps = steps.saturating_sub(1);
            if steps == 0 {
                break;
            }
        }
        origin
    }

    /// The empty part from which it follows that a schema is empty.
    fn inner(&self, never: &Never) -> Option<&Never> {
        let whole = match never.causes.as_slice() {
            [Cause { pointer, keywords }] if keywords.is_empty() => Some(pointer.clone()),
            _ => None,
        };
        let mut parts = whole.into_iter().chain(self.required(&never.pointer));
        parts.find_map(|pointer| {
            let inner = self.never(&pointer).filter(|inner| *inner != never)?;
            (!is_spelled_out(self.schema(&pointer)?)).then_some(inner)
        })
    }

    /// The properties that an object cannot be without.
    fn required(&self, object: &Pointer) -> Vec<Pointer> {
        let required = self
            .schema(object)
            .and_then(|schema| schema.get("required")?.as_array());
        let names = required.into_iter().flatten().filter_map(Value::as_str);
        names
            .map(|name| object.child("properties").child(name))
            .collect()
    }

    /// Whether an empty part is worth a warning: it is written as if values could fit it.
    fn is_reported(&self, never: &Never) -> bool {
        let Some(schema) = self.schema(&never.pointer) else {
            return false;
        };
        let is_reference = schema.get("$ref").is_some();
        !is_spelled_out(schema)
            && !is_reference
            && !excludes_its_values(schema, never)
            && self.inner(never).is_none()
            && is_expected_to_fit(&never.pointer)
    }

    /// The places of the keywords that exclude every value.
    fn reason(&self, never: &Never) -> Reason {
        if let Some(reason) = self.closed_without_required(never) {
            return reason;
        }
        let all: Vec<String> = never
            .causes
            .iter()
            .flat_map(|cause| cause.keywords.clone())
            .collect();
        let labels = never.causes.iter().filter_map(|cause| {
            self.schema(&cause.pointer)?;
            let schema = self.at.pointer.join(&cause.pointer);
            // Where other keywords exclude every value of the type, the type is not to blame.
            let mut names = cause.keywords.iter();
            let name = names
                .find(|name| *name != "type")
                .or(cause.keywords.first());
            let pointer = name.map_or(schema.clone(), |name| schema.child(name));
            Some(Label::new(
                Location::key(self.at.file, pointer),
                conflict(&all),
            ))
        });
        let mut labels: Vec<_> = labels.collect();
        labels.dedup_by(|second, first| first.location == second.location);
        for label in labels.iter_mut().skip(1) {
            label.text.clear();
        }
        let help = closed_parts(&all);
        Reason { labels, help }
    }

    /// The most frequent mistake: `required` has a name that a closed object does not declare.
    fn closed_without_required(&self, never: &Never) -> Option<Reason> {
        let schema = self.schema(&never.pointer)?;
        let properties = schema.get("properties")?.as_object()?;
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false))
            && schema.get("patternProperties").is_none();
        let pointer = self.at.pointer.join(&never.pointer);
        let place = |index| Location::value(self.at.file, pointer.child("required").item(index));
        let required = schema.get("required")?.as_array()?.iter().enumerate();
        let required = required.filter_map(|(index, name)| Some((place(index), name.as_str()?)));
        let missing: Vec<_> = required
            .filter(|(_, name)| is_closed && !properties.contains_key(*name))
            .collect();
        let closed = Location::key(self.at.file, pointer.child("additionalProperties"));
        let declared: Vec<_> = properties.keys().map(String::as_str).collect();
        (!missing.is_empty()).then(|| closed_without_required(missing, closed, &declared))
    }
}

/// Whether a schema says in plain words that nothing fits it: `false`, `{ not: {} }`, `{ enum: [] }`, and what is made
/// of these alone.
fn is_spelled_out(schema: &Value) -> bool {
    let Value::Object(keywords) = schema else {
        return schema.is_boolean();
    };
    let mut keywords = keywords.iter();
    keywords.all(|(name, value)| match (name.as_str(), value) {
        ("enum", Value::Array(values)) => values.is_empty(),
        ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
            branches.iter().all(is_spelled_out)
        }
        ("not", schema) => is_spelled_out(schema),
        _ => keyword(name).is_none_or(|keyword| !keyword.constrains()),
    })
}

/// Whether a schema is empty because it refuses the values that it lists, each of which has a warning of its own.
fn excludes_its_values(schema: &Value, never: &Never) -> bool {
    let lists = |keyword: &str| match schema.get(keyword) {
        Some(Value::Array(values)) if keyword == "enum" => !values.is_empty(),
        value => value.is_some(),
    };
    let own = never
        .causes
        .iter()
        .filter(|cause| cause.pointer == never.pointer);
    let mut keywords = own.flat_map(|cause| &cause.keywords);
    keywords.any(|keyword| matches!(keyword.as_str(), "const" | "enum") && lists(keyword))
}

/// Whether values are expected at a place: not in `not`, `if` or `dependencies`, and not where the rest of an object or
/// of a list is excluded.
fn is_expected_to_fit(pointer: &Pointer) -> bool {
    let mut names = pointer.names();
    while let Some(name) = names.next() {
        let Some(keyword) = keyword(&name) else {
            return false;
        };
        match keyword.naming {
            Naming::Property | Naming::Definition | Naming::Branch => drop(names.next()),
            Naming::Item | Naming::Value => {}
            Naming::Keyword => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_spelled_out_is_told_from_a_contradiction() {
        for schema in [
            json!(false),
            json!({ "not": {} }),
            json!({ "not": true, "description": "Nothing." }),
            json!({ "enum": [] }),
            json!({ "allOf": [true, false] }),
        ] {
            assert!(is_spelled_out(&schema), "{schema}");
        }
        for schema in [
            json!({ "type": "string", "enum": [] }),
            json!({ "minimum": 2, "maximum": 1 }),
            json!({ "allOf": [{ "type": "string" }, { "type": "null" }] }),
        ] {
            assert!(!is_spelled_out(&schema), "{schema}");
        }
    }

    #[test]
    fn no_value_is_expected_under_a_condition() {
        let is_expected = |text| is_expected_to_fit(&Pointer::parse(text).expect("a pointer"));
        for text in [
            "",
            "/properties/not",
            "/items",
            "/anyOf/0/properties/a",
            "/definitions/if",
        ] {
            assert!(is_expected(text), "{text}");
        }
        for text in [
            "/not",
            "/properties/a/if",
            "/dependencies/a",
            "/propertyNames",
        ] {
            assert!(!is_expected(text), "{text}");
        }
    }
}
