//! Names that collide in Rust, or that are reserved there.
//!
//! The names of types are checked when they are allocated.

use crate::diagnostic::{Diagnostic, Files, Location, catalog};
use crate::model::{Model, Shape, TypeId};

/// Finds names that collide, and names that are reserved.
pub(super) fn check(files: &Files, model: &Model) -> Vec<Diagnostic> {
    [
        fields(files, model),
        secrets(files, model),
        methods(files, model),
        taken(model),
    ]
    .concat()
}

/// Finds fields of one name.
fn fields(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let structs = model.types.iter().filter_map(|(_, ty)| match &ty.shape {
        Shape::Struct(definition) => Some(&definition.fields),
        _ => None,
    });
    structs
        .flat_map(|fields| {
            let fields = fields.iter().map(|field| Named {
                wire: &field.wire,
                name: &field.name,
                location: &field.location,
            });
            same_names(files, fields.collect())
        })
        .collect()
}

/// Finds secrets of one name.
fn secrets(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let secrets = model.secrets.iter().map(|secret| Named {
        wire: &secret.wire,
        name: &secret.field,
        location: &secret.location,
    });
    same_names(files, secrets.collect())
}

/// Finds events, states and messages of one method, and configurations of one variant.
fn methods(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let named = |wire, name, ty: TypeId| Item {
        named: Named {
            wire,
            name,
            location: &model.types.get(ty).location,
        },
        ty: &model.types.get(ty).name,
    };
    let events = model
        .events
        .iter()
        .map(|event| named(&event.wire, &event.method, event.ty))
        .collect();
    let states = model
        .states
        .iter()
        .map(|state| named(&state.wire, &state.method, state.ty))
        .collect();
    let configurations = model.configurations.variants.iter();
    let configurations = configurations
        .filter_map(|one| Some(named(one.wire.as_ref()?, &one.name, one.ty)))
        .collect();
    let messages = model.channels.iter().map(|channel| {
        let messages = channel.messages.iter();
        messages
            .map(|message| named(&message.wire, &message.method, message.ty))
            .collect()
    });
    [events, states, configurations]
        .into_iter()
        .chain(messages)
        .flat_map(|items| same_methods(files, items))
        .collect()
}

/// Finds a configuration with the name of the primary one.
fn taken(model: &Model) -> Vec<Diagnostic> {
    let named = model
        .configurations
        .variants
        .iter()
        .filter(|configuration| configuration.wire.is_some());
    let primary = named.filter(|configuration| configuration.name == "Primary");
    primary
        .map(|configuration| {
            catalog::names::reserved_name(configuration.location.clone(), &configuration.name)
        })
        .collect()
}

struct Item<'a> {
    named: Named<'a>,
    ty: &'a str,
}

/// Items whose types have one name as well are refused for that already.
fn same_methods(files: &Files, items: Vec<Item<'_>>) -> Vec<Diagnostic> {
    let is_first = |index: usize| {
        items[..index]
            .iter()
            .all(|other| other.ty != items[index].ty)
    };
    let distinct: Vec<bool> = (0..items.len()).map(is_first).collect();
    let items = items.into_iter().zip(distinct);
    let items = items.filter_map(|(item, is_distinct)| is_distinct.then_some(item.named));
    same_names(files, items.collect())
}

/// A field, a method or a variant: its name in the definition, its name in Rust, and where it is.
struct Named<'a> {
    wire: &'a str,
    name: &'a str,
    location: &'a Location,
}

/// Finds members of one name, each with the one that the author wrote first.
fn same_names(files: &Files, mut members: Vec<Named<'_>>) -> Vec<Diagnostic> {
    members.sort_by_key(|member| files.position(member.location));
    let mut findings = Vec::new();
    for (index, second) in members.iter().enumerate() {
        if let Some(first) = members[..index]
            .iter()
            .find(|first| first.name == second.name)
        {
            findings.push(catalog::names::same_field_name(
                first.location.clone(),
                first.wire,
                second.location.clone(),
                second.wire,
                second.name,
            ));
        }
    }
    findings
}
