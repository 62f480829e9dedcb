//! `contexture log`.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::Outcome;
use crate::call::{Format, called, duration, status, subject};
use crate::control::Control;
use crate::dev::Style;

/// How often new exchanges are asked for.
const OFTEN: Duration = Duration::from_millis(250);

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture log                      # the newest calls and webhooks
  contexture log --follow             # also the next ones, until Ctrl-C
  contexture log --id last            # the newest one with all that belongs to it
  contexture log --kind api --limit 100 --format json

Secrets are not recorded.")]
pub(crate) struct LogArguments {
    /// Shows also what happens from now on, until Ctrl-C.
    #[arg(long, short)]
    follow: bool,
    /// Shows one exchange with all that belongs to it: its id, or `last`.
    #[arg(long, value_name = "ID", conflicts_with_all = ["follow", "kind", "limit"])]
    id: Option<String>,
    /// Only exchanges of this kind; by default calls and webhooks, without what belongs to others.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// How many exchanges are shown.
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// The format: a line each, or JSON (with --follow, a JSON value a line).
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// What an exchange was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A call of the integration.
    Call,
    /// A request to a webhook address.
    Webhook,
    /// A request of the integration to the API.
    Api,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Webhook => "webhook",
            Self::Api => "api",
        }
    }
}

