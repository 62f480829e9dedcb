//! The definition of a type, from the generated file.

use quote::ToTokens;
use syn::{Fields, Item};

/// Returns whether a type is `Value`, an alias of it, or a newtype around it.
pub(super) fn is_bare_value(code: &str, name: &str) -> bool {
    syn::parse_file(code).is_ok_and(|file| is_bare(&file.items, name))
}

/// Returns whether the named type is `Value`, an alias of it, or a newtype around it.
fn is_bare(items: &[Item], name: &str) -> bool {
    let mut name = name.to_owned();
    // Aliases and newtypes refer to other types, and never form a cycle.
    for _ in 0..8 {
        let Some(inner) = inner_type(items, &name) else {
            return false;
        };
        let last = inner
            .rsplit("::")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        if last == "Value" {
            return true;
        }
        name = last;
    }
    false
}

/// The type inside the alias or newtype with a name.
fn inner_type(items: &[Item], name: &str) -> Option<String> {
    items.iter().find_map(|item| match item {
        Item::Mod(module) => inner_type(&module.content.as_ref()?.1, name),
        Item::Type(alias) if alias.ident == name => Some(alias.ty.to_token_stream().to_string()),
        Item::Struct(item) if item.ident == name => match &item.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Some(fields.unnamed[0].ty.to_token_stream().to_string())
            }
            _ => None,
        },
        _ => None,
    })
}
