//! The definition in the types of the runtime: `Definition`, `DEFINITION`, `Context`, `Client`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{configuration, older, tags};
use crate::model::Model;

/// Prints the definition.
pub(super) fn emit(model: &Model) -> TokenStream {
    let implementation = implementation(model);
    let user_tags = tags::emit(model, model.user_tags);
    quote! {
        /// The context of a call: its identifiers and the active configuration.
        pub type Context = contexture::Context<Definition>;

        /// The client of the Botpress API, typed by the definition.
        pub type Client = contexture::Client<Definition>;

        /// The type parameter for this definition in the types of `contexture`.
        #[derive(Clone, Copy, Debug)]
        pub struct Definition;

        #implementation
        #user_tags

        pub use texts::DEFINITION;
    }
}

/// Prints the types of configurations and the older versions; the rest is the same for every definition.
fn implementation(model: &Model) -> TokenStream {
    let (variants, older) = (configuration::variants(model), older::versions(model));
    quote!(definition!(#variants #older);)
}
