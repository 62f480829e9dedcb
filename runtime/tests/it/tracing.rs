//! Events and spans of `tracing` for calls.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex},
};

use contexture::{
    Environment,
    log::{LogFormat, LogLevel, LogSettings, TracingLayer, TracingSubscriber},
    testing::LogRecorder,
};
use tracing::{
    Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::{self, DefaultGuard},
};
use tracing_subscriber::{
    Layer, Registry,
    filter::LevelFilter,
    layer::{Context, SubscriberExt as _},
};

use crate::support::{Ask, TestApp, message, message_of, webhook, without_time};

/// Writes events to a log, on this thread, until the guard is dropped.
fn log_events(settings: LogSettings) -> (LogRecorder, DefaultGuard) {
    let log = LogRecorder::new();
    let environment = Environment::new()
        .log(settings)
        .log_sink(Arc::new(log.clone()));
    let subscriber = TracingSubscriber::new(&environment);
    (log, subscriber::set_default(subscriber))
}

fn level(level: LogLevel) -> LogSettings {
    LogSettings {
        level: Some(level),
        format: LogFormat::Text,
    }
}

#[tokio::test]
async fn an_event_in_a_handler_is_a_line_in_the_name_of_its_call() {
    let (log, _guard) = log_events(LogSettings {
        level: None,
        format: LogFormat::Json,
    });
    let ask = webhook("/trace").header("traceparent", "00-abc-def-01");
    assert_eq!(TestApp::new().ask(ask.request()).await.status, 200);
    let lines = log.lines();
    assert_eq!(
        without_time(&lines[0].text),
        r#"{"msg":"fetched items=3 from=\"cache\"","level":"info","botId":"bot_1","integrationId":"intg_1","integrationAlias":"me/sample","visible_to_bot_owner":true,"hidden_to_integration_owner":false,"options":{"visibleToBotOwners":true,"hiddenToIntegrationOwners":false,"traceId":"abc","botId":"bot_1","integrationId":"intg_1","integrationAlias":"me/sample","userId":"user-1"}}"#
    );
    assert!(
        lines[1]
            .text
            .contains(r#""msg":"in a task","level":"warn","botId":"bot_1""#)
    );
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn the_level_of_the_log_filters_events() {
    let (log, guard) = log_events(level(LogLevel::Debug));
    TestApp::new().webhook("/trace").await;
    assert!(log.text().starts_with("detail\nfetched"), "{}", log.text());
    drop(guard);
    let (log, _guard) = log_events(level(LogLevel::Warn));
    TestApp::new().webhook("/trace").await;
    assert_eq!(log.text(), "in a task");
}

#[test]
fn an_event_outside_of_a_call_names_no_bot() {
    let (log, _guard) = log_events(LogSettings {
        level: None,
        format: LogFormat::Json,
    });
    tracing::error!("no database");
    assert_eq!(
        without_time(&log.text()),
        r#"{"msg":"no database","level":"error","visible_to_bot_owner":false,"hidden_to_integration_owner":false,"options":{"visibleToBotOwners":false,"hiddenToIntegrationOwners":false}}"#
    );
}

#[tokio::test]
async fn a_line_of_the_logger_is_written_once() {
    let (events, _guard) = log_events(level(LogLevel::Debug));
    let test_app = TestApp::new();
    test_app.webhook("/fail/runtime").await;
    assert_eq!(message_of(&test_app.log.text()), "webhook failed");
    assert_eq!(events.text(), "");
}

#[test]
fn disabled_levels_format_nothing() {
    struct Unshown;
    impl fmt::Display for Unshown {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("the value was formatted");
        }
    }
    let ctx = contexture::testing::ContextBuilder::<crate::sample::Definition>::new(
        crate::support::configuration(),
    );
    let ctx = ctx.log(level(LogLevel::Error)).build();
    ctx.logger().warn(Unshown);
    let (_, _guard) = log_events(level(LogLevel::Error));
    ctx.logger().warn(Unshown);
}

/// The fields of call spans by name, as recorded by a foreign layer.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<BTreeMap<String, String>>>);

impl<S: Subscriber> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        if attributes.metadata().name() == "call" {
            attributes.record(&mut self.clone());
        }
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut self.clone());
    }
}

