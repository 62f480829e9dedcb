//! The keys of `x-zui`, by which Botpress shows a value.

/// The keys, in the order of their names.
pub(crate) static DISPLAY_KEYS: &[&str] = &[
    "coerce",
    "def",
    "disabled",
    "displayAs",
    "examples",
    "hidden",
    "placeholder",
    "secret",
    "title",
    "tooltip",
];
