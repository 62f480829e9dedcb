//! Names that something generated for every definition has. A name of the definition steps aside: it ends in `_`.

/// Gives another name to what would have a reserved one.
pub(super) fn step_aside(name: String, reserved: &[&str]) -> String {
    if reserved.contains(&name.trim_start_matches("r#")) {
        format!("{name}_")
    } else {
        name
    }
}

/// The methods that every payload has, which the method of a default must not hide.
pub(crate) const OF_PAYLOADS: &[&str] =
    &["clone", "decode", "default", "encode", "from_value", "new"];

/// The variant of the primary configuration.
pub(crate) const OF_CONFIGURATIONS: &[&str] = &["Primary"];

/// Crates and primitive types, which a module at the root of an author's crate would hide.
pub(super) const OF_MODULES: &[&str] = &[
    "alloc",
    "bool",
    "char",
    "contexture",
    "core",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "std",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// Types of every definition, the names that generated code imports from the runtime, and those of Rust's prelude.
pub(super) const OF_TYPES: &[&str] = &[
    "ActionAnswer",
    "ActionCall",
    "ActionRequest",
    "BTreeMap",
    "Box",
    "ChannelMessage",
    "Client",
    "Clone",
    "Configuration",
    "ConfigurationError",
    "ConfigurationType",
    "Context",
    "ConversationUpdate",
    "Copy",
    "CreatedConversation",
    "CreatedUser",
    "DEFINITION",
    "Date",
    "DateTime",
    "Debug",
    "Default",
    "Definition",
    "DefinitionDocument",
    "Drop",
    "Eq",
    "Err",
    "Events",
    "EventsClient",
    "From",
    "Future",
    "Handlers",
    "Hash",
    "Integration",
    "Into",
    "Iterator",
    "MessageCall",
    "MessageRequest",
    "MessageUpdate",
    "NewConversation",
    "None",
    "Number",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Payload",
    "RawRequest",
    "Result",
    "Secret",
    "SecretReader",
    "Secrets",
    "Send",
    "Some",
    "State",
    "States",
    "StatesClient",
    "String",
    "Sync",
    "TagMap",
    "UnknownConfigurationType",
    "UnreadableConfiguration",
    "Value",
    "Vec",
    "WebhookRequest",
    "WebhookResponse",
];
