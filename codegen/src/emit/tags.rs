//! Tags: structs of optional strings, with a constant for each name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{constant, shown_name, type_name};
use crate::model::{Model, Shape, TypeId};

/// Prints the names of the tags of a type.
pub(super) fn emit(model: &Model, ty: TypeId) -> TokenStream {
    let name = type_name(&model.types, ty);
    let fields = match &model.types.get(ty).shape {
        Shape::Struct(definition) => definition.fields.as_slice(),
        Shape::Enum(_) | Shape::Union(_) | Shape::Newtype(_) | Shape::Alias(_) => &[],
    };
    let tags = fields.iter().map(|field| {
        let (tag, wire) = (constant(&field.name), shown_name(&field.wire));
        quote!(#tag = #wire)
    });
    quote!(tags!(#name #(, #tags)*);)
}
