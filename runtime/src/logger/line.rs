//! The JSON format of log lines.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::issue::Issue;
use super::settings::LogLevel;
#[cfg(feature = "server")]
use super::settings::{LogFormat, LogSettings};
use crate::CallIdentity;

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
pub(crate) struct Subject {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bot_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) integration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) integration_alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conversation_id: Option<String>,
}

impl Subject {
    pub(crate) fn of_call(identity: &CallIdentity) -> Self {
        Self {
            trace_id: identity.trace_id().map(str::to_owned),
            bot_id: Some(identity.bot_id.clone()),
            integration_id: Some(identity.integration_id.clone()),
            integration_alias: Some(identity.integration_alias.clone()),
            user_id: None,
            conversation_id: None,
        }
    }
}

/// A log line. The fields are in the order of the official SDK.
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
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Options<'a> {
    visible_to_bot_owners: bool,
    hidden_to_integration_owners: bool,
    #[serde(flatten)]
    subject: &'a Subject,
}

pub(super) fn json_line(
    message: &str,
    level: LogLevel,
    subject: &Subject,
    audience: Audience,
) -> String {
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
    };
    // Strings and booleans always serialize. If they did not, the plain message would be better
    // than no line.
    serde_json::to_string(&line).unwrap_or_else(|_| message.to_owned())
}

#[cfg(feature = "server")]
impl LogSettings {
    /// Formats a line about the process, without a logger.
    pub(super) fn process_line(self, level: LogLevel, message: &str) -> String {
        match self.format {
            LogFormat::Text => message.to_owned(),
            LogFormat::Json => {
                json_line(message, level, &Subject::default(), Audience::Integration)
            }
        }
    }
}

pub(super) fn issue_line(issue: &Issue, subject: &Subject) -> String {
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
    line.to_string()
}
