//! The macro that includes generated code.

/// Includes the module that was generated from the definition with this file stem.
///
/// If the author's `build.rs` calls `contexture_codegen::compile("definitions/github.yaml")`, then
/// `contexture::include_definition!("github")` declares `pub mod github`.
#[macro_export]
macro_rules! include_definition {
    ($stem:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $stem, ".rs"));
    };
}
