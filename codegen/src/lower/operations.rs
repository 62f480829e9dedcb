//! Configurations, actions, events, channels, states and secrets.

use crate::definition::{self, StateOwner as DeclaredOwner};
use crate::diagnostic::{Location, Pointer};
use crate::lower::bundle::definition_text;
use crate::lower::context::Lowering;
use crate::lower::roots::payload_name;
use crate::model::names::{Case, FixedName, module, snake};
use crate::model::{
    Action, Channel, Configuration, Configurations, Docs, Event, Message, Model, Module, Rest,
    Secret, Shape, SharedField, State, StateOwner, StructDef, TypeId, Types, code,
};

/// The name of the module of an integration, whose name may have the handle of a workspace before it.
pub(crate) fn module_name(integration: &str) -> String {
    module(integration.rsplit('/').next().unwrap_or_default())
}

impl Lowering<'_> {
    /// Builds the model around the types.
    pub(super) fn lower_operations(&mut self) -> Model {
        let set = self.set;
        let document = &set.document;
        let configurations = self.lower_configurations();
        let actions = document
            .actions
            .iter()
            .map(|(name, action)| self.lower_action(name, action))
            .collect();
        let channels = document
            .channels
            .iter()
            .map(|(name, channel)| self.lower_channel(name, channel))
            .collect();
        let events = document
            .events
            .iter()
            .map(|(name, event)| self.lower_event(name, event))
            .collect();
        let states = document
            .states
            .iter()
            .map(|(name, state)| self.lower_state(name, state))
            .collect();
        for name in document.entities.keys() {
            self.lower_payload(&["entities", name, "schema"]);
        }
        self.lower_shared();
        let at = Pointer::root().child("user").child("tags");
        let tags = document.user.as_ref().map(|user| &user.tags);
        let user_tags = self.lower_tags(
            Module::Root,
            "UserTags".to_owned(),
            "The tags of a user.",
            tags,
            &at,
        );
        let name = document.name.rsplit('/').next().unwrap_or_default();
        Model {
            module: module_name(&document.name),
            name: document.name.clone(),
            version: document.version.clone(),
            docs: Docs::new(document.title.as_deref(), document.description.as_deref())
                .or(&format!("The integration {}.", code(name))),
            json: definition_text(set),
            types: Types::new(Vec::new(), Vec::new()),
            configurations,
            actions,
            events,
            channels,
            states,
            user_tags,
            secrets: self.lower_secrets(),
            older: Vec::new(),
        }
    }

    fn lower_configurations(&mut self) -> Configurations {
        let document = &self.set.document;
        let mut variants = Vec::new();
        if document.configuration.is_some() || document.configurations.is_empty() {
            let docs = Docs::markdown("The primary configuration.");
            let ty = self.lower_configuration(
                document.configuration.as_ref(),
                &["configuration"],
                "PrimaryConfiguration",
                &docs,
            );
            variants.push(Configuration {
                wire: None,
                name: "Primary".to_owned(),
                docs,
                ty,
            });
        }
        for (wire, configuration) in &document.configurations {
            let docs = Docs::new(
                configuration.title.as_deref(),
                configuration.description.as_deref(),
            )
            .or(&format!("The configuration {}.", code(wire)));
            let place = Pointer::root().child("configurations").child(wire);
            let name = self.label_of_item(&place);
            let type_name = payload_name(&name, "Configuration");
            let ty = self.lower_configuration(
                Some(configuration),
                &["configurations", wire],
                &type_name,
                &docs,
            );
            variants.push(Configuration {
                wire: Some(wire.clone()),
                name,
                docs,
                ty,
            });
        }
        Configurations {
            variants,
            shared: Vec::new(),
        }
    }

    fn lower_configuration(
        &mut self,
        configuration: Option<&definition::Configuration>,
        names: &[&str],
        type_name: &str,
        docs: &Docs,
    ) -> TypeId {
        if configuration.is_some_and(|configuration| configuration.schema.is_some()) {
            self.lower_payload(&[names, &["schema"]].concat())
        } else {
            let at = names
                .iter()
                .fold(Pointer::root(), |pointer, name| pointer.child(name));
            self.lower_empty_configuration(type_name, docs.clone(), at)
        }
    }

    fn lower_action(&mut self, name: &str, action: &definition::Action) -> Action {
        Action {
            wire: name.to_owned(),
            trait_name: self.label_of_item(&Pointer::root().child("actions").child(name)),
            call: String::new(),
            method: snake(name),
            docs: Docs::new(action.title.as_deref(), action.description.as_deref())
                .or(&format!("The action {}.", code(name))),
            input: self.lower_payload(&["actions", name, "input", "schema"]),
            output: self.lower_payload(&["actions", name, "output", "schema"]),
            location: self.item_location("actions", name),
        }
    }

    fn lower_event(&mut self, name: &str, event: &definition::Event) -> Event {
        Event {
            wire: name.to_owned(),
            method: self.method_of_item(&Pointer::root().child("events").child(name)),
            docs: Docs::new(event.title.as_deref(), event.description.as_deref())
                .or(&format!("The event {}.", code(name))),
            ty: self.lower_payload(&["events", name, "schema"]),
        }
    }

    fn lower_channel(&mut self, name: &str, channel: &definition::Channel) -> Channel {
        let at = Pointer::root().child("channels").child(name);
        let trait_name = self.label_of_item(&at);
        let messages = channel
            .messages
            .keys()
            .map(|message| self.lower_message(name, message))
            .collect();
        let conversation_tags = self.lower_tags(
            Module::Channels,
            format!("{trait_name}ConversationTags"),
            &format!("The tags of a conversation of the channel {}.", code(name)),
            channel
                .conversation
                .as_ref()
                .map(|conversation| &conversation.tags),
            &at.child("conversation").child("tags"),
        );
        let message_tags = self.lower_tags(
            Module::Channels,
            format!("{trait_name}MessageTags"),
            &format!("The tags of a message of the channel {}.", code(name)),
            channel.message.as_ref().map(|message| &message.tags),
            &at.child("message").child("tags"),
        );
        Channel {
            wire: name.to_owned(),
            marker: format!("{trait_name}Channel"),
            call: String::new(),
            trait_name,
            docs: Docs::new(channel.title.as_deref(), channel.description.as_deref())
                .or(&format!("The channel {}.", code(name))),
            messages,
            is_shared: false,
            conversation_tags,
            message_tags,
            location: self.item_location("channels", name),
        }
    }

    fn lower_message(&mut self, channel: &str, name: &str) -> Message {
        let messages = Pointer::root()
            .child("channels")
            .child(channel)
            .child("messages");
        Message {
            wire: name.to_owned(),
            method: self.method_of_item(&messages.child(name)),
            docs: Docs::markdown(&format!("Sends a {} message of the bot.", code(name))),
            ty: self.lower_payload(&["channels", channel, "messages", name, "schema"]),
        }
    }

    fn lower_state(&mut self, name: &str, state: &definition::State) -> State {
        State {
            wire: name.to_owned(),
            method: self.method_of_item(&Pointer::root().child("states").child(name)),
            docs: Docs::markdown(&format!("The state {}.", code(name))),
            owner: match state.owner {
                DeclaredOwner::Integration => StateOwner::Integration,
                DeclaredOwner::Conversation => StateOwner::Conversation,
                DeclaredOwner::User => StateOwner::User,
            },
            ty: self.lower_payload(&["states", name, "schema"]),
        }
    }

    /// The name of the method for an item of a section.
    fn method_of_item(&mut self, item: &Pointer) -> String {
        let items = item.parent().unwrap_or_default();
        let names = self.items_in(&items, Case::Snake);
        names[&item.last().unwrap_or_default()].clone()
    }

    fn item_location(&self, section: &str, name: &str) -> Location {
        self.set
            .key_location(Pointer::root().child(section).child(name))
    }

    fn lower_secrets(&mut self) -> Vec<Secret> {
        let set = self.set;
        let names = self.items_in(&Pointer::root().child("secrets"), Case::Snake);
        let secret = |(name, secret): (&String, &definition::Secret)| Secret {
            wire: name.clone(),
            field: names[name].clone(),
            docs: Docs::new(secret.title.as_deref(), secret.description.as_deref())
                .or(&format!("The secret {}.", code(name))),
            optional: secret.optional,
        };
        set.document.secrets.iter().map(secret).collect()
    }
}

