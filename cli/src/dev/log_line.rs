//! Lines that the program writes.

use std::fmt::Write as _;
use std::time::SystemTime;

use contexture_emulator::program::{LogLevel, LogLine};
use serde_json::Value;

use super::screen::Style;

/// Reads a line: JSON as the runtime logs it, or plain text.
pub(super) fn read(line: &str, time: SystemTime) -> LogLine {
    let line = anstream::adapter::strip_str(line).to_string();
    let plain = |message| LogLine {
        time,
        level: None,
        message,
        trace_id: None,
        fields: None,
    };
    let fields = match serde_json::from_str::<Value>(&line) {
        Ok(fields) if fields.is_object() => fields,
        _ => return plain(line),
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let is_issue = fields["type"] == "issue";
    let message = if is_issue {
        issue(&fields)
    } else {
        text(&fields["msg"])
    };
    let level = if is_issue {
        Some(LogLevel::Warn)
    } else {
        level(&fields["level"])
    };
    LogLine {
        level,
        trace_id: text(&fields["options"]["traceId"]).or_else(|| text(&fields["traceId"])),
        fields: Some(fields),
        ..plain(message.unwrap_or(line))
    }
}

fn issue(fields: &Value) -> Option<String> {
    let title = fields["title"].as_str()?;
    let description = fields["description"].as_str().unwrap_or_default();
    Some(format!(
        "issue for the owner of the bot: {title}: {description}"
    ))
}

fn level(name: &Value) -> Option<LogLevel> {
    match name.as_str()? {
        "debug" => Some(LogLevel::Debug),
        "info" => Some(LogLevel::Info),
        "warn" => Some(LogLevel::Warn),
        "error" => Some(LogLevel::Error),
        _ => None,
    }
}

/// A line for people, with the causes of an error below it.
pub(crate) fn show(
    level: Option<&str>,
    message: &str,
    fields: Option<&Value>,
    style: Style,
) -> String {
    let name = match level {
        Some("debug") => style.dim("debug"),
        Some("info") => style.green("info "),
        Some("warn") => style.yellow("warn "),
        Some("error") => style.red("error"),
        _ => style.dim("  |  "),
    };
    let mut shown = format!("  {name} {message}\n");
    let causes = fields.and_then(|fields| fields["causes"].as_array());
    for cause in causes.into_iter().flatten().filter_map(Value::as_str) {
        // Writing to a string cannot fail.
        let _ = writeln!(shown, "        because {cause}");
    }
    shown
}

/// The name of a level.
pub(super) fn name(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Debug => "debug",
        LogLevel::Warn => "warn",
        LogLevel::Error => "error",
        _ => "info",
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn of(line: &str) -> LogLine {
        read(line, UNIX_EPOCH)
    }

    #[test]
    fn a_line_of_the_runtime_has_its_level_and_the_trace_of_its_call() {
        let line =
            of(r#"{"msg":"hi","level":"warn","options":{"traceId":"abc"},"causes":["no disk"]}"#);
        assert_eq!(
            (line.level, line.message.as_str()),
            (Some(LogLevel::Warn), "hi")
        );
        assert_eq!(line.trace_id.as_deref(), Some("abc"));
        let shown = show(
            Some("warn"),
            &line.message,
            line.fields.as_ref(),
            Style::plain(),
        );
        assert_eq!(shown, "  warn  hi\n        because no disk\n");
    }

    #[test]
    fn other_lines_are_kept_as_they_are_without_colors() {
        for (line, message) in [
            ("\u{1b}[31mthread panicked\u{1b}[0m", "thread panicked"),
            ("[1]", "[1]"),
            ("{", "{"),
        ] {
            let read = of(line);
            assert_eq!(
                (read.message.as_str(), read.level, read.fields),
                (message, None, None)
            );
        }
    }

    #[test]
    fn an_issue_is_a_warning_with_its_title() {
        let line =
            of(r#"{"type":"issue","title":"No key","description":"Enter it","traceId":"t"}"#);
        assert_eq!(
            line.message,
            "issue for the owner of the bot: No key: Enter it"
        );
        assert_eq!(
            (line.level, line.trace_id.as_deref()),
            (Some(LogLevel::Warn), Some("t"))
        );
    }
}
