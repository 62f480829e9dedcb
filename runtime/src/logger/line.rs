//! The formats of log lines.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
    time::SystemTime,
};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::details::{Details, Milliseconds, milliseconds};
use super::issue::Issue;
use super::settings::LogLevel;
#[cfg(all(feature = "server", not(target_family = "wasm")))]
use super::settings::{LogFormat, LogSettings};
use crate::date_time;
use crate::{CallIdentity, value::shorten};

/// The owners that can see a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Integration,
    Both,
    BotOnly,
}

impl Audience {
    fn visible_to_bot_owners(self) -> bool {
        matches!(self, Self::Both | Self::BotOnly)
    }

    fn hidden_to_integration_owners(self) -> bool {
        self == Self::BotOnly
    }
}

/// The call, user and conversation that a line is about.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bot_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) integration_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) integration_alias: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conversation_id: Option<Cow<'a, str>>,
}

impl<'a> Subject<'a> {
    pub(crate) fn of_call(identity: &'a CallIdentity) -> Self {
        Self {
            trace_id: identity.trace_id().map(Cow::Borrowed),
            bot_id: Some(Cow::Borrowed(&identity.bot_id)),
            integration_id: Some(Cow::Borrowed(&identity.integration_id)),
            integration_alias: Some(Cow::Borrowed(&identity.integration_alias)),
            user_id: None,
            conversation_id: None,
        }
    }

    /// Copies the identifiers, for a logger that outlives its call.
    pub(crate) fn into_owned(self) -> Subject<'static> {
        let owned = |id: Option<Cow<'a, str>>| id.map(|id| Cow::Owned(id.into_owned()));
        Subject {
            trace_id: owned(self.trace_id),
            bot_id: owned(self.bot_id),
            integration_id: owned(self.integration_id),
            integration_alias: owned(self.integration_alias),
            user_id: owned(self.user_id),
            conversation_id: owned(self.conversation_id),
        }
    }
}

/// A log line. The fields up to `options` are those of the official SDK, in its order.
#[derive(Serialize)]
struct Line<'a> {
    msg: &'a str,
    level: &'static str,
    #[serde(rename = "botId", skip_serializing_if = "Option::is_none")]
    bot_id: Option<&'a str>,
    #[serde(rename = "integrationId", skip_serializing_if = "Option::is_none")]
    integration_id: Option<&'a str>,
    #[serde(rename = "integrationAlias", skip_serializing_if = "Option::is_none")]
    integration_alias: Option<&'a str>,
    visible_to_bot_owner: bool,
    hidden_to_integration_owner: bool,
    options: Options<'a>,
    time: Now,
    #[serde(rename = "errorId", skip_serializing_if = "Option::is_none")]
    error_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(rename = "messageType", skip_serializing_if = "Option::is_none")]
    message_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(rename = "durationMs", skip_serializing_if = "Option::is_none")]
    duration_ms: Option<f64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    causes: &'a [String],
}

/// The time at which a line is written, as RFC 3339 in UTC.
struct Now;

impl Serialize for Now {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&date_time::format_milliseconds(SystemTime::now()))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Options<'a> {
    visible_to_bot_owners: bool,
    hidden_to_integration_owners: bool,
    #[serde(flatten)]
    subject: &'a Subject<'a>,
}

pub(super) fn json_line(
    message: &str,
    level: LogLevel,
    subject: &Subject<'_>,
    audience: Audience,
    details: &Details<'_>,
) -> String {
    let [action, channel, message_type] = details.names();
    let line = Line {
        msg: message,
        level: level.as_str(),
        bot_id: subject.bot_id.as_deref(),
        integration_id: subject.integration_id.as_deref(),
        integration_alias: subject.integration_alias.as_deref(),
        visible_to_bot_owner: audience.visible_to_bot_owners(),
        hidden_to_integration_owner: audience.hidden_to_integration_owners(),
        options: Options {
            visible_to_bot_owners: audience.visible_to_bot_owners(),
            hidden_to_integration_owners: audience.hidden_to_integration_owners(),
            subject,
        },
        time: Now,
        error_id: details.error_id,
        operation: details.operation_name(),
        action,
        channel,
        message_type,
        status: details.status,
        duration_ms: details.duration.map(milliseconds),
        causes: details.causes,
    };
    // Strings and numbers always serialize. If they did not, the plain message would be better than
    // no line.
    serde_json::to_string(&line).unwrap_or_else(|_| message.to_owned())
}

