//! Kinds of attributes, and code without one of them.

use std::collections::BTreeSet;
use std::fmt;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, File, ItemEnum, ItemStruct, Meta, Token, Variant, parse_quote};

/// What an attribute stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A struct or an enum.
    Type,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
}

/// A word of an attribute: `flatten` of serde's on a field, `Clone` of a derive on a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The attribute: `serde` or `derive`.
    pub attribute: String,
    /// The word in it.
    pub word: String,
    /// What it stands on.
    pub place: Place,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place {
            Place::Type => "a type",
            Place::Field => "a field",
            Place::Variant => "a variant",
        };
        let (attribute, word) = (&self.attribute, &self.word);
        write!(formatter, "`{attribute}({word})` on {place}")
    }
}

/// Every kind of attribute in a file, apart from docs and lints.
pub(super) fn kinds(code: &File) -> BTreeSet<Kind> {
    let mut editor = Editor {
        found: BTreeSet::new(),
        removed: None,
    };
    editor.visit_file_mut(&mut code.clone());
    editor.found
}

/// A file without any attribute of a kind.
pub(super) fn without(code: &File, kind: &Kind) -> File {
    let mut code = code.clone();
    let mut editor = Editor {
        found: BTreeSet::new(),
        removed: Some(kind),
    };
    editor.visit_file_mut(&mut code);
    code
}

struct Editor<'a> {
    found: BTreeSet<Kind>,
    removed: Option<&'a Kind>,
}

impl Editor<'_> {
    fn edit(&mut self, attributes: &mut Vec<Attribute>, place: Place) {
        let edited = attributes.drain(..).filter_map(|attribute| {
            if attribute.path().is_ident("serde") || attribute.path().is_ident("derive") {
                self.edit_one(&attribute, place)
            } else {
                Some(attribute)
            }
        });
        *attributes = edited.collect();
    }

    fn edit_one(&mut self, attribute: &Attribute, place: Place) -> Option<Attribute> {
        let path = attribute.path();
        let words = attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .expect("serde and derive take a list");
        let mut kept = Vec::new();
        for word in words {
            let kind = Kind {
                attribute: path.to_token_stream().to_string(),
                word: word.path().to_token_stream().to_string(),
                place,
            };
            if self.removed != Some(&kind) {
                kept.push(word);
            }
            self.found.insert(kind);
        }
        (!kept.is_empty()).then(|| parse_quote!(#[#path(#(#kept),*)]))
    }
}

impl VisitMut for Editor<'_> {
    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        self.edit(&mut item.attrs, Place::Type);
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        self.edit(&mut item.attrs, Place::Type);
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_field_mut(&mut self, field: &mut Field) {
        self.edit(&mut field.attrs, Place::Field);
    }

    fn visit_variant_mut(&mut self, variant: &mut Variant) {
        self.edit(&mut variant.attrs, Place::Variant);
        visit_mut::visit_variant_mut(self, variant);
    }
}
