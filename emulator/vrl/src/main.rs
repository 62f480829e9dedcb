//! Reads requests as lines of JSON, and writes a line for each.

use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::process::ExitCode;

use contexture_vrl::VrlError;
use serde::Deserialize;
use serde_json::{Value, json};

/// A script that is run, or only compiled.
#[derive(Deserialize)]
struct Request {
    script: String,
    /// The event. Without it the script is compiled only.
    input: Option<Value>,
}

fn main() -> ExitCode {
    // A function that panics is an error of its request.
    std::panic::set_hook(Box::new(|_| {}));
    let mut output = stdout().lock();
    for line in stdin().lock().lines() {
        let written = line.and_then(|line| {
            writeln!(output, "{}", answer(&line))?;
            output.flush()
        });
        if written.is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn answer(line: &str) -> Value {
    let request: Request = match serde_json::from_str(line) {
        Ok(request) => request,
        Err(error) => return json!({ "run": format!("the request is malformed: {error}") }),
    };
    let result = match request.input {
        Some(input) => contexture_vrl::run(&request.script, input),
        None => contexture_vrl::check(&request.script).map(|()| Value::Null),
    };
    match result {
        Ok(result) => json!({ "result": result }),
        Err(VrlError::Compile(reason)) => json!({ "compile": reason }),
        Err(error) => json!({ "run": error.to_string() }),
    }
}
