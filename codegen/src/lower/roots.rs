//! The schemas whose types have names of the contract: what is sent, received, configured and kept.

use crate::definition::SchemaAt;
use crate::diagnostic::{Pointer, catalog};
use crate::lower::bundle::bundled;
use crate::lower::context::{Known, Lowering, Root, location_of};
use crate::lower::default::validator;
use crate::lower::place::Place;
use crate::model::names::upper_camel;
use crate::model::{Docs, Model, Module, Shape, TypeDef, TypeId, TypeRef, code};

/// The text of the schema of a configuration that declares nothing.
const EMPTY_OBJECT: &str = r#"{"type":"object","properties":{},"additionalProperties":false}"#;

impl Lowering<'_> {
    /// Says of every root what its type is called, before any schema can refer to it.
    pub(super) fn register_roots(&mut self) {
        let document = &self.set.document;
        if document
            .configuration
            .as_ref()
            .is_some_and(|configuration| configuration.schema.is_some())
        {
            let docs = Docs::markdown("The primary configuration.");
            self.root(
                &["configuration", "schema"],
                Module::Root,
                "",
                "PrimaryConfiguration",
                docs,
            );
        }
        for (name, configuration) in &document.configurations {
            let docs = Docs::new(
                configuration.title.as_deref(),
                configuration.description.as_deref(),
            )
            .or(&format!("The configuration {}.", code(name)));
            let short = upper_camel(name);
            let whole = format!("{short}Configuration");
            if configuration.schema.is_some() {
                self.root(
                    &["configurations", name, "schema"],
                    Module::Root,
                    &short,
                    &whole,
                    docs,
                );
            }
        }
        for name in document.actions.keys() {
            for (way, whole) in [("input", "Input"), ("output", "Output")] {
                let docs = Docs::markdown(&format!("The {way} of the action {}.", code(name)));
                let whole = upper_camel(name) + whole;
                self.root(
                    &["actions", name, way, "schema"],
                    Module::Actions,
                    &whole,
                    &whole,
                    docs,
                );
            }
        }
        self.register_events_and_states();
        self.register_messages();
    }

    fn register_events_and_states(&mut self) {
        let document = &self.set.document;
        for (name, event) in &document.events {
            let docs = Docs::new(event.title.as_deref(), event.description.as_deref())
                .or(&format!("The payload of the event {}.", code(name)));
            let short = upper_camel(name);
            self.root(
                &["events", name, "schema"],
                Module::Root,
                &short,
                &format!("{short}Event"),
                docs,
            );
        }
        for (name, state) in &document.states {
            let docs = Docs::markdown(&format!(
                "The state {}, kept {}.",
                code(name),
                kept_for(state.owner)
            ));
            let short = upper_camel(name);
            self.root(
                &["states", name, "schema"],
                Module::Root,
                &short,
                &format!("{short}State"),
                docs,
            );
        }
        for (name, entity) in &document.entities {
            let docs = Docs::new(entity.title.as_deref(), entity.description.as_deref())
                .or(&format!("The entity {}.", code(name)));
            let short = upper_camel(name);
            self.root(
                &["entities", name, "schema"],
                Module::Root,
                &short,
                &format!("{short}Entity"),
                docs,
            );
        }
    }

    fn register_messages(&mut self) {
        for (channel, definition) in &self.set.document.channels {
            for message in definition.messages.keys() {
                let docs = Docs::markdown(&format!(
                    "A {} message of the channel {}.",
                    code(message),
                    code(channel)
                ));
                let short = upper_camel(channel) + &upper_camel(message);
                let whole = format!("{short}Message");
                let at = ["channels", channel, "messages", message, "schema"];
                self.root(&at, Module::Channels, &short, &whole, docs);
            }
        }
    }

    fn root(&mut self, names: &[&str], module: Module, short: &str, whole: &str, docs: Docs) {
        let at = self.at(names);
        // A message is told from others by its type, which an alias would share.
        let may_alias = names[0] != "channels";
        let chosen = self.set.schema(&at)["x-rust-name"]
            .as_str()
            .map(upper_camel);
        let owner = (at.file, at.root.clone());
        let place = Place::root(
            owner,
            module,
            short,
            chosen.unwrap_or_else(|| whole.to_owned()),
        );
        self.roots.insert(
            (at.file, at.pointer),
            Root {
                place,
                docs,
                may_alias,
            },
        );
    }

    fn at(&self, names: &[&str]) -> SchemaAt {
        self.set.schema_at(
            names
                .iter()
                .fold(Pointer::root(), |pointer, name| pointer.child(name)),
        )
    }

    /// Gives the type of a root.
    pub(super) fn payload(&mut self, names: &[&str]) -> TypeId {
        let at = self.at(names);
        let place = self.roots[&(at.file, at.pointer.clone())].place.clone();
        match self.type_of(&at, &place) {
            TypeRef::Named(id) => id,
            other => unreachable!("a root is always given a named type, and this is {other:?}"),
        }
    }

    /// Gives the type of a configuration that declares no schema.
    pub(super) fn empty_configuration(&mut self, name: &str, docs: Docs, at: Pointer) -> TypeId {
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

    /// Gives every root the schema that it is validated with, and refuses one that no validator can be made of,
    /// unless it was refused for what is wrong with it.
    pub(super) fn set_payloads(&mut self, is_refused: bool) {
        let mut roots: Vec<_> = self.roots.keys().cloned().collect();
        roots.sort();
        for (file, pointer) in roots {
            let Some(Known::Done(TypeRef::Named(id))) = self.known.get(&(file, pointer.clone()))
            else {
                continue;
            };
            let id = *id;
            if self
                .get(id)
                .is_some_and(|ty| !matches!(ty.shape, Shape::Alias(_)))
            {
                let at = SchemaAt::new(file, pointer);
                let schema = bundled(self.set, &at);
                if let (false, Err(error)) = (is_refused, validator(&schema)) {
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
            match self.known.get(&(
                self.set.root(),
                self.at(&["entities", name, "schema"]).pointer,
            )) {
                Some(Known::Done(TypeRef::Named(id))) => Some(*id),
                _ => None,
            }
        });
        configurations
            .chain(actions)
            .chain(channels)
            .chain(events)
            .chain(states)
            .chain(entities)
            .chain([model.user_tags])
            .collect()
    }

    /// Gives all types and all diagnostics, once nothing is being made any more.
    pub(super) fn finish(self) -> (Vec<TypeDef>, Vec<crate::diagnostic::Diagnostic>) {
        let diagnostics = self.diagnostics.clone();
        (self.into_types(), diagnostics)
    }
}

fn kept_for(owner: crate::definition::StateOwner) -> &'static str {
    match owner {
        crate::definition::StateOwner::Integration => "for the integration",
        crate::definition::StateOwner::Conversation => "for a conversation",
        crate::definition::StateOwner::User => "for a user",
    }
}
