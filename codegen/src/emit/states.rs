//! States, which Botpress keeps for the integration.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::older;
use crate::emit::tokens::{docs, ident, type_name};
use crate::model::{Model, StateOwner};

/// Prints a method for every state; states of conversations and users take their owner.
pub(super) fn emit(model: &Model) -> TokenStream {
    let methods = model.states.iter().map(|state| {
        let (docs, method, wire) = (docs(&state.docs), ident(&state.method), &state.wire);
        let ty = type_name(&model.types, state.ty);
        let (owner, call) = match state.owner {
            StateOwner::Integration => (None, quote!(integration(#wire))),
            StateOwner::Conversation => (
                Some(quote!(conversation: impl Into<contexture::client::ConversationId>)),
                quote!(conversation(#wire, conversation)),
            ),
            StateOwner::User => (
                Some(quote!(user: impl Into<contexture::client::UserId>)),
                quote!(user(#wire, user)),
            ),
        };
        let arguments = std::iter::once(quote!(&self)).chain(owner);
        let older = older::states(model, state);
        let older = (!older.is_empty()).then(|| quote!(.or_older(read_older_states!(#(#older),*))));
        quote! {
            #docs
            pub fn #method(#(#arguments),*) -> State<#ty> {
                self.0.#call #older
            }
        }
    });
    let methods = (!model.states.is_empty()).then(|| quote!(impl States { #(#methods)* }));
    quote! {
        named_client!(States, StatesClient, "The states that Botpress keeps for the integration.");

        #methods
    }
}
