//! From the model to tokens: one file a kind of item, one line in [`emit`] each.
//!
//! An emitter reads the model and gives items. It has no errors of its own and changes no name; what it needs
//! from the runtime it finds in `contexture::codegen`.

mod actions;
mod channels;
mod configuration;
mod definition;
mod events;
mod hygiene;
mod missing;
mod payloads;
mod secrets;
mod service;
mod states;
mod tags;
mod tokens;
mod types;
mod typify;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident};
use crate::model::{Model, Module};

/// Prints a model as one module.
pub(crate) fn emit(model: &Model) -> syn::ItemMod {
    let printed = typify::print_types(model);
    let types = |module| types::emit(model, module, &printed);
    let sections = [
        configuration::emit(model),
        types(Module::Root),
        quote!(lifecycle!();),
        service::emit(model),
        actions::emit(model, &types(Module::Actions)),
        channels::emit(model, &types(Module::Channels)),
        events::emit(model),
        states::emit(model),
        secrets::emit(model),
        definition::emit(model),
        payloads::emit(model, Module::Root),
    ];
    module(
        &docs(&model.docs),
        &model.module,
        &quote!(
            use contexture::codegen::*;
        ),
        &sections,
    )
}

/// Wraps items in a module.
fn module(
    docs: &TokenStream,
    name: &str,
    imports: &TokenStream,
    sections: &[TokenStream],
) -> syn::ItemMod {
    let name = ident(name);
    let module = quote! {
        #docs
        #[allow(
            missing_docs, clippy::all, clippy::pedantic, clippy::allow_attributes,
            reason = "names, texts and sizes are the definition's own"
        )]
        pub mod #name {
            #imports
            #(#sections)*
        }
    };
    let mut module: syn::ItemMod = syn::parse2(module).expect("the emitters print items");
    let inner = module.content.iter_mut().flat_map(|(_, items)| items);
    for item in inner {
        if let syn::Item::Mod(inner) = item {
            hygiene::qualify_hidden_names(inner);
        }
    }
    module
}
