//! typify prints the types, from the model and never from an author's schema.
//!
//! It is asked for every type under a placeholder (`T0`, with the fields `f0`, `f1`…), and one pass over what it
//! printed gives the names, the order, the docs and the attributes of the model.

mod pass;
mod question;

use std::collections::HashMap;

use crate::emit::tokens::type_path;
use crate::model::{Model, Module, Shape, TypeDef, TypeId};

/// Prints every struct and enum of the model, by id.
///
/// # Panics
///
/// Panics if typify prints anything but what was asked for, which a pinned version does not.
pub(super) fn print_types(model: &Model) -> HashMap<TypeId, syn::Item> {
    let names = [Module::Root, Module::Actions, Module::Channels]
        .map(|module| (module, names_in(model, module)));
    let names = HashMap::from(names);
    let asked = model
        .types
        .iter()
        .filter(|(_, ty)| !matches!(ty.shape, Shape::Alias(_)));
    let mut printed = ask_typify(question::definitions(model));
    let item = |(id, ty): (TypeId, &TypeDef)| {
        let item = printed
            .remove(&question::placeholder(id))
            .expect("typify prints every type that it is asked for");
        (id, pass::finish(&names[&ty.module], ty, item))
    };
    asked.map(item).collect()
}

/// The names of all types as one module sees them, by placeholder.
fn names_in(model: &Model, module: Module) -> pass::Names {
    let types = model.types.iter();
    types
        .map(|(id, _)| {
            (
                question::placeholder(id),
                type_path(&model.types, id, module),
            )
        })
        .collect()
}

fn ask_typify(
    definitions: schemars::Map<String, schemars::schema::Schema>,
) -> HashMap<String, syn::Item> {
    let mut settings = typify::TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_unknown_crates(typify::UnknownPolicy::Allow);
    settings.with_map_type("::std::collections::BTreeMap");
    let mut types = typify::TypeSpace::new(&settings);
    types
        .add_ref_types(definitions)
        .expect("typify takes every schema that the model makes");
    let file: syn::File = syn::parse2(types.to_stream()).expect("typify prints Rust");
    let types = file.items.into_iter().filter_map(|item| match &item {
        syn::Item::Struct(definition) => Some((definition.ident.to_string(), item)),
        syn::Item::Enum(definition) => Some((definition.ident.to_string(), item)),
        _ => None,
    });
    types.collect()
}
