//! Names in generated code.

use std::collections::HashSet;

use syn::{Fields, Item};

/// Parses generated code, and checks that the names of sibling items, fields and variants differ.
pub(crate) fn check_names(code: &str) {
    let file =
        syn::parse_file(code).unwrap_or_else(|error| panic!("not valid Rust: {error}\n{code}"));
    check_items(&file.items);
}

fn check_items(items: &[Item]) {
    check_distinct("types of a module", items.iter().filter_map(type_name));
    for item in items {
        match item {
            Item::Struct(item) => check_fields(&item.fields),
            Item::Enum(item) => {
                let variants = item.variants.iter();
                check_distinct(
                    "variants",
                    variants.map(|variant| variant.ident.to_string()),
                );
                for variant in &item.variants {
                    check_fields(&variant.fields);
                }
            }
            Item::Mod(item) => check_items(item.content.as_ref().map_or(&[], |(_, items)| items)),
            _ => {}
        }
    }
}

fn type_name(item: &Item) -> Option<String> {
    match item {
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn check_fields(fields: &Fields) {
    let names = fields.iter().filter_map(|field| field.ident.as_ref());
    check_distinct("fields", names.map(ToString::to_string));
}

fn check_distinct(what: &str, names: impl Iterator<Item = String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "two {what} have the name {name}");
    }
}
