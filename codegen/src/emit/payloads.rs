//! Payloads: types with the schema that validates them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::characters::is_hidden;
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
///
/// A raw string has no escapes. The compiler rejects a lone carriage return and direction characters in it, so a text
/// with a hidden character becomes an ordinary literal of the same value.
pub(super) fn raw_string(text: &str) -> Literal {
    if text.contains(is_hidden) {
        return Literal::string(text);
    }
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
        .parse()
        .expect("enough hashes make a raw string of any text")
}

#[cfg(test)]
mod tests {
    use super::raw_string;

    #[test]
    fn a_literal_keeps_its_value_and_shows_no_hidden_character() {
        for text in [
            "{}",
            "\"#\"##",
            "a\r\u{202e}\0b\"\\",
            "\u{85}\u{2028}\u{feff}'",
        ] {
            let literal = raw_string(text).to_string();
            assert!(!literal.contains(crate::characters::is_hidden), "{literal}");
            let read: syn::LitStr = syn::parse_str(&literal).expect("a string literal");
            assert_eq!(read.value(), text);
        }
    }
}
