//! typify prints the types, from the model and never from an author's schema.
//!
//! It is asked for every type under a placeholder (`T0`, with the fields `f0`, `f1`…), and one pass over what it
//! printed gives the names, the order, the docs and the attributes of the model.

mod request;
mod rewrite;

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Item;

use crate::model::{Model, Shape, TypeDef, TypeId};

/// Prints every struct and enum of the model, by id.
///
/// # Panics
///
/// Panics if typify prints anything but what was asked for, which a pinned version does not.
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
    let types = structs_and_enums(types.to_stream()).map(|item| match &item {
        Item::Struct(definition) => (definition.ident.to_string(), item),
        Item::Enum(definition) => (definition.ident.to_string(), item),
        _ => unreachable!("an item that starts as a struct or an enum is one"),
    });
    types.collect()
}

/// Reads the structs and enums among what was printed, and not the implementations, which nobody asked for.
fn structs_and_enums(printed: TokenStream) -> impl Iterator<Item = Item> {
    let mut tokens = printed.into_iter();
    let items = std::iter::from_fn(move || {
        let mut item = Vec::new();
        for token in tokens.by_ref() {
            let is_last = is_last(&token);
            item.push(token);
            if is_last {
                return Some(item);
            }
        }
        None
    });
    items
        .filter(|item| is_definition(item))
        .map(|item| syn::parse2(item.into_iter().collect()).expect("typify prints Rust"))
}

/// Whether an item ends with a token.
fn is_last(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    }
}

fn is_definition(item: &[TokenTree]) -> bool {
    let mut words = item.iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    words
        .find(|word| *word != "pub")
        .is_some_and(|word| word == "struct" || word == "enum")
}
