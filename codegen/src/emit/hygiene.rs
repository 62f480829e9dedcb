//! What an item of an inner module hides: an action called `send` has the trait `Send`.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Item, parse_quote};

use crate::model::names::IMPORTED;

/// Writes in full, throughout a module, what one of its items hides.
pub(super) fn qualify_hidden_names(module: &mut syn::ItemMod) {
    let Some((_, items)) = &mut module.content else {
        return;
    };
    let names = items.iter().filter_map(|item| match item {
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Struct(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let hidden: Vec<String> = names
        .filter(|name| IMPORTED.contains(&name.as_str()))
        .collect();
    if !hidden.is_empty() {
        for item in items {
            Qualify { hidden: &hidden }.visit_item_mut(item);
        }
    }
}

struct Qualify<'a> {
    hidden: &'a [String],
}

impl VisitMut for Qualify<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let is_hidden = path.leading_colon.is_none()
            && path
                .segments
                .first()
                .is_some_and(|first| self.hidden.iter().any(|name| first.ident == name));
        if is_hidden {
            *path = parse_quote!(contexture::codegen::#path);
        }
    }

    /// What an attribute holds is no path of the module.
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}

    /// The arguments of the runtime's macros are fields and their types.
    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        call.tokens = self.qualify(call.tokens.clone());
    }
}

impl Qualify<'_> {
    fn qualify(&self, tokens: TokenStream) -> TokenStream {
        let qualified = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(ident) if self.hidden.iter().any(|name| ident == name) => {
                quote!(contexture::codegen::#ident)
            }
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self.qualify(group.stream())).into_token_stream()
            }
            token => token.into_token_stream(),
        });
        qualified.collect()
    }
}
