//! A `tracing` subscriber that writes events to the log.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::RandomState;
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

use super::event_log::EventLog;
use super::span::beginning;
use crate::logger::LogLevel;
use crate::{CallIdentity, Environment};

/// Writes `tracing` events to the log in the official format. The lines contain the identifiers of
/// the call in whose span the event occurred. [`serve`](crate::serve) installs this subscriber unless
/// the process has one.
///
/// An event becomes the same line that [`Logger`](crate::log::Logger) would write. It is visible to the
/// integration's owner only, unless the field `for_bot` or `for_bot_only` is true. The fields `user_id` and
/// `conversation_id` are added to the line's identifiers. Other fields are appended to the message.
///
/// ```
/// # fn example() {
/// tracing::info!(for_bot = true, user_id = "user-1", items = 3, "fetched the catalog");
/// # }
/// ```
///
/// `LOG_LEVEL` filters events; the default is `info`. Events at TRACE level are never written. It keeps of a span only
/// the call that it belongs to. To combine the log with layers of `tracing-subscriber`, use `TracingLayer` (feature
/// `tracing-layer`).
pub struct TracingSubscriber {
    log: EventLog,
    spans: [Mutex<HashMap<u64, OpenSpan, RandomState>>; SHARDS],
}

/// Calls that begin at the same time rarely wait for each other.
const SHARDS: usize = 16;

/// Unique in the process, so that the spans of two subscribers differ.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

thread_local! {
    /// The spans that this thread is in, innermost last.
    static ENTERED: RefCell<Vec<Id>> = const { RefCell::new(Vec::new()) };
}

#[derive(Clone)]
struct OpenSpan {
    metadata: &'static Metadata<'static>,
    /// A span within the span of a call belongs to this call, too.
    call: Option<Arc<CallIdentity>>,
    handles: usize,
}

impl TracingSubscriber {
    /// Creates a subscriber with the log settings and the sink of an environment.
    #[must_use]
    pub fn new(environment: &Environment) -> Self {
        Self {
            log: EventLog::new(environment),
            spans: Default::default(),
        }
    }

    /// Creates a subscriber and makes it that of the process, unless the process has one. [`serve`](crate::serve) and
    /// `lambda::serve` call this. Call it yourself where another server calls the service.
    pub fn install(environment: &Environment) {
        if !tracing::dispatcher::has_been_set() {
            // If another thread has installed one in the meantime, that one stays.
            let _ = tracing::subscriber::set_global_default(Self::new(environment));
        }
    }

    fn shard(&self, id: &Id) -> MutexGuard<'_, HashMap<u64, OpenSpan, RandomState>> {
        let index = usize::try_from(id.into_u64()).unwrap_or_default() % SHARDS;
        // A panic within the lock cannot leave half a change.
        self.spans[index]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn call_of(&self, id: &Id) -> Option<Arc<CallIdentity>> {
        self.shard(id).get(&id.into_u64())?.call.clone()
    }

    /// Returns the call of a given parent, or of the span that the thread is in.
    fn call_around(&self, parent: Option<&Id>, is_contextual: bool) -> Option<Arc<CallIdentity>> {
        match parent {
            Some(parent) => self.call_of(parent),
            None if is_contextual => self.innermost()?.1.call,
            None => None,
        }
    }

    /// Returns the span that the thread is in. The spans of other subscribers are not known here.
    fn innermost(&self) -> Option<(Id, OpenSpan)> {
        let find = |id: &Id| Some((id.clone(), self.shard(id).get(&id.into_u64())?.clone()));
        let found = ENTERED.try_with(|entered| entered.borrow().iter().rev().find_map(find));
        found.ok().flatten()
    }
}

