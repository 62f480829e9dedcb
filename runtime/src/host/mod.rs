//! The program that has loaded this module as WebAssembly, and how it is talked to.
//!
//! The program sends messages in: calls, and the outcomes of what it was asked for. It carries out
//! the orders that it gets back: responses to calls, requests, waits. Each turn runs all tasks as far
//! as they go, since there is one thread, which never waits.
//!
//! | file | subject |
//! |---|---|
//! | `message` | the format of messages and orders |
//! | `orders` | the orders of this turn |
//! | `promises` | what the program was asked for, and has not done yet |
//! | `tasks` | the running calls |

mod message;
mod orders;
mod promises;
mod tasks;

use std::cell::OnceCell;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response};

use self::message::{Message, Order};
use self::orders::give;
use self::promises::settle;

pub(crate) use self::promises::Answer;
#[cfg(target_family = "wasm")]
pub(crate) use self::promises::{fetch, sleep};
pub(crate) use self::tasks::spawn;

/// The future of a response.
type Answering = Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>;

type Service = Box<dyn Fn(Request<Bytes>) -> Answering>;

thread_local! {
    static SERVICE: OnceCell<Service> = const { OnceCell::new() };
}

/// Answers calls with this service from now on. The first one stays.
pub(crate) fn serve(service: impl Fn(Request<Bytes>) -> Answering + 'static) {
    let _ = SERVICE.with(|set| set.set(Box::new(service)));
}

/// Takes a message in, runs what can go on, and appends the orders to the outbox.
///
/// # Panics
///
/// Panics if the program does not keep to the format.
pub(crate) fn turn(inbox: Vec<u8>, outbox: &mut Vec<u8>) {
    let message =
        Message::read(&inbox.into()).expect("the program keeps to the format of messages");
    match message {
        Message::Call { id, request } => answer(id, request),
        Message::Answer { id, response } => settle(id, Answer::Response(response)),
        Message::Failure {
            id,
            problem,
            reached,
        } => settle(id, Answer::Failure { problem, reached }),
        Message::Woken { id } => settle(id, Answer::Woken),
    }
    tasks::run();
    outbox.append(&mut orders::take());
}

fn answer(id: u32, request: Request<Bytes>) {
    let answering = SERVICE.with(|service| service.get().map(|service| service(request)));
    let Some(answering) = answering else { return };
    spawn(async move {
        let response = answering.await;
        give(&Order::Response {
            id,
            response: &response,
        });
    });
}
