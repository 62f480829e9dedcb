//! Inputs of a call.

use std::io::Read as _;

use clap::Args;
use contexture_emulator::example::example;
use serde_json::{Map, Value};

use crate::Outcome;

/// The input of an operation.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct InputArguments {
    /// The input: JSON, `@FILE`, or `-` for the standard input.
    #[arg(long, value_name = "JSON")]
    pub(super) input: Option<String>,
    /// Fills what the input lacks from the defaults and examples of the schema. An input that stays incomplete is printed.
    #[arg(long)]
    pub(super) example: bool,
}

impl InputArguments {
    /// The input of a schema. An object is expected.
    pub(super) fn read(&self, schema: &Value) -> Result<Value, Outcome> {
        let given = self.input.as_deref().map(read_json).transpose()?;
        if !self.example {
            return Ok(given.unwrap_or_else(|| Value::Object(Map::new())));
        }
        let made = example(schema);
        let (value, missing) = filled(made.value, made.missing, given);
        if missing.is_empty() {
            return Ok(value);
        }
        Err(Outcome {
            output: format!("{value:#}\n"),
            errors: format!(
                "error: the schema has neither a default nor an example for {}\n\
                 help: give the rest, as in `--example --input '{{…}}'`, or complete the input above and pass it with `--input`\n",
                missing.join(", ")
            ),
            status: 1,
        })
    }
}

/// An example with the given members in their places, and what is still missing.
fn filled(made: Value, missing: Vec<String>, given: Option<Value>) -> (Value, Vec<String>) {
    let (Value::Object(mut fields), Some(Value::Object(given))) = (made.clone(), given.clone())
    else {
        let is_given = given.is_some();
        return (
            given.unwrap_or(made),
            if is_given { Vec::new() } else { missing },
        );
    };
    let given_at = |pointer: &String| {
        let name = pointer.trim_start_matches('/').split('/').next();
        name.is_some_and(|name| given.contains_key(&name.replace("~1", "/").replace("~0", "~")))
    };
    let missing = missing
        .into_iter()
        .filter(|pointer| !given_at(pointer))
        .collect();
    fields.extend(given);
    (fields.into(), missing)
}

/// Reads JSON that is written out, or in a file (`@FILE`), or in the standard input (`-`).
pub(super) fn read_json(argument: &str) -> Result<Value, Outcome> {
    let text = read_text(argument)?;
    serde_json::from_str(&text).map_err(|error| {
        let what = match argument {
            "-" => "the standard input".to_owned(),
            argument if argument.starts_with('@') => argument[1..].to_owned(),
            _ => "the argument".to_owned(),
        };
        Outcome::wrong_usage(format!(
            "error: {what} is not JSON: {error}\n\
             help: pass it as in `'{{\"name\":\"Ada\"}}'`, `@FILE`, or `-`\n"
        ))
    })
}

/// Reads a text that is written out, or in a file (`@FILE`), or in the standard input (`-`).
pub(super) fn read_text(argument: &str) -> Result<String, Outcome> {
    if argument == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| {
            Outcome::failure(format!("error: cannot read the standard input: {error}\n"))
        })?;
        return Ok(text);
    }
    let Some(file) = argument.strip_prefix('@') else {
        return Ok(argument.to_owned());
    };
    std::fs::read_to_string(file)
        .map_err(|error| Outcome::failure(format!("error: cannot read {file}: {error}\n")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": { "title": { "type": "string" }, "state": { "default": "open" } },
            "required": ["title"],
        })
    }

    fn read(input: Option<&str>, example: bool) -> Result<Value, Outcome> {
        let input = input.map(str::to_owned);
        InputArguments { input, example }.read(&schema())
    }

    #[test]
    fn an_example_is_completed_by_what_is_given() {
        let input = read(Some(r#"{"title":"a"}"#), true).unwrap();
        assert_eq!(input, json!({ "title": "a", "state": "open" }));
        assert_eq!(
            read(Some(r#"{"title":"a"}"#), false).unwrap(),
            json!({ "title": "a" })
        );
    }

    #[test]
    fn an_incomplete_example_is_printed() {
        let refused = read(None, true).unwrap_err();
        assert!(
            refused.output.contains("\"title\": \"<string>\""),
            "{}",
            refused.output
        );
        assert!(refused.errors.contains("/title"), "{}", refused.errors);
        assert_eq!(refused.status, 1);
    }

    #[test]
    fn what_is_no_json_is_told_with_its_source() {
        assert!(
            read_json("{")
                .unwrap_err()
                .errors
                .contains("the argument is not JSON")
        );
        assert!(
            read_json("@nowhere.json")
                .unwrap_err()
                .errors
                .contains("nowhere.json")
        );
    }
}
