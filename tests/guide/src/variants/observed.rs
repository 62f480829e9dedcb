//! Metrics.
#![expect(dead_code, reason = "it is shown and compiled, and never called")]

use contexture::prelude::*;
use contexture::{Server, Service};

use crate::desk::Definition;

async fn serve(service: Service<Definition>) -> Result {
    Server::new(service).metrics("/metrics").run().await?;
    Ok(())
}
