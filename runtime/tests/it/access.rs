//! The access log, and what the line of a failure says about its call.

use std::{sync::Arc, task::Poll};

use contexture::{
    Environment,
    log::{LogFormat, LogLevel, LogOutput, LogSettings},
    testing::LogRecorder,
};
use serde_json::{Value, json};

use crate::support::{Ask, TestApp, hello, message, webhook};

const JSON: LogSettings = LogSettings {
    level: None,
    format: LogFormat::Json,
};

fn logging(settings: LogSettings, access_log: bool) -> TestApp {
    let mut test_app = TestApp::new();
    let log = LogRecorder::new();
    let environment = Environment::new()
        .log(settings)
        .access_log(access_log)
        .log_sink(Arc::new(log.clone()));
    test_app.service = test_app.service.environment(environment);
    test_app.log = log;
    test_app
}

/// The lines of the log, which are JSON.
fn lines(test_app: &TestApp) -> Vec<Value> {
    let lines = test_app.log.lines();
    let parsed = lines.iter().map(|line| serde_json::from_str(&line.text));
    parsed.map(Result::unwrap).collect()
}

/// Removes the duration of a call, which must be there.
fn take_duration(line: &mut Value) {
    let duration = line.as_object_mut().unwrap().remove("durationMs");
    assert!(duration.unwrap().as_f64().unwrap() >= 0.0);
}

fn fail(how: &str) -> Ask {
    let input = json!({ "how": how, "message": "Could not save" });
    let body = json!({ "type": "fail", "input": input });
    let ask = Ask::new("action_triggered").body(&body);
    ask.header("traceparent", "00-abc-def-01")
}

#[tokio::test]
async fn a_failure_has_its_error_id_its_call_and_its_causes() {
    let test_app = logging(JSON, false);
    let answer = test_app.ask(fail("explained").request()).await.json();
    let mut lines = lines(&test_app);
    lines.iter_mut().for_each(take_duration);
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert_eq!(line["errorId"], answer["id"]);
        assert_eq!(line["operation"], "action_triggered");
        assert_eq!(line["action"], "fail");
        assert_eq!(line["status"], 400);
        assert_eq!(line["options"]["traceId"], "abc");
        assert_eq!(line["botId"], "bot_1");
        assert_eq!(line["level"], "error");
    }
    let [operator, owner] = &lines[..] else {
        panic!("{lines:?}");
    };
    assert_eq!(operator["visible_to_bot_owner"], false);
    assert_eq!(operator["causes"], json!(["disk full"]));
    assert_eq!(owner["visible_to_bot_owner"], true);
    assert_eq!(owner["msg"], answer["message"]);
    assert_eq!(owner["causes"], Value::Null);
}

#[tokio::test]
async fn a_failing_message_names_its_channel_and_its_type() {
    let test_app = logging(JSON, true);
    let body = message(&json!({ "payload": { "text": 1 } }));
    let ask = Ask::new("message_created").body(&body);
    assert_eq!(test_app.ask(ask.request()).await.status, 400);
    let ask = Ask::new("create_conversation").body(&json!({ "channel": "nowhere" }));
    test_app.ask(ask.request()).await;
    let lines = lines(&test_app);
    // Both calls fail. Each has a line of its failure, and its own line.
    assert_eq!(lines.len(), 4, "{lines:?}");
    for line in &lines[..2] {
        let names = [&line["operation"], &line["channel"], &line["messageType"]];
        assert_eq!(names, ["message_created", "channel", "text"]);
    }
    for line in &lines[2..] {
        assert_eq!(line["operation"], "create_conversation");
        assert_eq!(line["channel"], "nowhere");
        assert_eq!(line["messageType"], Value::Null);
    }
}

#[tokio::test]
async fn a_panic_keeps_what_was_known_of_its_call() {
    let test_app = logging(JSON, false);
    let answer = test_app.ask(fail("panic").request()).await.json();
    let lines = lines(&test_app);
    assert_eq!(lines[0]["msg"], "a handler panicked: Could not save");
    assert_eq!(lines[0]["action"], "fail");
    assert_eq!(lines[0]["errorId"], answer["id"]);
}