impl Subscriber for TracingSubscriber {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= level_filter(self.log.least)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(level_filter(self.log.least))
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = Id::from_u64(NEXT_ID.fetch_add(1, Ordering::Relaxed));
        let around = || self.call_around(attributes.parent(), attributes.is_contextual());
        let span = OpenSpan {
            metadata: attributes.metadata(),
            call: beginning::of(attributes).or_else(around),
            handles: 1,
        };
        self.shard(&id).insert(id.into_u64(), span);
        id
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.log.write(event, || {
            self.call_around(event.parent(), event.is_contextual())
        });
    }

    fn enter(&self, id: &Id) {
        // A destructor may log after the thread's own values are gone. It is in no span then.
        let _ = ENTERED.try_with(|entered| entered.borrow_mut().push(id.clone()));
    }

    fn exit(&self, id: &Id) {
        let _ = ENTERED.try_with(|entered| {
            let mut entered = entered.borrow_mut();
            if let Some(index) = entered.iter().rposition(|other| other == id) {
                entered.remove(index);
            }
        });
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some(span) = self.shard(id).get_mut(&id.into_u64()) {
            span.handles += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut shard = self.shard(&id);
        let Some(span) = shard.get_mut(&id.into_u64()) else {
            return false;
        };
        span.handles -= 1;
        let is_closed = span.handles == 0;
        if is_closed {
            shard.remove(&id.into_u64());
        }
        is_closed
    }

    fn current_span(&self) -> Current {
        match self.innermost() {
            Some((id, span)) => Current::new(id, span.metadata),
            None => Current::none(),
        }
    }
}

fn level_filter(least: LogLevel) -> LevelFilter {
    match least {
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Error => LevelFilter::ERROR,
    }
}

impl fmt::Debug for TracingSubscriber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TracingSubscriber")
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use tracing::Span;

    use super::*;
    use crate::observe::span::call_span;
    use crate::{Installation, Operation};

    fn span_of(bot: &str) -> Span {
        let installation = Installation {
            bot_id: bot.to_owned(),
            bot_user_id: String::new(),
            integration_id: String::new(),
            integration_alias: String::new(),
            webhook_id: String::new(),
        };
        let identity = CallIdentity {
            installation: Arc::new(installation),
            operation: Operation::Ping,
            traceparent: None,
            tracestate: None,
        };
        let identity = Arc::new(identity);
        beginning::with(&identity, || call_span(&identity, &Method::POST).0)
    }

    fn bot_of(subscriber: &TracingSubscriber, span: &Span) -> Option<String> {
        let call = subscriber.call_of(&span.id()?)?;
        Some(call.bot_id.clone())
    }

    fn open_spans(subscriber: &TracingSubscriber) -> usize {
        let sizes = subscriber
            .spans
            .iter()
            .map(|shard| shard.lock().unwrap().len());
        sizes.sum()
    }

    #[test]
    fn a_span_belongs_to_the_call_around_it_and_is_forgotten_when_it_is_closed() {
        let dispatch = tracing::Dispatch::new(TracingSubscriber::new(&Environment::new()));
        let subscriber = dispatch.downcast_ref::<TracingSubscriber>().unwrap();
        tracing::dispatcher::with_default(&dispatch, || {
            let (first, second) = (span_of("first"), span_of("second"));
            let within = first.in_scope(|| tracing::info_span!("within"));
            let given = tracing::info_span!(parent: &second, "given");
            let root = first.in_scope(|| tracing::info_span!(parent: None, "root"));
            let outside = tracing::info_span!("outside");
            let bots = [&within, &given, &root, &outside].map(|span| bot_of(subscriber, span));
            assert_eq!(
                bots,
                [Some("first".into()), Some("second".into()), None, None]
            );

            let (outer, inner) = (first.clone().entered(), second.clone().entered());
            assert_eq!(Span::current(), second);
            drop(outer);
            assert_eq!(Span::current(), second);
            drop(inner);
            assert!(Span::current().is_none());
            assert_eq!(open_spans(subscriber), 6);
            drop(first);
            // The span of the call is closed, and that within it still belongs to it.
            assert_eq!(open_spans(subscriber), 5);
            assert_eq!(bot_of(subscriber, &within).as_deref(), Some("first"));
        });
        assert_eq!(open_spans(subscriber), 0);
    }
}
