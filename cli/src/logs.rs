//! `contexture logs`.

use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use clap::Args;
use serde_json::Value;

use crate::botpress::{AdminClient, AdminError, CredentialArguments, LogFilter, Reference};
use crate::call::Format;
use crate::dev::Style;
use crate::login::block_on;
use crate::{Outcome, definition_file, duration};

/// How often new lines are asked for.
const OFTEN: Duration = Duration::from_secs(3);

/// Lines may arrive late, so each question begins this long before the newest line.
const OVERLAP: Duration = Duration::from_secs(30);

#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  contexture logs acme/github@1.0.0                # the last hour
  contexture logs acme/github --since 2d --level error
  contexture logs --follow                         # of the definition of this folder, until Ctrl-C

These are the lines that an integration logs at Botpress. `contexture log` shows what `contexture dev` recorded.")]
pub(crate) struct LogsArguments {
    /// The integration: its id, or its name and version; that of ./definition.yaml by default.
    integration: Option<Reference>,
    /// Shows also the next lines, until Ctrl-C.
    #[arg(long, short)]
    follow: bool,
    /// How far back to begin: 30s, 15m, 2h, 7d.
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = duration::parse)]
    since: Duration,
    /// Only lines of this level: debug, info, warn, error.
    #[arg(long)]
    level: Option<String>,
    /// Only lines about this user.
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// Only lines about this conversation.
    #[arg(long, value_name = "ID")]
    conversation: Option<String>,
    /// Only lines with this text.
    #[arg(long, value_name = "TEXT")]
    contains: Option<String>,
    /// The format: a line each, or a JSON value a line.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    credentials: CredentialArguments,
}

/// Prints the log of an integration.
pub(crate) fn run(
    arguments: &LogsArguments,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let client = AdminClient::new(&arguments.credentials.find()?, crate::waits::tell);
    let id = find(arguments, &client)?;
    let style = Style::new(color);
    let mut from = SystemTime::now() - arguments.since;
    let mut shown = Vec::new();
    loop {
        let until = SystemTime::now();
        let lines = block_on(read(&client, &id, &filter(arguments, from, until)))?;
        let lines = lines.map_err(|error| error.outcome("the log cannot be read"))?;
        let new = new_lines(lines, &mut shown);
        let printed = Outcome {
            output: new
                .iter()
                .map(|line| text(line, arguments.format, style))
                .collect(),
            ..Outcome::default()
        };
        if !arguments.follow {
            let is_empty = printed.output.is_empty();
            return Ok(if is_empty {
                Outcome::told("no lines\n")
            } else {
                printed
            });
        }
        if !printed.output.is_empty() && print(printed).is_break() {
            return Ok(Outcome::default());
        }
        from = from.max(until - OVERLAP);
        std::thread::sleep(OFTEN);
    }
}

/// The id of the integration that is named, or of the definition's.
fn find(arguments: &LogsArguments, client: &AdminClient) -> Result<String, Outcome> {
    let which = match &arguments.integration {
        Some(Reference::Id(id)) => return Ok(id.clone()),
        Some(which) => which.clone(),
        None => of_definition(client)?,
    };
    let found = block_on(client.find_private(&which))?;
    let found = found.map_err(|error| error.outcome(&format!("{which} cannot be read")))?;
    let found = found.ok_or_else(|| {
        Outcome::failure(format!(
            "error: the workspace has no integration {which}\n\
             help: `contexture integrations list` shows those that it has\n"
        ))
    })?;
    Ok(found.id().to_owned())
}

/// The integration of the folder's definition. Its name gets the handle of the workspace, as at a deploy.
fn of_definition(client: &AdminClient) -> Result<Reference, Outcome> {
    let file = definition_file::find(None)?;
    let publication = contexture_codegen::Generator::new(&file).publication();
    let publication = publication.map_err(|refused| {
        let (shown, summary) = (file.display(), refused.summary());
        Outcome::failure(format!("error: {shown} is refused: {summary}\n"))
    })?;
    let text = |name: &str| publication.definition[name].as_str().unwrap_or_default();
    let (name, version) = (text("name"), text("version"));
    if name.contains('/') {
        return Ok(Reference::named(name, version));
    }
    let workspace = block_on(client.workspace())?;
    let workspace = workspace.map_err(|error| error.outcome("the workspace cannot be read"))?;
    let name = match workspace.handle {
        Some(handle) => format!("{handle}/{name}"),
        None => name.to_owned(),
    };
    Ok(Reference::named(&name, version))
}

fn filter(arguments: &LogsArguments, from: SystemTime, until: SystemTime) -> LogFilter {
    let parameters = [
        ("level", &arguments.level),
        ("userId", &arguments.user),
        ("conversationId", &arguments.conversation),
        ("messageContains", &arguments.contains),
    ];
    let parameters = parameters.into_iter();
    LogFilter {
        from: duration::rfc3339(from),
        until: duration::rfc3339(until),
        parameters: parameters
            .filter_map(|(name, value)| Some((name, value.clone()?)))
            .collect(),
    }
}

/// All pages, the oldest line first.
async fn read(
    client: &AdminClient,
    id: &str,
    filter: &LogFilter,
) -> Result<Vec<Value>, AdminError> {
    let mut lines = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let page = client.logs(id, filter, next.as_deref()).await?;
        let is_last = page.lines.is_empty();
        lines.extend(page.lines);
        next = page.next.filter(|_| !is_last);
        if next.is_none() {
            break;
        }
    }
    lines.sort_by(|one, other| moment(one).cmp(moment(other)));
    Ok(lines)
}

/// The lines that were not shown yet. Those that are too old to come again are forgotten.
fn new_lines(lines: Vec<Value>, shown: &mut Vec<Value>) -> Vec<Value> {
    let new = lines
        .iter()
        .filter(|line| !shown.contains(line))
        .cloned()
        .collect();
    *shown = lines;
    new
}

fn moment(line: &Value) -> &str {
    line["timestamp"].as_str().unwrap_or_default()
}

fn text(line: &Value, format: Format, style: Style) -> String {
    if format == Format::Json {
        return format!("{line}\n");
    }
    let level = line["level"].as_str().unwrap_or_default();
    let painted = format!("{level:5}");
    let painted = match level {
        "error" => style.red(&painted),
        "warn" => style.yellow(&painted),
        _ => style.dim(&painted),
    };
    // A line of an integration may have signs that control a terminal.
    let message = line["message"].as_str().unwrap_or_default();
    let message: String = message.trim_end().chars().map(shown).collect();
    format!("{}  {painted}  {message}\n", style.dim(moment(line)))
}

fn shown(sign: char) -> char {
    if sign.is_control() && !matches!(sign, '\n' | '\t') {
        '\u{fffd}'
    } else {
        sign
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_is_shown_once_although_it_comes_again() {
        let line = |text: &str| json!({ "timestamp": "2026-01-01T00:00:00Z", "message": text });
        let mut shown = Vec::new();
        assert_eq!(new_lines(vec![line("a"), line("b")], &mut shown).len(), 2);
        assert_eq!(
            new_lines(vec![line("b"), line("c")], &mut shown),
            [line("c")]
        );
        assert_eq!(new_lines(vec![line("c")], &mut shown), [] as [Value; 0]);
    }

    #[test]
    fn signs_that_control_a_terminal_are_replaced() {
        let line = json!({ "timestamp": "t", "level": "info", "message": "a\u{1b}[2Jb\n" });
        let text = text(&line, Format::Human, Style::plain());
        assert_eq!(text, "t  info   a\u{fffd}[2Jb\n");
    }
}
