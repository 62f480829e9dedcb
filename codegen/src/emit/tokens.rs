//! The tokens that several emitters need.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::token::Brace;
use syn::{Item, ItemMod, parse_quote};

use crate::characters::is_hidden;
use crate::model::{Docs, Module, TypeId, TypeRef, Types, code};

/// An identifier of the model, which may be raw (`r#type`).
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Reads the items that an emitter wrote.
pub(super) fn items(tokens: TokenStream) -> Vec<Item> {
    let file: syn::File = syn::parse2(tokens).expect("the emitters print items");
    file.items
}

/// Puts items, which are not read again, into a module that is written without any.
pub(super) fn module(empty: TokenStream, items: Vec<Item>) -> ItemMod {
    let mut module: ItemMod = syn::parse2(empty).expect("the emitters print modules");
    module.content = Some((Brace::default(), items));
    module
}

/// The name of the constant that belongs to a field or a method.
pub(super) fn constant(name: &str) -> Ident {
    // The names are in snake case, so that ASCII letters alone keep two of them apart.
    ident(&name.trim_start_matches("r#").to_ascii_uppercase())
}

/// A documentation comment, an attribute a line, so that it is printed as `///`.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// A name of the definition for a macro of the runtime that makes docs of it; with the Markdown that shows it, if that
/// is more than the name between backticks.
pub(super) fn shown_name(name: &str) -> TokenStream {
    let shown = code(name);
    if shown == format!("`{name}`") {
        quote!(#name)
    } else {
        quote!(#name as #shown)
    }
}

/// The name of a type.
pub(super) fn type_name(types: &Types, id: TypeId) -> Ident {
    ident(&types.get(id).name)
}

/// The name of a type as a module sees it.
pub(super) fn type_path(types: &Types, id: TypeId, from: Module) -> syn::Path {
    let ty = types.get(id);
    let name = ident(&ty.name);
    match ty.module {
        module if module == from => name.into(),
        // The inner modules import all of the outer one.
        Module::Root => name.into(),
        Module::Actions => parse_quote!(actions::#name),
        Module::Channels => parse_quote!(channels::#name),
    }
}

/// The use of a type in a module.
pub(super) fn type_ref(types: &Types, ty: &TypeRef, from: Module) -> TokenStream {
    let named = |id| type_path(types, id, from);
    let inner = |inner: &TypeRef| type_ref(types, inner, from);
    match ty {
        TypeRef::Named(id) => named(*id).into_token_stream(),
        TypeRef::Boxed(id) => {
            let name = named(*id);
            quote!(Box<#name>)
        }
        TypeRef::String => quote!(String),
        TypeRef::DateTime => quote!(DateTime),
        TypeRef::Date => quote!(Date),
        TypeRef::Secret(value) if **value == TypeRef::String => quote!(Secret),
        TypeRef::Secret(value) => wrapped(&quote!(Secret), &inner(value)),
        TypeRef::Integer => quote!(i64),
        TypeRef::Unsigned => quote!(u64),
        TypeRef::Number => quote!(Number),
        TypeRef::Boolean => quote!(bool),
        TypeRef::Null => quote!(()),
        TypeRef::Any => quote!(Value),
        TypeRef::List(item) => wrapped(&quote!(Vec), &inner(item)),
        TypeRef::Tuple(items) => {
            let items = items.iter().map(inner);
            quote!((#(#items,)*))
        }
        TypeRef::Map(value) => {
            let value = inner(value);
            quote!(BTreeMap<String, #value>)
        }
        TypeRef::Nullable(value) => wrapped(&quote!(Option), &inner(value)),
    }
}

fn wrapped(wrapper: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(#wrapper<#inner>)
}

/// The most hashes that a raw string may have.
const MOST_HASHES: usize = 255;

/// A raw string literal, with as many hashes as the text needs.
///
/// A raw string has no escapes. The compiler rejects a lone carriage return and direction characters in it, so a text
/// with a hidden character becomes an ordinary literal of the same value.
pub(super) fn raw_string(text: &str) -> Literal {
    if text.contains(is_hidden) {
        return Literal::string(text);
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    if hashes.len() > MOST_HASHES {
        return Literal::string(text);
    }
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .expect("enough hashes make a raw string of any text")
}

#[cfg(test)]
mod tests {
    use super::raw_string;

    #[test]
    fn a_literal_keeps_its_value_and_shows_no_hidden_character() {
        for text in [
            "{}",
            "\"#\"##",
            "a\r\u{202e}\0b\"\\",
            "\u{85}\u{2028}\u{feff}'",
            &format!("\"{}", "#".repeat(300)),
        ] {
            let literal = raw_string(text).to_string();
            assert!(!literal.contains(crate::characters::is_hidden), "{literal}");
            let read: syn::LitStr = syn::parse_str(&literal).expect("a string literal");
            assert_eq!(read.value(), text);
        }
    }
}
