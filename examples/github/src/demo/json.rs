//! Readable JSON: on one line if it fits, otherwise on as few lines as possible.

use serde_json::Value;

/// The indentation of a nested value.
const INDENTATION: usize = 2;

/// Formats a value in lines of this width. Only a long string exceeds it.
pub(super) fn lay_out(value: &Value, width: usize) -> Vec<String> {
    let line = on_one_line(value);
    if length(&line) <= width {
        vec![line]
    } else {
        break_up(value, width)
    }
}

fn break_up(value: &Value, width: usize) -> Vec<String> {
    let (open, parts, close) = match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            let parts: Vec<_> = fields
                .map(|(name, value)| (format!("{}: ", quoted(name)), value))
                .collect();
            ("{", parts, "}")
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| (String::new(), item));
            ("[", items.collect(), "]")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return vec![on_one_line(value)];
        }
    };
    let inner = lay_out_parts(&parts, width.saturating_sub(INDENTATION));
    let inner = inner
        .into_iter()
        .map(|line| format!("{:INDENTATION$}{line}", ""));
    let (open, close) = (open.to_owned(), close.to_owned());
    std::iter::once(open).chain(inner).chain([close]).collect()
}

/// Formats the parts of a value. Short parts share a line.
fn lay_out_parts(parts: &[(String, &Value)], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut may_go_on = false;
    for (index, (name, value)) in parts.iter().enumerate() {
        let comma = if index + 1 < parts.len() { "," } else { "" };
        let line = format!("{name}{}{comma}", on_one_line(value));
        let fits = length(&line) <= width;
        match lines.last_mut() {
            Some(last) if may_go_on && fits && length(last) + 1 + length(&line) <= width => {
                last.push(' ');
                last.push_str(&line);
            }
            _ if fits => lines.push(line),
            _ => {
                let mut part = break_up(value, width);
                part[0].insert_str(0, name);
                let last = part.len() - 1;
                part[last].push_str(comma);
                lines.extend(part);
            }
        }
        may_go_on = fits;
    }
    lines
}

/// Formats a value on one line of this width, and cuts off the rest.
pub(super) fn abridge(value: &Value, width: usize) -> String {
    let line = on_one_line(value);
    if length(&line) <= width {
        return line;
    }
    let kept: String = line.chars().take(width.saturating_sub(2)).collect();
    format!("{} …", kept.trim_end())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields =
                fields.map(|(name, value)| format!("{}: {}", quoted(name), on_one_line(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(on_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_fits_is_one_line() {
        let value = json!({ "a": [1, "b"], "c": {} });
        assert_eq!(lay_out(&value, 40), [r#"{ "a": [1, "b"], "c": {} }"#]);
    }

    #[test]
    fn parts_of_one_line_share_lines() {
        let value = json!({ "a": 1, "b": 2, "long": { "c": "0123456789", "d": 3 }, "e": 4 });
        let expected = [
            "{",
            r#"  "a": 1, "b": 2,"#,
            r#"  "long": {"#,
            r#"    "c": "0123456789","#,
            r#"    "d": 3"#,
            "  },",
            r#"  "e": 4"#,
            "}",
        ];
        assert_eq!(lay_out(&value, 28), expected);
    }

    #[test]
    fn a_value_beyond_one_line_is_abridged() {
        assert_eq!(abridge(&json!({ "a": 1, "b": 2 }), 12), r#"{ "a": 1, …"#);
        assert_eq!(abridge(&json!({ "a": 1 }), 12), r#"{ "a": 1 }"#);
    }
}
