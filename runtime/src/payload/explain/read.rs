//! Parsing of a schema into nodes.

use std::{collections::HashMap, sync::Arc};

use jsonschema::Draft;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{
    node::{Assertions, Condition, Contains, Dependent, Node, NodeId, Others, Union},
    tag::find_tags,
    tree::Tree,
};
use crate::{payload::pattern::Pattern, value::integer};

/// The keywords that assert something about a value without applying a subschema. All other
/// relevant keywords are fields of [`Node`].
const ASSERTED: [&str; 20] = [
    "type",
    "enum",
    "const",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "format",
    "contentEncoding",
    "contentMediaType",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "dependentRequired",
];

/// Reads a schema that compiles and whose references all are pointers into the schema itself.
pub(in crate::payload) fn read_tree(schema: &Value) -> Tree {
    let draft = match schema.get("$schema") {
        Some(_) => Draft::default().detect(schema),
        None => Draft::Draft7,
    };
    let mut reader = Reader {
        root: schema,
        draft,
        nodes: Vec::new(),
        known: HashMap::new(),
        assertions: HashMap::new(),
    };
    reader.read(schema);
    let mut tree = Tree::new(reader.nodes);
    find_tags(&mut tree);
    tree
}

/// Reads each schema into a node once.
struct Reader<'s> {
    root: &'s Value,
    draft: Draft,
    nodes: Vec<Node>,
    /// The nodes by the addresses of their schemas.
    known: HashMap<*const Value, NodeId>,
    /// Equal assertions share one compiled validator.
    assertions: HashMap<String, Arc<Assertions>>,
}

impl<'s> Reader<'s> {
    fn read(&mut self, schema: &'s Value) -> NodeId {
        if let Some(known) = self.known.get(&std::ptr::from_ref(schema)) {
            return *known;
        }
        let id = NodeId(self.nodes.len());
        // This placeholder allows a schema to contain itself.
        self.nodes.push(Node::default());
        self.known.insert(schema, id);
        let node = match schema {
            Value::Object(keywords) => self.node(keywords),
            other => Node {
                never: *other == Value::Bool(false),
                ..Node::default()
            },
        };
        let is_target = self.nodes[id.0].is_target;
        self.nodes[id.0] = Node { is_target, ..node };
        id
    }

