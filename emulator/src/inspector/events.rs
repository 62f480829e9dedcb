//! What changed, told to the open pages as server-sent events.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_core::Stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::state::Inspector;
use super::topic::Topic;
use crate::program::ProgramNotice;

/// How long notices are gathered, so that a page reads once what changes together.
const GATHERED: Duration = Duration::from_millis(60);

/// Tells a page what changes, until it is closed.
pub(super) async fn listen(
    State(inspector): State<Inspector>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(inspector, sender));
    Sse::new(Events(receiver)).keep_alive(KeepAlive::default())
}

/// What happens, from three sources.
struct Sources {
    calls: Receiver<crate::exchange::ExchangeNotice>,
    program: Receiver<ProgramNotice>,
    changes: Receiver<Topic>,
}

impl Sources {
    fn of(inspector: &Inspector) -> Self {
        Self {
            calls: inspector.platform.recorder().listen(),
            program: inspector.program.listen(),
            changes: inspector.changes.subscribe(),
        }
    }

    /// The next topics; all of them if notices were missed. `None` if there are no more.
    async fn next(&mut self) -> Option<Vec<Topic>> {
        let topic = tokio::select! {
            // The status of an instance changes together with a call.
            notice = self.calls.recv() => notice.map(|_| vec![Topic::Calls, Topic::Instances]),
            notice = self.program.recv() => notice.map(|notice| match notice {
                ProgramNotice::Line(_) => vec![Topic::Lines],
                _ => vec![Topic::Program],
            }),
            notice = self.changes.recv() => notice.map(|topic| vec![topic]),
        };
        match topic {
            Ok(topics) => Some(topics),
            Err(RecvError::Lagged(_)) => Some(Topic::ALL.to_vec()),
            Err(RecvError::Closed) => None,
        }
    }
}

async fn tell(inspector: Inspector, sender: mpsc::Sender<Event>) {
    let mut sources = Sources::of(&inspector);
    drop(inspector);
    // The page may have been read before it began to listen.
    let mut topics: BTreeSet<Topic> = Topic::ALL.into();
    loop {
        let names: Vec<_> = topics.iter().map(|topic| topic.as_str()).collect();
        let event = Event::default().event("change").data(names.join(" "));
        if sender.send(event).await.is_err() {
            return;
        }
        topics.clear();
        let first = tokio::select! {
            first = sources.next() => first,
            () = sender.closed() => None,
        };
        let Some(first) = first else { return };
        topics.extend(first);
        let gathered = tokio::time::sleep(GATHERED);
        tokio::pin!(gathered);
        loop {
            tokio::select! {
                more = sources.next() => topics.extend(more.unwrap_or_default()),
                () = &mut gathered => break,
            }
        }
    }
}

/// A channel as a stream.
struct Events(mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
