//! What typify makes alone: the author's schemas, each with a title, through prettyplease.

use std::time::{Duration, Instant};

use schemars::schema::RootSchema;
use serde_json::Value;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::corpus::{Definition, root_pointers};
use crate::generate::catch_panic;

/// What typify printed.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// The code of each definition.
    pub files: Vec<(String, String)>,
    /// How many schemas it was given.
    pub roots: usize,
    /// The schemas that it panicked at or refused.
    pub failed: Vec<String>,
    /// The time it took, to print and to format.
    pub time: Duration,
}

/// Prints every definition's schemas: one space of types for each definition.
#[must_use]
pub fn print_all(definitions: &[Definition]) -> Printed {
    let mut printed = Printed::default();
    for definition in definitions {
        let roots = titled_roots(&definition.value);
        printed.roots += roots.len();
        let mut kept = Vec::new();
        for (pointer, root) in roots {
            // A space of types is lost with a panic, so each schema is tried alone first, and this time does not count.
            match catch_panic(|| print(std::slice::from_ref(&root))) {
                Ok(Some(_)) => kept.push(root),
                _ => printed.failed.push(format!("{}{pointer}", definition.stem)),
            }
        }
        let start = Instant::now();
        let code = catch_panic(|| print(&kept));
        printed.time += start.elapsed();
        match code {
            Ok(Some(code)) => printed.files.push((definition.stem.clone(), code)),
            _ => printed.failed.push(definition.stem.clone()),
        }
    }
    printed
}

/// The schemas of the payloads; typify prints nothing for a schema without a title.
fn titled_roots(definition: &Value) -> Vec<(String, Value)> {
    let titled = |pointer: String| {
        let mut schema = definition.pointer(&pointer)?.clone();
        let title = pointer.replace(['/', '~'], " ");
        schema
            .as_object_mut()?
            .insert("title".to_owned(), Value::from(title.trim()));
        Some((pointer, schema))
    };
    root_pointers(definition)
        .into_iter()
        .filter_map(titled)
        .collect()
}

fn print(roots: &[Value]) -> Option<String> {
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    for root in roots {
        let schema: RootSchema = serde_json::from_value(root.clone()).ok()?;
        space.add_root_schema(schema).ok()?;
    }
    let file = syn::parse2(space.to_stream()).ok()?;
    Some(prettyplease::unparse(&file))
}
