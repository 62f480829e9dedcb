//! The macro that brings generated code into an author's crate.

/// Includes the module that was generated from the definition of this file stem.
///
/// The author's `build.rs` calls `contexture_codegen::compile("definitions/github.yaml")`, and
/// `contexture::include_definition!("github")` declares `pub mod github`.
#[macro_export]
macro_rules! include_definition {
    ($stem:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $stem, ".rs"));
    };
}
