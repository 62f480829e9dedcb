//! The types of payloads and their methods.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Item;

use crate::emit::tokens::{docs, ident, items, raw_string, type_ref};
use crate::model::{
    Alternatives, Default, Docs, EnumDef, FieldDef, Model, Module, Presence, Rank, Rest, Shape,
    StructDef, TypeDef, TypeId, TypeRef, UnionDef, code, names,
};

/// Prints the types of one module.
pub(super) fn emit(
    model: &Model,
    module: Module,
    printed: &mut HashMap<TypeId, Item>,
) -> Vec<Item> {
    let types = model.types.in_module(module).flat_map(|(id, ty)| {
        let item = printed.remove(&id);
        let item = item.map_or_else(|| items(alias(model, ty)), |item| vec![item]);
        item.into_iter().chain(items(methods(model, ty)))
    });
    types.collect()
}

fn alias(model: &Model, ty: &TypeDef) -> TokenStream {
    let Shape::Alias(target) = ty.shape else {
        return TokenStream::new();
    };
    let name = ident(&ty.name);
    let same = format!("The same as {}.", code(&model.types.get(target).name));
    let is_short = ty.origin.rank == Rank::Fixed || ty.docs.lines().len() == 1;
    let docs = docs(&if is_short {
        ty.docs.clone()
    } else {
        Docs::markdown(&same)
    });
    let target = type_ref(&model.types, &TypeRef::Named(target), ty.module);
    quote!(#docs pub type #name = #target;)
}

fn methods(model: &Model, ty: &TypeDef) -> TokenStream {
    let name = ident(&ty.name);
    match &ty.shape {
        Shape::Struct(definition) => {
            let object = object(model, ty.module, &name, definition);
            let defaults: Vec<_> = definition
                .fields
                .iter()
                .filter_map(|field| default_accessor(model, ty.module, field))
                .collect();
            let defaults = (!defaults.is_empty()).then(|| quote!(impl #name { #(#defaults)* }));
            quote!(#object #defaults)
        }
        Shape::Enum(definition) => strings(&name, definition),
        Shape::Union(definition) => union(&name, definition),
        Shape::Newtype(inner) => {
            let inner = type_ref(&model.types, inner, ty.module);
            quote!(newtype!(#name, #inner);)
        }
        Shape::Alias(_) => TokenStream::new(),
    }
}

/// Distinguishes the alternatives.
fn union(name: &Ident, definition: &UnionDef) -> TokenStream {
    let variants = definition.variants.iter();
    match &definition.alternatives {
        Alternatives::Tagged(tag) => {
            let variants = variants.map(|variant| {
                let (name, wire) = (ident(&variant.name), &variant.wire);
                quote!(#name = #wire)
            });
            quote!(tagged!(#name, #tag #(, #variants)*);)
        }
        Alternatives::Kind => {
            let variants = variants.map(|variant| ident(&variant.name));
            quote!(kinds!(#name #(, #variants)*);)
        }
        // The schemas are with the other texts.
        Alternatives::Schema => {
            let variants = variants.map(|variant| ident(&variant.name));
            quote!(choice!(#name #(, #variants)*);)
        }
    }
}

/// The names of the properties, with the types of the constructor's and the setters' arguments.
fn object(model: &Model, module: Module, name: &Ident, definition: &StructDef) -> TokenStream {
    let (required, optional): (Vec<_>, Vec<_>) = definition
        .fields
        .iter()
        .partition(|field| field.presence == Presence::Required);
    let required = required.iter().map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        let ty = argument(model, module, &field.ty);
        quote!(#name: #ty = #wire)
    });
    let optional: Vec<_> = optional
        .iter()
        .map(|field| {
            let (name, wire) = (ident(&field.name), &field.wire);
            let (setter, ty) = (
                ident(&names::setter(&field.name)),
                argument(model, module, &field.ty),
            );
            quote!(#name.#setter: #ty = #wire)
        })
        .collect();
    let optional = (!optional.is_empty()).then(|| quote!(; #(#optional),*));
    let rest = match &definition.rest {
        Rest::Open { name, .. } => {
            let name = ident(name);
            quote!(; ..#name)
        }
        Rest::Ignored => quote!(; ..),
        Rest::Closed => TokenStream::new(),
    };
    quote!(object!(#name #(, #required)* #optional #rest);)
}

/// The type of an argument for a field: strings, numbers and boxes take anything that converts into one.
fn argument(model: &Model, module: Module, ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::String => quote!(impl Into<String>),
        TypeRef::Secret(inner) if **inner == TypeRef::String => quote!(impl Into<Secret>),
        TypeRef::Number => quote!(impl Into<Number>),
        TypeRef::Boxed(_) => {
            let ty = type_ref(&model.types, ty, module);
            quote!(impl Into<#ty>)
        }
        ty => type_ref(&model.types, ty, module),
    }
}

fn strings(name: &Ident, definition: &EnumDef) -> TokenStream {
    let variants = definition.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        quote!(#name = #wire)
    });
    quote!(strings!(#name #(, #variants)*);)
}

fn default_accessor(model: &Model, module: Module, field: &FieldDef) -> Option<TokenStream> {
    let name = ident(&field.name);
    let (ty, value) = match (field.default.as_ref()?, &field.ty) {
        (Default::Boolean(value), TypeRef::Boolean) => {
            (quote!(bool), quote!(self.#name.unwrap_or(#value)))
        }
        (Default::Integer(value), TypeRef::Integer) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            (quote!(i64), quote!(self.#name.unwrap_or(#value)))
        }
        (Default::Integer(value), TypeRef::Unsigned) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            (quote!(u64), quote!(self.#name.unwrap_or(#value)))
        }
        (Default::Unsigned(value), TypeRef::Unsigned) => {
            let value = proc_macro2::Literal::u64_unsuffixed(*value);
            (quote!(u64), quote!(self.#name.unwrap_or(#value)))
        }
        (Default::Integer(value), TypeRef::Number) => {
            let value = proc_macro2::Literal::i64_suffixed(*value);
            (
                quote!(Number),
                quote!(self.#name.unwrap_or_else(|| Number::from(#value))),
            )
        }
        (Default::Number(value), TypeRef::Number) => {
            let value = proc_macro2::Literal::f64_unsuffixed(*value);
            (
                quote!(Number),
                quote!(self.#name.unwrap_or_else(|| Number::from(#value))),
            )
        }
        (Default::String(value), TypeRef::String) => (
            quote!(&str),
            quote!(self.#name.as_deref().unwrap_or(#value)),
        ),
        (Default::Variant(index), TypeRef::Named(id)) => {
            let id = model.types.resolve(*id);
            let Shape::Enum(definition) = &model.types.get(id).shape else {
                return None;
            };
            let (ty, variant) = (
                type_ref(&model.types, &field.ty, module),
                ident(&definition.variants[*index].name),
            );
            let value = quote!(self.#name.unwrap_or(#ty::#variant));
            (ty, value)
        }
        (Default::Json(text), ty) => {
            let (ty, text) = (type_ref(&model.types, ty, module), raw_string(text));
            (
                ty,
                quote!(self.#name.clone().unwrap_or_else(|| default_value(#text))),
            )
        }
        _ => return None,
    };
    let method = ident(&names::default_method(&field.name));
    let doc = format!(" The value of {}, or its default.", code(&field.wire));
    Some(quote! {
        #[doc = #doc]
        pub fn #method(&self) -> #ty {
            #value
        }
    })
}
