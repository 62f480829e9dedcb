//! From the model to tokens: one file a kind of item, one line in [`emit`] each.
//!
//! An emitter reads the model and gives items. It has no errors of its own and changes no name; all that it needs
//! from the runtime it finds in `contexture::codegen`.

mod actions;
mod channels;
mod configuration;
mod definition;
mod events;
mod hygiene;
mod missing;
mod older;
mod secrets;
mod service;
mod shared;
mod signature;
mod states;
mod tags;
mod texts;
mod tokens;
mod types;
mod typify;

use proc_macro2::Literal;
use quote::quote;
use syn::ItemMod;

pub(crate) use crate::emit::signature::Signature;
use crate::emit::tokens::{docs, ident, items};
use crate::model::{Model, Module};

/// The form of generated code. It changes with each change that needs another runtime, and
/// `runtime/src/codegen/format.rs` accepts one form only.
const FORMAT: u32 = 1;

/// Prints a model as one module.
pub(crate) fn emit(model: &Model) -> ItemMod {
    let mut printed = typify::print_types(model);
    let format = Literal::u32_unsuffixed(FORMAT);
    let mut types = |module| types::emit(model, module, &mut printed);
    let sections = [
        items(quote!(
            use contexture::codegen::*;
            generated_format!(#format);
        )),
        items(configuration::emit(model)),
        types(Module::Root),
        items(quote!(lifecycle!();)),
        items(service::emit(model)),
        Vec::from_iter(actions::emit(model, types(Module::Actions))),
        Vec::from_iter(channels::emit(model, types(Module::Channels))),
        items(events::emit(model)),
        items(states::emit(model)),
        items(secrets::emit(model)),
        items(definition::emit(model)),
        older::emit(model),
        items(texts::emit(model)),
    ];
    let mut module = module(model, sections.into_iter().flatten().collect());
    let inner = module.content.iter_mut().flat_map(|(_, items)| items);
    for item in inner {
        if let syn::Item::Mod(inner) = item {
            hygiene::qualify_hidden_names(inner);
        }
    }
    module
}

/// The module around everything.
fn module(model: &Model, items: Vec<syn::Item>) -> ItemMod {
    let (docs, name) = (docs(&model.docs), ident(&model.module));
    let empty = quote! {
        #docs
        #[allow(
            missing_docs, clippy::all, clippy::pedantic, clippy::allow_attributes,
            reason = "names, texts and sizes are the definition's own"
        )]
        pub mod #name {}
    };
    tokens::module(empty, items)
}
