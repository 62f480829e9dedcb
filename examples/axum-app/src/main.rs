//! An integration inside an axum application, beside other routes and behind a layer.
//!
//! `PROXY_SECRET=… cargo run -p axum-app` serves both on 127.0.0.1:8072: Botpress calls
//! `/botpress` with the secret in a header. `/messages` is public.

contexture::include_definition!("quickstart");

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{Router, extract::State, routing::get};
use contexture::{RequireHeaderLayer, Service, prelude::*};
use quickstart::{
    Context, Definition,
    actions::{self, SendMessageInput, SendMessageOutput},
};
use tokio::net::TcpListener;

/// State that the integration and the application share.
#[derive(Clone, Debug, Default)]
struct Sent(Arc<AtomicU64>);

impl quickstart::Integration for Sent {}

impl actions::SendMessage for Sent {
    async fn send_message(
        &self,
        _call: ActionCall<'_, Context>,
        _input: SendMessageInput,
    ) -> Result<SendMessageOutput> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(SendMessageOutput::new(format!("message-{number}")))
    }
}

/// The complete application. The layer applies to the integration only.
fn application(integration: Service<Definition>, sent: Sent, secret: RequireHeaderLayer) -> Router {
    let integration = Router::new().fallback_service(integration).layer(secret);
    Router::new()
        .route("/messages", get(messages))
        .nest("/botpress", integration)
        .with_state(sent)
}

async fn messages(State(sent): State<Sent>) -> String {
    format!("{} messages were sent\n", sent.0.load(Ordering::Relaxed))
}

#[tokio::main]
async fn main() -> Result {
    let secret = std::env::var("PROXY_SECRET").explain("PROXY_SECRET is not set")?;
    let secret = RequireHeaderLayer::new("x-proxy-secret", [secret])?;
    let sent = Sent::default();
    let integration = quickstart::service(sent.clone());
    integration.check()?;
    let listener = TcpListener::bind(("127.0.0.1", 8072)).await?;
    axum::serve(listener, application(integration, sent, secret)).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
