//! The form of a configuration, with a tab for each type.

use contexture::meaning::words;
use maud::{Markup, html};
use serde_json::Value;

use crate::definition::Definition;
use crate::inspector::form::{Field, Problems, Shown, form_of, render};
use crate::inspector::state::Inspector;
use crate::inspector::text::part;
use crate::platform::{Instance, PlatformError};

/// The field that names the type of a configuration; empty for the primary one.
pub(super) const TYPE: &str = "type";

/// The types of a definition. The primary one is `None`, which is there if it is declared or if it is the only one.
pub(super) fn types(definition: &Definition) -> Vec<Option<&str>> {
    let others = definition.configurations().map(Some);
    let has_primary = definition.configuration(None).is_some();
    let primary = has_primary || definition.configurations().next().is_none();
    primary.then_some(None).into_iter().chain(others).collect()
}

/// The type with a name of [`TYPE`], or the first one if there is none.
pub(super) fn chosen<'a>(definition: &'a Definition, name: Option<&str>) -> Option<&'a str> {
    let types = types(definition);
    let named = types
        .iter()
        .find(|known| known.unwrap_or_default() == name.unwrap_or_default());
    named.or(types.first()).copied().flatten()
}

/// The fields of a type.
pub(super) fn form(
    inspector: &Inspector,
    configuration_type: Option<&str>,
) -> Result<Field, PlatformError> {
    Ok(form_of(
        &inspector
            .platform
            .configuration_schema(configuration_type)?,
    ))
}

/// Renders the tabs of all types, of which the instance uses one. `address` is that of the page.
pub(super) fn tabs(
    definition: &Definition,
    current: Option<&str>,
    installed: Option<&Instance>,
    address: &str,
) -> Markup {
    let types = types(definition);
    let is_used = |configuration_type: Option<&str>| {
        installed
            .is_some_and(|instance| instance.configuration_type.as_deref() == configuration_type)
    };
    html! {
        @if types.len() > 1 {
            nav class="tabs" aria-label="Configuration types" {
                @for configuration_type in types {
                    a href={ (address) "?" (TYPE) "=" (part(configuration_type.unwrap_or_default())) }
                        aria-current=[(configuration_type == current).then_some("true")] {
                        (title(definition, configuration_type))
                        @if is_used(configuration_type) { " " span class="tag" { "in use" } }
                    }
                }
            }
        }
    }
}

fn title(definition: &Definition, configuration_type: Option<&str>) -> String {
    let configuration = definition.configuration(configuration_type);
    match (
        configuration.map_or("", |configuration| configuration.title),
        configuration_type,
    ) {
        ("", None) => "Primary".to_owned(),
        ("", Some(name)) => words(name),
        (title, _) => title.to_owned(),
    }
}

/// Renders the fields of a type.
pub(super) fn fields(
    form: &Field,
    configuration_type: Option<&str>,
    value: Option<&Value>,
    old: Option<&Value>,
    problems: &Problems,
) -> Markup {
    html! {
        input type="hidden" name=(TYPE) value=(configuration_type.unwrap_or_default());
        (render(form, Shown { value, old, problems }))
    }
}

/// The problems of a refused configuration; otherwise the error.
pub(super) fn problems(error: PlatformError) -> Result<Problems, PlatformError> {
    match error {
        PlatformError::InvalidConfiguration(violations) => Ok(Problems::of(&violations)),
        PlatformError::AliasTaken(_)
        | PlatformError::InvalidAlias
        | PlatformError::ConfigurationTooLarge { .. } => Ok(Problems::whole(&error.to_string())),
        other => Err(other),
    }
}
