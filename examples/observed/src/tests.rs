//! What is seen of one call: in the log, at the collector, in the metrics.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contexture::{
    client::{HttpTransport, RequestBody, SendFuture, Transport},
    testing::LogRecorder,
};
use http::{Request, Response};

use super::*;

/// Stands for the collector.
#[derive(Clone, Debug, Default)]
struct Collector(Arc<Mutex<Vec<Request<RequestBody>>>>);

impl Transport for Collector {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        self.0.lock().unwrap().push(request);
        Box::pin(async { Ok(Response::new(Bytes::new())) })
    }
}

const TRACE: [u8; 16] = [0xab; 16];

/// A call of Botpress. The configuration is `{"apiKey":"hunter2","region":"eu"}` in base64.
fn send_message(address: &str) -> Request<Bytes> {
    Request::post(address)
        .header("x-bot-id", "bot-1")
        .header("x-bot-user-id", "bot-user-1")
        .header("x-integration-id", "integration-1")
        .header("x-integration-alias", "quickstart")
        .header("x-webhook-id", "webhook-1")
        .header("x-bp-operation", "action_triggered")
        .header(
            "x-bp-configuration",
            "eyJhcGlLZXkiOiJodW50ZXIyIiwicmVnaW9uIjoiZXUifQ==",
        )
        .header(
            "traceparent",
            format!("00-{}-00f067aa0ba902b7-01", "ab".repeat(16)),
        )
        .body(r#"{"type":"sendMessage","input":{"to":"ada","text":"hello"}}"#.into())
        .unwrap()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_call_is_a_line_of_the_log_and_a_span_of_its_trace() {
    let (collector, log) = (Collector::default(), LogRecorder::new());
    let environment = Environment::new()
        .transport(Arc::new(collector.clone()))
        .log_sink(Arc::new(log.clone()));
    let telemetry = Telemetry::new(&environment, "quickstart").unwrap();
    let guard = subscriber(&environment, &telemetry).set_default();
    let answer = integration(&environment)
        .call_bytes(send_message("/"))
        .await;
    assert_eq!(answer.status(), 200);
    drop(guard);
    assert_eq!(log.text(), r#"delivered message_id="message-5""#);

    telemetry.shutdown().await.unwrap();
    let sent = collector.0.lock().unwrap();
    let [request] = sent.as_slice() else {
        panic!("{} requests", sent.len());
    };
    assert_eq!(request.uri().path(), "/v1/traces");
    let body = request.body().as_bytes().unwrap();
    for part in [
        b"call".as_slice(),
        b"deliver",
        b"action_triggered",
        b"quickstart",
        &TRACE,
    ] {
        assert!(holds(body, part), "{part:?}");
    }
    assert!(!holds(body, b"hunter2"));
}

#[tokio::test]
async fn metrics_count_calls_by_operation_and_status() {
    let service = integration(&Environment::new().log_sink(Arc::new(LogRecorder::new())));
    let server = Server::new(service)
        .listen(([127, 0, 0, 1], 0))
        .body_limit(100);
    let bound = server.metrics("/metrics").bind().await.unwrap();
    let address = format!("http://{}", bound.address());
    let running = tokio::spawn(bound.run_until(std::future::pending()));
    let client = HttpTransport::new();

    assert_eq!(
        client
            .send(send_message(&address).map(Into::into))
            .await
            .unwrap()
            .status(),
        200
    );
    let mut large = send_message(&address);
    *large.body_mut() = Bytes::from(vec![b' '; 101]);
    assert_eq!(
        client.send(large.map(Into::into)).await.unwrap().status(),
        413
    );

    let metrics = Request::get(format!("{address}/metrics")).body(Bytes::new());
    let metrics = client
        .send(metrics.unwrap().map(Into::into))
        .await
        .unwrap()
        .into_body();
    let metrics = String::from_utf8(metrics.to_vec()).unwrap();
    for line in [
        r#"contexture_calls_total{operation="action_triggered",status="200"} 1"#,
        r#"contexture_call_duration_seconds_count{operation="action_triggered"} 1"#,
        "contexture_calls_in_flight 0",
        r#"contexture_refused_total{status="413"} 1"#,
    ] {
        assert!(
            metrics.lines().any(|found| found == line),
            "{line} in\n{metrics}"
        );
    }
    running.abort();
}
