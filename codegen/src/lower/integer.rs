//! Integers: the type that holds all that a schema names.

use serde_json::{Map, Number, Value};

use crate::definition::SchemaAt;
use crate::lower::context::Lowering;
use crate::model::TypeRef;

/// The formats of integers that `i64` does not hold.
const UNSIGNED: [&str; 2] = ["uint64", "uint"];
/// The formats of integers that no integer of 64 bits holds.
const LONGER: [&str; 2] = ["int128", "uint128"];

impl Lowering<'_> {
    /// Lowers an integer: `i64`, unless the schema names integers that it does not hold.
    pub(super) fn lower_integer(&self, parts: &[SchemaAt]) -> TypeRef {
        let mut range = Range::default();
        let mut formats = Vec::new();
        for part in parts {
            let Some(schema) = self.keywords(part) else {
                continue;
            };
            range.narrow(&schema);
            formats.extend(
                schema
                    .get("format")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
        }
        let has_one_of = |known: &[&str]| formats.iter().any(|name| known.contains(&&**name));
        let is_unsigned = has_one_of(&UNSIGNED);
        if has_one_of(&LONGER)
            || range.goes_below(i64::MIN.into())
            || range.goes_above(u64::MAX.into())
        {
            TypeRef::Number
        } else if is_unsigned || range.goes_above(i64::MAX.into()) {
            // The format alone says that there are no negative ones.
            let is_signed = range.goes_below(0) || (range.least.is_none() && !is_unsigned);
            if is_signed {
                TypeRef::Number
            } else {
                TypeRef::Unsigned
            }
        } else {
            TypeRef::Integer
        }
    }
}

/// The integers that schemas name: the bounds are part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Range {
    least: Option<i128>,
    most: Option<i128>,
}

impl Range {
    /// Whether the lower bound is below an integer; an unknown bound is not.
    fn goes_below(self, limit: i128) -> bool {
        self.least.is_some_and(|least| least < limit)
    }

    /// Whether one of the bounds is above an integer.
    fn goes_above(self, limit: i128) -> bool {
        self.least.max(self.most).is_some_and(|most| most > limit)
    }

    /// Applies the bounds and the values that a schema lists.
    fn narrow(&mut self, schema: &Map<String, Value>) {
        // In draft 4 the exclusive bound is a flag.
        let is_exclusive = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
        let number = |keyword: &str| schema.get(keyword).and_then(Value::as_number);
        if let Some(bound) = number("minimum") {
            self.raise(bound, is_exclusive("exclusiveMinimum"));
        }
        if let Some(bound) = number("exclusiveMinimum") {
            self.raise(bound, true);
        }
        if let Some(bound) = number("maximum") {
            self.lower(bound, is_exclusive("exclusiveMaximum"));
        }
        if let Some(bound) = number("exclusiveMaximum") {
            self.lower(bound, true);
        }
        let listed = schema.get("enum").and_then(Value::as_array);
        let listed = listed.map_or(&[][..], Vec::as_slice).iter();
        let values = listed.chain(schema.get("const"));
        let values = values.filter_map(Value::as_number);
        let (least, most) = (values.clone().map(floor).min(), values.map(floor).max());
        self.least = self.least.max(least);
        self.most = match (self.most, most) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    fn raise(&mut self, bound: &Number, is_exclusive: bool) {
        let whole = floor(bound);
        let is_whole = bound.as_f64().is_none_or(|bound| bound.fract() == 0.0);
        let least = if is_whole && !is_exclusive {
            whole
        } else {
            whole + 1
        };
        self.least = self.least.max(Some(least));
    }

    fn lower(&mut self, bound: &Number, is_exclusive: bool) {
        let whole = floor(bound);
        let is_whole = bound.as_f64().is_none_or(|bound| bound.fract() == 0.0);
        let most = if is_whole && is_exclusive {
            whole - 1
        } else {
            whole
        };
        self.most = Some(self.most.map_or(most, |before| before.min(most)));
    }
}

/// The greatest integer that is not above a number. Numbers beyond 10³⁰ count as that.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is in the range"
)]
fn floor(number: &Number) -> i128 {
    const FAR: f64 = 1e30;
    let signed = number.as_i64().map(i128::from);
    let exact = signed.or_else(|| number.as_u64().map(i128::from));
    exact.unwrap_or_else(|| {
        let float = number.as_f64().unwrap_or_default();
        float.clamp(-FAR, FAR).floor() as i128
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::code_of;

    /// The type of a required property with a schema.
    #[track_caller]
    fn check(mut schema: Value, expected: &str) {
        schema["type"] = json!("integer");
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "cart": { "schema": {
                "type": "object", "properties": { "size": schema }, "required": ["size"],
            } } },
        });
        let code = code_of(&definition);
        let field = code.split("pub size: ").nth(1).expect("the field");
        let ty = field.split(",\n").next().unwrap_or_default();
        assert_eq!(ty, expected, "{schema}");
    }

    #[test]
    fn an_integer_is_signed_unless_the_schema_names_greater_ones() {
        check(json!({}), "i64");
        check(json!({ "minimum": 0 }), "i64");
        check(json!({ "maximum": i64::MAX }), "i64");
        check(json!({ "format": "int64", "minimum": i64::MIN }), "i64");
        check(json!({ "format": "uint32", "minimum": 0 }), "i64");
        check(json!({ "enum": [1, i64::MAX] }), "i64");
    }

    #[test]
    fn an_integer_without_negative_values_is_unsigned_if_the_schema_names_greater_ones() {
        check(json!({ "format": "uint64" }), "u64");
        check(
            json!({ "format": "uint64", "minimum": 0, "maximum": 10 }),
            "u64",
        );
        check(json!({ "format": "uint", "minimum": 0.0 }), "u64");
        check(json!({ "minimum": 0, "maximum": u64::MAX }), "u64");
        check(
            json!({ "exclusiveMinimum": -1, "exclusiveMaximum": 18_446_744_073_709_551_616.0 }),
            "u64",
        );
        check(json!({ "minimum": 9_223_372_036_854_775_808_u64 }), "u64");
        check(json!({ "enum": [0, u64::MAX] }), "u64");
        check(json!({ "const": u64::MAX }), "u64");
        check(
            json!({ "allOf": [{ "minimum": 0, "type": "integer" }, { "maximum": u64::MAX, "type": "integer" }] }),
            "u64",
        );
    }

    #[test]
    fn an_integer_that_no_type_of_64_bits_holds_is_a_number() {
        check(json!({ "maximum": u64::MAX }), "Number");
        check(json!({ "minimum": -1, "maximum": u64::MAX }), "Number");
        check(json!({ "format": "uint64", "minimum": -5 }), "Number");
        check(json!({ "minimum": 0, "maximum": 1e30 }), "Number");
        check(json!({ "minimum": -1e30 }), "Number");
        check(json!({ "format": "uint128", "minimum": 0 }), "Number");
    }
}
