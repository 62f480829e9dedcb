//! The shapes of request bodies, as data.

use contexture::ApiErrorKind;
use serde_json::{Map, Value};

use super::failure::{Failure, Result};
use super::{limits, time};

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) shape: Shape,
}

/// The shape of a value. Lengths are in characters.
#[derive(Debug)]
pub(crate) enum Shape {
    Text {
        min: usize,
        max: usize,
    },
    OneOf(&'static [&'static str]),
    /// A text in a form that a function checks, and the words for that form.
    Form {
        min: usize,
        max: usize,
        is_form: fn(&str) -> bool,
        form: &'static str,
    },
    DateTime,
    Boolean,
    Number {
        min: f64,
        max: f64,
    },
    Integer {
        min: f64,
        max: f64,
    },
    /// Any value.
    Anything,
    /// An object with any members.
    AnyObject,
    /// An object with any members whose JSON is not larger than a payload may be.
    Payload,
    /// An object whose values have one shape.
    Map(&'static Shape),
    List {
        of: &'static Shape,
        max: usize,
    },
    /// An object with these members only.
    Object(&'static [Field]),
    /// The shape, or `null`.
    OrNull(&'static Shape),
}

pub(crate) const TEXT: Shape = Shape::Text {
    min: 0,
    max: usize::MAX,
};
pub(crate) const NAME: Shape = Shape::Text {
    min: 0,
    max: limits::NAME_LENGTH,
};
pub(crate) const ID: Shape = Shape::Text {
    min: limits::ID_LENGTH.0,
    max: limits::ID_LENGTH.1,
};
/// A list of texts.
pub(crate) const TEXTS: Shape = Shape::List {
    of: &TEXT,
    max: usize::MAX,
};
pub(crate) const NAMES: Shape = Shape::List {
    of: &Shape::Text {
        min: 0,
        max: limits::TAG_LENGTH,
    },
    max: usize::MAX,
};

pub(crate) const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        is_required: true,
        shape,
    }
}

pub(crate) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        is_required: false,
        shape,
    }
}

/// Checks an object against its members. `place` is a JSON pointer.
pub(crate) fn check_object(
    place: &str,
    fields: &[Field],
    object: &Map<String, Value>,
) -> Result<()> {
    for (name, value) in object {
        let field = fields.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| unknown_member(place, name, fields))?;
        check(&format!("{place}/{name}"), &field.shape, value)?;
    }
    let missing = fields
        .iter()
        .find(|field| field.is_required && !object.contains_key(field.name));
    match missing {
        Some(field) => Err(Failure::invalid(format!(
            "{} is missing",
            shown(&format!("{place}/{}", field.name))
        ))),
        None => Ok(()),
    }
}

fn unknown_member(place: &str, name: &str, fields: &[Field]) -> Failure {
    let known: Vec<_> = fields.iter().map(|field| field.name).collect();
    Failure::invalid(format!(
        "{} is not a member of the body; the members are {}",
        shown(&format!("{place}/{name}")),
        known.join(", ")
    ))
}

fn check(place: &str, shape: &Shape, value: &Value) -> Result<()> {
    let wrong = |expected: &str| Failure::invalid(format!("{} must be {expected}", shown(place)));
    match shape {
        Shape::Anything => Ok(()),
        Shape::OrNull(_) if value.is_null() => Ok(()),
        Shape::OrNull(inner) => check(place, inner, value),
        Shape::Boolean => check_is(value.is_boolean(), || wrong("a boolean")),
        Shape::Text { min, max } => {
            let text = value.as_str().ok_or_else(|| wrong("a string"))?;
            check_length(text, *min, *max).map_err(|expected| wrong(&expected))
        }
        Shape::Form {
            min,
            max,
            is_form,
            form,
        } => {
            let text = value.as_str().ok_or_else(|| wrong("a string"))?;
            check_length(text, *min, *max).map_err(|expected| wrong(&expected))?;
            check_is(is_form(text), || wrong(form))
        }
        Shape::OneOf(names) => {
            let is_one = value.as_str().is_some_and(|text| names.contains(&text));
            check_is(is_one, || wrong(&format!("one of {}", names.join(", "))))
        }
        Shape::DateTime => {
            let is_time = value.as_str().and_then(time::parse).is_some();
            check_is(is_time, || {
                wrong("a date and time in the format of ISO 8601")
            })
        }
        Shape::Number { min, max } => {
            let number = value.as_f64().ok_or_else(|| wrong("a number"))?;
            check_is((*min..=*max).contains(&number), || {
                wrong(&format!("a number from {min} to {max}"))
            })
        }
        Shape::Integer { min, max } => {
            let number = value.as_f64().filter(|number| number.fract() == 0.0);
            let number = number.ok_or_else(|| wrong("an integer"))?;
            check_is((*min..=*max).contains(&number), || {
                wrong(&format!("an integer from {min} to {max}"))
            })
        }
        Shape::AnyObject => check_is(value.is_object(), || wrong("an object")),
        Shape::Payload => {
            check_is(value.is_object(), || wrong("an object"))?;
            check_size(place, value)
        }
        Shape::Map(inner) => {
            let object = value.as_object().ok_or_else(|| wrong("an object"))?;
            let mut members = object.iter();
            members.try_for_each(|(name, value)| check(&format!("{place}/{name}"), inner, value))
        }
        Shape::List { of, max } => {
            let items = value.as_array().ok_or_else(|| wrong("an array"))?;
            check_is(items.len() <= *max, || {
                wrong(&format!("an array of at most {max} items"))
            })?;
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| check(&format!("{place}/{index}"), of, item))
        }
        Shape::Object(fields) => {
            let object = value.as_object().ok_or_else(|| wrong("an object"))?;
            check_object(place, fields, object)
        }
    }
}

