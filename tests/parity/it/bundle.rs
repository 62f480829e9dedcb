//! The same requests to the bundle of the integration, in Node.
//!
//! `CONTEXTURE_BUNDLES` names the folder with `parity/index.cjs`, which `contexture bundle tests/parity` writes.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::{agree, recorded, say};

/// The largest size of the bundle in bytes.
const LARGEST: u64 = 1_000_000;

#[tokio::test]
async fn the_answers_of_the_bundle_are_those_of_the_official_sdk() {
    let Some(file) = file() else {
        return say("skipped: CONTEXTURE_BUNDLES names no folder with bundles");
    };
    let size = file.metadata().unwrap().len();
    assert!(size <= LARGEST, "the bundle has {size} bytes");
    let Some((cases, records)) = recorded() else {
        return;
    };
    let bundle = Bundle::start(&file);
    agree(bundle.address, &cases, &records).await;
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

/// A bundle in a process of Node, which is killed when it is dropped.
struct Bundle {
    child: Child,
    address: SocketAddr,
}

impl Bundle {
    fn start(file: &Path) -> Self {
        let serve = concat!(env!("CARGO_MANIFEST_DIR"), "/../hosted/serve.cjs");
        let mut child = Command::new("node")
            .arg(serve)
            .arg(file)
            .env_remove("BP_LOG_FORMAT")
            .env_remove("LOG_LEVEL")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("serves http://").unwrap();
        let address = address.parse().unwrap();
        // A log without a reader would block the process.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        // The process may already have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
