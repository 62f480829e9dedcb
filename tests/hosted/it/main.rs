//! Runs a bundle of `contexture bundle` in Node.
//!
//! `CONTEXTURE_BUNDLES` names the folder with `hosted/index.cjs`. Without it the tests are skipped, except in CI.

mod bundle;
mod calls;
mod losses;
mod outside;
mod service;
mod webhooks;

use std::env;
use std::path::PathBuf;

/// The file of the bundle; `None` if no folder is set. CI has to set it.
fn file() -> Option<PathBuf> {
    let folder = env::var_os("CONTEXTURE_BUNDLES").filter(|folder| !folder.is_empty());
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        folder.is_some() || !is_ci,
        "CONTEXTURE_BUNDLES names no folder with bundles"
    );
    Some(PathBuf::from(folder?).join("hosted/index.cjs"))
}
