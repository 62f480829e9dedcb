//! A server with settings, and the same integration as WebAssembly.
#![expect(dead_code, reason = "it is shown and compiled, and never called")]

use std::time::Duration;

use contexture::prelude::*;
use contexture::{Server, Service};

use crate::desk::{self, Definition};
use crate::{App, verifier};

const LIMIT: Duration = Duration::from_secs(30);

fn service() -> Service<Definition> {
    desk::service(App::new()).check_webhooks(verifier)
}

#[cfg(not(target_family = "wasm"))]
#[tokio::main]
async fn main() -> Result {
    Server::new(service()).request_timeout(LIMIT).run().await?;
    Ok(())
}

#[cfg(target_family = "wasm")]
fn main() -> Result {
    contexture::run(service())
}
