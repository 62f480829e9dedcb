//! The values of a definition at run time: each literal of generated code has exactly the text of the definition.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use crate::support::{scratch, write};
use crate::texts_of::{definition, file};

#[test]
fn every_drawn_value_is_a_literal_of_the_same_text() {
    let folder = scratch("texts-in-literals");
    for seed in 100..105 {
        let drawn = definition(seed, 3);
        let path = write(&folder, "texts.json", file(&drawn));
        let generated =
            contexture_codegen::generate(&path).unwrap_or_else(|refusal| panic!("{refusal}"));
        let mut literals = literals(generated.file.contents.parse().expect("Rust"));
        let json: Vec<Value> = literals
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect();
        // A default without a literal of its own is read from JSON.
        literals.extend(json.iter().filter_map(Value::as_str).map(str::to_owned));
        let mut values = BTreeSet::new();
        collect_values(&drawn, &mut values);
        assert!(values.len() > 500, "{} values", values.len());
        let missing: Vec<_> = values.difference(&literals).collect();
        assert!(missing.is_empty(), "{missing:?} in the definition {seed}");
        // The definition's own text has every schema as it was written.
        for (name, action) in drawn["actions"].as_object().expect("actions") {
            let is_written = |value: &Value| value["actions"][name]["input"] == action["input"];
            assert!(
                json.iter().any(is_written),
                "{name} in the definition {seed}"
            );
        }
    }
}

/// The values of all string literals, without those of attributes.
fn literals(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut is_attribute = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if !is_attribute => found.extend(literals(group.stream())),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    found.insert(text.value());
                }
            }
            TokenTree::Punct(punct) => {
                is_attribute = punct.as_char() == '#';
                continue;
            }
            _ => {}
        }
        is_attribute = false;
    }
    found
}

/// The names of properties, the values of enums and the defaults, as far as they become types.
fn collect_values(schema: &Value, found: &mut BTreeSet<String>) {
    const UNTYPED: &[&str] = &["not", "if", "patternProperties", "examples", "default"];
    match schema {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("properties", Value::Object(properties)) => {
                        found.extend(properties.keys().cloned());
                    }
                    ("enum", Value::Array(values)) => {
                        found.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    ("const" | "default", Value::String(text)) => drop(found.insert(text.clone())),
                    ("default", value) => drop(found.insert(value.to_string())),
                    _ => {}
                }
                if !UNTYPED.contains(&name.as_str()) {
                    collect_values(member, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_values(item, found)),
        _ => {}
    }
}
