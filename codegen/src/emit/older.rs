//! Older versions: a module each, with its configurations and states, and what is the same today.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Item, ItemMod};

use crate::emit::tokens::{self, ident, items, type_name};
use crate::emit::{configuration, texts, types, typify};
use crate::model::{Model, Module, OlderVersion, State};

/// Prints the modules of all older versions.
pub(super) fn emit(model: &Model) -> Vec<Item> {
    let versions = model.older.iter();
    versions
        .flat_map(|older| {
            let module = Item::Mod(module(&older.module, &older.model));
            std::iter::once(module).chain(items(same(model, older)))
        })
        .collect()
}

/// The modules with their versions, for the macro that reads configurations.
pub(super) fn versions(model: &Model) -> Option<TokenStream> {
    let versions = model.older.iter().map(|older| {
        let (module, version) = (ident(&older.module), &older.model.version);
        quote!(#module = #version)
    });
    (!model.older.is_empty()).then(|| quote!(; #(#versions),*))
}

/// The types of a state in the versions that have it with values that are none of today's.
pub(super) fn states(model: &Model, state: &State) -> Vec<TokenStream> {
    let versions = model.older.iter().filter_map(|older| {
        let old = older.model.state_like(state)?;
        if older.is_same(model, old.ty, state.ty) {
            return None;
        }
        let module = ident(&older.module);
        let name = type_name(&older.model.types, old.ty);
        Some(quote!(#module::#name))
    });
    versions.collect()
}

fn module(name: &str, model: &Model) -> ItemMod {
    let docs = format!(
        " The configurations and states of version {}.",
        model.version
    );
    let name = ident(name);
    let empty = quote! {
        #[doc = #docs]
        pub mod #name {}
    };
    let mut printed = typify::print_types(model);
    let sections = [
        items(quote!(
            use contexture::codegen::*;
        )),
        items(configuration::emit(model)),
        types::emit(model, Module::Root, &mut printed),
        items(reader(model)),
        items(texts::emit_older(model)),
    ];
    tokens::module(empty, sections.into_iter().flatten().collect())
}

fn reader(model: &Model) -> TokenStream {
    let variants = configuration::variants(model);
    quote!(older!(#variants);)
}

/// The migrations of all that is accepted as it is.
fn same(model: &Model, older: &OlderVersion) -> TokenStream {
    let module = ident(&older.module);
    let types = older.same.iter().map(|(old, today)| {
        let old = type_name(&older.model.types, *old);
        let today = type_name(&model.types, *today);
        quote!(#module::#old = #today)
    });
    let types = (!older.same.is_empty()).then(|| quote!(same!(#(#types),*);));
    let union = older.same_union.as_ref().map(|pairs| {
        let names = pairs.iter().map(|(old, today)| (ident(old), ident(today)));
        union(&module, older, names)
    });
    quote!(#types #union)
}

fn union(
    module: &Ident,
    older: &OlderVersion,
    names: impl Iterator<Item = (Ident, Ident)>,
) -> TokenStream {
    if older.model.configurations.is_primary_alone() {
        let today = names.map(|(_, today)| today);
        return quote!(same!(#module::Configuration as #(#today)*););
    }
    let pairs = names.map(|(old, today)| quote!(#old = #today));
    quote!(same!(#module::{ #(#pairs),* });)
}
