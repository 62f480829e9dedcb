//! The service, which finds the handler of a call by its name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{ident, shown_name, type_path};
use crate::model::{Action, Channel, Model, Module};

/// Prints `service`, and the names from which the dispatch behind it follows.
pub(super) fn emit(model: &Model) -> TokenStream {
    let bounds = bounds(model);
    let actions = model.actions.iter().map(|action| handler(model, action));
    let channels = model.channels.iter().map(|item| channel(model, item));
    quote! {
        /// Makes the service that Botpress calls. The handlers cover all that the definition declares.
        pub fn service<H>(handlers: H) -> contexture::Service<Definition>
        where
            H: #bounds,
        {
            contexture::Service::new(Handlers(handlers))
        }

        handlers!(#(#actions),* #(; #channels)*);
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

fn handler(model: &Model, action: &Action) -> TokenStream {
    let (call, name) = (ident(&action.call), shown_name(&action.wire));
    let (handler, method) = (ident(&action.trait_name), ident(&action.method));
    let [input, output] =
        [action.input, action.output].map(|ty| type_path(&model.types, ty, Module::Root));
    quote!(#call = #name: #handler::#method(#input, #output))
}

fn channel(model: &Model, channel: &Channel) -> TokenStream {
    let (call, name) = (ident(&channel.call), shown_name(&channel.wire));
    let (handler, marker) = (ident(&channel.trait_name), ident(&channel.marker));
    let tags = type_path(&model.types, channel.conversation_tags, Module::Root);
    let messages = channel.messages.iter().map(|message| {
        let (method, name) = (ident(&message.method), shown_name(&message.wire));
        let payload = type_path(&model.types, message.ty, Module::Root);
        quote!(#method = #name: #payload)
    });
    quote!(#call = #name: #handler(#marker, #tags) #(, #messages)*)
}
