//! The schemas whose types have fixed names: payloads, configurations, states and entities.

use serde_json::Value;

use crate::definition::SchemaAt;
use crate::diagnostic::{Pointer, catalog};
use crate::json_schema::is_plain_object;
use crate::lower::bundle::bundled;
use crate::lower::context::{Lowering, Root, location_of};
use crate::lower::default::validator;
use crate::lower::place::Place;
use crate::model::names::Case;
use crate::model::{Docs, Model, Module, Shape, TypeDef, TypeId, TypeRef, code};
use crate::sections::{Payload, SECTIONS, Section};

/// The text of the schema of a configuration that declares nothing.
const EMPTY_OBJECT: &str = r#"{"type":"object","properties":{},"additionalProperties":false}"#;

impl Lowering<'_> {
    /// Names the type of every root, before any schema can refer to it.
    pub(super) fn register_roots(&mut self) {
        let definition = &self.set.files().get(self.set.root()).value;
        for section in SECTIONS {
            for payload in section.payloads {
                for (pointer, _) in section.places(definition, payload.schema) {
                    self.register_root(section, payload, pointer);
                }
            }
        }
    }

    fn register_root(&mut self, section: &Section, payload: &Payload, pointer: Pointer) {
        let at = self.set.schema_at(pointer);
        let items = section.items_around(payload.schema, &at.pointer);
        let names: Vec<String> = items.iter().filter_map(Pointer::last).collect();
        let labels = items.iter().map(|item| self.label_of_item(item));
        let name = payload_name(&labels.collect::<String>(), payload.suffix);
        let set = self.set;
        let chosen = set.schema(&at)["x-rust-name"].as_str();
        let root = Root {
            place: Place::root(module_of(section), name, chosen),
            docs: self.docs_of_root(section, payload, &at.pointer, &names),
            may_alias: payload.may_alias,
            is_always_named: !payload.is_shared(),
        };
        self.roots.insert((at.file, at.pointer), root);
    }

    /// The label of an item of a section.
    pub(super) fn label_of_item(&mut self, item: &Pointer) -> String {
        let items = item.parent().unwrap_or_default();
        let labels = self.items_in(&items, Case::UpperCamel);
        let label = labels.get(&item.last().unwrap_or_default());
        label.cloned().unwrap_or_default()
    }

    fn docs_of_root(
        &self,
        section: &Section,
        payload: &Payload,
        at: &Pointer,
        names: &[String],
    ) -> Docs {
        let item = section.item_at(at);
        let item = item.find(self.set.published()).unwrap_or(&Value::Null);
        let owner = item["type"].as_str().and_then(kept_for).unwrap_or_default();
        let names: Vec<_> = names.iter().map(|name| code(name)).collect();
        let text = payload.docs(&names, owner);
        if payload.has_docs_of_item {
            Docs::new(item["title"].as_str(), item["description"].as_str()).or(&text)
        } else {
            Docs::markdown(&text)
        }
    }

    pub(super) fn at(&self, names: &[&str]) -> SchemaAt {
        self.set.schema_at(
            names
                .iter()
                .fold(Pointer::root(), |pointer, name| pointer.child(name)),
        )
    }

    /// Gives the type of a root.
    pub(super) fn lower_payload(&mut self, names: &[&str]) -> TypeId {
        let at = self.at(names);
        // The type itself is not hidden: what uses an entity that is a secret hides it.
        let ty = match self.type_of(&at) {
            TypeRef::Secret(hidden) => *hidden,
            shown => shown,
        };
        match ty {
            TypeRef::Named(id) => id,
            other => unreachable!("a root is always given a named type, and this is {other:?}"),
        }
    }

    /// Makes the types that several schemas share, even if none refers to them.
    pub(super) fn lower_shared(&mut self) {
        for name in self.set.document.definitions.keys() {
            let at = self.at(&["definitions", name]);
            self.type_of(&at);
        }
    }

    /// Gives the type of a configuration that declares no schema.
    pub(super) fn lower_empty_configuration(
        &mut self,
        name: &str,
        docs: Docs,
        at: Pointer,
    ) -> TypeId {
        let shape = Shape::Struct(crate::model::StructDef {
            fields: Vec::new(),
            rest: crate::model::Rest::Closed,
        });
        let id = self.define_fixed(
            Module::Root,
            name.to_owned(),
            docs,
            shape,
            self.set.value_location(at),
        );
        self.set_payload(id, EMPTY_OBJECT.to_owned());
        id
    }

    /// Sets the schema that validates every root, and refuses a schema that the validator cannot compile,
    /// unless the definition is refused already.
    pub(super) fn set_payloads(&mut self, is_refused: bool) {
        let mut roots: Vec<_> = self.roots.keys().cloned().collect();
        roots.sort();
        for (file, pointer) in roots {
            let Some(id) = self.named(&(file, pointer.clone())) else {
                continue;
            };
            // A schema that needs no type of its own may have that of another one.
            let is_own =
                |ty: &TypeDef| ty.location.file == file && ty.location.pointer() == Some(&pointer);
            if self
                .get(id)
                .is_some_and(|ty| is_own(ty) && !matches!(ty.shape, Shape::Alias(_)))
            {
                let at = self.set.payload_at(file, pointer);
                let schema = bundled(self.set, &at);
                if !is_refused
                    && !is_plain_object(&schema)
                    && let Err(error) = validator(&schema)
                {
                    let place = location_of(&at);
                    self.diagnostics.push(catalog::schema::invalid_keyword(
                        place,
                        &at.pointer,
                        &error.masked().to_string(),
                    ));
                }
                self.set_payload(id, schema.to_string());
            }
        }
    }

    /// Every type that the generated file names itself, in its order.
    pub(super) fn all_roots(&self, model: &Model) -> Vec<TypeId> {
        let configurations = model
            .configurations
            .variants
            .iter()
            .map(|configuration| configuration.ty);
        let actions = model
            .actions
            .iter()
            .flat_map(|action| [action.input, action.output]);
        let channels = model.channels.iter().flat_map(|channel| {
            let messages = channel.messages.iter().map(|message| message.ty);
            messages.chain([channel.conversation_tags, channel.message_tags])
        });
        let events = model.events.iter().map(|event| event.ty);
        let states = model.states.iter().map(|state| state.ty);
        let entities = self.set.document.entities.keys().filter_map(|name| {
            let at = self.at(&["entities", name, "schema"]);
            self.named(&(at.file, at.pointer))
        });
        let definitions = self.set.document.definitions.keys().filter_map(|name| {
            let at = self.at(&["definitions", name]);
            self.named(&(at.file, at.pointer))
        });
        configurations
            .chain(actions)
            .chain(channels)
            .chain(events)
            .chain(states)
            .chain(entities)
            .chain(definitions)
            .chain([model.user_tags])
            .collect()
    }

    /// Gives all types and all diagnostics, once nothing is being made any more.
    pub(super) fn finish(self) -> (Vec<TypeDef>, Vec<crate::diagnostic::Diagnostic>) {
        let diagnostics = self.diagnostics.clone();
        (self.into_types(), diagnostics)
    }
}

/// The types of configurations and states.
pub(super) fn stored_roots(model: &Model) -> Vec<TypeId> {
    let configurations = model.configurations.variants.iter();
    let configurations = configurations.map(|configuration| configuration.ty);
    let states = model.states.iter().map(|state| state.ty);
    configurations.chain(states).collect()
}

/// The name of a payload's type. What steps aside from a reserved name does so as a whole.
pub(super) fn payload_name(label: &str, suffix: &str) -> String {
    match label.strip_suffix('_') {
        Some(label) => format!("{label}{suffix}_"),
        None => format!("{label}{suffix}"),
    }
}

/// The module of the generated file for the payloads of a section.
fn module_of(section: &Section) -> Module {
    match section.key() {
        "actions" => Module::Actions,
        "channels" => Module::Channels,
        _ => Module::Root,
    }
}

/// The owner of a state, for its docs.
fn kept_for(owner: &str) -> Option<&'static str> {
    match owner {
        "integration" => Some("for the integration"),
        "conversation" => Some("for a conversation"),
        "user" => Some("for a user"),
        _ => None,
    }
}
