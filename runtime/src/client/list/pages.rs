//! The items of a list, one by one.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::{Page, Source};
use crate::ClientError;

type Asked<T> = Pin<Box<dyn Future<Output = Result<Page<T>, ClientError>> + Send>>;

/// The items of a [`List`](super::List), whose pages are asked for as they are needed.
///
/// It is a `futures_core::Stream`; [`next`](Self::next) does without the `futures` crate. After an
/// error it ends.
#[must_use = "nothing is read before an item is asked for"]
pub struct Pages<T> {
    source: Source,
    items: VecDeque<T>,
    state: State<T>,
}

enum State<T> {
    /// The next page is asked for with this token.
    Next(Option<String>),
    /// A page was asked for with this token.
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

    /// Gives the next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// As any request to the API.
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

    /// Takes a page, and goes on to the next one.
    fn turn(&mut self, token: Option<&str>, page: Result<Page<T>, ClientError>) {
        self.state = match page {
            Err(error) => State::Failed(error),
            Ok(page) => {
                self.items = page.items.into();
                match page.next_token {
                    None => State::Done,
                    // It would go on for ever.
                    next if next.as_deref() == token => State::Failed(ClientError::Decode(
                        "a page names itself as the next one".to_owned(),
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