/// Gives the items their names, in the order of [`item_names`].
pub(super) fn set_item_names(model: &mut Model, names: Vec<String>) {
    let mut names = names.into_iter();
    let mut set = |name: &mut String| *name = names.next().expect("every item has a name");
    for action in &mut model.actions {
        set(&mut action.trait_name);
        action.call = snake(&action.trait_name);
    }
    for channel in &mut model.channels {
        set(&mut channel.trait_name);
        channel.call = snake(&channel.trait_name);
        set(&mut channel.marker);
    }
}

/// The names of the items that are no payload types: traits and markers.
pub(super) fn item_names(model: &Model) -> Vec<FixedName> {
    let item = |module, name: &str, location: &Location, is_trait| FixedName {
        module,
        name: name.to_owned(),
        location: location.clone(),
        is_trait,
    };
    let actions = model
        .actions
        .iter()
        .map(|action| item(Module::Actions, &action.trait_name, &action.location, true));
    let channels = model.channels.iter().flat_map(|channel| {
        [(&channel.trait_name, true), (&channel.marker, false)]
            .map(|(name, is_trait)| item(Module::Channels, name, &channel.location, is_trait))
    });
    let shared = model.channels.iter().find(|channel| channel.is_shared);
    let shared = shared.into_iter().flat_map(|channel| {
        [("SharedMessage", true), ("SharedCall", false)]
            .map(|(name, is_trait)| item(Module::Channels, name, &channel.location, is_trait))
    });
    actions.chain(channels).chain(shared).collect()
}

/// The fields that every configuration has with the same type. Two places with equal shapes are not the same type: a
/// value that is added to one of them would take the method away.
pub(super) fn shared_fields(model: &Model) -> Vec<SharedField> {
    let structs: Option<Vec<&StructDef>> = model
        .configurations
        .variants
        .iter()
        .map(
            |configuration| match &model.types.get(configuration.ty).shape {
                Shape::Struct(definition) if definition.rest != Rest::Ignored => Some(definition),
                _ => None,
            },
        )
        .collect();
    let Some((first, others)) = structs.as_deref().and_then(<[_]>::split_first) else {
        return Vec::new();
    };
    if others.is_empty() {
        return Vec::new();
    }
    let is_shared = |field: &&crate::model::FieldDef| {
        // The union has a method of this name already.
        field.name != "configuration_type"
            && others.iter().all(|other| {
                let same = |candidate: &crate::model::FieldDef| {
                    candidate.name == field.name
                        && candidate.ty == field.ty
                        && candidate.presence == field.presence
                        && candidate.default == field.default
                };
                other.fields.iter().any(same)
            })
    };
    let shared = |field: &crate::model::FieldDef| SharedField {
        name: field.name.clone(),
        field: field.clone(),
    };
    first.fields.iter().filter(is_shared).map(shared).collect()
}
