//! What the program was asked for, and has not done yet. Each promise has a number.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::message::Order;
use super::orders::give;

/// How a promise ended.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The response to a request.
    Response(Response<Bytes>),
    /// A request without a response. The server has certainly not `reached` it if that is false.
    Failure { problem: String, reached: bool },
    /// The end of a wait.
    Woken,
}

enum State {
    Open(Option<Waker>),
    Settled(Answer),
}

#[derive(Default)]
struct Promises {
    last: u32,
    all: HashMap<u32, State>,
}

thread_local! {
    static PROMISES: RefCell<Promises> = RefCell::default();
}

/// Asks for a request.
pub(crate) fn fetch(request: &Request<Bytes>) -> Promise {
    Promise::new(|id| Order::Fetch { id, request })
}

/// Asks to be woken after this time.
pub(crate) fn sleep(duration: Duration) -> Promise {
    let milliseconds = duration.as_nanos().div_ceil(1_000_000);
    let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
    Promise::new(|id| Order::Sleep { id, milliseconds })
}

/// Settles a promise, unless it was cancelled.
pub(super) fn settle(id: u32, answer: Answer) {
    let waker = PROMISES.with_borrow_mut(|promises| {
        let state = promises.all.get_mut(&id)?;
        match std::mem::replace(state, State::Settled(answer)) {
            State::Open(waker) => waker,
            State::Settled(_) => None,
        }
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A future of what the program was asked for. If it is dropped before the end, that is cancelled.
#[derive(Debug)]
pub(crate) struct Promise(u32);

impl Promise {
    fn new<'a>(order: impl FnOnce(u32) -> Order<'a>) -> Self {
        let id = PROMISES.with_borrow_mut(|promises| {
            promises.last = promises.last.wrapping_add(1);
            promises.all.insert(promises.last, State::Open(None));
            promises.last
        });
        give(&order(id));
        Self(id)
    }
}

impl Future for Promise {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        PROMISES.with_borrow_mut(|promises| {
            if let Some(State::Settled(answer)) = promises.all.remove(&self.0) {
                return Poll::Ready(answer);
            }
            let waker = context.waker().clone();
            promises.all.insert(self.0, State::Open(Some(waker)));
            Poll::Pending
        })
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        let state = PROMISES.with_borrow_mut(|promises| promises.all.remove(&self.0));
        if let Some(State::Open(_)) = state {
            give(&Order::Cancel { id: self.0 });
        }
    }
}
