//! The log, the spans and the metrics of one call.

use bytes::Bytes;
use contexture::{
    Operation, Payload as _,
    client::{HttpTransport, Transport as _},
    testing::Harness,
};
use http::{Request, Uri};
use quickstart::{Configuration, PrimaryConfigurationRegion as Region};
use serde_json::json;

use super::*;

const TRACE: [u8; 16] = [0xab; 16];

/// `tracing` may miss a subscriber that is set while another thread meets the same event for the first time.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn harness() -> Harness<Definition> {
    let configuration = Configuration::new("hunter2", Region::Eu);
    let traceparent = format!("00-{}-00f067aa0ba902b7-01", "ab".repeat(16));
    Harness::new(quickstart::service(Observed), configuration).traceparent(&traceparent)
}

fn hello() -> SendMessageInput {
    SendMessageInput::new("ada", "hello")
}

/// A call from Botpress over the network.
fn send_message(harness: &Harness<Definition>, address: &str) -> Request<Bytes> {
    let body = json!({ "type": "sendMessage", "input": hello().to_value().unwrap() });
    let mut request = harness.request(Operation::ActionTriggered, &body);
    *request.uri_mut() = address.parse::<Uri>().unwrap();
    request
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_call_is_a_line_of_the_log_and_a_span_of_its_trace() {
    let _turn = ONE_AT_A_TIME.lock().await;
    // The transport of the Botpress client exports the spans too.
    let harness = harness();
    let telemetry = Telemetry::new(harness.environment(), "quickstart").unwrap();
    let guard = subscriber(harness.environment(), &telemetry).set_default();
    let acted = harness.actions().send_message(&hello()).await.unwrap();
    let output: SendMessageOutput = acted.output;
    assert_eq!(output.message_id, "message-5");
    drop(guard);
    assert_eq!(harness.log().text(), r#"delivered message_id="message-5""#);

    telemetry.shutdown().await.unwrap();
    let sent = harness.requests();
    let [request] = sent.as_slice() else {
        panic!("{} requests", sent.len());
    };
    assert_eq!(request.path, "/v1/traces");
    let body = &request.bytes;
    for part in [
        b"bp:action_triggered".as_slice(),
        b"bp.botId",
        b"bp.action",
        b"http.response.status_code",
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
    let _turn = ONE_AT_A_TIME.lock().await;
    let harness = harness();
    let server = Server::new(integration(harness.environment()))
        .listen(([127, 0, 0, 1], 0))
        .body_limit(100);
    let bound = server.metrics("/metrics").bind().await.unwrap();
    let address = format!("http://{}", bound.address());
    let running = tokio::spawn(bound.run_until(std::future::pending()));
    let client = HttpTransport::new();

    assert_eq!(
        client
            .send(send_message(&harness, &address).map(Into::into))
            .await
            .unwrap()
            .status(),
        200
    );
    let mut large = send_message(&harness, &address);
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
