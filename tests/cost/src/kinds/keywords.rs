//! The keywords of JSON Schema that apply a subschema or compare values.

use super::schema::Validation;
use crate::inputs::{DEPTH, Input, list, nested, object};

/// Values with the recursion of the schemas below.
const RECURSIVE: &[Input] = &[
    ("deep members, of which the last is wrong", |size| {
        list(size, |_| nested(DEPTH, "{\"a\":", "null", "}"))
    }),
    ("lists in members", |size| {
        list(size, |_| nested(DEPTH / 2, "{\"l\":[", "{\"a\":{}}", "]}"))
    }),
    ("a wide object deep inside", |size| {
        let inner = object(size, |index| format!("\"x{index}\":{{\"x\":0}}"));
        nested(DEPTH, "{\"a\":", &inner, "}")
    }),
    ("a wide list deep inside", |size| {
        let inner = list(size, |_| "{\"x\":0}".to_owned());
        nested(DEPTH, "{\"a\":", &inner, "}")
    }),
    ("wide objects in a list", |size| {
        list(size, |_| object(300, |index| format!("\"x{index}\":0")))
    }),
    ("deep objects with a member beside each", |size| {
        list(size, |_| nested(DEPTH, "{\"x\":0,\"a\":", "null", "}"))
    }),
    ("long names around everything", |size| {
        let name = "é".repeat(200);
        list(size, |_| {
            nested(DEPTH, &format!("{{\"{name}\":{{\"a\":"), "null", "}}")
        })
    }),
];

