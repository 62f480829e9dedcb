//! A `tracing` layer that writes events to the log.

use std::sync::Arc;

use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

use super::event_log::EventLog;
use super::span::beginning;
use crate::{CallIdentity, Environment};

/// Writes `tracing` events to the log, beside other layers. [`TracingSubscriber`](crate::log::TracingSubscriber) does the same
/// in a process without other layers.
///
/// ```
/// use contexture::{Environment, log::TracingLayer};
/// use tracing_subscriber::{Registry, layer::SubscriberExt as _};
///
/// # fn example() {
/// let environment = Environment::from_env();
/// let subscriber = Registry::default().with(TracingLayer::new(&environment));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TracingLayer(EventLog);

/// The identity of a span's call.
struct SpanOf(Arc<CallIdentity>);

impl TracingLayer {
    /// Creates a layer with the log settings and the sink of an environment.
    #[must_use]
    pub fn new(environment: &Environment) -> Self {
        Self(EventLog::new(environment))
    }
}

impl<S: Subscriber + for<'span> LookupSpan<'span>> Layer<S> for TracingLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let (Some(span), Some(identity)) = (context.span(id), beginning::of(attributes)) {
            // A second layer of the subscriber, for another log, has the same identity.
            span.extensions_mut().replace(SpanOf(identity));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        self.0.write(event, || {
            let mut spans = context.event_scope(event).into_iter().flatten();
            spans.find_map(|span| {
                let extensions = span.extensions();
                let SpanOf(identity) = extensions.get()?;
                Some(Arc::clone(identity))
            })
        });
    }
}
