//! The pass over the items that typify printed.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::token::Brace;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, Fields, FieldsNamed, Item, ItemEnum, ItemStruct, parse_quote};

use crate::emit::tokens::{docs, ident, type_path};
use crate::emit::typify::request::{field_placeholder, type_of, variant_placeholder};
use crate::model::{EnumDef, FieldDef, Module, Rest, Shape, StructDef, TypeDef, Types, UnionDef};

/// Gives a printed type the names, the order, the docs and the attributes of the model.
pub(super) fn finish(types: &Types, ty: &TypeDef, item: Item) -> Item {
    let mut item = match (&ty.shape, item) {
        (Shape::Struct(definition), Item::Struct(item)) => {
            Item::Struct(finish_struct(ty, definition, item))
        }
        (Shape::Newtype(_), Item::Struct(item)) => Item::Struct(finish_newtype(ty, item)),
        (Shape::Enum(definition), Item::Enum(item)) => {
            Item::Enum(finish_enum(ty, definition, item))
        }
        (Shape::Union(definition), Item::Enum(item)) => {
            Item::Enum(finish_union(ty, definition, item))
        }
        (shape, _) => {
            unreachable!("typify printed another kind of item than it was asked for: {shape:?}")
        }
    };
    let module = ty.module;
    ShortPaths { types, module }.visit_item_mut(&mut item);
    item
}

fn finish_struct(ty: &TypeDef, definition: &StructDef, mut item: ItemStruct) -> ItemStruct {
    let default = ty.shape.has_default().then(|| quote!(, Default));
    item.attrs = attributes(ty, &quote!(Clone, Debug, PartialEq #default));
    item.ident = ident(&ty.name);
    let mut printed: Vec<Field> = item.fields.into_iter().collect();
    let mut take = |name: &str| {
        let index = printed
            .iter()
            .position(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
        printed.swap_remove(index.expect("typify prints every field that it is asked for"))
    };
    let mut fields: Vec<Field> = Vec::new();
    for (index, definition) in definition.fields.iter().enumerate() {
        fields.push(finish_field(definition, take(&field_placeholder(index))));
    }
    if let Rest::Open { name, .. } = &definition.rest {
        let mut rest = take("extra");
        rest.ident = Some(ident(name));
        rest.attrs = vec![parse_quote!(#[doc = " Properties that the schema does not declare."])];
        fields.push(rest);
    }
    assert!(
        printed.is_empty(),
        "typify prints no field that it is not asked for"
    );
    item.fields = Fields::Named(FieldsNamed {
        brace_token: Brace::default(),
        named: fields.into_iter().collect(),
    });
    item
}

fn finish_field(definition: &FieldDef, mut field: Field) -> Field {
    field.ident = Some(ident(&definition.name));
    field.attrs = parse_attributes(docs(&definition.full_docs()));
    field
}

/// A newtype is requested as a struct of one field.
fn finish_newtype(ty: &TypeDef, item: ItemStruct) -> ItemStruct {
    let default = ty.shape.has_default().then(|| quote!(, Default));
    let attributes = attributes(ty, &quote!(Clone, Debug, PartialEq #default));
    let name = ident(&ty.name);
    let inner = item
        .fields
        .into_iter()
        .next()
        .expect("typify prints the field that it is asked for")
        .ty;
    parse_quote!(#(#attributes)* pub struct #name(pub #inner);)
}

fn finish_enum(ty: &TypeDef, definition: &EnumDef, mut item: ItemEnum) -> ItemEnum {
    item.attrs = attributes(ty, &quote!(Clone, Copy, Debug, PartialEq, Eq, Hash));
    item.ident = ident(&ty.name);
    assert_eq!(
        item.variants.len(),
        definition.variants.len(),
        "typify prints every variant that it is asked for"
    );
    for (printed, variant) in item.variants.iter_mut().zip(&definition.variants) {
        printed.attrs = Vec::new();
        printed.ident = ident(&variant.name);
    }
    item
}

fn finish_union(ty: &TypeDef, definition: &UnionDef, mut item: ItemEnum) -> ItemEnum {
    item.attrs = attributes(ty, &quote!(Clone, Debug, PartialEq));
    item.ident = ident(&ty.name);
    for (index, variant) in definition.variants.iter().enumerate() {
        let printed = item
            .variants
            .iter_mut()
            .find(|printed| printed.ident == variant_placeholder(index));
        let printed = printed.expect("typify prints every variant that it is asked for");
        printed.ident = ident(&variant.name);
        printed.attrs = Vec::new();
    }
    item
}

fn attributes(ty: &TypeDef, derives: &TokenStream) -> Vec<Attribute> {
    let docs = docs(&ty.docs);
    parse_attributes(quote!(#docs #[derive(#derives)]))
}

fn parse_attributes(attributes: TokenStream) -> Vec<Attribute> {
    Attribute::parse_outer
        .parse2(attributes)
        .expect("the pass prints attributes")
}

/// Shortens typify's absolute paths, which the generated module imports, and names the placeholders.
struct ShortPaths<'a> {
    types: &'a Types,
    /// The module that contains the paths.
    module: Module,
}

impl VisitMut for ShortPaths<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(last) = path.segments.pop() else {
            return;
        };
        *path = match type_of(&last.ident.to_string()) {
            Some(id) => type_path(self.types, id, self.module),
            None => last.into(),
        };
    }

    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        visit_mut::visit_type_mut(self, ty);
        let syn::Type::Path(path) = &*ty else { return };
        let Some(last) = path.path.segments.last() else {
            return;
        };
        if last.ident == "Null" {
            *ty = parse_quote!(());
        } else if last.ident == "Tuple"
            && let syn::PathArguments::AngleBracketed(items) = &last.arguments
        {
            let items = items.args.iter();
            *ty = parse_quote!((#(#items,)*));
        }
    }

    /// Attributes hold the model's own paths.
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}

    /// So does the visibility.
    fn visit_visibility_mut(&mut self, _: &mut syn::Visibility) {}
}