fn check_is(is_right: bool, wrong: impl FnOnce() -> Failure) -> Result<()> {
    if is_right { Ok(()) } else { Err(wrong()) }
}

fn check_length(text: &str, min: usize, max: usize) -> std::result::Result<(), String> {
    let length = text.chars().count();
    if length < min {
        Err(format!("at least {min} characters long, and is {length}"))
    } else if length > max {
        Err(format!("at most {max} characters long, and is {length}"))
    } else {
        Ok(())
    }
}

fn check_size(place: &str, value: &Value) -> Result<()> {
    let bytes = value.to_string().len();
    check_is(bytes <= limits::PAYLOAD_BYTES, || {
        Failure::new(
            ApiErrorKind::LimitExceeded,
            format!(
                "{} has {bytes} bytes of JSON, and at most {} are allowed",
                shown(place),
                limits::PAYLOAD_BYTES
            ),
        )
    })
}

/// A place as it is shown in errors: `/user/tags` as `user.tags`.
fn shown(place: &str) -> String {
    place.trim_start_matches('/').replace('/', ".")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: &[Field] = &[
        required("type", NAME),
        optional("tags", Shape::Map(&Shape::OrNull(&NAME))),
        optional("count", Shape::Integer { min: 1.0, max: 9.0 }),
        optional("origin", Shape::OneOf(&["synthetic"])),
        optional("user", Shape::Object(&[required("id", ID)])),
        optional("payload", Shape::Payload),
        optional("at", Shape::DateTime),
        optional("list", Shape::List { of: &NAME, max: 1 }),
    ];

    fn refusal(body: &Value) -> String {
        let body = body.as_object().expect("an object");
        let failure = check_object("", FIELDS, body).expect_err("a refusal");
        failure.to_string()
    }

    #[test]
    fn a_fitting_body_is_accepted() {
        let body = json!({
            "type": "text", "tags": { "id": "1", "gone": null }, "count": 3, "origin": "synthetic",
            "user": { "id": "user_01HF7YAT00000000000000000A" }, "payload": { "any": [1] },
            "at": "2023-11-14T22:13:20Z", "list": ["one"],
        });
        let body = body.as_object().expect("an object");
        check_object("", FIELDS, body).expect("an accepted body");
    }

    #[test]
    fn a_refusal_names_the_member_and_the_expectation() {
        assert_eq!(refusal(&json!({})), "type is missing");
        assert_eq!(
            refusal(&json!({ "type": "a", "user": { "id": "1" } })),
            "user.id must be at least 28 characters long, and is 1"
        );
        assert_eq!(refusal(&json!({ "type": 1 })), "type must be a string");
        assert_eq!(
            refusal(&json!({ "type": "a", "tags": { "id": 1 } })),
            "tags.id must be a string"
        );
        assert_eq!(
            refusal(&json!({ "type": "a", "count": 1.5 })),
            "count must be an integer"
        );
        assert_eq!(
            refusal(&json!({ "type": "a", "origin": "real" })),
            "origin must be one of synthetic"
        );
        assert_eq!(
            refusal(&json!({ "type": "a", "list": ["a", "b"] })),
            "list must be an array of at most 1 items"
        );
        let unknown = refusal(&json!({ "type": "a", "typo": 1 }));
        assert!(
            unknown.starts_with("typo is not a member of the body; the members are type, tags")
        );
    }

    #[test]
    fn a_payload_has_a_largest_size() {
        let fits = "x".repeat(limits::PAYLOAD_BYTES - r#"{"a":""}"#.len());
        let body = |text: &str| json!({ "type": "a", "payload": { "a": text } });
        let accepted = body(&fits);
        check_object("", FIELDS, accepted.as_object().expect("an object")).expect("accepted");
        assert_eq!(
            refusal(&body(&format!("{fits}x"))),
            "payload has 131073 bytes of JSON, and at most 131072 are allowed"
        );
    }
}
