//! typify prints the types, from the model and never from an author's schema.
//!
//! Every type is requested under a placeholder (`T0`, with the fields `f0`, `f1`…), and one pass over the
//! printed items gives the names, the order, the docs and the attributes of the model.

mod request;
mod rewrite;

use std::collections::HashMap;

use syn::Item;

use crate::model::{Model, Shape, TypeDef, TypeId};

/// Prints every struct and enum of the model, by id.
///
/// # Panics
///
/// Panics if typify prints anything else than requested, which a pinned version does not.
pub(super) fn print_types(model: &Model) -> HashMap<TypeId, Item> {
    let asked = model
        .types
        .iter()
        .filter(|(_, ty)| !matches!(ty.shape, Shape::Alias(_)));
    let mut printed = ask_typify(request::definitions(model));
    let item = |(id, ty): (TypeId, &TypeDef)| {
        let item = printed
            .remove(&request::placeholder(id))
            .expect("typify prints every type that it is asked for");
        (id, rewrite::finish(&model.types, ty, item))
    };
    asked.map(item).collect()
}

fn ask_typify(
    definitions: schemars::Map<String, schemars::schema::Schema>,
) -> HashMap<String, Item> {
    let mut settings = typify::TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_unknown_crates(typify::UnknownPolicy::Allow);
    settings.with_map_type("::std::collections::BTreeMap");
    let mut types = typify::TypeSpace::new(&settings);
    types
        .add_ref_types(definitions)
        .expect("typify takes every schema that the model makes");
    let printed: syn::File = syn::parse2(types.to_stream()).expect("typify prints Rust");
    // typify prints implementations as well, and a module of errors for them.
    let types = printed.items.into_iter().filter_map(|item| match &item {
        Item::Struct(definition) => Some((definition.ident.to_string(), item)),
        Item::Enum(definition) => Some((definition.ident.to_string(), item)),
        _ => None,
    });
    types.collect()
}
