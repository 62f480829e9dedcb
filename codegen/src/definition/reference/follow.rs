//! The resolution of references.

use serde_json::Value;

use super::address::{Reference, decode, join};
use super::index::{Index, Link};
use crate::definition::SchemaAt;
use crate::diagnostic::{FileId, Files, Pointer};
use crate::json_schema::Dialect;
use crate::sections::embedded_schemas;

/// The reason why a reference is not resolved.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::definition) enum Dangling {
    MissingEntity {
        name: String,
        entities: Vec<String>,
    },
    /// Neither the schema nor the definition has a shared schema of this name; `known` are those of both.
    MissingDefinition {
        name: String,
        known: Vec<String>,
    },
    /// A reason that fits in a label.
    Nowhere(String),
    /// No schema has the address, and no file was opened for it yet.
    Unopened(String),
    /// The file could not be read, which has its own diagnostic.
    UnreadFile,
}

/// The files and addresses that references are resolved with.
#[derive(Clone, Copy, Debug)]
pub(in crate::definition) struct Graph<'a> {
    pub(in crate::definition) files: &'a Files,
    pub(in crate::definition) index: &'a Index,
    /// The file of the definition, in which `#` is a schema and not the file.
    pub(in crate::definition) definition: FileId,
}

impl Graph<'_> {
    /// How a schema is read.
    pub(in crate::definition) fn dialect(self, at: &SchemaAt) -> Dialect {
        let value = |pointer: &Pointer| self.files.value(at.file, pointer);
        self.index.dialect(value, at)
    }
}

/// Where schemas to share are.
const DEFINITIONS: &str = "definitions";

/// Resolves a reference.
pub(in crate::definition) fn follow(
    graph: Graph<'_>,
    from: &SchemaAt,
    text: &str,
) -> Result<SchemaAt, Dangling> {
    let Reference { address, fragment } = Reference::parse(text);
    let fragment = decode(fragment);
    let around = graph.index.resource(from);
    if address.is_empty() {
        let pointer = Pointer::parse(&fragment);
        let entity = pointer.as_ref().and_then(split_entity);
        let Some((name, rest)) = entity else {
            let shared = pointer.and_then(|pointer| split(&pointer, DEFINITIONS));
            return match shared {
                Some((name, rest)) => follow_definition(graph, &around, &name, &rest),
                None => within(graph, around, &fragment),
            };
        };
        // A schema of another tool may have entities of its own.
        return follow_entity(graph, from.file, &name, &rest)
            .or_else(|dangling| within(graph, around, &fragment).map_err(|_| dangling));
    }
    let Some(address) = join(graph.index.address(&around), address) else {
        return Err(Dangling::Nowhere(format!("`{address}` is not an address")));
    };
    if let Some(at) = graph.index.find(&address, from) {
        return within(graph, at.clone(), &fragment);
    }
    match graph.index.link_of(&address) {
        None => Err(Dangling::Unopened(address)),
        Some(Link::Unread) => Err(Dangling::UnreadFile),
        Some(Link::Opened(file)) => follow_into_file(graph, file, &fragment),
    }
}

/// The name and the rest of `/entities/<name>/…`.
fn split_entity(pointer: &Pointer) -> Option<(String, Pointer)> {
    split(pointer, "entities")
}

/// The name and the rest of `/<collection>/<name>/…`.
fn split(pointer: &Pointer, collection: &str) -> Option<(String, Pointer)> {
    let mut names = pointer.names();
    (names.next()? == collection).then_some(())?;
    let name = names.next()?;
    Some((
        name,
        names.fold(Pointer::root(), |rest, name| rest.child(&name)),
    ))
}

