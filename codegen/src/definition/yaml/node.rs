//! Values as the reader gives them: every key and every value with its place.

use std::ops::Range;

use serde_json::Value;

/// A value and its place. The place of a list or an object is that of its start, and that of an alias is its anchor's.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) place: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Nothing, if the key is a list or an object.
    pub(super) name: Option<String>,
    pub(super) place: Range<usize>,
}

impl Key {
    pub(super) fn of(text: &str, node: Node) -> Self {
        let name = match node.content {
            Content::Scalar(Value::String(name)) => Some(name),
            // `200:` in YAML is a number; the author means the string.
            Content::Scalar(_) => Some(text.get(node.place.clone()).unwrap_or_default().to_owned()),
            Content::List(_) | Content::Map(_) => None,
        };
        Self {
            name,
            place: node.place,
        }
    }
}
