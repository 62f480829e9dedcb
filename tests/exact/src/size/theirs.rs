//! The output of typify alone: the author's schemas, each with a title, formatted by prettyplease.

use std::time::{Duration, Instant};

use schemars::schema::RootSchema;
use serde_json::Value;
use typify_impl::{TypeSpace, TypeSpaceSettings};

use crate::corpus::{Definition, root_pointers};
use crate::generate::catch_panic;

/// The schemas for typify.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// The schemas of each definition that typify prints.
    definitions: Vec<(String, Vec<Value>)>,
    /// The number of schemas.
    pub(super) roots: usize,
    /// The schemas at which it panics or fails, which are left out.
    pub(super) failed: Vec<String>,
}

/// Finds the schemas that typify prints. Tries each alone, since a panic makes the whole type space unusable.
pub(super) fn questions(definitions: &[Definition]) -> Questions {
    let mut questions = Questions::default();
    for definition in definitions {
        let mut kept = Vec::new();
        for (pointer, root) in titled_roots(&definition.value) {
            questions.roots += 1;
            match catch_panic(|| print(std::slice::from_ref(&root))) {
                Ok(Some(_)) => kept.push(root),
                _ => questions
                    .failed
                    .push(format!("{}{pointer}", definition.stem)),
            }
        }
        questions.definitions.push((definition.stem.clone(), kept));
    }
    questions
}

/// Prints every definition's schemas, one type space for each definition; returns the files and the time.
///
/// # Panics
///
/// Panics if typify fails at the combination of schemas that it printed separately.
pub(super) fn print_all(questions: &Questions) -> (Vec<(String, String)>, Duration) {
    let start = Instant::now();
    let printed = questions.definitions.iter().map(|(stem, roots)| {
        let code = print(roots).expect("typify prints these schemas together");
        (stem.clone(), code)
    });
    let printed = printed.collect();
    (printed, start.elapsed())
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
