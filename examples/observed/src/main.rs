//! An integration with spans for OpenTelemetry, metrics for Prometheus, and events of `tracing` in
//! the log.
//!
//! `cargo run -p observed` serves it on 127.0.0.1:8072, its metrics on `/metrics`, and sends spans to
//! the collector in `OTEL_EXPORTER_OTLP_ENDPOINT`, by default `http://localhost:4318`.

contexture::include_definition!("quickstart");

use contexture::{
    Environment, Server, Service, log::TracingLayer, prelude::*, telemetry::Telemetry,
};
use quickstart::{
    Context, Definition,
    actions::{self, SendMessageInput, SendMessageOutput},
};
use tracing::{Instrument as _, Subscriber, info, info_span};
use tracing_subscriber::{
    Layer as _, Registry, filter::LevelFilter, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

struct Observed;

impl quickstart::Integration for Observed {}

impl actions::SendMessage for Observed {
    async fn send_message(
        &self,
        _call: ActionCall<'_, Context>,
        input: SendMessageInput,
    ) -> Result<SendMessageOutput> {
        // The span is a child of the call's span. The event becomes a log line with the bot.
        let message_id = deliver(&input).instrument(info_span!("deliver")).await;
        info!(for_bot = true, message_id, "delivered");
        Ok(SendMessageOutput::new(message_id))
    }
}

/// A placeholder for a request to the service, which does not exist.
async fn deliver(input: &SendMessageInput) -> String {
    tokio::task::yield_now().await;
    format!("message-{}", input.text.len())
}

/// Installs the log and the export of spans, without events of libraries.
fn subscriber(environment: &Environment, telemetry: &Telemetry) -> impl Subscriber + Send + Sync {
    Registry::default()
        .with(TracingLayer::new(environment))
        .with(telemetry.layer().with_filter(LevelFilter::INFO))
}

fn integration(environment: &Environment) -> Service<Definition> {
    quickstart::service(Observed).environment(environment.clone())
}

#[tokio::main]
async fn main() -> Result {
    let environment = Environment::from_env();
    let telemetry = Telemetry::new(&environment, "quickstart")?;
    subscriber(&environment, &telemetry).try_init()?;
    Server::new(integration(&environment))
        .metrics("/metrics")
        .on_stop(|| telemetry.shutdown())
        .run()
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
