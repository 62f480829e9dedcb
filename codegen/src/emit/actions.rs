//! Actions: a trait of one method each, so that a missing one is a compile error that names it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::missing::Missing;
use crate::emit::tokens::{docs, ident, items, module, type_name};
use crate::model::{Action, Model};

/// Prints the module `actions`, unless there are none.
pub(super) fn emit(model: &Model, types: Vec<Item>) -> Option<Item> {
    if model.actions.is_empty() {
        return None;
    }
    let empty = quote! {
        /// The actions that bots can call.
        pub mod actions {}
    };
    let mut inside = items(quote!(
        use super::*;
    ));
    let handlers = model.actions.iter().map(|action| handler(model, action));
    inside.extend(handlers.flat_map(items));
    inside.extend(types);
    Some(Item::Mod(module(empty, inside)))
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
        alternative: "",
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
