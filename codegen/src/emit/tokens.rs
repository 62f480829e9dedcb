//! The tokens that several emitters need.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Docs, Module, TypeId, TypeRef, Types};

/// An identifier of the model, which may be raw (`r#type`).
pub(super) fn ident(name: &str) -> Ident {
    syn::parse_str(name).expect("every name of the model is an identifier")
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

/// The name of a type.
pub(super) fn type_name(types: &Types, id: TypeId) -> Ident {
    ident(&types.get(id).name)
}

/// The name of a type as a module sees it.
pub(super) fn type_path(types: &Types, id: TypeId, from: Module) -> String {
    let ty = types.get(id);
    match ty.module {
        module if module == from => ty.name.clone(),
        // The inner modules import all of the outer one.
        Module::Root => ty.name.clone(),
        Module::Actions => format!("actions::{}", ty.name),
        Module::Channels => format!("channels::{}", ty.name),
    }
}

/// The use of a type in a module.
pub(super) fn type_ref(types: &Types, ty: &TypeRef, from: Module) -> TokenStream {
    let named = |id| -> syn::Path {
        syn::parse_str(&type_path(types, id, from))
            .expect("every name of the model is an identifier")
    };
    let inner = |inner: &TypeRef| type_ref(types, inner, from);
    match ty {
        TypeRef::Named(id) => named(*id).into_token_stream(),
        TypeRef::Boxed(id) => {
            let name = named(*id);
            quote!(Box<#name>)
        }
        TypeRef::String => quote!(String),
        TypeRef::Secret(value) if **value == TypeRef::String => quote!(Secret),
        TypeRef::Secret(value) => wrapped(&quote!(Secret), &inner(value)),
        TypeRef::Integer => quote!(i64),
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
