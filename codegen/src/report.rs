//! A report about the schemas of a definition, for measurements.

use crate::definition::DefinitionSet;
use crate::diagnostic::Location;
use crate::lower::AnyUse;
use crate::model::{Model, Module, Shape};

/// A report about the schemas of a definition. Not for authors: it changes with the generator.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Report {
    /// The payloads, in the order of the generated file.
    pub payloads: Vec<ReportedPayload>,
    /// The places that hold any value.
    pub untyped: Vec<ReportedUse>,
}

/// A payload: the pointer of its schema in the definition, the path of its type within the generated module, and the schema
/// of the type.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ReportedPayload {
    /// `/actions/createIssue/input/schema`.
    pub pointer: String,
    /// `actions::CreateIssueInput`.
    pub path: String,
    /// The text with which values are validated. `None` for an alias, whose payload is reported under its own path.
    pub schema: Option<String>,
}

/// A place that holds any value: the file, the pointer of a schema in it, and the way from there.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ReportedUse {
    /// The file, as diagnostics show it.
    pub file: String,
    /// The schema from which the way starts.
    pub pointer: String,
    /// The keywords on the way from that schema: `items` of a list, `additionalProperties` of a map.
    pub way: Vec<String>,
}

/// Reports on a definition that was lowered.
pub(crate) fn report(set: &DefinitionSet, model: &Model, untyped: Vec<AnyUse>) -> Report {
    let is_payload = |shape: &Shape| match shape {
        Shape::Alias(target) => model.types.get(*target).payload.is_some(),
        _ => false,
    };
    let payloads = model.types.iter().map(|(_, ty)| ty);
    let payloads = payloads.filter(|ty| ty.payload.is_some() || is_payload(&ty.shape));
    let payloads = payloads.map(|ty| ReportedPayload {
        pointer: pointer_of(&ty.location),
        path: match ty.module {
            Module::Root => ty.name.clone(),
            Module::Actions => format!("actions::{}", ty.name),
            Module::Channels => format!("channels::{}", ty.name),
        },
        schema: ty.payload.clone(),
    });
    let untyped = untyped.into_iter().map(|used| ReportedUse {
        file: set.files().get(used.location.file).display.clone(),
        pointer: pointer_of(&used.location),
        way: used.way,
    });
    Report {
        payloads: payloads.collect(),
        untyped: untyped.collect(),
    }
}

fn pointer_of(location: &Location) -> String {
    location
        .pointer()
        .map_or_else(String::new, |pointer| pointer.as_str().to_owned())
}
