//! The changes as JSON, with their places.

use serde_json::{Value, json};

use super::Compared;

/// The report as JSON, with the place of each change.
pub(super) fn list(compared: &Compared) -> String {
    let mut listed = compared.report.to_json();
    let changes = listed["changes"].as_array_mut().into_iter().flatten();
    for (value, change) in changes.zip(&compared.report.changes) {
        let place = compared.place(change);
        value["place"] = json!({ "file": place.file, "line": place.line, "column": place.column });
    }
    crate::check::escape_hidden(&format!("{:#}\n", Value::take(&mut listed)))
}
