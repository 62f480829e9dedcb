//! From a migration to Rust.

use contexture_codegen::Migration;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::print::{message, tokens};

/// A migration that refuses each value, until its author writes it.
pub(super) fn stub(migration: &Migration) -> String {
    let from = tokens(&format!("{}::{}", migration.module, migration.from));
    let into = tokens(&migration.into);
    let (docs, body) = (docs(migration), body(migration, &from));
    prettyplease::unparse(&parse_quote! {
        #[doc = #docs]
        impl MigrateFrom<#from> for #into {
            fn migrate_from(old: #from) -> Result<Self> {
                #body
            }
        }
    })
}

fn docs(migration: &Migration) -> String {
    let version = migration.version.escape_debug();
    match &migration.state {
        Some(state) => format!(
            " The state `{}` of version {version}.",
            state.escape_debug()
        ),
        None => format!(" The configurations of version {version}."),
    }
}

fn body(migration: &Migration, from: &TokenStream) -> TokenStream {
    let version = &migration.version;
    let message = message(&match &migration.state {
        Some(_) => format!("What version {version} stored is not taken over yet"),
        // The owner of the bot reads it.
        None => format!(
            "The configuration is that of version {version}: configure the integration again"
        ),
    });
    let refusal = quote! {
        let _ = old;
        bail!(#message)
    };
    if migration.variants.is_empty() {
        return refusal;
    }
    let variants = migration.variants.iter().map(|variant| tokens(variant));
    quote! {
        match old { #(#from::#variants(old) => { #refusal })* }
    }
}
