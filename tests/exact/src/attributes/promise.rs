//! The traits that users may rely on, by the shape of a generated type.

use std::collections::HashMap;
use std::fmt::Write as _;

use proc_macro2::TokenTree;
use syn::Item;

/// Prints code that compiles only if every type of a module has the required traits.
pub(super) fn promises(module: &str, items: &[Item]) -> String {
    let optional = structs(items);
    let mut code = String::new();
    for item in items {
        let (name, traits) = match item {
            Item::Struct(item) => match optional.get(&item.ident.to_string()) {
                Some(true) => (
                    &item.ident,
                    "Clone + ::std::fmt::Debug + PartialEq + Default",
                ),
                Some(false) => (&item.ident, "Clone + ::std::fmt::Debug + PartialEq"),
                None => continue,
            },
            Item::Enum(item)
                if item
                    .variants
                    .iter()
                    .all(|variant| variant.fields.is_empty()) =>
            {
                (
                    &item.ident,
                    "Clone + ::std::fmt::Debug + PartialEq + Copy + Eq + ::std::hash::Hash",
                )
            }
            // A call borrows its context, and is no value to compare.
            Item::Enum(item) if !item.generics.params.is_empty() => {
                (&item.ident, "Clone + ::std::fmt::Debug")
            }
            Item::Enum(item) => (&item.ident, "Clone + ::std::fmt::Debug + PartialEq"),
            Item::Mod(item) => {
                let items = item.content.as_ref().map(|(_, items)| items.as_slice());
                let module = format!("{module}::{}", item.ident);
                code += &promises(&module, items.unwrap_or_default());
                continue;
            }
            _ => continue,
        };
        writeln!(
            code,
            "const _: () = {{ const fn has<T: {traits}>() {{}} has::<{module}::{name}>() }};"
        )
        .expect("writing to a string does not fail");
    }
    code
}

/// The structs of payloads and of their parts, and whether they have a default value: no field of theirs is required,
/// or they are a list, a map or nullable.
fn structs(items: &[Item]) -> HashMap<String, bool> {
    let lines = items.iter().filter_map(|item| match item {
        Item::Macro(item) => Some(&item.mac),
        _ => None,
    });
    let structs = lines.filter_map(|line| {
        let is_object = line.path.is_ident("object");
        if !is_object && !line.path.is_ident("newtype") {
            return None;
        }
        let mut tokens = line.tokens.clone().into_iter();
        let name = tokens.next()?.to_string();
        // The properties after a comma are required. The type after a comma is the value of a newtype.
        let has_comma =
            matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == ',');
        let is_empty_by_default = match tokens.next() {
            Some(TokenTree::Ident(ty)) => ["BTreeMap", "Option", "Vec"].iter().any(|one| ty == one),
            _ => false,
        };
        Some((
            name,
            if is_object {
                !has_comma
            } else {
                is_empty_by_default
            },
        ))
    });
    structs.collect()
}