    fn node(&mut self, keywords: &'s Map<String, Value>) -> Node {
        let mut node = Node {
            title: keywords
                .get("title")
                .and_then(Value::as_str)
                .map(str::to_owned),
            ..Node::default()
        };
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            node.reference = self.target(reference);
            // Up to draft 7, keywords beside `$ref` are ignored.
            if self.draft <= Draft::Draft7 {
                return node;
            }
        }
        self.read_in_place(keywords, &mut node);
        self.read_object(keywords, &mut node);
        self.read_array(keywords, &mut node);
        node.assertions = self.assertions(keywords);
        let pattern = keywords.get("pattern");
        node.pattern = pattern
            .and_then(|source| Pattern::of(source, keywords))
            .map(Arc::new);
        node
    }

    fn target(&mut self, reference: &str) -> Option<NodeId> {
        let pointer = percent_decode_str(reference.strip_prefix('#')?)
            .decode_utf8()
            .ok()?;
        let target = self.read(self.root.pointer(&pointer)?);
        self.nodes[target.0].is_target = true;
        Some(target)
    }

    /// Reads the subschemas that apply to the value itself.
    fn read_in_place(&mut self, keywords: &'s Map<String, Value>, node: &mut Node) {
        node.all_of = self.list(keywords.get("allOf"));
        for keyword in ["anyOf", "oneOf"] {
            let alternatives = self.list(keywords.get(keyword));
            if !alternatives.is_empty() {
                node.unions.push(Union {
                    keyword,
                    alternatives,
                    tag: None,
                });
            }
        }
        node.not = self.optional(keywords.get("not"));
        if self.draft >= Draft::Draft7
            && let Some(test) = self.optional(keywords.get("if"))
        {
            node.condition = Some(Condition {
                test,
                then: self.optional(keywords.get("then")),
                otherwise: self.optional(keywords.get("else")),
            });
        }
        for keyword in ["dependentSchemas", "dependencies"] {
            let evaluates = keyword == "dependentSchemas";
            if evaluates && self.draft < Draft::Draft201909 {
                continue;
            }
            let dependents = self.named(keywords.get(keyword));
            node.dependents
                .extend(dependents.map(|(property, schema)| Dependent {
                    property,
                    schema,
                    evaluates,
                }));
        }
    }

    fn read_object(&mut self, keywords: &'s Map<String, Value>, node: &mut Node) {
        node.properties = self.named(keywords.get("properties")).collect();
        node.pattern_properties = self
            .named(keywords.get("patternProperties"))
            .filter_map(|(source, id)| Some((Arc::new(Pattern::new(&source)?), id)))
            .collect();
        node.other_properties = self.others("additionalProperties", keywords);
        if self.draft >= Draft::Draft6 {
            node.property_names = self.optional(keywords.get("propertyNames"));
        }
        if self.draft >= Draft::Draft201909 {
            node.unevaluated_properties = self.others("unevaluatedProperties", keywords);
            node.unevaluated_items = self.others("unevaluatedItems", keywords);
        }
    }

    fn read_array(&mut self, keywords: &'s Map<String, Value>, node: &mut Node) {
        let first = match self.draft {
            Draft::Draft202012 => keywords.get("prefixItems"),
            _ => keywords.get("items").filter(|items| items.is_array()),
        };
        node.first_items = self.list(first);
        node.other_items = match keywords.get("items") {
            Some(Value::Array(_)) => self.others("additionalItems", keywords),
            _ => self.others("items", keywords),
        };
        if self.draft >= Draft::Draft6
            && let Some(schema) = self.optional(keywords.get("contains"))
        {
            let count = |keyword| {
                let counts = self.draft >= Draft::Draft201909;
                let count = keywords.get(keyword).filter(|_| counts)?;
                // An integer may be written as a float.
                count
                    .as_u64()
                    .or_else(|| integer(count.as_f64()?)?.try_into().ok())
            };
            node.contains = Some(Contains {
                schema,
                least: count("minContains").unwrap_or(1),
                most: count("maxContains"),
                evaluates: self.draft >= Draft::Draft202012,
            });
        }
    }

    fn optional(&mut self, schema: Option<&'s Value>) -> Option<NodeId> {
        schema.map(|schema| self.read(schema))
    }

    fn list(&mut self, schemas: Option<&'s Value>) -> Vec<NodeId> {
        let schemas = schemas.and_then(Value::as_array);
        let schemas = schemas.map_or(&[][..], Vec::as_slice);
        schemas.iter().map(|schema| self.read(schema)).collect()
    }

    /// Reads a map of schemas. Lists of names in `dependencies` are left to the validator.
    fn named(&mut self, schemas: Option<&'s Value>) -> std::vec::IntoIter<(String, NodeId)> {
        let named: Vec<_> = schemas
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, schema)| !schema.is_array())
            .map(|(name, schema)| (name.clone(), self.read(schema)))
            .collect();
        named.into_iter()
    }

    fn others(
        &mut self,
        keyword: &'static str,
        keywords: &'s Map<String, Value>,
    ) -> Option<Others> {
        let schema = match keywords.get(keyword)? {
            Value::Bool(false) => None,
            schema => Some(self.read(schema)),
        };
        Some(Others { keyword, schema })
    }

    fn assertions(&mut self, keywords: &Map<String, Value>) -> Option<Arc<Assertions>> {
        let mut asserted: Map<String, Value> = keywords
            .iter()
            .filter(|(keyword, _)| ASSERTED.contains(&keyword.as_str()))
            .map(|(keyword, value)| (keyword.clone(), value.clone()))
            .collect();
        if let Some(Value::Object(dependencies)) = keywords.get("dependencies") {
            let lists: Map<_, _> = dependencies
                .iter()
                .filter(|(_, names)| names.is_array())
                .map(|(name, names)| (name.clone(), names.clone()))
                .collect();
            if !lists.is_empty() {
                asserted.insert("dependencies".to_owned(), Value::Object(lists));
            }
        }
        if asserted.is_empty() {
            return None;
        }
        let schema = Value::Object(asserted);
        let assertions = self
            .assertions
            .entry(schema.to_string())
            .or_insert_with(|| Arc::new(Assertions::new(self.draft, schema)));
        Some(Arc::clone(assertions))
    }
}
