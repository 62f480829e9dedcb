//! The same requests to the bundle of the integration, in Node.
//!
//! `CONTEXTURE_BUNDLES` names the folder with `parity/index.cjs`, which `contexture bundle tests/parity` writes.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::Process;
use crate::{agree, recorded, say};

/// The largest size of the bundle in bytes.
const LARGEST: u64 = 1_000_000;

#[tokio::test]
async fn the_answers_of_the_bundle_are_those_of_the_official_sdk() {
    let Some(file) = file() else {
        return say("skipped: CONTEXTURE_BUNDLES names no folder with bundles");
    };
    let Some((cases, records)) = recorded() else {
        return;
    };
    let bundle = start(&file);
    agree(bundle.address, &cases, &records).await;
}

#[test]
fn the_bundle_is_at_most_a_megabyte() {
    let Some(file) = file() else {
        return say("skipped: CONTEXTURE_BUNDLES names no folder with bundles");
    };
    let size = file.metadata().unwrap().len();
    assert!(size <= LARGEST, "the bundle has {size} bytes");
}

/// The file of the bundle; `None` if no folder is set. CI has to set it.
fn file() -> Option<PathBuf> {
    let folder = env::var_os("CONTEXTURE_BUNDLES").filter(|folder| !folder.is_empty());
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        folder.is_some() || !is_ci,
        "CONTEXTURE_BUNDLES names no folder with bundles"
    );
    Some(Path::new(&folder?).join("parity/index.cjs"))
}

/// Starts a bundle in a process of Node.
fn start(file: &Path) -> Process {
    let serve = concat!(env!("CARGO_MANIFEST_DIR"), "/../hosted/serve.cjs");
    Process::start(Command::new("node").arg(serve).arg(file), "serves http://")
}