/// Prints what was recorded.
pub(crate) fn run(
    arguments: &LogArguments,
    color: bool,
    print: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Outcome, Outcome> {
    let control = Control::find()?;
    let style = Style::new(color);
    if let Some(id) = &arguments.id {
        let exchange = find(&control, id)?;
        return Ok(one(&exchange, arguments.format, color));
    }
    let shown = list(&control, arguments, None)?;
    if !arguments.follow {
        return Ok(printed(&shown, arguments, style));
    }
    let mut newest = newest_id(&shown);
    let mut next = printed(&shown, arguments, style);
    loop {
        if (!next.output.is_empty() || !next.errors.is_empty()) && print(next).is_break() {
            return Ok(Outcome::default());
        }
        std::thread::sleep(OFTEN);
        let ended = ended(list(&control, arguments, newest.as_deref())?);
        newest = newest_id(&ended).or(newest);
        next = lines(&ended, arguments, style);
    }
}

/// The exchange with an id, or the newest one, with what belongs to it.
pub(crate) fn find(control: &Control, id: &str) -> Result<Value, Outcome> {
    let id = if id == "last" {
        let newest = control.get("/exchanges?roots=true&limit=1")?;
        let newest = newest["exchanges"][0]["id"].as_str();
        let none = || Outcome::failure("error: nothing is recorded yet\n");
        newest.ok_or_else(none)?.to_owned()
    } else {
        id.to_owned()
    };
    let encoded: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    control.get(&format!("/exchanges/{encoded}"))
}

/// Exchanges, the oldest first.
fn list(
    control: &Control,
    arguments: &LogArguments,
    since: Option<&str>,
) -> Result<Vec<Value>, Outcome> {
    let which = match arguments.kind {
        Some(kind) => format!("kind={}", kind.name()),
        None => "roots=true".to_owned(),
    };
    let since = since.map(|since| format!("&since={since}"));
    let path = format!(
        "/exchanges?limit={}&{which}{}",
        arguments.limit,
        since.unwrap_or_default()
    );
    let mut listed = control.get(&path)?;
    let mut exchanges = match listed["exchanges"].take() {
        Value::Array(exchanges) => exchanges,
        _ => Vec::new(),
    };
    exchanges.reverse();
    Ok(exchanges)
}

/// The exchanges before the first one that still runs. That is shown when it has ended.
fn ended(exchanges: Vec<Value>) -> Vec<Value> {
    let has_ended = |exchange: &Value| !exchange["durationMs"].is_null();
    exchanges.into_iter().take_while(has_ended).collect()
}

fn newest_id(exchanges: &[Value]) -> Option<String> {
    exchanges.last()?["id"].as_str().map(str::to_owned)
}

fn printed(exchanges: &[Value], arguments: &LogArguments, style: Style) -> Outcome {
    if arguments.format == Format::Json && !arguments.follow {
        return Outcome {
            output: format!("{:#}\n", Value::from(exchanges.to_vec())),
            ..Outcome::default()
        };
    }
    if exchanges.is_empty() {
        return Outcome::told("nothing is recorded yet\n");
    }
    lines(exchanges, arguments, style)
}

/// A line for each exchange.
fn lines(exchanges: &[Value], arguments: &LogArguments, style: Style) -> Outcome {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let line = |exchange: &Value| match arguments.format {
        Format::Json => format!("{exchange}\n"),
        Format::Human => human_line(exchange, now, style),
    };
    Outcome {
        output: exchanges.iter().map(line).collect(),
        ..Outcome::default()
    }
}

fn human_line(exchange: &Value, now: Duration, style: Style) -> String {
    let started = Duration::from_millis(exchange["started"].as_u64().unwrap_or_default());
    let text = |name: &str| exchange[name].as_str().unwrap_or_default();
    let replays = match exchange["source"].as_str() {
        Some(source) => style.dim(&format!(" (replays {source})")),
        None => String::new(),
    };
    format!(
        "{} {:>10}  {:7}  {}  {}  {}{replays}\n",
        style.dim(text("id")),
        age(now.saturating_sub(started)),
        text("kind"),
        status(exchange, style),
        subject(exchange),
        style.dim(&duration(exchange)),
    )
}

fn age(age: Duration) -> String {
    match age.as_secs() {
        0..5 => "now".to_owned(),
        seconds @ 5..120 => format!("{seconds} s ago"),
        seconds @ 120..7200 => format!("{} min ago", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h ago", seconds / 3600),
        seconds => format!("{} d ago", seconds / 86_400),
    }
}

/// An exchange with its request, its answer and what belongs to it.
fn one(exchange: &Value, format: Format, color: bool) -> Outcome {
    if format == Format::Json {
        return Outcome {
            output: format!("{exchange:#}\n"),
            ..Outcome::default()
        };
    }
    let request = &exchange["request"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut output = format!("{} {}\n", text(&request["method"]), text(&request["path"]));
    for header in request["headers"].as_array().into_iter().flatten() {
        // Writing to a string cannot fail.
        let _ = writeln!(output, "{}: {}", text(&header[0]), text(&header[1]));
    }
    let _ = write!(output, "\n{}\n\n", pretty(&text(&request["body"]["text"])));
    let result = json!({ "exchange": exchange, "error": exchange["error"] });
    let (Ok(shown) | Err(shown)) = called(&result, Format::Human, color);
    Outcome {
        output: output + &shown.errors + &shown.output,
        ..Outcome::default()
    }
}

/// JSON with line ends, or the text as it is.
pub(crate) fn pretty(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(json) => format!("{json:#}"),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_age_the_status_and_what_it_replays() {
        let exchange = json!({
            "id": "exch_2", "kind": "call", "name": "action_triggered", "subject": "greet", "started": 1000,
            "durationMs": 1.25, "isOk": true, "response": { "status": 200 }, "source": "exch_1",
        });
        let line = human_line(&exchange, Duration::from_secs(31), Style::plain());
        assert_eq!(
            line,
            "exch_2   30 s ago  call     200  action_triggered greet  1.2 ms (replays exch_1)\n"
        );
    }

    #[test]
    fn an_exchange_that_runs_is_shown_when_it_has_ended() {
        let of = |id: &str, time: Option<f64>| json!({ "id": id, "durationMs": time });
        let shown = ended(vec![of("a", Some(1.0)), of("b", None), of("c", Some(1.0))]);
        assert_eq!(newest_id(&shown).as_deref(), Some("a"));
    }

    #[test]
    fn ages_are_rounded_down() {
        let of = |seconds| age(Duration::from_secs(seconds));
        assert_eq!(
            [of(1), of(119), of(121), of(7300), of(180_000)],
            ["now", "119 s ago", "2 min ago", "2 h ago", "2 d ago"]
        );
    }
}
