//! typify prints the types, from the model and never from an author's schema.
//!
//! Every type is requested under a placeholder (`T0`, with the fields `f0`, `f1`…), and one pass over the
//! printed items gives the names, the order, the docs and the attributes of the model.

mod request;
mod rewrite;

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Item;

use crate::model::{Model, Shape, TypeDef, TypeId};

/// How many types typify prints at once. What it prints beside a type is many times larger, and all of it is in memory.
const BATCH: usize = 32;

/// Prints every struct and enum of the model, by id.
///
/// # Panics
///
/// Panics if typify prints anything else than requested, which a pinned version does not.
pub(super) fn print_types(model: &Model) -> HashMap<TypeId, Item> {
    let types = model.types.iter();
    let asked: Vec<_> = types
        .filter(|(_, ty)| !matches!(ty.shape, Shape::Alias(_)))
        .collect();
    let batches = asked.chunks(BATCH);
    batches
        .flat_map(|batch| print_batch(model, batch))
        .collect()
}

fn print_batch(model: &Model, batch: &[(TypeId, &TypeDef)]) -> Vec<(TypeId, Item)> {
    let mut printed = ask_typify(request::definitions(batch));
    let items = batch.iter().map(|(id, ty)| {
        let item = printed
            .remove(&request::placeholder(*id))
            .expect("typify prints every type that it is asked for");
        (*id, rewrite::finish(&model.types, ty, item))
    });
    items.collect()
}

fn ask_typify(
    definitions: schemars::Map<String, schemars::schema::Schema>,
) -> HashMap<String, Item> {
    let mut settings = typify_impl::TypeSpaceSettings::default();
    settings
        .with_struct_builder(false)
        .with_unknown_crates(typify_impl::UnknownPolicy::Allow);
    settings.with_map_type("::std::collections::BTreeMap");
    let mut types = typify_impl::TypeSpace::new(&settings);
    types
        .add_ref_types(definitions)
        .expect("typify takes every schema that the model makes");
    let types =
        type_items(types.to_stream()).into_iter().map(|item| {
            let item: Item = syn::parse2(item).expect("typify prints Rust");
            let (Item::Struct(syn::ItemStruct { ident, .. })
            | Item::Enum(syn::ItemEnum { ident, .. })) = &item
            else {
                unreachable!("an item with the word `struct` or `enum` is one");
            };
            (ident.to_string(), item)
        });
    types.collect()
}

/// The structs and enums among printed items, each of which ends with a block or a semicolon.
///
/// typify prints implementations as well, and a module of errors for them. They are most of its output, and are not parsed.
fn type_items(printed: TokenStream) -> Vec<TokenStream> {
    let mut items = Vec::new();
    let mut item = Vec::new();
    let mut is_type = false;
    for token in printed {
        let is_end = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Ident(word) => {
                is_type |= word == "struct" || word == "enum";
                false
            }
            TokenTree::Literal(_) => false,
        };
        item.push(token);
        if is_end {
            let tokens = std::mem::take(&mut item);
            if std::mem::take(&mut is_type) {
                items.push(tokens.into_iter().collect());
            }
        }
    }
    items
}
