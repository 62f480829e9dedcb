//! Mistakes in schemas that every draft of JSON Schema accepts in silence.

mod alternatives;
mod budget;
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
mod whole;

use self::budget::Budget;
use self::subject::Subject;
use self::whole::{Whole, outermost};
use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;
use crate::json_schema::is_plain_object;
use crate::lower::bundled;

/// Finds keywords without effect, secrets that would be shown, and values and schemas that nothing can fit.
pub(super) fn check(set: &DefinitionSet) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let budget = Budget::new();
    let mut open = set.schemas().to_vec();
    while let Some(at) = open.pop() {
        if let Some(schema) = Subject::new(set, &at) {
            open.extend(keywords::hidden(&schema));
            found.extend(check_one(&schema, &budget));
        }
    }
    found.extend(secrets::check_places(set));
    for (at, inside) in outermost(set) {
        if is_plain_object(set.schema(&at)) {
            continue;
        }
        let schema = bundled(set, &at);
        if let Some(whole) = Whole::new(set, (&at, &inside), &schema) {
            found.extend(empty::check(&whole));
            found.extend(alternatives::check(&whole));
            found.extend(whole.check_kind());
        }
    }
    found
}

fn check_one(schema: &Subject<'_>, budget: &Budget) -> Vec<Diagnostic> {
    [
        keywords::check(schema),
        effect::check(schema),
        formats::check(schema),
        secrets::check(schema),
        values::check(schema, budget),
        defaults::check(schema, budget),
        names::check(schema),
    ]
    .concat()
}
