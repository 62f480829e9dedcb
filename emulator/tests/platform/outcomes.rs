//! What a developer reads if the integration does not answer well.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;

use contexture_emulator::platform::{
    CallProblem, PlatformError, PlatformOptions, RegistrationStatus,
};
use serde_json::json;

use crate::bench::{Bench, SHORT, parity_definition};
use crate::scripted::{self, response};

async fn problem(bench: &Bench) -> (CallProblem, String) {
    let id = bench.install().await.webhook_id;
    match bench.platform.call_action(&id, "hello", &json!({})).await {
        Err(PlatformError::Call(failed)) => {
            let shown = failed.to_string();
            let call = bench.exchange(&failed.exchange);
            assert_eq!(call.error.as_ref(), Some(&shown));
            (failed.problem, shown)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn nothing_listens() {
    let bench = Bench::of(parity_definition()).await;
    let (problem, shown) = problem(&bench).await;
    assert!(
        matches!(problem, CallProblem::Unreachable { .. }),
        "{problem:?}"
    );
    assert!(shown.contains("http://127.0.0.1:9"), "{shown}");
    assert!(shown.contains("refused"), "{shown}");
    let instances = bench.platform.instances().unwrap();
    assert_eq!(instances[0].status, RegistrationStatus::RegistrationFailed);
}

#[tokio::test]
async fn the_integration_hangs() {
    let options = PlatformOptions {
        time_limit: SHORT,
        ..PlatformOptions::default()
    };
    let bench = Bench::with(parity_definition(), options).await;
    bench.call_at(scripted::serve(|_| std::future::pending()).await);
    let (problem, shown) = problem(&bench).await;
    assert!(
        matches!(problem, CallProblem::Timeout { .. }),
        "{problem:?}"
    );
    assert!(shown.contains("did not answer within"), "{shown}");
}

#[tokio::test]
async fn the_answer_is_not_json() {
    let bench = Bench::of(parity_definition()).await;
    bench.call_at(scripted::serve(|_| async { response(200, "<html>") }).await);
    let (problem, shown) = problem(&bench).await;
    assert!(
        matches!(problem, CallProblem::NotJson { .. }),
        "{problem:?}"
    );
    assert!(
        shown.ends_with("a body that is not JSON: <html>"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_connection_closes_without_an_answer_or_in_the_middle_of_one() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{",
        "no HTTP\r\n\r\n",
    ] {
        let bench = Bench::of(parity_definition()).await;
        bench.call_at(closing(answer));
        let (problem, shown) = problem(&bench).await;
        assert!(matches!(problem, CallProblem::Broken { .. }), "{problem:?}");
        assert!(shown.contains("connection ended before"), "{shown}");
    }
}

#[tokio::test]
async fn the_address_is_none() {
    let bench = Bench::of(parity_definition()).await;
    let integration = contexture_emulator::platform::Integration {
        definition: parity_definition(),
        address: "not an address".to_owned(),
        ..Default::default()
    };
    bench.platform.set_integration(integration).unwrap();
    let (problem, shown) = problem(&bench).await;
    assert!(
        matches!(problem, CallProblem::Unsendable { .. }),
        "{problem:?}"
    );
    assert!(shown.contains("not an address"), "{shown}");
}

/// A server that reads a request, writes a text and closes the connection.
fn closing(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        while let Ok((mut connection, _)) = listener.accept() {
            let mut read = vec![0; 64 * 1024];
            // The request may come in parts, of which the first one is enough.
            let _ = connection.read(&mut read);
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    address
}