/// The plain text of a failure. It tells the line of the integration's owner and that of the bot's
/// owner apart.
pub(super) fn failure_text(
    message: &str,
    subject: &Subject<'_>,
    audience: Audience,
    details: &Details<'_>,
) -> String {
    let mut line = match audience {
        Audience::Integration => String::new(),
        Audience::Both | Audience::BotOnly => "for the bot's owner: ".to_owned(),
    };
    // Writing to a `String` cannot fail.
    let _ = write!(line, "{message} (");
    let mut separator = "";
    let mut push = |part: &dyn fmt::Display| {
        let _ = write!(line, "{separator}{part}");
        separator = ", ";
    };
    if details.operation.is_some() {
        push(details);
    }
    if let Some(duration) = details.duration {
        push(&Milliseconds(duration));
    }
    if let Some(id) = details.error_id {
        push(&id);
    }
    for (name, id) in ids(subject) {
        push(&format_args!("{name} {id}"));
    }
    line.push(')');
    line
}

/// Appends the identifiers of a call to a line of plain text.
pub(super) fn push_call(line: &mut String, subject: &Subject<'_>) {
    let mut separator = " (";
    for (name, id) in ids(subject) {
        // Writing to a `String` cannot fail.
        let _ = write!(line, "{separator}{name} {id}");
        separator = ", ";
    }
    line.push(')');
}

/// The identifiers by which a call is found, for plain text.
fn ids<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = (&'static str, String)> + use<'a> {
    let ids = [("bot", &subject.bot_id), ("trace", &subject.trace_id)];
    ids.into_iter()
        .filter_map(|(name, id)| Some((name, shorten(id.as_deref()?))))
}

/// The message of a call's line in the access log.
pub(super) fn access_message(details: &Details<'_>) -> String {
    let mut message = details.to_string();
    // Writing to a `String` cannot fail.
    let _ = match details.status {
        Some(status) => write!(message, ": {status}"),
        None => write!(message, ": canceled"),
    };
    if let Some(duration) = details.duration {
        let _ = write!(message, " in {}", Milliseconds(duration));
    }
    message
}

#[cfg(all(feature = "server", not(target_family = "wasm")))]
impl LogSettings {
    /// Formats a line about the process, without a logger.
    pub(super) fn process_line(self, level: LogLevel, message: &str) -> String {
        match self.format {
            LogFormat::Text => message.to_owned(),
            LogFormat::Json => {
                let (subject, details) = (Subject::default(), Details::default());
                json_line(message, level, &subject, Audience::Integration, &details)
            }
        }
    }
}

pub(super) fn issue_line(issue: &Issue, subject: &Subject<'_>) -> String {
    let data: Map<String, Value> = issue
        .data
        .iter()
        .map(|datum| {
            let mut value = json!({ "raw": datum.raw });
            if let Some(pretty) = &datum.pretty {
                value["pretty"] = json!(pretty);
            }
            (datum.name.clone(), value)
        })
        .collect();
    let mut line = json!({
        "type": "issue",
        "code": issue.code,
        "category": issue.category,
        "title": issue.title,
        "description": issue.description,
        "data": data,
        "groupBy": issue.group_by,
    });
    let about = [
        ("traceId", &subject.trace_id),
        ("botId", &subject.bot_id),
        ("integrationId", &subject.integration_id),
        ("integrationAlias", &subject.integration_alias),
    ];
    for (name, value) in about {
        if let Some(value) = value {
            line[name] = json!(value);
        }
    }
    line["time"] = json!(Now);
    line.to_string()
}
