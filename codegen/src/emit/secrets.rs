//! The integration's own secrets, read from the environment.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident};
use crate::model::Model;

/// Prints the struct of secrets.
pub(super) fn emit(model: &Model) -> TokenStream {
    let fields = model.secrets.iter().map(|secret| {
        let (docs, field) = (docs(&secret.docs), ident(&secret.field));
        let ty = if secret.optional {
            quote!(Option<Secret>)
        } else {
            quote!(Secret)
        };
        quote!(#docs pub #field: #ty)
    });
    // No secret is called `_reader`.
    let reads = model.secrets.iter().map(|secret| {
        let (field, wire) = (ident(&secret.field), &secret.wire);
        let read = if secret.optional {
            quote!(optional)
        } else {
            quote!(required)
        };
        quote!(let #field = _reader.#read(#wire);)
    });
    let values = model.secrets.iter().map(|secret| {
        let field = ident(&secret.field);
        if secret.optional {
            quote!(#field)
        } else {
            quote!(#field: #field?)
        }
    });
    let (body, default) = if model.secrets.is_empty() {
        (quote!(Some(Self {})), quote!(, Default))
    } else {
        (
            quote!(#(#reads)* Some(Self { #(#values),* })),
            TokenStream::new(),
        )
    };
    quote! {
        /// The secrets of the integration, from the environment variables `SECRET_<NAME>`.
        #[derive(Clone, Debug #default)]
        pub struct Secrets { #(#fields),* }

        impl contexture::Secrets for Secrets {
            fn read(_reader: &mut SecretReader<'_>) -> Option<Self> {
                #body
            }
        }
    }
}
