//! A draft of an example: most likely valid.

use contexture::meaning::{Meaning, list};
use serde_json::{Map, Value, json};

use super::leaf;

/// The depth at which a draft ends. A schema can contain itself.
const DEEPEST: usize = 24;

/// The most items of a list, so that a list of thousands is left out.
const MOST_ITEMS: u64 = 50;

/// How many optional fields a draft has.
#[derive(Clone, Copy)]
pub(super) struct Optional {
    /// The depth above which objects have optional fields.
    pub(super) depth: usize,
    /// The most of an object inside of others.
    pub(super) each: usize,
}

/// Drafts a value. It has the fields that are required, those with a default or an example, and some others. Of a union it takes
/// the alternative whose turn it is.
pub(super) fn draft(schema: &Value, optional: Optional, turn: usize) -> Option<Value> {
    let drafter = Drafter {
        root: schema,
        optional,
        turn,
    };
    drafter.value(&Meaning::of(schema, schema), "value", 0)
}

struct Drafter<'a> {
    root: &'a Value,
    optional: Optional,
    turn: usize,
}

impl<'a> Drafter<'a> {
    fn value(&self, meaning: &Meaning<'a>, name: &str, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(given) = self.given(meaning) {
            return Some(given);
        }
        let meaning = &self.chosen(meaning);
        if let Some(given) = self.given(meaning) {
            return Some(given);
        }
        match kind(meaning) {
            "object" => self.object(meaning, depth),
            "array" => self.array(meaning, name, depth),
            "boolean" => Some(true.into()),
            "null" => Some(Value::Null),
            "integer" | "number" => leaf::number(meaning),
            _ => leaf::text(meaning, name),
        }
    }

    /// What the schema says about its value, unless it is secret.
    fn given(&self, meaning: &Meaning<'a>) -> Option<Value> {
        if meaning.has_secret(self.root) {
            return None;
        }
        let first = |keyword: &str| meaning.first(keyword)?.get(0);
        let written = meaning
            .first("const")
            .or_else(|| first("examples"))
            .or_else(|| meaning.first("example"))
            .or_else(|| meaning.first("default"));
        let options = || Some(meaning.options()?.first()?.value.clone());
        written.cloned().or_else(options)
    }

    /// A schema together with the alternative of each union whose turn it is.
    fn chosen(&self, meaning: &Meaning<'a>) -> Meaning<'a> {
        let mut chosen = meaning.clone();
        let mut done = Vec::new();
        while done.len() < DEEPEST {
            let unions = chosen.all("anyOf").chain(chosen.all("oneOf"));
            let unions: Vec<_> = unions.collect();
            let is_new = |union: &&Value| !done.contains(&std::ptr::from_ref(*union));
            let Some(union) = unions.into_iter().find(is_new) else {
                break;
            };
            done.push(std::ptr::from_ref(union));
            let alternatives =
                list(Some(union)).filter(|alternative| alternative["type"] != "null");
            let alternatives: Vec<_> = alternatives.collect();
            // The only one beside `null` is read as the schema itself.
            if alternatives.len() > 1 {
                let alternative = alternatives[self.turn % alternatives.len()];
                chosen = Meaning::of(alternative, self.root).and(&chosen);
            }
        }
        chosen
    }

    fn object(&self, meaning: &Meaning<'a>, depth: usize) -> Option<Value> {
        let required: Vec<&str> = meaning
            .all("required")
            .flat_map(|names| list(Some(names)))
            .filter_map(Value::as_str)
            .collect();
        let mut fields = Map::new();
        let properties = meaning.all("properties").filter_map(Value::as_object);
        let mut properties: Vec<_> = properties.flatten().collect();
        // The order in which the fields are listed.
        properties.sort_by_key(|(name, _)| !required.contains(&name.as_str()));
        for (name, schema) in properties {
            let property = Meaning::of(schema, self.root);
            let is_required = required.contains(&name.as_str());
            let count = fields
                .keys()
                .filter(|name| !required.contains(&name.as_str()));
            let has_room = depth == 0 || count.count() < self.optional.each;
            let is_wanted = depth < self.optional.depth && has_room
                || self.given(&property).is_some() && property.first("enum").is_none();
            if *schema == Value::Bool(false) || !(is_required || is_wanted) {
                continue;
            }
            match self.value(&property, name, depth + 1) {
                Some(value) => drop(fields.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required {
            if !fields.contains_key(name) {
                fields.insert(name.to_owned(), self.other(meaning, name, depth)?);
            }
        }
        self.fill(meaning, &mut fields, depth)?;
        Some(fields.into())
    }

    /// Adds fields that have no names of their own, as many as there have to be, or one to show what they are.
    fn fill(
        &self,
        meaning: &Meaning<'a>,
        fields: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<()> {
        let least = meaning.all("minProperties").filter_map(Value::as_u64).max();
        let is_map = fields.is_empty()
            && meaning
                .first("additionalProperties")
                .is_some_and(Value::is_object);
        let shown = u64::from(is_map && depth < self.optional.depth);
        let wanted = least.unwrap_or_default().max(shown).min(MOST_ITEMS);
        let mut number = 1;
        while (fields.len() as u64) < wanted {
            let name = format!("name{number}");
            number += 1;
            if !fields.contains_key(&name) {
                let value = self.other(meaning, &name, depth)?;
                fields.insert(name, value);
            }
        }
        Some(())
    }

    /// The value of a field that the schema does not declare.
    fn other(&self, meaning: &Meaning<'a>, name: &str, depth: usize) -> Option<Value> {
        match meaning.first("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(rest @ Value::Object(_)) => {
                self.value(&Meaning::of(rest, self.root), "value", depth + 1)
            }
            _ => Some(json!(name)),
        }
    }

    fn array(&self, meaning: &Meaning<'a>, name: &str, depth: usize) -> Option<Value> {
        let bounds = |keyword| meaning.all(keyword).filter_map(Value::as_u64);
        let least = bounds("minItems").max().unwrap_or_default();
        let most = bounds("maxItems").min().unwrap_or(u64::MAX);
        if let Some(Value::Array(places)) = meaning.first("items") {
            let items = places
                .iter()
                .map(|place| self.value(&Meaning::of(place, self.root), name, depth + 1));
            return items.collect::<Option<Vec<_>>>().map(Value::from);
        }
        let shown = u64::from(depth < self.optional.depth.saturating_mul(2));
        let wanted = least.max(shown).min(most).min(MOST_ITEMS);
        let item = meaning.first("items").unwrap_or(&Value::Bool(true));
        if wanted == 0 || (*item == Value::Bool(true) && least == 0) {
            return Some(json!([]));
        }
        let singular = name.strip_suffix('s').unwrap_or(name);
        let item = Meaning::of(item, self.root);
        match self.value(&item, singular, depth + 1) {
            Some(first) => Some(self.items(&item, &first, wanted)),
            None => (least == 0).then(|| json!([])),
        }
    }

    /// As many items as wanted: the values of an enumeration one after the other, else the same item.
    fn items(&self, item: &Meaning<'a>, first: &Value, wanted: u64) -> Value {
        let options = item.options().filter(|_| !item.has_secret(self.root));
        let others = options.unwrap_or_default().into_iter();
        let others = others
            .map(|option| option.value)
            .filter(|value| *value != *first);
        let items = std::iter::once(first.clone()).chain(others);
        let items = items.chain(std::iter::repeat(first.clone()));
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        items.take(wanted).collect::<Vec<_>>().into()
    }
}

/// The type of the value to draft.
fn kind<'a>(meaning: &Meaning<'a>) -> &'a str {
    let names = meaning.all("type").flat_map(|names| match names {
        Value::Array(names) => names.iter().collect(),
        name => vec![name],
    });
    let names: Vec<_> = names.filter_map(Value::as_str).collect();
    let first = names.iter().find(|name| **name != "null").or(names.first());
    let has = |keyword: &str| meaning.first(keyword).is_some();
    first.copied().unwrap_or_else(|| {
        if has("properties") || has("required") || has("additionalProperties") {
            "object"
        } else if has("items") {
            "array"
        } else {
            "string"
        }
    })
}
