//! The official linter's rules, checked with `--lint` only.

use super::{Entry, Severity, subject};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};
use crate::sections::Level;

/// A violation of a rule of the official linter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken<'a> {
    /// The kind of diagnostic.
    pub entry: &'static Entry,
    /// The official linter's name for the rule.
    pub rule: &'a str,
    /// The official linter's level.
    pub(crate) level: Level,
    /// The subject of the rule.
    pub subject: &'a Pointer,
    /// The schema that the subject is a property of, where it is one.
    pub schema: Option<&'a Location>,
}

/// An entry of this family; all have the same severity.
const fn entry(
    code: &'static str,
    name: &'static str,
    title: &'static str,
    explanation: &'static str,
) -> Entry {
    Entry {
        code,
        name,
        severity: Severity::Warning,
        title,
        explanation,
    }
}

pub(super) static INTEGRATION_WITHOUT_TITLE: Entry = entry(
    "C0701",
    "integration-without-title",
    "The integration has no title.",
    include_str!("../explanations/integration-without-title.md"),
);

pub(super) static INTEGRATION_WITHOUT_DESCRIPTION: Entry = entry(
    "C0702",
    "integration-without-description",
    "The integration has no description.",
    include_str!("../explanations/integration-without-description.md"),
);

pub(super) static INTEGRATION_WITHOUT_ICON: Entry = entry(
    "C0703",
    "integration-without-icon",
    "The integration has no icon.",
    include_str!("../explanations/integration-without-icon.md"),
);

pub(super) static INTEGRATION_WITHOUT_README: Entry = entry(
    "C0704",
    "integration-without-readme",
    "The integration has no readme.",
    include_str!("../explanations/integration-without-readme.md"),
);

pub(super) static ITEM_WITHOUT_TITLE: Entry = entry(
    "C0705",
    "item-without-title",
    "An action, an event, a channel or a configuration has no title.",
    include_str!("../explanations/item-without-title.md"),
);

pub(super) static ITEM_WITHOUT_DESCRIPTION: Entry = entry(
    "C0706",
    "item-without-description",
    "An action, an event, a channel or a configuration has no description.",
    include_str!("../explanations/item-without-description.md"),
);

pub(super) static FIELD_WITHOUT_TITLE: Entry = entry(
    "C0707",
    "field-without-title",
    "A property of a schema has no title.",
    include_str!("../explanations/field-without-title.md"),
);

pub(super) static FIELD_WITHOUT_DESCRIPTION: Entry = entry(
    "C0708",
    "field-without-description",
    "A property of a schema has no description.",
    include_str!("../explanations/field-without-description.md"),
);

pub(super) static TAG_WITHOUT_TITLE: Entry = entry(
    "C0709",
    "tag-without-title",
    "A tag has no title.",
    include_str!("../explanations/tag-without-title.md"),
);

pub(super) static TAG_WITHOUT_DESCRIPTION: Entry = entry(
    "C0710",
    "tag-without-description",
    "A tag has no description.",
    include_str!("../explanations/tag-without-description.md"),
);

pub(super) static SECRET_WITHOUT_DESCRIPTION: Entry = entry(
    "C0711",
    "secret-without-description",
    "A secret has no description.",
    include_str!("../explanations/secret-without-description.md"),
);

pub(super) static LEGACY_UI_TITLE: Entry = entry(
    "C0712",
    "legacy-ui-title",
    "A title is in `ui` instead of in its schema.",
    include_str!("../explanations/legacy-ui-title.md"),
);

pub(super) static LEGACY_UI_EXAMPLES: Entry = entry(
    "C0713",
    "legacy-ui-examples",
    "`ui` contains examples, which are deprecated.",
    include_str!("../explanations/legacy-ui-examples.md"),
);

/// A text is missing or empty.
pub(crate) fn missing(place: Location, broken: Broken<'_>, text: &str) -> Diagnostic {
    let of = match broken.schema {
        Some(schema) => format!(" of {}", subject::describe_at(schema)),
        None => String::new(),
    };
    let help = match text {
        "title" if broken.schema.is_some() => "add `x-zui: { title: … }` to its schema",
        "title" => "add a `title`, the name that users see",
        "icon" => "add `icon: { file: icon.svg }`",
        "readme" => "add `readme: { file: README.md }`",
        _ => "add a `description` of one sentence",
    };
    let subject = if *broken.subject == Pointer::root() {
        "the integration".to_owned()
    } else {
        subject::describe(broken.subject)
    };
    let message = format!("{subject}{of} has no {text}");
    Diagnostic::new(broken.entry, message, label(place, broken)).with_help(help)
}

/// Something has a deprecated member.
pub(crate) fn unwanted(place: Location, broken: Broken<'_>, member: &str) -> Diagnostic {
    let help = match member {
        "title" => "remove it, and add `x-zui: { title: … }` to the schema of the property",
        _ => "remove it, or describe a typical value in the property's description",
    };
    let message = format!(
        "`{member}` of {} is deprecated",
        subject::describe(broken.subject)
    );
    Diagnostic::new(broken.entry, message, label(place, broken)).with_help(help)
}

/// One diagnostic for violations of the same rule; the first one, with the places of the others.
pub(crate) fn together(found: Vec<Diagnostic>) -> Option<Diagnostic> {
    let count = found.len();
    let mut found = found.into_iter();
    let mut first = found.next()?;
    if count > 1 {
        first.message = format!("{} ({count} in all)", first.message);
    }
    let others = found.map(|other| Label::new(other.primary.location, "and here"));
    first.secondary.extend(others);
    Some(first)
}

fn label(place: Location, broken: Broken<'_>) -> Label {
    let level = match broken.level {
        Level::Error => "an error",
        Level::Warning => "a warning",
        Level::Hint => "a hint",
    };
    Label::new(
        place,
        format!("{level} of the official linter: `{}`", broken.rule),
    )
}
