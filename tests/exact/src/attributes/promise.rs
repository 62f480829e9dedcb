//! What users may count on: the traits of a generated type, by its shape.

use std::fmt::Write as _;

use syn::{Fields, Item, Type};

/// Says of every type of a module that it has the traits that it has to have, in code that compiles if it has.
pub(super) fn promises(module: &str, items: &[Item]) -> String {
    let mut code = String::new();
    for item in items {
        let (name, traits) = match item {
            Item::Struct(item) if is_payload(&item.attrs) => {
                let mut traits = vec!["Clone", "::std::fmt::Debug", "PartialEq"];
                if is_optional(&item.fields) {
                    traits.push("Default");
                }
                (&item.ident, traits)
            }
            Item::Enum(item) => {
                let mut traits = vec!["Clone", "::std::fmt::Debug", "PartialEq"];
                if item
                    .variants
                    .iter()
                    .all(|variant| variant.fields.is_empty())
                {
                    traits.extend(["Copy", "Eq", "::std::hash::Hash"]);
                }
                (&item.ident, traits)
            }
            Item::Mod(item) => {
                let items = item.content.as_ref().map(|(_, items)| items.as_slice());
                code += &promises(
                    &format!("{module}::{}", item.ident),
                    items.unwrap_or_default(),
                );
                continue;
            }
            _ => continue,
        };
        let traits = traits.join(" + ");
        writeln!(
            code,
            "const _: () = {{ const fn has<T: {traits}>() {{}} has::<{module}::{name}>() }};"
        )
        .expect("a string takes any text");
    }
    code
}

/// The structs that serde knows are payloads or parts of some.
fn is_payload(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("serde"))
}

/// Whether every field may be absent.
fn is_optional(fields: &Fields) -> bool {
    let is_optional = |field: &syn::Field| {
        let is_flattened = field.attrs.iter().any(|attribute| {
            attribute.path().is_ident("serde")
                && quote::quote!(#attribute).to_string().contains("flatten")
        });
        let is_option = match &field.ty {
            Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Option"),
            _ => false,
        };
        // An option that is required has no attribute that leaves it out.
        is_flattened
            || (is_option
                && quote::quote!(#field)
                    .to_string()
                    .contains("skip_serializing_if"))
    };
    matches!(fields, Fields::Named(_)) && fields.iter().all(is_optional)
}
