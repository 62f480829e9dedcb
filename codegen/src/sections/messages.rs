//! The types of message that every channel of Botpress can have.

/// The built-in types, each with the properties of its payload that are required.
pub(crate) static BUILT_IN_MESSAGES: &[(&str, &[&str])] = &[
    ("audio", &["audioUrl"]),
    ("bloc", &["items"]),
    ("card", &["title", "actions"]),
    ("carousel", &["items"]),
    ("choice", &["text", "options"]),
    ("dropdown", &["text", "options"]),
    ("file", &["fileUrl"]),
    ("image", &["imageUrl"]),
    ("location", &["latitude", "longitude"]),
    ("text", &["text"]),
    ("video", &["videoUrl"]),
];
