//! Payloads: accepted values, rejected values, and their error messages.

use contexture::{
    Payload, Secret,
    codegen::{Value, newtype, object, payload},
};
use serde_json::json;

#[derive(Clone, Debug, PartialEq)]
struct Order {
    count: i64,
    token: Option<Secret>,
}

object!(Order, count: i64 = "count"; token = "token");

payload!(
    Order,
    r#"{"type":"object","properties":{"count":{"type":"integer"},"token":{"type":"string"}},"required":["count"],"additionalProperties":false}"#
);

/// Declares a payload that is any JSON value that is valid against a schema.
macro_rules! shape {
    ($name:ident, $schema:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name(Value);

        newtype!($name);
        payload!($name, $schema);
    };
}

shape!(
    Everything,
    r#"{"type":"object","properties":{
        "text":{"type":"string","minLength":2,"maxLength":3,"pattern":"^a"},
        "mail":{"type":"string","format":"email"},
        "number":{"type":["number","null"],"minimum":1,"exclusiveMaximum":3,"multipleOf":0.5},
        "list":{"type":"array","minItems":1,"maxItems":2,"uniqueItems":true,"items":{"type":"boolean"}},
        "pair":{"type":"array","items":[{}],"additionalItems":false},
        "has":{"type":"array","contains":{"const":1}},
        "map":{"type":"object","minProperties":1,"maxProperties":2,"propertyNames":{"maxLength":1}},
        "not":{"not":{"const":1}},
        "never":false,
        "one":{"oneOf":[{"type":"integer"},{"minimum":0}]},
        "any":{"anyOf":[{"type":"integer"},{"type":"object","required":["a"]}]}
    },"required":["text"]}"#
);

fn violations<P: Payload>(value: Value) -> String {
    match P::from_value(value) {
        Ok(_) => "fits".to_owned(),
        Err(violations) => violations.to_string(),
    }
}

fn field(name: &str, value: Value) -> String {
    let mut object = json!({ "text": "ab" });
    object[name] = value;
    violations::<Everything>(object)
}

#[test]
fn whole_floats_are_integers() {
    let order = Order {
        count: 100,
        token: None,
    };
    for text in [r#"{"count":100}"#, r#"{"count":1e2}"#, r#"{"count":100.0}"#] {
        assert_eq!(Order::decode(text.as_bytes()), Ok(order.clone()));
    }
}

#[test]
fn what_is_read_is_written_as_it_was() {
    let text = r#"{"count":1,"token":"hunter2"}"#;
    let order = Order::decode(text.as_bytes()).unwrap();
    assert_eq!(order.encode().unwrap(), text.as_bytes());
    assert!(!format!("{order:?}").contains("hunter2"));
}

#[test]
fn reading_is_exact_and_lists_everything() {
    let value = json!({ "token": 7, "extra": 1, "more": 2 });
    let violations = Order::from_value(value).unwrap_err();
    let mut places: Vec<_> = violations.iter().map(ToString::to_string).collect();
    places.sort();
    assert_eq!(
        places,
        [
            "at /count: is required",
            "at /extra: is not declared",
            "at /more: is not declared",
            "at /token: must be a string",
        ]
    );
}

#[test]
fn broken_json_is_reported_by_position_and_never_quoted() {
    let violations = Order::decode(b"{\"count\": hunter2}").unwrap_err();
    assert_eq!(
        violations.to_string(),
        "at the root: is not JSON (line 1, column 11)"
    );
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    assert!(Order::decode(&deep).is_err());
    assert!(Order::decode(b"\"\xff\"").is_err());
}

#[test]
fn a_value_that_fits_the_schema_and_not_the_type_is_reported_by_path() {
    let refused = violations::<Order>(json!({ "count": u64::MAX }));
    assert_eq!(refused, "at /count: does not fit its type");
}

#[test]
fn every_keyword_has_a_violation_text() {
    let cases = [
        ("text", json!("a"), "must be at least 2 characters long"),
        ("text", json!("abcd"), "must be at most 3 characters long"),
        ("text", json!("ba"), "must match the pattern ^a"),
        ("text", json!(3), "must be a string"),
        ("mail", json!("nobody"), "must have the format `email`"),
        ("number", json!("1"), "must be null or a number"),
        ("number", json!(0.5), "must be at least 1"),
        ("number", json!(3), "must be less than 3"),
        ("number", json!(1.2), "must be a multiple of 0.5"),
        ("list", json!([]), "must have at least 1 item"),
        ("list", json!([true, true]), "must not have equal items"),
        ("pair", json!([1, 2]), "must have at most 1 item"),
        (
            "has",
            json!([2]),
            "must have an item that fits what the schema asks for",
        ),
        ("map", json!({}), "must have at least 1 property"),
        (
            "map",
            json!({ "a": 1, "b": 1, "c": 1 }),
            "must have at most 2 properties",
        ),
        (
            "map",
            json!({ "ab": 1 }),
            "has a property whose name must be at most 1 character long",
        ),
        ("not", json!(1), "must not fit what the schema excludes"),
        ("never", json!(1), "must not be there"),
        (
            "one",
            json!(1),
            "must fit exactly one of the alternatives, and fits several",
        ),
        (
            "any",
            json!("a"),
            "must fit one of the alternatives: (1) must be an integer; (2) must be an object",
        ),
    ];
    for (name, value, wanted) in cases {
        assert_eq!(field(name, value), format!("at /{name}: {wanted}"));
    }
    assert_eq!(field("list", json!([1])), "at /list/0: must be a boolean");
}

shape!(Texts, r#"{"type":"array","items":{"type":"string"}}"#);

#[test]
fn of_very_many_violations_the_first_are_kept_and_the_others_counted() {
    let violations = Texts::from_value(json!(vec![0; 5000])).unwrap_err();
    assert_eq!(violations.iter().count(), 1000);
    assert!(violations.to_string().ends_with("; and 4900 more"));
}

#[test]
fn whole_floats_are_written_as_integers() {
    let written = Everything(json!({ "text": "ab", "map": { "a": 2.0, "b": 0.5 } })).encode();
    assert_eq!(
        String::from_utf8(written.unwrap()).unwrap(),
        r#"{"text":"ab","map":{"a":2,"b":0.5}}"#
    );
}

#[test]
fn invalid_payloads_are_not_serialized() {
    let violations = Everything(json!({})).encode().unwrap_err();
    assert_eq!(violations.to_string(), "at /text: is required");
}
