//! Many requests, while the server is restarted again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contexture_tunnel::{Call, NoAnswer, TunnelServer};
use http::{Request, Response};
use tokio::sync::Notify;

use super::{Handler, ID, LostCall, Tunnel, TunnelAddress, TunnelEvent, TunnelId};

const REQUESTS: usize = 10_000;
const RESTARTS: usize = 10;
/// The requests at a time.
const CALLERS: usize = 50;

/// The number of a request that has no answer before the next restart.
const HELD: &str = "held";

/// What the handler and the tunnel noted.
#[derive(Default)]
struct Noted {
    /// The numbers of the requests that were handled.
    handled: Mutex<BTreeSet<String>>,
    lost: Mutex<Vec<LostCall>>,
    is_held: Notify,
}

fn handler(noted: &Arc<Noted>) -> Handler {
    let noted = Arc::clone(noted);
    Handler::new(move |request: Request<Bytes>| {
        let noted = Arc::clone(&noted);
        async move {
            let number = String::from_utf8(request.into_body().to_vec()).unwrap();
            let is_held = number.starts_with(HELD);
            noted.handled.lock().unwrap().insert(number.clone());
            if is_held {
                noted.is_held.notify_one();
                std::future::pending::<()>().await;
            }
            tokio::task::yield_now().await;
            Ok(Response::new(number.into()))
        }
    })
}

fn call(number: &str) -> Call {
    Call {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        body: number.to_owned(),
        ..Call::default()
    }
}

/// What became of the requests that were sent: their numbers, and whether they were answered, by the ids of the server.
type Outcomes = Mutex<BTreeMap<String, (String, bool)>>;

/// Calls until the request was sent, and notes whether it was answered.
async fn send(server: &TunnelServer, number: &str, outcomes: &Outcomes) {
    loop {
        let (id, is_answered) = match server.call(ID, &call(number)).await {
            Ok((id, reply)) => {
                assert_eq!((reply.status, reply.body.as_str()), (200, number));
                (id, true)
            }
            Err((Some(id), NoAnswer::Lost)) => (id, false),
            Err(_) => {
                server.tail(ID).await;
                continue;
            }
        };
        let outcome = (number.to_owned(), is_answered);
        outcomes.lock().unwrap().insert(id, outcome);
        return;
    }
}

/// Restarts the server, each time with a request that has no answer.
async fn restart(server: &Arc<TunnelServer>, noted: &Noted, outcomes: &Arc<Outcomes>) {
    let share = REQUESTS / (RESTARTS + 1);
    for restart in 1..=RESTARTS {
        server
            .recorded(|record| record.answers.len() >= restart * share / 2)
            .await;
        server.tail(ID).await;
        let held = tokio::spawn({
            let (server, outcomes) = (Arc::clone(server), Arc::clone(outcomes));
            async move { send(&server, &format!("{HELD} {restart}"), &outcomes).await }
        });
        noted.is_held.notified().await;
        server.stop().await;
        held.await.unwrap();
        server.resume().await.unwrap();
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are shown with --nocapture"
)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_thousand_requests_over_ten_restarts_none_is_answered_twice_and_the_lost_ones_are_reported()
 {
    let (noted, outcomes) = (Arc::<Noted>::default(), Arc::<Outcomes>::default());
    let server = Arc::new(TunnelServer::start().await.unwrap());
    let address = TunnelAddress::new(&server.url(), TunnelId::new(ID).unwrap()).unwrap();
    let told = Arc::clone(&noted);
    let tunnel = Tunnel::open(address, handler(&noted), move |event| match event {
        TunnelEvent::Lost(lost) => told.lost.lock().unwrap().push(lost),
        TunnelEvent::Failed(reason) => panic!("the tunnel ended: {reason}"),
        _ => {}
    });
    let next = Arc::new(AtomicUsize::new(0));
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (server, outcomes, next) = (
                Arc::clone(&server),
                Arc::clone(&outcomes),
                Arc::clone(&next),
            );
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= REQUESTS - RESTARTS {
                        break;
                    }
                    send(&server, &number.to_string(), &outcomes).await;
                }
            })
        })
        .collect();
    restart(&server, &noted, &outcomes).await;
    for caller in callers {
        caller.await.unwrap();
    }
    tunnel.close().await;

    let record = server.record();
    assert_eq!(record.answered_twice(), [""; 0]);
    assert_eq!(record.violations, [""; 0]);
    let outcomes = outcomes.lock().unwrap();
    assert_eq!(outcomes.len(), REQUESTS);
    let (handled, lost) = (noted.handled.lock().unwrap(), noted.lost.lock().unwrap());
    let reported: BTreeSet<_> = lost.iter().map(LostCall::request_id).collect();
    assert_eq!(reported.len(), lost.len(), "each one is reported once");
    let without_answer = outcomes.iter().filter(|(_, (_, is_answered))| !is_answered);
    let without_answer: BTreeMap<_, _> = without_answer
        .map(|(id, (number, _))| (id.as_str(), number))
        .collect();
    assert!(without_answer.len() >= RESTARTS, "{without_answer:?}");
    for (id, number) in &without_answer {
        let has_come = handled.contains(*number);
        assert!(
            reported.contains(id) || !has_come,
            "{id} is lost, and nothing reports it"
        );
    }
    for lost in lost.iter().filter(|lost| !lost.is_answered) {
        assert!(
            without_answer.contains_key(lost.request_id()),
            "{lost}, but it was answered"
        );
    }
    let never_came = without_answer
        .values()
        .filter(|number| !handled.contains(**number))
        .count();
    println!(
        "{REQUESTS} requests, {RESTARTS} restarts, {} connections: {} answered, {} not, of which {never_came} never came; \
         {} reported as lost, {} as maybe lost",
        record.connections,
        REQUESTS - without_answer.len(),
        without_answer.len(),
        lost.iter().filter(|lost| !lost.is_answered).count(),
        lost.iter().filter(|lost| lost.is_answered).count(),
    );
}
