//! One change of a value.

use contexture_compare::sample::Random;
use serde_json::{Map, Value, json};

use super::words::{keyword, scalar, schema, text, value_of};

/// Changes a value in one place.
pub(super) fn mutate(root: &mut Value, random: &mut Random) {
    let other = pick(root, random).clone();
    let place = pick(root, random);
    match random.below(12) {
        0 => *place = schema(random),
        1 => *place = scalar(random),
        2 => *place = other,
        3 => wrap(place, random),
        4 => remove(place, random),
        5 => rename(place, random),
        6 => insert(place, text(random).to_owned(), other),
        _ => {
            let keyword = keyword(random);
            let value = if random.percent(80) {
                value_of(keyword, random)
            } else {
                other
            };
            insert(place, keyword.to_owned(), value);
        }
    }
}

/// A random value: the root, or one inside of it.
fn pick<'a>(root: &'a mut Value, random: &mut Random) -> &'a mut Value {
    let index = random.below(count(root));
    nth(root, &mut { index }).expect("the index is below the count")
}

fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn nth<'a>(value: &'a mut Value, index: &mut usize) -> Option<&'a mut Value> {
    if *index == 0 {
        return Some(value);
    }
    *index -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, index)),
        Value::Object(fields) => fields.values_mut().find_map(|value| nth(value, index)),
        _ => None,
    }
}

fn insert(place: &mut Value, name: String, value: Value) {
    match place {
        Value::Object(fields) => {
            fields.insert(name, value);
        }
        Value::Array(items) => items.push(value),
        _ => *place = json!({ name: value }),
    }
}

fn remove(place: &mut Value, random: &mut Random) {
    match place {
        Value::Object(fields) if !fields.is_empty() => {
            let name = key(fields, random);
            fields.shift_remove(&name);
        }
        Value::Array(items) if !items.is_empty() => {
            items.remove(random.below(items.len()));
        }
        place => *place = Value::Null,
    }
}

fn rename(place: &mut Value, random: &mut Random) {
    if let Value::Object(fields) = place
        && !fields.is_empty()
    {
        let value = fields.shift_remove(&key(fields, random));
        fields.insert(text(random).to_owned(), value.unwrap_or_default());
    }
}

fn key(fields: &Map<String, Value>, random: &mut Random) -> String {
    let names: Vec<_> = fields.keys().collect();
    (*random.pick(&names)).clone()
}

fn wrap(place: &mut Value, random: &mut Random) {
    let inner = place.take();
    *place = match random.below(8) {
        0 => json!({ "anyOf": [inner, schema(random)] }),
        1 => json!({ "oneOf": [schema(random), inner] }),
        2 => json!({ "allOf": [inner, schema(random)] }),
        3 => json!({ "not": inner }),
        4 => json!({ "type": "array", "items": inner }),
        5 => json!({ "type": "object", "additionalProperties": inner }),
        6 => {
            json!({ "type": "object", "properties": { text(random): inner }, "required": [text(random)] })
        }
        _ => json!([inner]),
    };
}
