//! Log lines.

use maud::{Markup, html};
use serde_json::Value;

use super::text;
use crate::program::{LogLevel, LogLine};

/// The members of a JSON line that have a place of their own, or that the page says already.
const SHOWN: [&str; 13] = [
    "timestamp",
    "time",
    "level",
    "message",
    "msg",
    "traceId",
    "trace_id",
    "options",
    "botId",
    "integrationId",
    "integrationAlias",
    "visible_to_bot_owner",
    "hidden_to_integration_owner",
];

/// Renders lines, the oldest first.
pub(super) fn render(lines: &[LogLine], trace_links: bool) -> Markup {
    html! {
        ol class="lines" {
            @for line in lines { (render_line(line, trace_links)) }
        }
    }
}

fn render_line(line: &LogLine, trace_links: bool) -> Markup {
    let (class, level) = match line.level {
        Some(LogLevel::Debug) => ("debug", "Debug"),
        Some(LogLevel::Info) => ("info", "Info"),
        Some(LogLevel::Warn) => ("warn", "Warning"),
        Some(LogLevel::Error) => ("error", "Error"),
        None => ("plain", ""),
    };
    let trace = line.trace_id.as_deref().filter(|_| trace_links);
    html! {
        li class=(class) {
            (text::time(text::milliseconds(line.time)))
            span class="level" { (level) }
            div {
                span class="message" { (line.message) }
                @if let Some(trace) = trace {
                    " " a class="soft" href={ (super::page::ROOT) "/trace/" (text::part(trace)) } { "Show the call" }
                }
                (causes(line))
            }
        }
    }
}

/// What a line says beside its message, such as the causes of an error.
fn causes(line: &LogLine) -> Markup {
    let fields = line.fields.as_ref().and_then(Value::as_object);
    let fields = fields.into_iter().flatten();
    let further: Vec<_> = fields
        .filter(|(name, value)| !SHOWN.contains(&name.as_str()) && !value.is_null())
        .collect();
    html! {
        @if !further.is_empty() {
            dl {
                @for (name, value) in further {
                    dt { (name) }
                    dd { (field(value)) }
                }
            }
        }
    }
}

fn field(value: &Value) -> Markup {
    match value {
        Value::String(text) => html! { (text) },
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => html! {
            ol class="causes" {
                @for item in items { li { (item.as_str().unwrap_or_default()) } }
            }
        },
        other => html! { code { (other) } },
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_shows_its_causes_and_escapes_all_of_it() {
        let line = LogLine {
            time: UNIX_EPOCH,
            level: Some(LogLevel::Error),
            message: "<b>failed</b>".to_owned(),
            trace_id: Some("abc".to_owned()),
            fields: Some(
                json!({ "message": "x", "level": "error", "causes": ["no <key>", "timed out"], "count": 3 }),
            ),
        };
        let shown = render(&[line], true).into_string();
        assert!(shown.contains("&lt;b&gt;failed&lt;/b&gt;"), "{shown}");
        assert!(shown.contains("<dt>causes</dt><dd><ol class=\"causes\"><li>no &lt;key&gt;</li><li>timed out</li></ol></dd>"), "{shown}");
        assert!(
            shown.contains("<dt>count</dt><dd><code>3</code></dd>"),
            "{shown}"
        );
        assert!(shown.contains("/inspector/trace/abc"), "{shown}");
        assert!(!shown.contains("<dt>level"), "{shown}");
    }
}
