//! The lines of the log.

use std::sync::Arc;

use contexture::log::{Issue, IssueCategory, LogFormat, LogLevel, LogOutput, LogSettings};
use contexture::testing::{ContextBuilder, TestContext};

use crate::sample::Definition;
use crate::support::{configuration, without_time};

fn context(settings: LogSettings) -> TestContext<Definition> {
    ContextBuilder::new(configuration())
        .traceparent("00-abc-def-01")
        .log(settings)
        .build()
}

const JSON: LogSettings = LogSettings {
    level: None,
    format: LogFormat::Json,
};

#[test]
fn a_plain_line_is_the_message_on_the_stream_of_its_level() {
    let ctx = context(LogSettings::default());
    let logger = ctx.logger();
    logger.debug("a");
    logger.info(format_args!("b{}", 1));
    logger.for_bot().warn("c");
    logger.error("d");
    let lines = ctx.log().lines();
    let lines: Vec<_> = lines
        .iter()
        .map(|line| (line.output, line.text.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (LogOutput::Stdout, "a"),
            (LogOutput::Stdout, "b1"),
            (LogOutput::Stderr, "c"),
            (LogOutput::Stderr, "d"),
        ]
    );
}

#[test]
fn a_json_line_has_its_visibility_and_its_identifiers() {
    let ctx = context(JSON);
    ctx.logger().for_bot().with_user("u").info("two\nlines");
    ctx.logger().for_bot_only().with_conversation("c").warn("w");
    let lines = ctx.log().lines();
    assert_eq!(
        without_time(&lines[0].text),
        r#"{"msg":"two\nlines","level":"info","botId":"bot-1","integrationId":"integration-1","integrationAlias":"sample","visible_to_bot_owner":true,"hidden_to_integration_owner":false,"options":{"visibleToBotOwners":true,"hiddenToIntegrationOwners":false,"traceId":"abc","botId":"bot-1","integrationId":"integration-1","integrationAlias":"sample","userId":"u"}}"#
    );
    assert_eq!(
        without_time(&lines[1].text),
        r#"{"msg":"w","level":"warn","botId":"bot-1","integrationId":"integration-1","integrationAlias":"sample","visible_to_bot_owner":true,"hidden_to_integration_owner":true,"options":{"visibleToBotOwners":true,"hiddenToIntegrationOwners":true,"traceId":"abc","botId":"bot-1","integrationId":"integration-1","integrationAlias":"sample","conversationId":"c"}}"#
    );
}

#[test]
fn a_level_filters_lines_but_never_issues() {
    let ctx = context(LogSettings {
        level: Some(LogLevel::Error),
        format: LogFormat::Text,
    });
    ctx.logger().warn("not written");
    let issue = Issue::new(
        "bad_token",
        IssueCategory::Configuration,
        "Bad token",
        "Renew it",
    )
    .data("owner", "ada")
    .pretty_data("count", 3, "three")
    .group_by("owner");
    ctx.logger().issue(&issue);
    let lines = ctx.log().lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        without_time(&lines[0].text),
        r#"{"type":"issue","code":"bad_token","category":"configuration","title":"Bad token","description":"Renew it","data":{"owner":{"raw":"ada"},"count":{"raw":3,"pretty":"three"}},"groupBy":["owner"],"traceId":"abc","botId":"bot-1","integrationId":"integration-1","integrationAlias":"sample"}"#
    );
    assert_eq!(lines[0].output, LogOutput::Stdout);
}

#[test]
fn a_logger_moves_into_other_tasks() {
    fn moves<T: Clone + Send + Sync + 'static>(_: &T) {}
    moves(&context(JSON).logger());
    moves(&Arc::new(context(JSON).client()));
}
