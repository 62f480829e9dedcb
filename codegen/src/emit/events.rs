//! Events, which the integration sends to bots.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{constant, docs, ident, shown_name, type_name};
use crate::model::Model;

/// Prints a method and a name for every event.
pub(super) fn emit(model: &Model) -> TokenStream {
    let methods = model.events.iter().map(|event| {
        let (docs, method, wire) = (docs(&event.docs), ident(&event.method), &event.wire);
        let ty = type_name(&model.types, event.ty);
        quote! {
            #docs
            pub fn #method(&self, payload: &#ty) -> contexture::client::CreateEvent {
                self.0.create(#wire, payload)
            }
        }
    });
    let names = model.events.iter().map(|event| {
        let (name, wire) = (constant(&event.method), shown_name(&event.wire));
        quote!(#name = #wire)
    });
    let methods = (!model.events.is_empty()).then(|| quote!(impl Events { #(#methods)* }));
    quote! {
        named_client!(Events, EventsClient, "The events that the integration can send to bots.");
        event_names!(#(#names),*);

        #methods
    }
}
