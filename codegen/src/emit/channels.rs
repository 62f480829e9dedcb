//! Channels: a trait with a method for each type of message, and a marker type for the client.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::emit::missing::Missing;
use crate::emit::shared;
use crate::emit::signature::Signature;
use crate::emit::tags;
use crate::emit::tokens::{docs, ident, items, module, shown_name, type_name};
use crate::model::{Channel, Message, Model};

/// Prints the module `channels`, unless there are none.
pub(super) fn emit(model: &Model, types: Vec<Item>) -> Option<Item> {
    if model.channels.is_empty() {
        return None;
    }
    let empty = quote! {
        /// The channels of conversations.
        pub mod channels {}
    };
    let mut inside = items(quote!(
        use super::*;
    ));
    inside.extend(shared::emit(model));
    for channel in &model.channels {
        inside.extend(items(handler(model, channel)));
        inside.extend(items(marker(model, channel)));
    }
    inside.extend(types);
    Some(Item::Mod(module(empty, inside)))
}

fn handler(model: &Model, channel: &Channel) -> TokenStream {
    let (docs, name) = (docs(&channel.docs), ident(&channel.trait_name));
    let missing = Missing {
        message: format!("the channel `{}` has no handler", channel.wire),
        handler: format!("impl channels::{name} for"),
        body: "{ … }".to_owned(),
        alternative: if channel.is_shared {
            shared::ALTERNATIVE
        } else {
            ", or let `contexture stubs --missing` print it"
        },
    };
    let methods = channel
        .messages
        .iter()
        .map(|message| method(model, channel, message));
    quote! {
        #docs
        #missing
        pub trait #name: Send + Sync + 'static {
            #(#methods)*
        }
    }
}

fn method(model: &Model, channel: &Channel, message: &Message) -> TokenStream {
    let docs = docs(&message.docs);
    let signature = Signature::of_message(model, channel, message);
    let declaration = signature.declaration();
    let form = format!(" Implement it as `{}`.", signature.form());
    quote! {
        #docs
        ///
        #[doc = #form]
        #declaration
    }
}

/// The marker of the channel in the client's types.
fn marker(model: &Model, channel: &Channel) -> TokenStream {
    let (marker, wire) = (ident(&channel.marker), shown_name(&channel.wire));
    let conversation_tags = type_name(&model.types, channel.conversation_tags);
    let message_tags = type_name(&model.types, channel.message_tags);
    let messages = channel.messages.iter().map(|message| {
        let (payload, wire) = (type_name(&model.types, message.ty), &message.wire);
        quote!(#payload = #wire)
    });
    let tags = [channel.conversation_tags, channel.message_tags].map(|ty| tags::emit(model, ty));
    quote! {
        channel!(#marker = #wire, #conversation_tags, #message_tags #(, #messages)*);
        #(#tags)*
    }
}
