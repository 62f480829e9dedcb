//! Direct reading and writing: the nodes of a schema, beside which a type is read and written.

use jsonschema::ValidationError;
use serde_json::Value;

use super::{pattern::bounded, planner::Planner};
use crate::value::json::{Json, Node, Reader, Sink, Source, TextPart, Writer};

/// The nodes of a schema.
#[derive(Debug)]
pub(super) struct Plan {
    root: Node,
    /// The nodes that references point to.
    definitions: Vec<Node>,
}

impl Plan {
    /// Creates the plan of a schema, or `None` if only a validator can decide about it.
    ///
    /// # Errors
    ///
    /// Returns an error if a part is not a valid schema.
    pub(super) fn of(schema: &Value) -> Result<Option<Self>, ValidationError<'static>> {
        let Some(planner) = Planner::of(schema) else {
            return Ok(None);
        };
        let Some(root) = planner.simple(schema)? else {
            return Ok(None);
        };
        let definitions = planner.definitions()?;
        let goes_in_circles = definitions.iter().any(|node| is_circle(node, &definitions));
        Ok((!goes_in_circles).then_some(Self { root, definitions }))
    }

    /// Reads a type from a text, if it is valid and has no unusual form.
    pub(super) fn read<'t, T: Json>(&'t self, text: TextPart<'t>) -> Option<T> {
        let mut reader = Reader::new(text, &self.definitions);
        let (read, finished) = bounded(|| T::read(Source::text(&mut reader, &self.root)).ok());
        let read = read.filter(|_| finished)?;
        reader.end()?;
        Some(read)
    }

    /// Appends a type to a text, if it is valid and has no unusual form. Otherwise the end of the text is undefined.
    pub(super) fn write<T: Json>(&self, value: &T, text: &mut Vec<u8>) -> bool {
        let mut writer = Writer::new(text, &self.definitions);
        let (written, finished) = bounded(|| value.write(Sink::text(&mut writer, &self.root)));
        written.is_ok() && finished
    }
}

/// Whether references lead from a node to itself without anything in between.
fn is_circle(node: &Node, definitions: &[Node]) -> bool {
    let mut at = node;
    for _ in 0..=2 * definitions.len() {
        match at {
            Node::Reference(index) => at = &definitions[*index],
            // Null is told apart by its first byte, and nothing is read before the other value.
            Node::Nullable(node) => at = node,
            _ => return false,
        }
    }
    true
}
