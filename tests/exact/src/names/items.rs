//! The public items of generated code.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{ImplItem, Item, Signature, TraitItem, Visibility};

/// The public items of a generated file, by their paths: `actions::CreateIssueInput`.
pub(super) type Items = BTreeMap<String, Shown>;

/// What an item shows: its members, by name, each with the words of its type.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// `struct`, `enum`, `alias`, `trait`, `fn` or `mod`.
    pub(super) kind: &'static str,
    pub(super) members: BTreeMap<String, Vec<String>>,
}

/// Reads the items of a generated file.
///
/// # Errors
///
/// Returns an error if the file is not Rust.
pub(super) fn items(code: &str) -> syn::Result<Items> {
    let file = syn::parse_file(code)?;
    let mut items = Items::new();
    for item in &file.items {
        if let Item::Mod(module) = item {
            add_module("", module, &mut items);
        }
    }
    Ok(items)
}

fn add_module(path: &str, module: &syn::ItemMod, items: &mut Items) {
    for item in module.content.iter().flat_map(|(_, items)| items) {
        match item {
            Item::Mod(inner) if is_public(&inner.vis) => {
                let path = format!("{path}{}::", inner.ident);
                add(&path, "mod", [], items);
                add_module(&path, inner, items);
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let fields = item.fields.iter().enumerate().map(|(index, field)| {
                    let name = field
                        .ident
                        .as_ref()
                        .map_or_else(|| index.to_string(), ToString::to_string);
                    (name, words(field.ty.to_token_stream()))
                });
                add(&format!("{path}{}", item.ident), "struct", fields, items);
            }
            Item::Enum(item) => {
                let variants = item.variants.iter();
                let variants = variants.map(|variant| {
                    (
                        variant.ident.to_string(),
                        words(variant.fields.to_token_stream()),
                    )
                });
                add(&format!("{path}{}", item.ident), "enum", variants, items);
            }
            Item::Type(item) => {
                let target = [(String::new(), words(item.ty.to_token_stream()))];
                add(&format!("{path}{}", item.ident), "alias", target, items);
            }
            Item::Trait(item) => {
                let methods = item.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(method) => Some(of_method(&method.sig)),
                    _ => None,
                });
                add(&format!("{path}{}", item.ident), "trait", methods, items);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let methods = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(method) if is_public(&method.vis) => Some(of_method(&method.sig)),
                    _ => None,
                });
                add(
                    &format!("{path}{}", item.self_ty.to_token_stream()),
                    "",
                    methods,
                    items,
                );
            }
            Item::Fn(item) if is_public(&item.vis) => {
                add(
                    &format!("{path}{}", item.sig.ident),
                    "fn",
                    [of_method(&item.sig)],
                    items,
                );
            }
            Item::Macro(item) => add_macro(path, &item.mac, items),
            _ => {}
        }
    }
}

/// The items that a macro of the runtime declares: markers of channels, names of tags and events.
fn add_macro(path: &str, call: &syn::Macro, items: &mut Items) {
    let name = call.path.to_token_stream().to_string();
    let given = words(call.tokens.clone());
    // The text of a definition's name is no part of the interface.
    let names = || {
        given
            .windows(2)
            .filter(|pair| pair[1] == "=")
            .map(|pair| (pair[0].clone(), Vec::new()))
    };
    match (name.as_str(), given.first()) {
        ("channel", Some(marker)) => add(&format!("{path}{marker}"), "struct", [], items),
        ("tags", Some(tags)) => add(&format!("{path}{tags}"), "", names(), items),
        ("event_names", _) => add(&format!("{path}Events"), "", names(), items),
        ("object", Some(object)) => add(&format!("{path}{object}"), "", arguments(&given), items),
        _ => {}
    }
}

/// The arguments of a constructor: those before the optional properties.
fn arguments(given: &[String]) -> Option<(String, Vec<String>)> {
    let required = given.split(|word| word == ";").next().unwrap_or_default();
    let names = required.windows(2).filter(|pair| pair[1] == ":");
    let names: Vec<_> = names.map(|pair| pair[0].clone()).collect();
    (!names.is_empty()).then(|| ("new()".to_owned(), names))
}

fn of_method(signature: &Signature) -> (String, Vec<String>) {
    let (inputs, output) = (&signature.inputs, &signature.output);
    (
        format!("{}()", signature.ident),
        words(quote!(#inputs #output)),
    )
}

fn add(
    path: &str,
    kind: &'static str,
    members: impl IntoIterator<Item = (String, Vec<String>)>,
    items: &mut Items,
) {
    let shown = items.entry(path.to_owned()).or_default();
    if !kind.is_empty() {
        shown.kind = kind;
    }
    shown.members.extend(members);
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The words and signs of code, without the modules of the generated file.
fn words(tokens: TokenStream) -> Vec<String> {
    const MODULES: &[&str] = &["super", "actions", "channels"];
    let mut words: Vec<String> = Vec::new();
    for token in flat(tokens) {
        match token.as_str() {
            "::" if words
                .last()
                .is_some_and(|last| MODULES.contains(&last.as_str())) =>
            {
                words.pop();
            }
            // A formatter adds a comma at the end of a long list.
            ">" if words.last().is_some_and(|last| last == ",") => {
                words.pop();
                words.push(token);
            }
            _ => words.push(token),
        }
    }
    if words.last().is_some_and(|last| last == ",") {
        words.pop();
    }
    words
}

fn flat(tokens: TokenStream) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => words.extend(flat(group.stream())),
            token if token.to_string() == ":" && words.last().is_some_and(|last| last == ":") => {
                words.pop();
                words.push("::".to_owned());
            }
            token => words.push(token.to_string()),
        }
    }
    words
}
