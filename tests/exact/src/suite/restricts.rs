//! Whether the root of a schema restricts the types of values.

use contexture_compare::json::Json;

const ALL: [&str; 6] = ["null", "boolean", "number", "string", "array", "object"];

/// Returns whether a schema's root accepts some types of value and not others.
///
/// `type`, `const` and `enum` restrict the type, and so do references to such schemas and combinations of them. A
/// schema that accepts no value does not count, since no type for it is better than another.
#[must_use]
pub fn restricts_type(schema: &Json) -> bool {
    let kinds = kinds(schema, schema, 0);
    !kinds.is_empty() && kinds.len() < ALL.len()
}

/// The types of value that a schema accepts, according to its keywords about types.
fn kinds(root: &Json, schema: &Json, depth: usize) -> Vec<&'static str> {
    if matches!(schema, Json::Bool(false)) {
        return Vec::new();
    }
    // A cyclic reference adds nothing.
    if depth > 16 {
        return ALL.to_vec();
    }
    let inner = |schema: &Json| kinds(root, schema, depth + 1);
    if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
        return pointed_at(root, reference).map_or_else(|| ALL.to_vec(), inner);
    }
    let mut kinds = ALL.to_vec();
    let mut keep = |allowed: Vec<&'static str>| kinds.retain(|kind| allowed.contains(kind));
    if let Some(declared) = schema.get("type") {
        let names = declared
            .items()
            .iter()
            .chain([declared])
            .filter_map(Json::as_str);
        keep(names.filter_map(known).collect());
    }
    if let Some(value) = schema.get("const") {
        keep(vec![kind_of(value)]);
    }
    if let Some(values) = schema.get("enum") {
        keep(values.items().iter().map(kind_of).collect());
    }
    for part in schema.get("allOf").map_or(&[][..], Json::items) {
        keep(inner(part));
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(parts) = schema.get(keyword) {
            keep(parts.items().iter().flat_map(inner).collect());
        }
    }
    kinds
}

/// The target of a pointer within the schema.
fn pointed_at<'a>(root: &'a Json, reference: &str) -> Option<&'a Json> {
    let mut at = root;
    for part in reference.strip_prefix('#')?.split('/').skip(1) {
        let name = part
            .replace("~1", "/")
            .replace("~0", "~")
            .replace("%25", "%")
            .replace("%22", "\"");
        at = match at {
            Json::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            other => other.get(&name)?,
        };
    }
    Some(at)
}

fn known(name: &str) -> Option<&'static str> {
    let name = if name == "integer" { "number" } else { name };
    ALL.into_iter().find(|kind| *kind == name)
}

fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contexture_compare::json::parse;

    #[test]
    fn a_root_restricts_the_type_by_keywords_references_or_combinations() {
        let restricts = |text| restricts_type(&parse(text).unwrap());
        for schema in [
            r#"{"type":["integer","null"]}"#,
            r#"{"enum":[1,"a"]}"#,
            r##"{"$ref":"#/definitions/a","definitions":{"a":{"const":{}}}}"##,
            r#"{"allOf":[{"minimum":1},{"type":"string"}]}"#,
            r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
        ] {
            assert!(restricts(schema), "{schema}");
        }
        for schema in [
            "true",
            "false",
            r#"{"minimum":1}"#,
            r##"{"$ref":"#"}"##,
            r#"{"properties":{"a":{"type":"string"}}}"#,
            r#"{"anyOf":[{"type":"string"},{}]}"#,
        ] {
            assert!(!restricts(schema), "{schema}");
        }
    }
}
