//! Mistakes in schemas that every draft of JSON Schema accepts in silence.

mod alternatives;
mod defaults;
mod effect;
mod empty;
mod formats;
mod keywords;
mod names;
mod reason;
mod secrets;
mod subject;
mod values;

use self::subject::Subject;
use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;

/// Finds keywords without effect, secrets that would be shown, and values and schemas that nothing can fit.
pub(super) fn check(set: &DefinitionSet) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open = set.schemas().to_vec();
    while let Some(at) = open.pop() {
        if let Some(schema) = Subject::new(set, &at) {
            open.extend(keywords::hidden(&schema));
            found.extend(check_one(&schema));
        }
    }
    found.extend(secrets::check_places(set));
    found.extend(empty::check(set));
    found.extend(alternatives::check(set));
    found
}

fn check_one(schema: &Subject<'_>) -> Vec<Diagnostic> {
    [
        keywords::check(schema),
        effect::check(schema),
        formats::check(schema),
        secrets::check(schema),
        values::check(schema),
        defaults::check(schema),
        names::check(schema),
    ]
    .concat()
}
