//! Schemas that constrain the type and still became `Value`.

use serde_json::Value;

use crate::corpus::{Definition, root_pointers, says_type, subschemas};
use crate::generate::generator;

/// The counts.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// All schemas.
    pub nodes: usize,
    /// The schemas that constrain the type.
    pub saying: usize,
    /// The places and schemas among them that became `Value`.
    pub untyped: Vec<(String, Value)>,
    /// The number of places of type `Value` whose schema does not constrain the type.
    pub any: usize,
    /// The rejected definitions, which do not count.
    pub refused: Vec<String>,
}

/// Counts the schemas of definitions.
#[must_use]
pub fn count(definitions: &[Definition]) -> Counted {
    let mut counted = Counted::default();
    for definition in definitions {
        let Some(report) = generator(&definition.path, None).report() else {
            counted.refused.push(definition.stem.clone());
            continue;
        };
        for pointer in root_pointers(&definition.value) {
            let root = definition.value.pointer(&pointer).unwrap_or(&Value::Null);
            subschemas(root, &mut |schema| {
                counted.nodes += 1;
                counted.saying += usize::from(says_type(schema));
            });
        }
        for used in report.untyped {
            let start = definition.value.pointer(&used.pointer);
            let node = start.and_then(|start| follow(start, &used.way));
            if node.is_none_or(|node| !says_type(node)) {
                counted.any += 1;
            }
            if let Some(node) = node.filter(|node| says_type(node)) {
                let way = used.way.iter().map(|step| format!("/{step}"));
                let place = format!(
                    "{}{}{}",
                    definition.stem,
                    used.pointer,
                    way.collect::<String>()
                );
                counted.untyped.push((place, node.clone()));
            }
        }
    }
    counted
        .untyped
        .sort_by(|(one, _), (other, _)| one.cmp(other));
    counted
        .untyped
        .dedup_by(|(one, _), (other, _)| one == other);
    counted
}

/// Follows a path of keywords. Looks into an alternative that has the keyword.
fn follow<'a>(schema: &'a Value, way: &[String]) -> Option<&'a Value> {
    let Some((step, rest)) = way.split_first() else {
        return Some(schema);
    };
    let direct = schema.pointer(&format!("/{step}"));
    if let Some(inner) = direct.filter(|inner| inner.is_object() || inner.is_boolean()) {
        return follow(inner, rest);
    }
    ["anyOf", "oneOf", "allOf"].into_iter().find_map(|keyword| {
        let parts = schema.get(keyword)?.as_array()?;
        parts.iter().find_map(|part| follow(part, way))
    })
}

/// Reports the counts, and lists the untyped schemas with their form.
#[must_use]
pub fn report(counted: &Counted) -> String {
    let mut text = String::new();
    let mut line = |arguments: std::fmt::Arguments<'_>| {
        text.push_str(&arguments.to_string());
        text.push('\n');
    };
    line(format_args!(
        "{} schemas, {} of them constrain the type, {} of these became `Value`: {:.2} %",
        counted.nodes,
        counted.saying,
        counted.untyped.len(),
        counted.share()
    ));
    line(format_args!(
        "{} places hold any value because their schema does not constrain the type",
        counted.any
    ));
    for stem in &counted.refused {
        line(format_args!("{stem} is rejected"));
    }
    for (place, schema) in &counted.untyped {
        line(format_args!("- {place}: {}", reason(schema)));
        let shown: String = schema.to_string().chars().take(300).collect();
        line(format_args!("  `{shown}`"));
    }
    text
}

impl Counted {
    /// The percentage of the constraining schemas that became `Value`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share is an approximation")]
    pub fn share(&self) -> f64 {
        self.untyped.len() as f64 * 100.0 / self.saying.max(1) as f64
    }
}

/// The form of a schema without a type.
fn reason(schema: &Value) -> String {
    let keywords: Vec<_> = schema
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys())
        .filter(|keyword| {
            !matches!(
                keyword.as_str(),
                "description" | "x-zui" | "title" | "default"
            )
        })
        .map(String::as_str)
        .collect();
    match schema
        .get("anyOf")
        .or(schema.get("oneOf"))
        .and_then(Value::as_array)
    {
        Some(parts) => format!("{} alternatives ({})", parts.len(), keywords.join(", ")),
        None => format!("no union ({})", keywords.join(", ")),
    }
}
