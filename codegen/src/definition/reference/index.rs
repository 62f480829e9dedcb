//! Every schema that has an address or a name, and every file that was opened for one.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::address::{Reference, decode, join};
use crate::definition::SchemaAt;
use crate::diagnostic::{FileId, Files, Pointer};
use crate::json_schema::Dialect;

/// The addresses of schemas and files.
#[derive(Clone, Debug, Default)]
pub(in crate::definition) struct Index {
    /// The address of each file.
    files: HashMap<FileId, String>,
    /// The address of each schema that has an `$id`.
    resources: HashMap<SchemaAt, String>,
    /// The schemas of an address: several, if several schemas of a definition have the same `$id`.
    by_address: HashMap<String, Vec<SchemaAt>>,
    /// The schema of an anchor, by the schema that the anchor belongs to.
    anchors: HashMap<(SchemaAt, String), SchemaAt>,
    /// The files that were opened for addresses.
    links: HashMap<String, Link>,
    seen: HashSet<SchemaAt>,
}

/// The file that was opened for an address without a schema.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link {
    Opened(FileId),
    Unread,
}

/// Two schemas that have the same address or the same name.
#[derive(Debug)]
pub(in crate::definition) struct Duplicate {
    pub(in crate::definition) keyword: Pointer,
    pub(in crate::definition) first: SchemaAt,
    pub(in crate::definition) second: SchemaAt,
}

impl Index {
    /// Records the address of a file.
    pub(in crate::definition) fn add_file(&mut self, file: FileId, address: String) {
        self.files.entry(file).or_insert(address);
    }

    /// Records the file that was opened for an address; `None` if it could not be read.
    pub(in crate::definition) fn link(&mut self, address: String, file: Option<FileId>) {
        self.links
            .insert(address, file.map_or(Link::Unread, Link::Opened));
    }

    /// The file that was opened for an address, if that was tried.
    pub(super) fn link_of(&self, address: &str) -> Option<Link> {
        self.links.get(address).copied()
    }

    /// Records the addresses and names of a schema and of all schemas inside it; gives duplicates.
    pub(in crate::definition) fn add(&mut self, files: &Files, at: &SchemaAt) -> Vec<Duplicate> {
        let mut taken = Vec::new();
        let Some(schema) = files.value(at.file, &at.pointer) else {
            return taken;
        };
        let mut open = vec![(at.clone(), schema)];
        while let Some((at, schema)) = open.pop() {
            if !self.seen.insert(at.clone()) {
                continue;
            }
            let declared = schema.get("$schema").and_then(Value::as_str);
            let dialect = match declared {
                Some(_) => Dialect::of(declared),
                None => self.dialect(|pointer| files.value(at.file, pointer), &at),
            };
            if let Some(id) = dialect.id(schema) {
                taken.extend(self.add_id(files, &at, id));
            }
            for name in dialect.anchors(schema) {
                taken.extend(self.add_anchor(files, &at, name));
            }
            let inside = dialect.subschemas(schema).into_iter().rev();
            open.extend(inside.map(|(pointer, schema)| (at.join(&pointer), schema)));
        }
        taken
    }

    /// An `$id` is an address, an anchor, or both.
    fn add_id(&mut self, files: &Files, at: &SchemaAt, id: &str) -> Vec<Duplicate> {
        let Reference { address, fragment } = Reference::parse(id);
        let mut taken = Vec::new();
        let around = self.address(&self.resource(at)).to_owned();
        if !address.is_empty()
            && let Some(address) = join(&around, address)
        {
            let same = self.by_address.entry(address.clone()).or_default();
            let first = same.iter().find(|other| is_other(files, other, at));
            taken.extend(first.map(|first| Duplicate::new("$id", first, at)));
            same.push(at.clone());
            self.resources.insert(at.clone(), address);
        }
        if !fragment.is_empty() && !fragment.starts_with('/') {
            taken.extend(self.add_anchor(files, at, &decode(fragment)));
        }
        taken
    }

    fn add_anchor(&mut self, files: &Files, at: &SchemaAt, name: &str) -> Option<Duplicate> {
        let key = (self.resource(at), name.to_owned());
        let first = self.anchors.entry(key).or_insert_with(|| at.clone());
        is_other(files, first, at).then(|| Duplicate::new("$anchor", first, at))
    }

    /// The schema that `#` means: the nearest one with an `$id`, else the outermost.
    pub(super) fn resource(&self, at: &SchemaAt) -> SchemaAt {
        let mut around = at.clone();
        if self.resources.is_empty() {
            around.pointer.clone_from(&at.root);
        }
        while around.pointer != at.root && !self.resources.contains_key(&around) {
            match around.pointer.parent() {
                Some(parent) => around.pointer = parent,
                None => break,
            }
        }
        around
    }

    /// The address of a schema that `#` can mean.
    pub(super) fn address(&self, resource: &SchemaAt) -> &str {
        let own = self.resources.get(resource);
        own.or_else(|| self.files.get(&resource.file))
            .map_or("", String::as_str)
    }

    /// Whether a file has an address.
    pub(in crate::definition) fn is_file_of(&self, file: FileId, address: &str) -> bool {
        self.files.get(&file).is_some_and(|known| known == address)
    }

    /// Whether references of a schema are relative to its file, and not to an `$id`.
    pub(in crate::definition) fn is_relative_to_file(&self, at: &SchemaAt) -> bool {
        Some(self.address(&self.resource(at))) == self.files.get(&at.file).map(String::as_str)
    }

    /// The schema with an `$id`, that of the same document before all others.
    pub(super) fn find(&self, address: &str, from: &SchemaAt) -> Option<&SchemaAt> {
        let all = self.by_address.get(address)?;
        let own = all
            .iter()
            .find(|at| at.file == from.file && at.root == from.root);
        own.or_else(|| all.first())
    }

    /// The schema with an anchor.
    pub(super) fn anchor(&self, resource: SchemaAt, name: &str) -> Option<&SchemaAt> {
        self.anchors.get(&(resource, name.to_owned()))
    }

    /// The `$schema` that says how a schema is read, where `value` gives the values of the schema's file.
    pub(in crate::definition) fn draft<'v>(
        &self,
        value: impl Fn(&Pointer) -> Option<&'v Value>,
        at: &SchemaAt,
    ) -> Option<&'v str> {
        let named = |pointer: &Pointer| value(pointer)?.get("$schema")?.as_str();
        if self.resources.is_empty() {
            return named(&at.root);
        }
        let resource = self.resource(at).pointer;
        let own = named(&resource);
        if resource == at.root {
            return own;
        }
        own.or_else(|| named(&at.root))
    }

    /// How a schema is read, where `value` gives the values of the schema's file.
    pub(in crate::definition) fn dialect<'v>(
        &self,
        value: impl Fn(&Pointer) -> Option<&'v Value>,
        at: &SchemaAt,
    ) -> Dialect {
        Dialect::of(self.draft(value, at))
    }
}

impl Duplicate {
    fn new(keyword: &str, first: &SchemaAt, second: &SchemaAt) -> Self {
        Self {
            keyword: Pointer::root().child(keyword),
            first: first.clone(),
            second: second.clone(),
        }
    }
}

/// Whether two schemas of one document differ; aliases of YAML repeat the same schema.
fn is_other(files: &Files, first: &SchemaAt, second: &SchemaAt) -> bool {
    let value = |at: &SchemaAt| files.value(at.file, &at.pointer);
    first.file == second.file && first.root == second.root && value(first) != value(second)
}
