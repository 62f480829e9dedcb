//! The one pass over what typify printed.

use quote::quote;
use syn::parse::Parser;
use syn::token::Brace;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Field, Fields, FieldsNamed, Item, ItemEnum, ItemStruct, parse_quote};

use crate::emit::tokens::{docs, ident, type_path};
use crate::emit::typify::question::{field_placeholder, type_of, variant_placeholder};
use crate::model::{
    Alternatives, EnumDef, FieldDef, Module, Presence, Rest, Shape, StructDef, TypeDef, Types,
    UnionDef,
};

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
    let default = definition.has_default().then(|| quote!(Default,));
    let closed = (definition.rest == Rest::Closed).then(|| quote!(, deny_unknown_fields));
    let rename_all = renames_all(definition);
    item.attrs = attributes(
        ty,
        &quote!(Clone, Debug, PartialEq, #default Serialize, Deserialize),
        closed.as_ref(),
    );
    if rename_all {
        item.attrs
            .push(parse_quote!(#[serde(rename_all = "camelCase")]));
    }
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
        fields.push(finish_field(
            definition,
            rename_all,
            take(&field_placeholder(index)),
        ));
    }
    if let Rest::Open { name, .. } = &definition.rest {
        let mut rest = take("extra");
        rest.ident = Some(ident(name));
        rest.attrs = vec![
            parse_quote!(#[doc = " What the schema does not declare."]),
            parse_quote!(#[serde(flatten)]),
        ];
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

fn finish_field(definition: &FieldDef, rename_all: bool, mut field: Field) -> Field {
    field.ident = Some(ident(&definition.name));
    let docs = docs(&definition.docs);
    let mut serde = Vec::new();
    if wire_name(definition, rename_all) != definition.wire {
        let wire = &definition.wire;
        serde.push(quote!(rename = #wire));
    }
    if definition.presence == Presence::Optional {
        serde.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    let keeps_null = definition.presence == Presence::Optional && definition.ty.accepts_null();
    let present = keeps_null.then(|| quote!(#[serde(default, deserialize_with = "present")]));
    let serde = (!serde.is_empty()).then(|| quote!(#[serde(#(#serde),*)]));
    field.attrs = parse_attributes(quote!(#docs #present #serde));
    field
}

/// Says whether most fields that have another name in JSON have it in camelCase.
fn renames_all(definition: &StructDef) -> bool {
    let (camel, other): (Vec<_>, Vec<_>) = definition
        .fields
        .iter()
        .filter(|field| wire_name(field, false) != wire_name(field, true))
        .partition(|field| wire_name(field, true) == field.wire);
    camel.len() > other.len()
}

/// The name that serde gives a field without a rename of its own.
fn wire_name(field: &FieldDef, rename_all: bool) -> String {
    let name = field.name.trim_start_matches("r#");
    if !rename_all {
        return name.to_owned();
    }
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|first| first.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

/// A newtype is asked for as a struct of one field.
fn finish_newtype(ty: &TypeDef, item: ItemStruct) -> ItemStruct {
    let attributes = attributes(
        ty,
        &quote!(Clone, Debug, PartialEq, Serialize, Deserialize),
        None,
    );
    let name = ident(&ty.name);
    let inner = item
        .fields
        .into_iter()
        .next()
        .expect("typify prints the field that it is asked for")
        .ty;
    parse_quote!(#(#attributes)* pub struct #name(pub #inner);)
}

/// The strings of an enum are given to it by a macro, which has serde's part in it.
fn finish_enum(ty: &TypeDef, definition: &EnumDef, mut item: ItemEnum) -> ItemEnum {
    let docs = docs(&ty.docs);
    item.attrs = parse_attributes(quote!(#docs #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]));
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
    let (derives, tagging) = match &definition.alternatives {
        Alternatives::Tagged(tag) => (quote!(Serialize, Deserialize), quote!(, tag = #tag)),
        Alternatives::Kind => (quote!(Serialize, Deserialize), quote!(, untagged)),
        Alternatives::Schema => (quote!(Serialize), quote!(, untagged)),
    };
    item.attrs = attributes(
        ty,
        &quote!(Clone, Debug, PartialEq, #derives),
        Some(&tagging),
    );
    item.ident = ident(&ty.name);
    for (index, variant) in definition.variants.iter().enumerate() {
        let printed = item
            .variants
            .iter_mut()
            .find(|printed| printed.ident == variant_placeholder(index));
        let printed = printed.expect("typify prints every variant that it is asked for");
        printed.ident = ident(&variant.name);
        printed.attrs = match &definition.alternatives {
            Alternatives::Tagged(_) => rename(&variant.name, &variant.wire),
            Alternatives::Kind | Alternatives::Schema => Vec::new(),
        };
    }
    item
}

fn rename(name: &str, wire: &str) -> Vec<Attribute> {
    if name == wire {
        Vec::new()
    } else {
        vec![parse_quote!(#[serde(rename = #wire)])]
    }
}

fn attributes(
    ty: &TypeDef,
    derives: &proc_macro2::TokenStream,
    serde: Option<&proc_macro2::TokenStream>,
) -> Vec<Attribute> {
    let docs = docs(&ty.docs);
    parse_attributes(quote! {
        #docs
        #[derive(#derives)]
        #[serde(crate = "contexture::codegen::serde" #serde)]
    })
}

fn parse_attributes(attributes: proc_macro2::TokenStream) -> Vec<Attribute> {
    Attribute::parse_outer
        .parse2(attributes)
        .expect("the pass prints attributes")
}

/// Shortens typify's absolute paths, which the generated module imports, and names the placeholders.
struct ShortPaths<'a> {
    types: &'a Types,
    /// The module that the paths stand in.
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
