//! Payloads: types with the schema that validates them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::tokens::ident;
use crate::model::{Alternatives, Model, Module, Shape};

/// Prints a line for every payload of one module, and their list for the service, which compiles their schemas when
/// it starts. The list includes the schemas of unions.
pub(super) fn emit(model: &Model, module: Module) -> TokenStream {
    let payloads = model.types.in_module(module).filter_map(|(_, ty)| {
        let name = ident(&ty.name);
        Some((name, raw_string(ty.payload.as_ref()?)))
    });
    let (names, schemas): (Vec<_>, Vec<_>) = payloads.unzip();
    let choices = model
        .types
        .in_module(module)
        .filter_map(|(_, ty)| match &ty.shape {
            Shape::Union(union) if union.alternatives == Alternatives::Schema => {
                Some(ident(&ty.name))
            }
            _ => None,
        });
    let choices: Vec<_> = choices.collect();
    let choices = (!choices.is_empty()).then(|| quote!(; #(#choices),*));
    quote! {
        #(payload!(#names, #schemas);)*
        schemas!(#(#names),* #choices);
    }
}

/// A raw string literal, with as many hashes as the text needs.
pub(super) fn raw_string(text: &str) -> Literal {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    // A raw string holds no lone carriage return; JSON text escapes it, so this is for any other text.
    if text.contains('\r') {
        return Literal::string(text);
    }
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .expect("enough hashes make a raw string of any text")
}
