use serde_json::{Value, json};

use super::{Parsed, Problem, parse_text};
use crate::diagnostic::Pointer;

fn spelled<'a>(text: &'a str, parsed: &Parsed, pointer: &str) -> (&'a str, &'a str) {
    let pointer = Pointer::parse(pointer).expect("a pointer");
    let span = &parsed.spans[&pointer];
    (
        &text[span.key.clone().unwrap_or_default()],
        &text[span.value.clone()],
    )
}

fn value(text: &str) -> Value {
    let parsed = parse_text(text, false);
    assert_eq!(parsed.problems, [], "{text}");
    parsed.value
}

fn syntax_error(text: &str, strict_json: bool) -> (String, usize) {
    match parse_text(text, strict_json).problems.as_slice() {
        [Problem::Syntax { reason, span, .. }] => (reason.clone(), span.start),
        other => panic!("{other:?}"),
    }
}

#[test]
fn keys_and_values_have_spans() {
    let text = "a:\n  'b c': \"d\"\n  list: [1, x]\n";
    let parsed = parse_text(text, false);
    assert_eq!(spelled(text, &parsed, "/a/b c"), ("'b c'", "\"d\""));
    assert_eq!(spelled(text, &parsed, "/a/list/1"), ("", "x"));
    assert_eq!(spelled(text, &parsed, "/a").0, "a");
}

#[test]
fn a_block_text_has_the_span_of_its_lines() {
    let text = "a: |\n  one\n  two\nb: 1\n";
    let parsed = parse_text(text, false);
    assert_eq!(spelled(text, &parsed, "/a"), ("a", "one\n  two"));
}

#[test]
fn spans_are_right_behind_a_byte_order_mark_and_line_ends_of_windows() {
    let text = "\u{feff}ä: 1\r\nb:\r\n  - c\r\n";
    let parsed = parse_text(text, false);
    assert_eq!(spelled(text, &parsed, "/ä"), ("ä", "1"));
    assert_eq!(spelled(text, &parsed, "/b/0"), ("", "c"));
}

#[test]
fn json_is_read_as_json() {
    let text = "\u{feff}{\n\t\"a\": \"\\ud83d\\ude00\\/\",\r\n\t\"b\": [1e5, -0.5, 18446744073709551615, 1E400000]\n}";
    let text = text.replace(", 1E400000", "");
    let parsed = parse_text(&text, true);
    assert_eq!(parsed.problems, []);
    assert_eq!(
        parsed.value,
        serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).expect("JSON")
    );
    assert_eq!(spelled(&text, &parsed, "/b/1").1, "-0.5");
}

#[test]
fn yaml_has_the_scalars_of_its_newer_version() {
    let text = "a: yes\nb: 1.0\nc: ~\nd:\ne: 010\nf: 1_000\ng: 12:30\nh: 2024-01-01\ni: 0x1F\n";
    let expected = json!({
        "a": "yes", "b": 1.0, "c": null, "d": null, "e": "010", "f": "1_000", "g": "12:30", "h": "2024-01-01", "i": 31
    });
    assert_eq!(value(text), expected);
}

#[test]
fn properties_come_in_the_order_of_their_names() {
    let value = value("z: 1\na: { c: 1, b: 2 }\nm: [{ e: 1, d: 2 }, 0]\n");
    assert_eq!(
        value.to_string(),
        r#"{"a":{"b":2,"c":1},"m":[{"d":2,"e":1},0],"z":1}"#
    );
}

#[test]
fn a_number_as_a_key_is_its_text() {
    assert_eq!(
        value("200: a\ntrue: b\n1.50: c\n"),
        json!({ "200": "a", "true": "b", "1.50": "c" })
    );
}

#[test]
fn a_list_as_a_key_is_reported() {
    let parsed = parse_text("? [1, 2]\n: a\nb: 1\n", false);
    assert_eq!(parsed.problems, [Problem::KeyNotText { span: 2..3 }]);
    assert_eq!(parsed.value, json!({ "b": 1 }));
}

#[test]
fn a_key_that_stands_twice_is_reported_and_the_first_one_counts() {
    let parsed = parse_text("a: 1\nb: { c: 1, c: 2 }\na: 3\n", false);
    assert_eq!(parsed.value, json!({ "a": 1, "b": { "c": 1 } }));
    assert_eq!(
        parsed.problems,
        [
            Problem::DuplicateKey {
                pointer: Pointer::root().child("b").child("c"),
                first: 10..11,
                second: 16..17,
                value: 19..20
            },
            Problem::DuplicateKey {
                pointer: Pointer::root().child("a"),
                first: 0..1,
                second: 23..24,
                value: 26..27
            },
        ]
    );
}

