//! A server with settings.
#![expect(dead_code, reason = "it is shown and compiled, and never called")]

use std::time::Duration;

use contexture::prelude::*;
use contexture::{Server, Service};

use crate::desk::Definition;

async fn serve(service: Service<Definition>) -> Result {
    Server::new(service)
        .request_timeout(Duration::from_secs(30))
        .shutdown_delay(Duration::from_secs(5))
        .drain_timeout(Duration::from_secs(20))
        .run()
        .await?;
    Ok(())
}
