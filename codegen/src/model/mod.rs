//! The meaning of a definition: every type, name and operation, resolved and ordered.
//!
//! Nothing here is JSON Schema any more, apart from the texts that the validator gets.
//! Every Rust name is allocated in [`names`], once; `emit` never changes one.

pub(crate) mod docs;
mod json;
pub(crate) mod names;
mod operations;
mod order;
mod types;
mod uses;

pub(crate) use docs::{Docs, code};
pub(crate) use json::{JsonText, SchemaText};
pub(crate) use operations::{
    Action, Channel, Configuration, Configurations, Event, Message, Model, OlderVersion, Secret,
    SharedField, State, StateOwner,
};
pub(crate) use order::order;
pub(crate) use types::{
    Alternatives, Default, EnumDef, FieldDef, Module, Origin, Presence, Rank, Rest, Shape,
    StructDef, TypeDef, TypeId, TypeRef, Types, UnionDef, VariantDef, VariantTypeDef,
};
