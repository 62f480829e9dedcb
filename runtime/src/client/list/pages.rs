//! The stream of the items of a list.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::source::{Page, Source};
use crate::ClientError;

type Asked<T> = Pin<Box<dyn Future<Output = Result<Page<T>, ClientError>> + Send>>;

/// The items of a [`List`](super::List). Pages are requested as needed.
///
/// It is a `futures_core::Stream`; [`next`](Self::next) works without the `futures` crate. The
/// stream ends after an error.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T> {
    source: Source,
    items: VecDeque<T>,
    state: State<T>,
}

enum State<T> {
    /// The next page will be requested with this token.
    Next(Option<String>),
    /// A page was requested with this token.
    Asked(Option<String>, Asked<T>),
    Failed(ClientError),
    Done,
}

impl<T: DeserializeOwned + Send + 'static> Pages<T> {
    pub(super) fn new(source: Source, problem: Option<ClientError>) -> Self {
        Self {
            source,
            items: VecDeque::new(),
            state: problem.map_or(State::Next(None), State::Failed),
        }
    }

    /// Returns the next item, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn next(&mut self) -> Option<Result<T, ClientError>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ClientError>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Failed(error) => return Poll::Ready(Some(Err(error))),
                State::Next(token) => {
                    let (source, with) = (self.source.clone(), token.clone());
                    let page = async move { source.page(with.as_deref()).await };
                    self.state = State::Asked(token, Box::pin(page));
                }
                State::Asked(token, mut page) => match page.as_mut().poll(context) {
                    Poll::Pending => {
                        self.state = State::Asked(token, page);
                        return Poll::Pending;
                    }
                    Poll::Ready(page) => self.turn(token.as_deref(), page),
                },
            }
        }
    }

    /// Stores the items of a page and determines the next state.
    fn turn(&mut self, token: Option<&str>, page: Result<Page<T>, ClientError>) {
        self.state = match page {
            Err(error) => State::Failed(error),
            Ok(page) => {
                self.items = page.items.into();
                match page.next_token {
                    None => State::Done,
                    // Otherwise the stream would never end.
                    next if next.as_deref() == token => State::Failed(ClientError::Decode(
                        "the next page has the token of the current page".to_owned(),
                    )),
                    next => State::Next(next),
                }
            }
        };
    }
}

impl<T: DeserializeOwned + Send + Unpin + 'static> Stream for Pages<T> {
    type Item = Result<T, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("field", &self.source.field)
            .finish_non_exhaustive()
    }
}
