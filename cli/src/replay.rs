//! `contexture replay`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use clap::Args;
use serde_json::{Map, Value};
use similar::TextDiff;

use crate::Outcome;
use crate::call::{Format, called, requests};
use crate::control::Control;
use crate::log::{find, pretty};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  contexture replay last                    # the newest call or webhook once more
  contexture replay exch_01K…               # an id of `contexture log`
  contexture replay last --edit             # changes it in $EDITOR first
  contexture replay last --edit edit.json   # { \"body\": { … } }: what is different

A call has the configuration that the instance has now. A webhook gets a new signature where that is possible.")]
pub(crate) struct ReplayArguments {
    /// The id of the exchange, or `last`.
    id: String,
    /// Changes the request first: a JSON file with `method`, `path`, `headers` or `body`; without a file, in $EDITOR.
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    #[expect(
        clippy::option_option,
        reason = "clap's form of an option whose value may be left out"
    )]
    edit: Option<Option<std::path::PathBuf>>,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// The members of a request that can be edited.
const EDITABLE: [&str; 4] = ["method", "path", "headers", "body"];

/// Repeats an exchange, and shows how the new run differs.
pub(crate) fn run(arguments: &ReplayArguments, color: bool) -> Result<Outcome, Outcome> {
    let control = Control::find()?;
    let before = find(&control, &arguments.id)?;
    let edit = match &arguments.edit {
        None => Map::new(),
        Some(Some(file)) => read_edit(file)?,
        Some(None) => edited(&before)?,
    };
    let id = before["id"].as_str().unwrap_or_default();
    let result = control.post(&format!("/exchanges/{id}/replay"), &sent(&edit))?;
    if arguments.format == Format::Json {
        return called(&result, Format::Json, color);
    }
    let differs = difference(&before, &result["exchange"]);
    let add = |outcome: Outcome| Outcome {
        errors: outcome.errors + &differs,
        ..outcome
    };
    called(&result, Format::Human, color).map(add).map_err(add)
}

/// An edit as the emulator takes it: the body is a text.
fn sent(edit: &Map<String, Value>) -> Value {
    let mut sent = edit.clone();
    if let Some(body) = sent.get_mut("body")
        && !body.is_string()
    {
        *body = body.to_string().into();
    }
    sent.into()
}

fn read_edit(file: &Path) -> Result<Map<String, Value>, Outcome> {
    let shown = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Outcome::failure(format!("error: cannot read {shown}: {error}\n")))?;
    parse_edit(&text)
        .map_err(|reason| Outcome::failure(format!("error: {shown} is no edit: {reason}\n")))
}

fn parse_edit(text: &str) -> Result<Map<String, Value>, String> {
    let edit: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match edit.keys().find(|name| !EDITABLE.contains(&name.as_str())) {
        Some(name) => Err(format!(
            "`{name}` cannot be edited: {}",
            EDITABLE.join(", ")
        )),
        None => Ok(edit),
    }
}

/// Opens the request in the editor, and gives what was changed.
fn edited(before: &Value) -> Result<Map<String, Value>, Outcome> {
    let cannot = |error: std::io::Error| {
        Outcome::failure(format!("error: cannot edit the request: {error}\n"))
    };
    let original = editable(before);
    let mut file = tempfile::Builder::new()
        .suffix(".json")
        .tempfile()
        .map_err(cannot)?;
    writeln!(file, "{:#}", Value::from(original.clone())).map_err(cannot)?;
    let path = file.into_temp_path();
    open_editor(&path)?;
    let edit = read_edit(&path)?;
    Ok(changed(&original, edit))
}

/// What can be edited of a request. A body that is JSON is shown as such.
fn editable(exchange: &Value) -> Map<String, Value> {
    let request = &exchange["request"];
    let text = request["body"]["text"].as_str().unwrap_or_default();
    let body = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let members = [
        ("method", request["method"].clone()),
        ("path", request["path"].clone()),
        ("headers", request["headers"].clone()),
        ("body", body),
    ];
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The members that differ. Others are sent as they were recorded, with their secrets.
fn changed(original: &Map<String, Value>, mut edit: Map<String, Value>) -> Map<String, Value> {
    edit.retain(|name, value| original.get(name) != Some(value));
    edit
}

fn open_editor(file: &Path) -> Result<(), Outcome> {
    let editor = ["VISUAL", "EDITOR"].iter().find_map(std::env::var_os);
    let Some(editor) = editor.filter(|editor| !editor.is_empty()) else {
        return Err(Outcome::failure(
            "error: no editor is set\nhelp: set EDITOR, or name a file as in `--edit edit.json`\n",
        ));
    };
    // The variable can have arguments, such as `code --wait`.
    let editor = editor.to_string_lossy().into_owned();
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let status = Command::new(program).args(words).arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Outcome::failure(format!(
            "error: the editor `{editor}` ended with {status}; nothing was replayed\n"
        ))),
        Err(error) => Err(Outcome::failure(format!(
            "error: cannot start the editor `{editor}`: {error}\n"
        ))),
    }
}

/// How a run differs from another one: its answer, and its API requests.
fn difference(before: &Value, after: &Value) -> String {
    let (before_text, after_text) = (run_text(before), run_text(after));
    let id = before["id"].as_str().unwrap_or_default();
    if before_text == after_text {
        return format!("the answer and the requests are those of {id}\n");
    }
    let diff = TextDiff::from_lines(&before_text, &after_text);
    let mut unified = diff.unified_diff();
    let new = after["id"].as_str().unwrap_or_default();
    unified.header(id, new);
    format!("it differs:\n{unified}")
}

/// What counts of a run, as text.
fn run_text(exchange: &Value) -> String {
    let response = &exchange["response"];
    let mut text = match response["status"].as_u64() {
        Some(status) => format!("status {status}\n"),
        None => "no answer\n".to_owned(),
    };
    text.push_str(&pretty(
        response["body"]["text"].as_str().unwrap_or_default(),
    ));
    text.push('\n');
    for request in requests(exchange) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{} {}",
            request["name"].as_str().unwrap_or_default(),
            request["response"]["status"]
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn exchange(id: &str, answer: &str) -> Value {
        let request = json!({ "kind": "api", "name": "GET /v1/a", "response": { "status": 200 } });
        json!({
            "id": id,
            "request": { "method": "POST", "path": "/", "headers": [], "body": { "text": "{\"a\":1}" } },
            "response": { "status": 200, "body": { "text": answer } },
            "children": [request],
        })
    }

    #[test]
    fn only_what_was_changed_is_sent() {
        let original = editable(&exchange("exch_1", "{}"));
        let mut edit = original.clone();
        edit.insert("body".to_owned(), json!({ "a": 2 }));
        let changed = changed(&original, edit);
        assert_eq!(sent(&changed), json!({ "body": "{\"a\":2}" }));
    }

    #[test]
    fn runs_are_compared_by_their_answers_and_requests() {
        let same = difference(&exchange("exch_1", "{}"), &exchange("exch_2", "{}"));
        assert_eq!(same, "the answer and the requests are those of exch_1\n");
        let other = difference(
            &exchange("exch_1", r#"{"n":1}"#),
            &exchange("exch_2", r#"{"n":2}"#),
        );
        assert!(other.contains("-  \"n\": 1\n+  \"n\": 2\n"), "{other}");
    }

    #[test]
    fn an_edit_of_something_else_is_refused() {
        let refused = parse_edit(r#"{"status":200}"#).unwrap_err();
        assert!(refused.contains("`status`"), "{refused}");
    }
}
