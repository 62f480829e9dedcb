//! The definition format, as types.
//!
//! The doc comments of these types are the descriptions that editors show: the format's JSON Schema
//! is generated from them.

mod integration;
mod interfaces;
mod items;
mod messages;
mod payload;
mod secrets;
mod stored;
mod text;
mod text_files;

pub(crate) use integration::{Configuration, Document};
pub(crate) use interfaces::{Extension, Interface, InterfaceDocument, InterfaceFile, Renaming};
pub(crate) use items::{Action, Channel, Entity, Event, State, StateOwner, Tag, User};
pub(crate) use secrets::Secret;
pub(in crate::definition) use stored::is_stored;
pub(crate) use text::{Text, TextFile};
