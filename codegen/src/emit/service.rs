//! The service, which finds the handler of a call by its name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::ident;
use crate::model::Model;

/// Prints `service`, and the dispatch behind it.
pub(super) fn emit(model: &Model) -> TokenStream {
    let bounds = bounds(model);
    let (actions, messages) = (actions(model), messages(model));
    quote! {
        /// Makes the service that Botpress calls. The handlers cover all that the definition declares.
        pub fn service<H>(handlers: H) -> contexture::Service<Definition>
        where
            H: #bounds,
        {
            contexture::Service::new(Handlers(handlers))
        }

        /// Finds the handler of a call by its name.
        struct Handlers<H>(H);

        impl<H> contexture::codegen::Handlers for Handlers<H>
        where
            H: #bounds,
        {
            type Definition = Definition;

            forward_lifecycle!();
            #actions
            #messages
        }
    }
}

fn bounds(model: &Model) -> TokenStream {
    let actions = model.actions.iter().map(|action| {
        let name = ident(&action.trait_name);
        quote!(actions::#name)
    });
    let channels = model.channels.iter().map(|channel| {
        let name = ident(&channel.trait_name);
        quote!(channels::#name)
    });
    quote!(Integration #(+ #actions)* #(+ #channels)*)
}

fn actions(model: &Model) -> TokenStream {
    let actions = model.actions.iter().map(|action| {
        let (wire, handler, method) = (
            &action.wire,
            ident(&action.trait_name),
            ident(&action.method),
        );
        quote!(#wire = #handler::#method)
    });
    quote!(forward_actions!(#(#actions),*);)
}

fn messages(model: &Model) -> TokenStream {
    let channels = model.channels.iter().map(|channel| {
        let (wire, handler) = (&channel.wire, ident(&channel.trait_name));
        let messages = channel.messages.iter().map(|message| {
            let (wire, method) = (&message.wire, ident(&message.method));
            quote!(#wire = #method)
        });
        quote!(#wire = #handler(#(#messages),*))
    });
    quote!(forward_messages!(#(#channels),*);)
}
