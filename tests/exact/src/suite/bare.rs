//! The definition of a type, from the generated file.

use quote::ToTokens;
use syn::{Fields, Item};

/// Says whether a type comes down to a bare value: that, another name of it, or a newtype around it.
pub(super) fn is_bare_value(code: &str, name: &str) -> bool {
    syn::parse_file(code).is_ok_and(|file| is_bare(&file.items, name))
}

/// Says whether the type of a name comes down to a bare value.
fn is_bare(items: &[Item], name: &str) -> bool {
    let mut name = name.to_owned();
    // Aliases and newtypes lead on, and never in a circle.
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

/// What an alias or a newtype of a name stands for.
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
