//! The canonical text of a value.

use std::collections::BTreeMap;

use super::decimal::normal_form;
use contexture_compare::json::Json;

/// The text of a value in which properties are sorted and each number has one form: equal values have equal texts.
#[must_use]
pub fn canonical(value: &Json) -> String {
    ordered(value).to_string()
}

fn ordered(value: &Json) -> Json {
    match value {
        Json::Number(text) => Json::Number(normal_form(text)),
        Json::Array(items) => Json::Array(items.iter().map(ordered).collect()),
        Json::Object(fields) => {
            // Of several properties with one name, the last counts.
            let fields: BTreeMap<_, _> = fields
                .iter()
                .map(|(name, value)| (name.clone(), ordered(value)))
                .collect();
            Json::Object(fields.into_iter().collect())
        }
        Json::Null | Json::Bool(_) | Json::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::is_equal;
    use contexture_compare::json::parse;

    #[test]
    fn values_have_one_text_exactly_if_they_are_equal() {
        let values = [
            r#"{"a":1,"b":[2.50]}"#,
            r#"{"b":[25e-1],"a":1.0}"#,
            r#"{"a":2,"a":1,"b":[2.5]}"#,
            r#"{"a":1}"#,
            r#"{"a":"1"}"#,
            "[-0,100]",
            "[0.0,1e2]",
            "[100,0]",
            "9007199254740993",
            "9007199254740992",
        ];
        let values = values.map(|text| parse(text).unwrap());
        for one in &values {
            for other in &values {
                let is_one_text = canonical(one) == canonical(other);
                assert_eq!(is_one_text, is_equal(one, other), "{one} and {other}");
            }
        }
    }
}