impl Visit for Spans {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let value = format!("{value:?}");
        self.0
            .lock()
            .unwrap()
            .insert(field.name().to_owned(), value);
    }
}

#[tokio::test]
async fn a_span_identifies_its_call_and_shows_no_secret() {
    let spans = Spans::default();
    let _guard = subscriber::set_default(Registry::default().with(spans.clone()));
    let ask = webhook("/created").configuration_type("personalAccessToken");
    let ask = ask.configuration(&serde_json::json!({ "token": "hunter2" }));
    assert_eq!(TestApp::new().ask(ask.request()).await.status, 201);
    let mut fields = spans.0.lock().unwrap().clone();
    let time: f64 = fields.remove("duration_ms").unwrap().parse().unwrap();
    assert!(time > 0.0);
    let expected = [
        ("bp.botId", "\"bot_1\""),
        ("bp.configurationType", "\"personalAccessToken\""),
        ("bp.integrationAlias", "\"me/sample\""),
        ("bp.integrationId", "\"intg_1\""),
        ("bp.operation", "\"webhook_received\""),
        ("http.request.method", "\"POST\""),
        ("http.response.status_code", "201"),
        ("otel.kind", "\"server\""),
        ("otel.name", "bp:webhook_received"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields, BTreeMap::from(expected));
}

#[tokio::test]
async fn a_layer_beside_the_log_sees_the_end_of_a_call_and_two_logs_are_possible() {
    let (spans, log) = (Spans::default(), LogRecorder::new());
    let environment = Environment::new().log_sink(Arc::new(log.clone()));
    let subscriber = Registry::default()
        .with(LevelFilter::INFO)
        .with(TracingLayer::new(&environment))
        .with(TracingLayer::new(&environment))
        .with(spans.clone());
    let _guard = subscriber::set_default(subscriber);
    TestApp::new().webhook("/trace").await;
    let fields = spans.0.lock().unwrap().clone();
    assert_eq!(fields["http.response.status_code"], "200");
    assert_eq!(log.text().matches("fetched").count(), 2);
}

#[tokio::test]
async fn only_a_server_error_fails_the_span_of_a_call() {
    for (path, expected) in [
        ("/fail/runtime", None),
        ("/fail/unexpected", Some("\"500\"")),
    ] {
        let spans = Spans::default();
        let _guard = subscriber::set_default(Registry::default().with(spans.clone()));
        TestApp::new().webhook(path).await;
        let fields = spans.0.lock().unwrap().clone();
        let found = fields.get("error.type").map(String::as_str);
        assert_eq!(found, expected, "{path}");
        let is_failed = fields.contains_key("otel.status_code");
        assert_eq!(is_failed, expected.is_some(), "{path}");
    }
}

#[tokio::test]
async fn the_span_of_a_message_has_its_ids() {
    let spans = Spans::default();
    let _guard = subscriber::set_default(Registry::default().with(spans.clone()));
    let ask = Ask::new("message_created").body(&message(&serde_json::json!({})));
    assert_eq!(TestApp::new().ask(ask.request()).await.status, 200);
    let fields = spans.0.lock().unwrap().clone();
    for (field, value) in [
        ("bp.userId", "\"user_1\""),
        ("bp.conversationId", "\"conv_1\""),
        ("bp.messageId", "\"msg_1\""),
        ("bp.channel", "\"channel\""),
        ("bp.messageType", "\"text\""),
    ] {
        assert_eq!(fields[field], value, "{field}");
    }
}

#[tokio::test]
async fn a_ping_has_a_span_without_a_configuration() {
    let spans = Spans::default();
    let _guard = subscriber::set_default(Registry::default().with(spans.clone()));
    TestApp::new()
        .ask(Ask::new("ping").request())
        .await
        .is_empty_answer();
    let fields = spans.0.lock().unwrap().clone();
    assert_eq!(fields["otel.name"], "bp:ping");
    assert_eq!(fields["http.response.status_code"], "200");
    assert!(!fields.contains_key("bp.configurationType"));
    assert!(!fields.contains_key("error.type"));
}