/// The definition of a name that the schema has itself, or else the one that the file has for all of its schemas.
fn follow_definition(
    graph: Graph<'_>,
    around: &SchemaAt,
    name: &str,
    rest: &Pointer,
) -> Result<SchemaAt, Dangling> {
    let value = &graph.files.get(around.file).value;
    let section = Pointer::root().child(DEFINITIONS);
    let own = around.pointer.join(&section);
    if own.child(name).find(value).is_some() {
        return arrive(graph, around, &section.child(name).join(rest));
    }
    let is_sharing = around.file == graph.definition;
    if is_sharing && section.child(name).find(value).is_some() {
        let shared = SchemaAt::new(around.file, section.child(name));
        return arrive(graph, &shared, rest);
    }
    let sections = [Some(own), Some(section).filter(|_| is_sharing)];
    let found = sections
        .iter()
        .flatten()
        .filter_map(|at| at.find(value)?.as_object());
    Err(Dangling::MissingDefinition {
        name: name.to_owned(),
        known: found.flat_map(|names| names.keys().cloned()).collect(),
    })
}

/// An entity stands for its schema, in whichever file it is.
fn follow_entity(
    graph: Graph<'_>,
    file: FileId,
    name: &str,
    rest: &Pointer,
) -> Result<SchemaAt, Dangling> {
    let entities = Pointer::root().child("entities");
    let schema = entities.child(name).child("schema");
    let value = &graph.files.get(file).value;
    if schema.find(value).is_some() {
        let is_own = file == graph.definition;
        let root = if is_own {
            schema.clone()
        } else {
            Pointer::root()
        };
        return arrive(
            graph,
            &SchemaAt {
                file,
                root,
                pointer: schema,
            },
            rest,
        );
    }
    if file != graph.definition && entities.child(name).find(value).is_some() {
        let root = SchemaAt::new(file, Pointer::root());
        return arrive(graph, &root, &entities.child(name).join(rest));
    }
    let entities = entities.find(value).and_then(Value::as_object);
    let entities = entities
        .into_iter()
        .flat_map(|entities| entities.keys().cloned())
        .collect();
    Err(Dangling::MissingEntity {
        name: name.to_owned(),
        entities,
    })
}

/// In another file `#` is the file; in the definition itself it is the schema that is arrived in.
fn follow_into_file(graph: Graph<'_>, file: FileId, fragment: &str) -> Result<SchemaAt, Dangling> {
    let root = SchemaAt::new(file, Pointer::root());
    let Some(pointer) = Pointer::parse(fragment) else {
        return within(graph, root, fragment);
    };
    if let Some((name, rest)) = split_entity(&pointer) {
        let schema = Pointer::root()
            .child("entities")
            .child(&name)
            .child("schema");
        if schema.find(&graph.files.get(file).value).is_some() {
            return follow_entity(graph, file, &name, &rest);
        }
    }
    let at = arrive(graph, &root, &pointer)?;
    if file != graph.definition {
        return Ok(at);
    }
    let around = embedded_schemas(&graph.files.get(file).value)
        .into_iter()
        .find(|schema| at.pointer.is_within(schema));
    Ok(SchemaAt {
        root: around.unwrap_or_else(|| at.pointer.clone()),
        ..at
    })
}

/// The schema that a pointer or an anchor leads to in one that `#` means.
fn within(graph: Graph<'_>, resource: SchemaAt, fragment: &str) -> Result<SchemaAt, Dangling> {
    if let Some(pointer) = Pointer::parse(fragment) {
        return arrive(graph, &resource, &pointer);
    }
    let nowhere = || Dangling::Nowhere(format!("no schema has the anchor `{fragment}`"));
    graph
        .index
        .anchor(resource, fragment)
        .cloned()
        .ok_or_else(nowhere)
}

/// The schema at a pointer below another one, if one is there.
fn arrive(graph: Graph<'_>, from: &SchemaAt, pointer: &Pointer) -> Result<SchemaAt, Dangling> {
    let whole = &graph.files.get(from.file).value;
    let Some(mut value) = from.pointer.find(whole) else {
        return Err(Dangling::Nowhere("there is nothing in the file".to_owned()));
    };
    let mut reached = Pointer::root();
    for name in pointer.names() {
        let next = reached.child(&name);
        let Some(found) = from.pointer.join(&next).find(whole) else {
            let reason = format!("there is no `{name}` in `#{reached}`");
            return Err(Dangling::Nowhere(reason));
        };
        value = found;
        reached = next;
    }
    if value.is_object() || value.is_boolean() {
        Ok(from.join(pointer))
    } else {
        Err(Dangling::Nowhere(format!(
            "there is no schema at `#{pointer}`"
        )))
    }
}