/// Values that are almost equal.
const SIMILAR: &[Input] = &[
    ("different long arrays with the same beginning", |size| {
        list(size, |index| {
            format!("[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,{index}]")
        })
    }),
    ("different long texts with the same beginning", |size| {
        let beginning = "a".repeat(200);
        list(size, |index| format!("\"{beginning}{index}\""))
    }),
    ("different objects with the same names", |size| {
        list(size, |index| format!("{{\"a\":{{\"b\":0}},\"c\":{index}}}"))
    }),
    ("integers that are one float", |size| {
        list(size, |index| {
            format!("{}", 18_446_744_073_709_551_615 - index as u64)
        })
    }),
    ("integers near one float", |size| {
        list(size, |index| {
            format!("{}", 9_223_372_036_854_775_807 - index as u64)
        })
    }),
    ("objects whose members change places", |size| {
        list(size, |index| {
            let bit = |place: usize| (index >> place) & 1;
            let members = (0..24).map(|place| format!("\"k{place}\":{}", bit(place)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        })
    }),
    ("pairs of lists of lists", |size| {
        let half = list(size / 2, |_| "[[]]".to_owned());
        format!("[{half},{half}]")
    }),
];

pub(super) fn validations() -> Vec<Validation> {
    let mut kinds = Vec::new();
    for (name, schema) in RECURSIVE_SCHEMAS {
        kinds.push(Validation::new(*name, (*schema).to_owned(), RECURSIVE));
    }
    for (name, schema) in COMPARING_SCHEMAS {
        let validation = Validation::new(*name, (*schema).to_owned(), SIMILAR);
        kinds.push(validation);
    }
    let many: Vec<_> = (0..1000)
        .map(|index| format!("\"option-{index}\""))
        .collect();
    let many = many.join(",");
    kinds.push(Validation::new(
        "enum of 1000 texts",
        format!(r#"{{"items":{{"enum":[{many}]}}}}"#),
        SIMILAR,
    ));
    kinds
}

/// `a` is a property and `l` a list of the schema itself.
const RECURSIVE_SCHEMAS: &[(&str, &str)] = &[
    (
        "properties, required",
        r##"{"items":{"$ref":"#/definitions/o"},"definitions":{"o":{"type":"object","properties":{"a":{"$ref":"#/definitions/o"},"l":{"type":"array","items":{"$ref":"#/definitions/o"}},"x":{"type":"string"}},"required":["y","z"],"additionalProperties":false}}}"##,
    ),
    (
        "additionalProperties: false",
        r##"{"items":{"$ref":"#"},"properties":{"a":{"$ref":"#"},"l":{"$ref":"#"}},"additionalProperties":false}"##,
    ),
    (
        "additionalProperties: a schema",
        r##"{"items":{"$ref":"#"},"type":["object","array"],"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "patternProperties",
        r##"{"items":{"$ref":"#"},"patternProperties":{"^a$":{"$ref":"#"},"^[a-z]$":{"$ref":"#"},"[0-9]$":{"type":"string"},"a+b":{}},"additionalProperties":false}"##,
    ),
    (
        "propertyNames",
        r##"{"items":{"$ref":"#"},"propertyNames":{"pattern":"^[a-z]+$","maxLength":5},"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "items",
        r##"{"type":"array","items":{"$ref":"#"},"minItems":1}"##,
    ),
    (
        "tuples",
        r##"{"items":[{"$ref":"#"},{"type":"string"}],"additionalItems":{"$ref":"#"},"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "tuples, closed",
        r##"{"items":[{"$ref":"#"},{"type":"string"}],"additionalItems":false,"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "contains",
        r##"{"contains":{"$ref":"#"},"additionalProperties":{"$ref":"#"},"properties":{"x":false}}"##,
    ),
    (
        "contains and items",
        r##"{"contains":{"$ref":"#"},"items":{"$ref":"#"},"type":"array"}"##,
    ),
    (
        "allOf",
        r##"{"allOf":[{"$ref":"#/definitions/o"},{"$ref":"#/definitions/p"},{"items":{"$ref":"#"}}],"definitions":{"o":{"additionalProperties":{"$ref":"#"}},"p":{"properties":{"a":{"$ref":"#"},"x":{"type":"string"}},"required":["z"],"items":{"$ref":"#"}}}}"##,
    ),
    (
        "if, then, else",
        r##"{"if":{"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"},"required":["a"]},"then":{"properties":{"a":{"$ref":"#"}},"required":["z"]},"else":{"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"},"additionalProperties":{"$ref":"#"},"type":["object","array"]}}"##,
    ),
    (
        "not",
        r##"{"items":{"$ref":"#"},"not":{"properties":{"a":{"$ref":"#"}},"required":["x"],"items":{"not":{"$ref":"#"}}},"properties":{"a":{"$ref":"#"}}}"##,
    ),
    (
        "not of not",
        r##"{"not":{"not":{"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"},"additionalProperties":{"$ref":"#"},"type":["object","array"]}}}"##,
    ),
    (
        "dependencies",
        r##"{"items":{"$ref":"#"},"dependencies":{"a":{"properties":{"a":{"$ref":"#"}},"required":["z"]},"x":["z","a"],"l":{"properties":{"l":{"$ref":"#"}}}},"properties":{"a":{"$ref":"#"},"l":{"$ref":"#"}}}"##,
    ),
    (
        "unevaluatedProperties: false",
        r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","items":{"$ref":"#"},"anyOf":[{"properties":{"a":{"$ref":"#"}}},{"properties":{"l":{"$ref":"#"}}}],"allOf":[{"properties":{"a":{"$ref":"#"}}}],"unevaluatedProperties":false}"##,
    ),
    (
        "unevaluatedProperties: a schema",
        r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","items":{"$ref":"#"},"type":["array","object"],"allOf":[{"properties":{"a":{"$ref":"#"}}}],"unevaluatedProperties":{"$ref":"#"}}"##,
    ),
    (
        "unevaluatedProperties inside of itself",
        r##"{"$schema":"https://json-schema.org/draft/2019-09/schema","items":{"$ref":"#"},"anyOf":[{"$ref":"#/$defs/o"},{"$ref":"#/$defs/p"}],"unevaluatedProperties":false,"$defs":{"o":{"properties":{"a":{"$ref":"#"}},"required":["y"],"unevaluatedProperties":{"$ref":"#"}},"p":{"properties":{"a":{"$ref":"#"},"l":{"$ref":"#"}},"unevaluatedProperties":{"type":"string"}}}}"##,
    ),
    (
        "unevaluatedItems",
        r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","contains":{"$ref":"#"},"prefixItems":[{"$ref":"#"}],"anyOf":[{"prefixItems":[{"$ref":"#"},{"$ref":"#"}]},{"type":"object"}],"additionalProperties":{"$ref":"#"},"unevaluatedItems":{"$ref":"#"}}"##,
    ),
    (
        "unevaluatedItems: false",
        r##"{"$schema":"https://json-schema.org/draft/2019-09/schema","contains":{"$ref":"#"},"anyOf":[{"items":[{"$ref":"#"},{"$ref":"#"}]},{"type":"object"}],"additionalProperties":{"$ref":"#"},"unevaluatedItems":false}"##,
    ),
    (
        "$dynamicRef",
        r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","$dynamicAnchor":"n","type":["object","array"],"additionalProperties":{"$dynamicRef":"#n"},"items":{"$dynamicRef":"#n"}}"##,
    ),
    (
        // Each size of a list of deep values violates `maxItems`: a value that only becomes invalid at a larger size
        // would look like a cost that grows.
        "sizes",
        r##"{"items":{"$ref":"#"},"minItems":2,"maxItems":5,"minProperties":2,"maxProperties":9,"minLength":2,"maxLength":9,"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "numbers",
        r##"{"items":{"$ref":"#"},"multipleOf":0.01,"minimum":1,"exclusiveMaximum":5,"additionalProperties":{"$ref":"#"}}"##,
    ),
];

const COMPARING_SCHEMAS: &[(&str, &str)] = &[
    ("uniqueItems", r#"{"uniqueItems":true}"#),
    (
        "uniqueItems inside of itself",
        r##"{"uniqueItems":true,"items":{"$ref":"#"},"additionalProperties":{"$ref":"#"}}"##,
    ),
    (
        "const",
        r#"{"items":{"const":{"a":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1],"b":{"c":[{"d":"e"}]}}}}"#,
    ),
    (
        "enum of objects",
        r#"{"items":{"enum":[[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,-1],{"a":{"b":0},"c":-1},{"a":{"b":1},"c":-1}]}}"#,
    ),
];
