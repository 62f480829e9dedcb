//! What cargo says about a build, a JSON value a line.

use std::path::PathBuf;

use serde_json::Value;

/// What kind of diagnostic one is, in the order in which they are shown: errors where the reader looks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// It may be wrong.
    Warning,
    /// It is wrong.
    Error,
    /// About all of them.
    Note,
}

impl Level {
    fn named(name: Option<&str>) -> Self {
        match name {
            Some("warning") => Self::Warning,
            Some("error" | "error: internal compiler error") => Self::Error,
            _ => Self::Note,
        }
    }
}

/// A message of cargo that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CargoMessage {
    /// A diagnostic of the compiler, as rustc draws it.
    Diagnostic { level: Level, text: String },
    /// A program.
    Program { name: String, file: PathBuf },
    /// A line of something else, such as of a build script.
    Other(String),
}

/// Reads a line of `cargo build --message-format=json…`.
pub(crate) fn read(line: &str) -> Option<CargoMessage> {
    let Ok(message) = serde_json::from_str::<Value>(line) else {
        return Some(CargoMessage::Other(line.to_owned()));
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match message["reason"].as_str()? {
        "compiler-message" => Some(CargoMessage::Diagnostic {
            level: Level::named(message["message"]["level"].as_str()),
            text: text(&message["message"]["rendered"])?,
        }),
        "compiler-artifact" => Some(CargoMessage::Program {
            name: text(&message["target"]["name"])?,
            file: message["executable"].as_str()?.into(),
        }),
        _ => None,
    }
}

/// Whether a line of cargo's standard error is progress that a person waits for.
pub(super) fn is_progress(line: &str) -> bool {
    let line = line.trim_start();
    [
        "Compiling ",
        "Blocking ",
        "Downloading ",
        "Updating ",
        "Locking ",
    ]
    .iter()
    .any(|word| line.starts_with(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn programs_and_diagnostics_are_read_and_the_rest_is_left_out() {
        let program = json!({
            "reason": "compiler-artifact", "target": { "name": "hello" }, "executable": "/t/debug/hello",
        });
        let expected = CargoMessage::Program {
            name: "hello".to_owned(),
            file: "/t/debug/hello".into(),
        };
        assert_eq!(read(&program.to_string()), Some(expected));
        let library =
            json!({ "reason": "compiler-artifact", "target": { "name": "a" }, "executable": null });
        assert_eq!(read(&library.to_string()), None);
        let error = json!({
            "reason": "compiler-message", "message": { "level": "error", "rendered": "error[E0004]: …" },
        });
        let expected = CargoMessage::Diagnostic {
            level: Level::Error,
            text: "error[E0004]: …".to_owned(),
        };
        assert_eq!(read(&error.to_string()), Some(expected));
        assert_eq!(read(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(read("plain"), Some(CargoMessage::Other("plain".to_owned())));
    }

    #[test]
    fn progress_is_told_apart_from_other_lines() {
        assert!(is_progress("   Compiling serde v1.0.0"));
        assert!(is_progress(
            "    Blocking waiting for file lock on build directory"
        ));
        assert!(!is_progress("error: no matching package"));
    }
}
