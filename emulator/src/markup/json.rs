//! JSON with lines and colours.

use maud::{Markup, PreEscaped, Render as _};
use serde_json::Value;

/// A value as lines of JSON, whose names and values have the classes `key`, `string` and `atom`.
#[must_use]
pub fn colored(value: &Value) -> Markup {
    let mut out = String::new();
    write(&mut out, value, 0);
    PreEscaped(out)
}

fn write(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('{');
            for (index, (name, value)) in fields.iter().enumerate() {
                begin(out, index, depth + 1);
                token(out, "key", &Value::from(name.as_str()).to_string());
                out.push_str(": ");
                write(out, value, depth + 1);
            }
            line(out, depth);
            out.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, value) in items.iter().enumerate() {
                begin(out, index, depth + 1);
                write(out, value, depth + 1);
            }
            line(out, depth);
            out.push(']');
        }
        Value::String(_) => token(out, "string", &value.to_string()),
        Value::Object(_) | Value::Array(_) => out.push_str(&value.to_string()),
        other => token(out, "atom", &other.to_string()),
    }
}

fn begin(out: &mut String, index: usize, depth: usize) {
    if index > 0 {
        out.push(',');
    }
    line(out, depth);
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

fn token(out: &mut String, class: &str, text: &str) {
    out.push_str("<span class=\"");
    out.push_str(class);
    out.push_str("\">");
    text.render_to(out);
    out.push_str("</span>");
}
