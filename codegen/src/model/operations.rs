//! The operations of an integration: configurations, actions, events, channels, states, tags, secrets.

use crate::diagnostic::Location;
use crate::model::{Docs, JsonText, Module, TypeId, Types};

/// A definition that was lowered.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// The name of the generated module.
    pub(crate) module: String,
    /// The definition's `name`.
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) docs: Docs,
    pub(crate) json: JsonText,
    pub(crate) types: Types,
    pub(crate) configurations: Configurations,
    pub(crate) actions: Vec<Action>,
    pub(crate) events: Vec<Event>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) states: Vec<State>,
    pub(crate) user_tags: TypeId,
    pub(crate) secrets: Vec<Secret>,
    /// The older versions, the first to be tried first.
    pub(crate) older: Vec<OlderVersion>,
}

impl Model {
    /// The state that another version of the definition calls as `other` does, for the same owner.
    pub(crate) fn state_like(&self, other: &State) -> Option<&State> {
        let mut states = self.states.iter();
        states.find(|state| state.wire == other.wire && state.owner == other.owner)
    }

    /// The name of a state's type, as the compiler shows it: that of the type it shares with others, if there is one.
    pub(crate) fn state_type(&self, state: &State) -> &str {
        let shared = self.types.get(self.types.resolve(state.ty));
        let is_beside = shared.module == Module::Root;
        let ty = if is_beside {
            shared
        } else {
            self.types.get(state.ty)
        };
        &ty.name
    }
}

/// An older version of the definition: its configurations and states, and how they become those of today.
#[derive(Clone, Debug)]
pub(crate) struct OlderVersion {
    /// The name of the generated module.
    pub(crate) module: String,
    /// The version's own model, without all that does not outlive it.
    pub(crate) model: Model,
    /// Its types and those of today that take all of their values.
    pub(crate) same: Vec<(TypeId, TypeId)>,
    /// The variants of its union and those of today, if today's configurations take all values of the version's.
    pub(crate) same_union: Option<Vec<(String, String)>>,
}

impl OlderVersion {
    /// Whether a type of today takes all values of one of this version.
    pub(crate) fn is_same(&self, today: &Model, old: TypeId, new: TypeId) -> bool {
        self.same.contains(&self.resolved(today, old, new))
    }

    /// A type of this version and one of today, not by other names of them.
    pub(crate) fn resolved(&self, today: &Model, old: TypeId, new: TypeId) -> (TypeId, TypeId) {
        (self.model.types.resolve(old), today.types.resolve(new))
    }
}

/// The configurations. Exactly one of them is active.
#[derive(Clone, Debug)]
pub(crate) struct Configurations {
    /// The primary one first, if there is one; then in the order of the definition.
    pub(crate) variants: Vec<Configuration>,
    /// Fields that every configuration has with the same type.
    pub(crate) shared: Vec<SharedField>,
}

impl Configurations {
    /// Whether the primary configuration is the only one, so that no union is needed.
    pub(crate) fn is_primary_alone(&self) -> bool {
        matches!(self.variants.as_slice(), [only] if only.wire.is_none())
    }
}

/// One kind of configuration.
#[derive(Clone, Debug)]
pub(crate) struct Configuration {
    /// The name on the wire; none for the primary configuration.
    pub(crate) wire: Option<String>,
    /// The variant's name.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) ty: TypeId,
}

/// A field that every configuration has.
#[derive(Clone, Debug)]
pub(crate) struct SharedField {
    /// The name of the field and of its accessor.
    pub(crate) name: String,
    /// The field in the first configuration, for its type and its docs.
    pub(crate) field: crate::model::FieldDef,
}

/// An action that bots can call.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) wire: String,
    pub(crate) trait_name: String,
    /// The trait's name in snake case, which no other action has.
    pub(crate) call: String,
    /// The method of the trait.
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) input: TypeId,
    pub(crate) output: TypeId,
    pub(crate) location: Location,
}

/// An event that the integration tells bots about.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) wire: String,
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) ty: TypeId,
}

/// A channel that carries messages.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) wire: String,
    pub(crate) trait_name: String,
    /// The trait's name in snake case, which no other channel has.
    pub(crate) call: String,
    /// The name of the channel's marker type in the client.
    pub(crate) marker: String,
    pub(crate) docs: Docs,
    pub(crate) messages: Vec<Message>,
    /// Whether all messages are shared types, some of them with other such channels.
    pub(crate) is_shared: bool,
    pub(crate) conversation_tags: TypeId,
    pub(crate) message_tags: TypeId,
    pub(crate) location: Location,
}

/// A type of message of a channel.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) wire: String,
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) ty: TypeId,
}

/// A state that Botpress keeps for the integration.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) wire: String,
    pub(crate) method: String,
    pub(crate) docs: Docs,
    pub(crate) owner: StateOwner,
    pub(crate) ty: TypeId,
}

/// The owner of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StateOwner {
    Integration,
    Conversation,
    User,
}

/// A secret of the integration itself, read from the environment.
#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub(crate) wire: String,
    pub(crate) field: String,
    pub(crate) docs: Docs,
    pub(crate) optional: bool,
}