#[tokio::test]
async fn the_plain_lines_of_the_operator_and_of_the_owner_are_told_apart() {
    let test_app = logging(LogSettings::default(), false);
    let answer = test_app.ask(fail("explained").request()).await.json();
    let (id, lines) = (answer["id"].as_str().unwrap(), test_app.log.lines());
    assert_eq!(lines.len(), 2);
    let expected = [
        "Could not save: disk full (action_triggered fail, ",
        "for the bot's owner: Could not save (action_triggered fail, ",
    ];
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.text.starts_with(expected), "{}", line.text);
        let details = format!(" ms, {id}, bot bot_1, trace abc)");
        assert!(line.text.ends_with(&details), "{}", line.text);
    }
}

#[tokio::test]
async fn each_call_has_one_line_for_the_operator() {
    let test_app = logging(JSON, true);
    let asked = hello(&json!({ "name": "Ada" })).header("traceparent", "00-abc-def-01");
    assert_eq!(test_app.ask(asked.request()).await.status, 200);
    test_app.ask(Ask::new("ping").request()).await;
    // No call, and no part of a webhook's address, which may have secrets.
    test_app
        .ask(Ask::new("ping").path("/health").request())
        .await;
    test_app.ask(webhook("/echo").request()).await;
    let mut lines = lines(&test_app);
    lines.iter_mut().for_each(take_duration);
    assert_eq!(lines.len(), 3);
    let message = lines[0]["msg"].as_str().unwrap();
    assert!(
        message.starts_with("action_triggered hello: 200 in "),
        "{message}"
    );
    assert_eq!(lines[0]["level"], "info");
    assert_eq!(lines[0]["visible_to_bot_owner"], false);
    assert_eq!(lines[0]["options"]["traceId"], "abc");
    assert_eq!(
        (&lines[0]["action"], &lines[0]["status"]),
        (&json!("hello"), &json!(200))
    );
    assert_eq!(lines[1]["operation"], "ping");
    assert_eq!(lines[2]["operation"], "webhook_received");
    assert!(!lines[2].to_string().contains("echo"));
}

#[tokio::test]
async fn an_access_line_in_plain_text_has_the_bot_and_the_trace() {
    let test_app = logging(LogSettings::default(), true);
    test_app.ask(fail("runtime").request()).await;
    let line = test_app.log.lines().pop().unwrap();
    assert_eq!(line.output, LogOutput::Stdout);
    assert!(
        line.text.starts_with("action_triggered fail: 400 in "),
        "{}",
        line.text
    );
    assert!(
        line.text.ends_with(" ms (bot bot_1, trace abc)"),
        "{}",
        line.text
    );
}

#[tokio::test]
async fn the_access_log_can_be_off_and_has_the_level_info() {
    let warn = LogSettings {
        level: Some(LogLevel::Warn),
        format: LogFormat::Text,
    };
    for test_app in [logging(LogSettings::default(), false), logging(warn, true)] {
        test_app
            .ask(hello(&json!({ "name": "Ada" })).request())
            .await;
        assert_eq!(test_app.log.lines(), []);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_before_its_response_is_logged() {
    let test_app = logging(JSON, true);
    let mut call = Box::pin(test_app.ask(webhook("/forever").request()));
    std::future::poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    drop(call);
    let lines = lines(&test_app);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["msg"], "the call was canceled before its response");
    assert_eq!(lines[0]["level"], "warn");
    assert_eq!(lines[0]["operation"], "webhook_received");
    let message = lines[1]["msg"].as_str().unwrap();
    assert!(
        message.starts_with("webhook_received: canceled in "),
        "{message}"
    );
    assert_eq!(lines[1]["status"], Value::Null);
}

#[tokio::test]
async fn a_name_from_outside_cannot_forge_an_access_line() {
    let test_app = logging(LogSettings::default(), true);
    let name = format!("nope\n{}", "a".repeat(1000));
    test_app.action(&name, json!({})).await;
    let line = test_app.log.lines().pop().unwrap().text;
    assert!(!line.contains('\n') && line.len() < 200, "{line}");
}
