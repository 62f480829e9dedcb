//! Names that a trait of an inner module hides: an action `send` has the trait `Send`.
//!
//! No path in an inner module names its traits, so such a name refers to an item of the outer module.

use std::collections::HashSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Macro, Path, parse_quote};

/// Qualifies all names in a module that one of its traits hides.
pub(super) fn qualify_hidden_names(module: &mut syn::ItemMod) {
    let Some((_, items)) = &mut module.content else {
        return;
    };
    let traits = items.iter().filter_map(|item| match item {
        Item::Trait(item) => Some(item.ident.to_string()),
        _ => None,
    });
    let hidden: HashSet<String> = traits.collect();
    for item in items {
        Qualify { hidden: &hidden }.visit_item_mut(item);
    }
}

struct Qualify<'a> {
    hidden: &'a HashSet<String>,
}

impl VisitMut for Qualify<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let first = path.segments.first().map(|first| &first.ident);
        if path.leading_colon.is_none() && first.is_some_and(|first| self.hides(first)) {
            *path = parse_quote!(super::#path);
        }
    }

    /// Nothing in an attribute is a path of the module.
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}

    /// Of the runtime's macros, only these take types; the others take names of the module itself.
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        if call.path.is_ident("object") || call.path.is_ident("newtype") {
            call.tokens = self.qualify(call.tokens.clone());
        }
    }
}

impl Qualify<'_> {
    fn hides(&self, name: &Ident) -> bool {
        self.hidden.contains(&name.to_string())
    }

    fn qualify(&self, tokens: TokenStream) -> TokenStream {
        let qualified = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(ident) if self.hides(&ident) => quote!(super::#ident),
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), self.qualify(group.stream())).into_token_stream()
            }
            token => token.into_token_stream(),
        });
        qualified.collect()
    }
}
