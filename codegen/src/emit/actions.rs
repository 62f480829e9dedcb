//! Actions: a trait of one method each, so that a missing one is a compile error that names it.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::missing::Missing;
use crate::emit::signature::Signature;
use crate::emit::tokens::{docs, ident, items, module};
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
    let name = ident(&action.trait_name);
    let signature = Signature::of_action(model, action);
    let (declaration, form) = (signature.declaration(), signature.form());
    let docs = docs(&action.docs);
    let missing = Missing {
        message: format!("the action `{}` has no handler", action.wire),
        handler: format!("impl actions::{name} for"),
        body: format!("{{ {form} {{ … }} }}"),
        alternative: "",
    };
    let form = format!(" Implement it as `{form}`.");
    quote! {
        #docs
        #missing
        pub trait #name: Send + Sync + 'static {
            /// Handles a call of the action.
            ///
            #[doc = #form]
            #declaration
        }
    }
}
