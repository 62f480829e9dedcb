//! A schema at a pointer, behind its references.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use crate::draft::is_later;

/// A schema at a pointer, behind its references.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) at: String,
    pub(super) schema: &'a Value,
    /// The schemas of the references that lead here, if they have other keywords, which do not count. The outermost is first.
    pub(super) beside: Vec<(String, &'a Value)>,
}

impl<'a> Node<'a> {
    /// The schema at a pointer of a document, behind its references.
    pub(super) fn find(root: &'a Value, at: &str) -> Option<Self> {
        let mut at = at.to_owned();
        let mut seen = HashSet::new();
        let mut beside = Vec::new();
        loop {
            let schema = root.pointer(&at)?;
            let Some(target) = target(root, schema) else {
                return Some(Self { at, schema, beside });
            };
            if schema
                .as_object()
                .is_some_and(|keywords| keywords.len() > 1)
            {
                beside.push((at.clone(), schema));
            }
            // References that lead back to themselves lead to no schema.
            if !seen.insert(std::mem::replace(&mut at, target)) {
                return None;
            }
        }
    }

    /// The pointer to which a reference leads that has other keywords beside it, which count.
    pub(super) fn reference(&self) -> Option<String> {
        pointer_of(self.schema)
    }

    /// A keyword.
    pub(super) fn get(&self, keyword: &str) -> Option<&'a Value> {
        self.schema.get(keyword)
    }

    /// The required properties.
    pub(super) fn required(&self) -> Vec<&'a str> {
        let names = self.get("required").and_then(Value::as_array);
        names
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}

/// The pointer to which a schema of a reference leads. In draft 7 the siblings of a reference do not count.
fn target(root: &Value, schema: &Value) -> Option<String> {
    let reference = pointer_of(schema)?;
    let is_alone = schema
        .as_object()
        .is_some_and(|keywords| keywords.len() == 1);
    (is_alone || !is_later(root)).then_some(reference)
}

/// The pointer in a reference of a schema.
fn pointer_of(schema: &Value) -> Option<String> {
    let reference = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    Some(decoded(reference).into_owned())
}

/// A pointer in a reference is percent-encoded.
fn decoded(pointer: &str) -> Cow<'_, str> {
    if !pointer.contains('%') {
        return Cow::Borrowed(pointer);
    }
    let mut bytes = Vec::new();
    let mut rest = pointer.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