#[test]
fn anchors_and_merge_keys_are_followed() {
    let value = value("a: &x { k: 1 }\nb: *x\nc: { <<: *x, z: 2 }\n");
    assert_eq!(
        value,
        json!({ "a": { "k": 1 }, "b": { "k": 1 }, "c": { "z": 2, "k": 1 } })
    );
}

#[test]
fn a_merge_key_adds_what_the_object_does_not_have() {
    let shared = "x: &x { k: 1 }\ny: &y { k: 2, l: 3 }\n";
    for (object, expected) in [
        ("{ k: 9, <<: *y }", json!({ "k": 9, "l": 3 })),
        ("{ <<: *y, k: 9 }", json!({ "k": 9, "l": 3 })),
        ("{ <<: [*x, *y] }", json!({ "k": 1, "l": 3 })),
        ("{ <<: *x, <<: *y }", json!({ "k": 1, "l": 3 })),
        ("{ <<: { m: 4 } }", json!({ "m": 4 })),
        ("{ <<: , k: 9 }", json!({ "k": 9 })),
        ("{ \"<<\": { m: 4 } }", json!({ "<<": { "m": 4 } })),
    ] {
        let value = value(&format!("{shared}c: {object}\n"));
        assert_eq!(value["c"], expected, "{object}");
    }
}

#[test]
fn a_key_of_json_merges_nothing() {
    let parsed = parse_text("{ \"a\": { \"<<\": 1 } }", true);
    assert_eq!(parsed.value, json!({ "a": { "<<": 1 } }));
    assert!(parsed.problems.is_empty());
}

#[test]
fn a_merge_key_takes_objects_only() {
    for text in ["c: { <<: 3 }\n", "c: { <<: [a] }\n", "c: { <<: text }\n"] {
        let (reason, at) = syntax_error(text, false);
        assert!(reason.contains("merge value must be mapping"), "{reason}");
        assert!(at > 8, "{text}");
    }
}

#[test]
fn an_anchor_cannot_contain_its_own_alias() {
    assert_eq!(
        syntax_error("x: &x { a: *x }\n", false),
        ("an anchor contains its own alias".into(), 11)
    );
}

#[test]
fn a_syntax_error_has_its_place() {
    assert_eq!(
        syntax_error("a: 1\nb: c: d\n", false),
        ("mapping values are not allowed in this context".into(), 9)
    );
    assert_eq!(syntax_error("a:\n\t- b\n", false).1, 4);
    assert_eq!(
        syntax_error("{\"a\": 1,}", true),
        ("key must be a string".into(), 8)
    );
    assert_eq!(
        syntax_error("\u{feff}{\"ä\": 1 \"b\"}", true),
        ("expected `,` or `}`".into(), "\u{feff}{\"ä\": 1 ".len())
    );
}

#[test]
fn numbers_without_end_are_refused() {
    assert!(syntax_error("a: .inf\n", false).0.contains(".inf"));
    assert!(syntax_error("{\"a\": 1e400}", true).0.contains("1e400"));
}

#[test]
fn depth_has_a_limit() {
    let text = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    assert!(matches!(
        parse_text(&text, false).problems[..],
        [Problem::TooLarge { .. }]
    ));
    assert!(matches!(
        parse_text(&text, true).problems[..],
        [Problem::TooLarge { .. }]
    ));
}

#[test]
fn tags_choose_the_type_of_a_scalar() {
    let text = "a: !!str 1\nb: !!int '7'\nc: !!float 2\nd: !!bool \"true\"\ne: !!null x\nf: ! 2\ng: !!seq [1]\n";
    let expected = json!({ "a": "1", "b": 7, "c": 2.0, "d": true, "e": null, "f": "2", "g": [1] });
    assert_eq!(value(text), expected);
    for text in ["!!int x", "!custom 1", "!!map [1]", "!custom { a: 1 }"] {
        syntax_error(text, false);
    }
}

#[test]
fn only_numbers_of_json_are_numbers() {
    for (text, expected) in [
        ("-0x1F", json!(-31)),
        ("0o17", json!(15)),
        ("+1", json!(1)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("18446744073709551615", json!(u64::MAX)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("--1", json!("--1")),
        ("infinity", json!("infinity")),
        ("1e", json!("1e")),
        ("0x", json!("0x")),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    text.extend((1..9).map(|level| {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("a{level}: &a{level} [{aliases}]\n")
    }));
    assert!(matches!(
        parse_text(&text, false).problems[..],
        [Problem::TooLarge { .. }]
    ));
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1 << 20),
        vec!["*a"; 100].join(", ")
    );
    assert!(matches!(
        parse_text(&long, false).problems[..],
        [Problem::TooLarge { .. }]
    ));
    // Aliases deepen what is around them.
    let mut deep = "a0: &a0 [x]\n".to_owned();
    deep.extend((1..200).map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1)));
    assert!(matches!(
        parse_text(&deep, false).problems[..],
        [Problem::TooLarge { .. }]
    ));
}
