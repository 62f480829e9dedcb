//! The generated code of the guide's integration.

contexture::include_definition!("definition");

#[doc(no_inline)]
pub use contexture;
