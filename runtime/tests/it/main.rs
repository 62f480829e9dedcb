//! Tests of the runtime through the API that authors and generated code use.

mod handlers;
#[expect(
    unreachable_pub,
    reason = "generated code does not know which crate includes it"
)]
mod sample;
mod support;

mod access;
mod actions;
mod botpress;
mod client;
mod errors;
mod harness;
mod hostile;
mod http_client;
mod json;
mod lifecycle;
mod log;
mod messages;
#[cfg(feature = "oauth")]
mod oauth;
mod panics;
mod payload;
mod pool;
#[cfg(unix)]
mod process;
mod refusals;
#[cfg(feature = "webhook-signatures")]
mod refused_webhooks;
mod server;
#[cfg(feature = "webhook-signatures")]
mod signatures;
mod store;
mod testing;
// Other platforms have their own store of trusted certificates.
#[cfg(target_os = "linux")]
mod tls;
mod tower;
mod tracing;
mod transport;
mod unions;
mod unknown_fields;
mod webhooks;
#[cfg(all(feature = "wizard", feature = "oauth"))]
mod wizard;
