//! Unions of 2, 4 and 16 alternatives, with and without a tag property.

use super::schema::Validation;
use crate::inputs::{DEPTH, Input, list, nested, object};

/// Values that repeat the union at every depth.
const RECURSIVE: &[Input] = &[
    ("deep, and wrong at the end", |size| {
        list(size, |_| nested(DEPTH, "{\"a\":", "null", "}"))
    }),
    ("deep, and right in the last alternative", |size| {
        list(size, |_| {
            nested(DEPTH, "{\"x1\":1,\"a\":", "{\"x1\":1}", "}")
        })
    }),
    ("deep, and right except for the end", |size| {
        list(size, |_| {
            nested(DEPTH, "{\"k\":\"k1\",\"x1\":1,\"a\":", "null", "}")
        })
    }),
    ("deep, with an undeclared member everywhere", |size| {
        list(size, |index| {
            nested(
                DEPTH,
                &format!("{{\"k\":\"k1\",\"x1\":1,\"u{index}\":0,\"a\":"),
                "{}",
                "}",
            )
        })
    }),
    ("lists in lists, and wrong at the end", |size| {
        list(size, |_| nested(DEPTH / 2, "{\"l\":[", "null", "]}"))
    }),
    ("a wide list deep inside", |size| {
        let inner = list(size, |_| "{\"x1\":1}".to_owned());
        nested(
            DEPTH,
            "{\"x1\":1,\"a\":",
            &format!("{{\"l\":{inner}}}"),
            "}",
        )
    }),
    ("a wide list deep inside with a wrong end", |size| {
        let inner = list(size, |_| "{\"x1\":1}".to_owned()).replace(']', ",null]");
        nested(
            DEPTH,
            "{\"x1\":1,\"a\":",
            &format!("{{\"l\":{inner}}}"),
            "}",
        )
    }),
    ("a wide object deep inside", |size| {
        let inner = object(size, |index| format!("\"u{index}\":0"));
        nested(DEPTH, "{\"x1\":1,\"a\":", &inner, "}")
    }),
    ("a tree of two branches", |size| {
        let mut tree = "{\"x1\":1}".to_owned();
        while tree.len() * 2 + 40 < size {
            tree = format!("{{\"l\":[{tree},{tree}],\"x1\":1}}");
        }
        tree
    }),
    ("a tree of two branches with wrong leaves", |size| {
        let mut tree = "null".to_owned();
        while tree.len() * 2 + 40 < size {
            tree = format!("{{\"k\":\"k1\",\"l\":[{tree},{tree}],\"x1\":1}}");
        }
        tree
    }),
    ("flat objects that fit nothing", |size| {
        list(size, |_| "{\"y\":1}".to_owned())
    }),
];

pub(super) fn validations() -> Vec<Validation> {
    let mut kinds = Vec::new();
    for keyword in ["anyOf", "oneOf"] {
        for count in [2, 4, 16] {
            kinds.push(
                Validation::new(
                    format!("{keyword} of {count}, tagged"),
                    union(keyword, count, |index| {
                        object_schema(
                            index,
                            &format!(r#""k":{{"const":"k{index}"}},"#),
                            r#"["k"]"#,
                        )
                    }),
                    RECURSIVE,
                )
                .slow(count > 2),
            );
            kinds.push(
                Validation::new(
                    format!("{keyword} of {count}, untagged"),
                    union(keyword, count, |index| {
                        object_schema(index, "", &format!(r#"["x{index}"]"#))
                    }),
                    RECURSIVE,
                )
                .slow(count > 2),
            );
            kinds.push(
                Validation::new(
                    format!("{keyword} of {count}, the same"),
                    union(keyword, count, |_| object_schema(1, "", "[]")),
                    RECURSIVE,
                )
                .slow(count > 2),
            );
        }
        kinds.push(Validation::new(
            format!("{keyword} inside of {keyword}"),
            format!(
                r##"{{"items":{{"$ref":"#/definitions/n"}},"definitions":{{
                "n":{{"{keyword}":[{{"$ref":"#/definitions/m"}},{{"{keyword}":[{{"$ref":"#/definitions/m"}},{}]}}]}},
                "m":{{"{keyword}":[{},{}]}}}}}}"##,
                object_schema(1, "", "[\"x1\"]"),
                object_schema(2, "", "[\"x2\"]"),
                object_schema(3, "", "[\"x3\"]"),
            ),
            RECURSIVE,
        ));
    }
    kinds
}

fn union(keyword: &str, count: usize, alternative: impl Fn(usize) -> String) -> String {
    let alternatives: Vec<_> = (0..count).map(alternative).collect();
    let alternatives = alternatives.join(",");
    format!(
        r##"{{"anyOf":[{{"type":"array","items":{{"$ref":"#/definitions/n"}}}},{{"$ref":"#/definitions/n"}}],
        "definitions":{{"n":{{"{keyword}":[{alternatives}]}}}}}}"##
    )
}

fn object_schema(index: usize, more: &str, required: &str) -> String {
    format!(
        r##"{{"type":"object","properties":{{{more}"a":{{"$ref":"#/definitions/n"}},
        "l":{{"type":"array","items":{{"$ref":"#/definitions/n"}}}},"x{index}":{{"type":"integer"}}}},
        "required":{required},"additionalProperties":false}}"##
    )
}
