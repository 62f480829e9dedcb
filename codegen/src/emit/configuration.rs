//! The union of configurations: `ConfigurationType` and `Configuration`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident, type_name, type_ref};
use crate::model::{Model, Module, Presence, SharedField, TypeRef, code, names};

/// Prints the kinds of configuration and the union of their values.
pub(super) fn emit(model: &Model) -> TokenStream {
    let kinds = configuration_type(model);
    let union = if model.configurations.is_primary_alone() {
        alias(model)
    } else {
        union(model)
    };
    quote!(#kinds #union)
}

/// The variants of the union with their types, or the type of the primary configuration if it is the only one.
pub(super) fn variants(model: &Model) -> TokenStream {
    let configurations = &model.configurations;
    let variants = configurations.variants.iter();
    let names = variants
        .clone()
        .map(|configuration| ident(&configuration.name));
    let types = variants.map(|configuration| type_name(&model.types, configuration.ty));
    if configurations.is_primary_alone() {
        quote!(#(#types)*)
    } else {
        quote!(#(#names(#types)),*)
    }
}

fn configuration_type(model: &Model) -> TokenStream {
    let variants = model.configurations.variants.iter().map(|configuration| {
        let (docs, name) = (docs(&configuration.docs), ident(&configuration.name));
        quote!(#docs #name)
    });
    let names: Vec<_> = model
        .configurations
        .variants
        .iter()
        .map(|configuration| ident(&configuration.name))
        .collect();
    let wire: Vec<_> = model
        .configurations
        .variants
        .iter()
        .map(|configuration| {
            configuration
                .wire
                .as_ref()
                .map_or_else(|| quote!(None), |wire| quote!(Some(#wire)))
        })
        .collect();
    quote! {
        /// The kinds of configuration. One of them is active.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ConfigurationType { #(#variants),* }

        impl ConfigurationType {
            /// Every kind of configuration.
            pub const ALL: &[Self] = &[#(Self::#names),*];

            /// The configuration's wire name; `None` for the primary one.
            pub const fn wire_name(self) -> Option<&'static str> {
                match self { #(Self::#names => #wire,)* }
            }

            /// The kind of configuration with a wire name; `None` is the primary one.
            ///
            /// # Errors
            ///
            /// Returns an error that lists the known names if the name is unknown.
            pub fn from_wire(name: Option<&str>) -> Result<Self, UnknownConfigurationType> {
                match name {
                    #(#wire => Ok(Self::#names),)*
                    other => {
                        let known = Self::ALL.iter().map(|known| known.wire_name());
                        Err(UnknownConfigurationType::new(other, known))
                    }
                }
            }
        }
    }
}

fn alias(model: &Model) -> TokenStream {
    let ty = type_name(&model.types, model.configurations.variants[0].ty);
    quote! {
        /// The configuration. There is only one kind.
        pub type Configuration = #ty;
    }
}

fn union(model: &Model) -> TokenStream {
    let variants = model.configurations.variants.iter().map(|configuration| {
        let (docs, name) = (docs(&configuration.docs), ident(&configuration.name));
        let ty = type_name(&model.types, configuration.ty);
        quote!(#docs #name(#ty))
    });
    let names = model
        .configurations
        .variants
        .iter()
        .map(|configuration| ident(&configuration.name));
    let accessors = model
        .configurations
        .shared
        .iter()
        .map(|field| accessor(model, field));
    quote! {
        /// The active configuration.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Configuration { #(#variants),* }

        impl Configuration {
            /// The kind of the active configuration.
            pub const fn configuration_type(&self) -> ConfigurationType {
                match self { #(Self::#names(_) => ConfigurationType::#names,)* }
            }

            #(#accessors)*
        }
    }
}

/// A field that every configuration has can be read without asking which one is active.
fn accessor(model: &Model, shared: &SharedField) -> TokenStream {
    let name = ident(&shared.name);
    let method = ident(&names::default_method(&shared.name));
    let docs = docs(&shared.field.docs.clone().or(&format!(
        "{} of any configuration.",
        code(&shared.field.wire)
    )));
    let variants = model
        .configurations
        .variants
        .iter()
        .map(|configuration| ident(&configuration.name));
    let full = type_ref(&model.types, &shared.field.ty, Module::Root);
    let is_copy = matches!(
        shared.field.ty,
        TypeRef::Boolean | TypeRef::Integer | TypeRef::Unsigned | TypeRef::Number
    );
    let (ty, value) = match (
        &shared.field.default,
        shared.field.presence,
        &shared.field.ty,
    ) {
        (Some(crate::model::Default::String(_)), ..) => {
            (quote!(&str), quote!(configuration.#method()))
        }
        (Some(_), ..) => (full, quote!(configuration.#method())),
        (None, Presence::Required, _) if is_copy => (full, quote!(configuration.#name)),
        (None, Presence::Required, TypeRef::String) => (quote!(&str), quote!(&configuration.#name)),
        (None, Presence::Required, _) => (quote!(&#full), quote!(&configuration.#name)),
        (None, Presence::Optional, _) if is_copy => {
            (quote!(Option<#full>), quote!(configuration.#name))
        }
        (None, Presence::Optional, TypeRef::String) => {
            (quote!(Option<&str>), quote!(configuration.#name.as_deref()))
        }
        (None, Presence::Optional, _) => {
            (quote!(Option<&#full>), quote!(configuration.#name.as_ref()))
        }
    };
    quote! {
        #docs
        pub fn #name(&self) -> #ty {
            match self { #(Self::#variants(configuration) => #value,)* }
        }
    }
}
