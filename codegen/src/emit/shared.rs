//! Channels with the same messages: one handler for each message, for all channels.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::tokens::{ident, items, type_name};
use crate::model::{Channel, Model, code};

/// The other way to handle a channel, as the compiler reads it.
pub(super) const ALTERNATIVE: &str = ", or `impl channels::SharedMessage<…> for {Self} \
    {{ async fn send(&self, call: SharedCall<'_>, payload: …) -> Result<()> {{ … }} }}` for each of its messages; \
    `contexture stubs --missing` prints the first";

/// Prints the handler of shared messages and the channels that it makes up, unless there are none.
pub(super) fn emit(model: &Model) -> Vec<Item> {
    let channels: Vec<_> = model
        .channels
        .iter()
        .filter(|channel| channel.is_shared)
        .collect();
    if channels.is_empty() {
        return Vec::new();
    }
    let handler = handler();
    let call = call(&channels);
    let implementations = channels
        .iter()
        .map(|channel| implementation(model, channel));
    items(quote!(#handler #call #(#implementations)*))
}

fn handler() -> TokenStream {
    let note = "write `impl channels::SharedMessage<{P}> for {Self} \
                {{ async fn send(&self, call: SharedCall<'_>, payload: {P}) -> Result<()> {{ … }} }}`, \
                or handle each channel alone";
    quote! {
        /// Handles a message for all channels that have it. A type that handles all messages of a channel handles the
        /// channel.
        #[diagnostic::on_unimplemented(
            message = "the message `{P}` of several channels has no handler",
            label = "does not handle it",
            note = #note
        )]
        pub trait SharedMessage<P>: Send + Sync + 'static {
            /// Sends a message of the bot.
            ///
            /// Implement it as `async fn send(&self, call: SharedCall<'_>, payload: P) -> Result<()>`.
            fn send(&self, call: SharedCall<'_>, payload: P) -> impl Future<Output = Result<()>> + Send;
        }
    }
}

fn call(channels: &[&Channel]) -> TokenStream {
    let names: Vec<_> = channels
        .iter()
        .map(|channel| ident(&channel.trait_name))
        .collect();
    let markers: Vec<_> = channels
        .iter()
        .map(|channel| ident(&channel.marker))
        .collect();
    let docs = channels
        .iter()
        .map(|channel| format!(" A call of the channel {}.", code(&channel.wire)));
    quote! {
        /// A call of a message that several channels have.
        #[derive(Clone, Debug)]
        pub enum SharedCall<'a> {
            #(
                #[doc = #docs]
                #names(MessageCall<'a, #markers>)
            ),*
        }

        shared_call!(#(#names = #markers),*);
    }
}

fn implementation(model: &Model, channel: &Channel) -> TokenStream {
    let (name, marker) = (ident(&channel.trait_name), ident(&channel.marker));
    let messages = channel.messages.iter().map(|message| {
        let (method, payload) = (ident(&message.method), type_name(&model.types, message.ty));
        quote!(#method(#payload))
    });
    quote!(shared_channel!(#name(#marker): #(#messages),*);)
}
