//! Actions: a trait of one method each, so that a missing one is a compile error that names it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::missing::Missing;
use crate::emit::payloads;
use crate::emit::tokens::{docs, ident, type_name};
use crate::model::{Action, Model, Module};

/// Prints the module `actions`, unless there are none.
pub(super) fn emit(model: &Model, types: &TokenStream) -> TokenStream {
    if model.actions.is_empty() {
        return TokenStream::new();
    }
    let handlers = model.actions.iter().map(|action| handler(model, action));
    let payloads = payloads::emit(model, Module::Actions);
    quote! {
        /// The actions that bots can call.
        pub mod actions {
            use super::*;
            #(#handlers)*
            #types
            #payloads
        }
    }
}

fn handler(model: &Model, action: &Action) -> TokenStream {
    let (name, method) = (ident(&action.trait_name), ident(&action.method));
    let (input, output) = (
        type_name(&model.types, action.input),
        type_name(&model.types, action.output),
    );
    let signature = format!(
        "async fn {method}(&self, call: ActionCall<'_, Context>, input: {input}) -> Result<{output}>"
    );
    let docs = docs(&action.docs);
    let form = format!(" Implement it as `{signature}`.");
    let missing = Missing {
        message: format!("the action `{}` has no handler", action.wire),
        handler: format!("impl actions::{name} for"),
        body: format!("{{ {signature} {{ … }} }}"),
    };
    quote! {
        #docs
        #missing
        pub trait #name: Send + Sync + 'static {
            /// Handles a call of the action.
            ///
            #[doc = #form]
            fn #method(&self, call: ActionCall<'_, Context>, input: #input) -> impl Future<Output = Result<#output>> + Send;
        }
    }
}
