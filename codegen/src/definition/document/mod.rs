//! The definition format, as types.
//!
//! The doc comments of these types are the descriptions that editors show: the format's JSON Schema
//! is generated from them.

mod integration;
mod interfaces;
mod items;
mod secrets;
mod text;
mod text_files;

pub use integration::{
    Configuration, ConfigurationIdentifier, Document, ExtraOperation, Identifier, Visibility,
};
pub use interfaces::{
    Extension, FilePath, Implementation, Interface, InterfaceDocument, InterfaceFile, Renaming,
};
pub use items::{
    Action, Channel, Conversation, Creation, Entity, Event, Message, Payload, State, StateOwner,
    Tag, User,
};
pub use secrets::Secret;
pub use text::{Text, TextFile};
