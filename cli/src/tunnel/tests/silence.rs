//! Connections on which nothing comes, by a clock that stands still otherwise.

use std::sync::{Arc, Mutex};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::DuplexStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::super::close::End;
use super::super::connection::{DRAIN, Ended, KEEP_ALIVE, REQUESTS, SILENCE, Shared, run};
use super::{Handler, TunnelEvent, ok};

/// A connection without a network.
struct Connection {
    server: WebSocketStream<DuplexStream>,
    stop: watch::Sender<bool>,
    ended: JoinHandle<Ended>,
    events: Arc<Mutex<Vec<TunnelEvent>>>,
}

async fn connection(handler: Handler) -> Connection {
    let (near, far) = tokio::io::duplex(64 * 1024);
    let client = WebSocketStream::from_raw_socket(near, Role::Client, None).await;
    let server = WebSocketStream::from_raw_socket(far, Role::Server, None).await;
    let events = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&events);
    let shared = Shared {
        handler,
        permits: Arc::new(Semaphore::new(REQUESTS)),
        tell: Arc::new(move |event| told.lock().unwrap().push(event)),
    };
    let (stop, stopped) = watch::channel(false);
    let ended = tokio::spawn(async move { run(client, &shared, stopped).await });
    Connection {
        server,
        stop,
        ended,
        events,
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_says_hello_every_five_seconds() {
    let Connection {
        mut server,
        stop: _stop,
        ended,
        ..
    } = connection(ok()).await;
    let began = Instant::now();
    let mut hellos = Vec::new();
    while hellos.len() < 10 {
        // A ping is answered by reading on.
        if let Message::Text(text) = server.next().await.unwrap().unwrap() {
            assert_eq!(text.as_str(), r#"{"type":"hello"}"#);
            hellos.push(began.elapsed());
        }
    }
    let expected: Vec<_> = (0..10).map(|number| KEEP_ALIVE * number).collect();
    assert_eq!(hellos, expected);
    assert!(!ended.is_finished(), "pongs keep it open");
}

#[tokio::test(start_paused = true)]
async fn a_connection_on_which_nothing_comes_is_given_up() {
    let Connection {
        server,
        stop: _stop,
        ended,
        ..
    } = connection(ok()).await;
    let began = Instant::now();
    let ended = ended.await.unwrap();
    assert_eq!(ended.end, End::Broken("nothing came for 20 s".to_owned()));
    assert_eq!(ended.accepted_for, None);
    assert!(began.elapsed() >= SILENCE);
    drop(server);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_runs_for_too_long_is_lost_when_the_tunnel_is_closed() {
    let entered = Arc::new(Semaphore::new(0));
    let enter = Arc::clone(&entered);
    let never = Handler::new(move |_| {
        enter.add_permits(1);
        std::future::pending()
    });
    let Connection {
        mut server,
        stop,
        ended,
        events,
    } = connection(never).await;
    let request = r#"{"id":"slow","method":"GET","path":"/slow"}"#;
    server.send(Message::text(request)).await.unwrap();
    drop(entered.acquire().await.unwrap());
    stop.send(true).unwrap();
    let began = Instant::now();
    let mut closed = false;
    while let Some(Ok(message)) = server.next().await {
        closed |= matches!(message, Message::Close(Some(frame)) if u16::from(frame.code) == 1000);
    }
    assert!(closed);
    assert_eq!(ended.await.unwrap().end, End::Stopped);
    assert!(began.elapsed() >= DRAIN);
    let events = events.lock().unwrap();
    let lost: Vec<_> = events
        .iter()
        .filter(|event| matches!(event, TunnelEvent::Lost(_)))
        .collect();
    assert_eq!(lost.len(), 1, "{events:?}");
}
