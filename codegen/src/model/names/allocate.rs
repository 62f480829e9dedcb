//! Which name each type gets.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Files, Location, catalog};
use crate::model::names::{not_leading_digit, upper_camel};
use crate::model::{Module, Origin, TypeDef, TypeId};

/// A name that an item other than a payload type needs.
pub(crate) struct FixedName {
    pub(crate) module: Module,
    pub(crate) name: String,
    pub(crate) location: Location,
    /// Whether it is a trait. No path in its module names a trait, so `emit` writes names that it hides in full.
    pub(crate) is_trait: bool,
}

/// Gives every type its name: first the fixed names, then the others in this order.
pub(crate) fn allocate(
    types: &mut [TypeDef],
    order: &[TypeId],
    others: Vec<FixedName>,
    files: &Files,
) -> Vec<Diagnostic> {
    let mut names = Allocator::default();
    let mut fixed = others;
    for ty in types.iter_mut() {
        if let Origin::Fixed(name) = &ty.origin {
            ty.name.clone_from(name);
            fixed.push(FixedName {
                module: ty.module,
                name: name.clone(),
                location: ty.location.clone(),
                is_trait: false,
            });
        }
    }
    // Of two that need one name, the first is the one that the author wrote first.
    fixed.sort_by_key(|name| files.position(&name.location));
    for fixed in &fixed {
        let claim = if fixed.is_trait {
            Allocator::claim_trait
        } else {
            Allocator::claim_type
        };
        claim(&mut names, fixed.module, &fixed.name, &fixed.location);
    }
    let mut order = order.to_vec();
    order.sort_by_key(|id| depth(&types[id.0]));
    for id in order {
        let ty = &mut types[id.0];
        if let Origin::Nested { prefixes, labels } = &ty.origin {
            ty.name = names.nest(ty.module, prefixes, labels, &ty.location);
        }
    }
    names.diagnostics
}

/// The depth of a type in its payload; outer types choose their names first.
fn depth(ty: &TypeDef) -> usize {
    match &ty.origin {
        Origin::Fixed(_) => 0,
        Origin::Nested { labels, .. } => labels.len(),
    }
}

#[derive(Default)]
struct Allocator {
    types: HashMap<(Module, String), Location>,
    traits: HashMap<(Module, String), Location>,
    /// The items that have one name, from which the names of all that is in them follow.
    equal: Vec<[Location; 2]>,
    diagnostics: Vec<Diagnostic>,
}

impl Allocator {
    /// Claims the name of a trait, which must be unique in its module. `emit` writes names that it hides in full.
    fn claim_trait(&mut self, module: Module, name: &str, location: &Location) {
        let key = (module, name.to_owned());
        match self.traits.get(&key).or_else(|| self.types.get(&key)) {
            Some(first) => self.refuse(first.clone(), location.clone(), name),
            None => drop(self.traits.insert(key, location.clone())),
        }
    }

    /// Claims the name of a type, which must be unique in its module and in those that share its scope.
    fn claim_type(&mut self, module: Module, name: &str, location: &Location) {
        let own = (module, name.to_owned());
        let first = self.traits.get(&own).or_else(|| self.other(module, name));
        if is_reserved(name) {
            self.diagnostics
                .push(catalog::names::reserved_name(location.clone(), name));
        } else if let Some(first) = first {
            self.refuse(first.clone(), location.clone(), name);
        } else {
            self.types.insert(own, location.clone());
        }
    }

    fn refuse(&mut self, first: Location, second: Location, name: &str) {
        let pair = [first, second];
        if !self.equal.iter().any(|equal| is_within(&pair, equal)) {
            let [first, second] = pair.clone();
            let finding = catalog::names::same_type_name(first, second, name);
            self.diagnostics.push(finding);
            self.equal.push(pair);
        }
    }

    /// The type of a name in a module, in one that sees it or in one that it sees.
    fn other(&self, module: Module, name: &str) -> Option<&Location> {
        let named = |scope: &Module| self.types.get(&(*scope, name.to_owned()));
        scopes(module).iter().find_map(named)
    }

    fn nest(
        &mut self,
        module: Module,
        prefixes: &[String],
        labels: &[String],
        location: &Location,
    ) -> String {
        let tails = (0..labels.len()).rev().map(|start| &labels[start..]);
        let mut wanted = prefixes
            .iter()
            .flat_map(|prefix| tails.clone().map(|tail| nested_name(prefix, tail)));
        let name = wanted
            .find(|name| self.is_free(module, name))
            .unwrap_or_else(|| nested_name(&prefixes[1], labels));
        self.claim_type(module, &name, location);
        name
    }

    /// A nested name is not even a trait's.
    fn is_free(&self, module: Module, name: &str) -> bool {
        let is_trait = |scope: &Module| self.traits.contains_key(&(*scope, name.to_owned()));
        !is_reserved(name)
            && self.other(module, name).is_none()
            && !scopes(module).iter().any(is_trait)
    }
}

/// The modules that share a scope with a module.
const fn scopes(module: Module) -> &'static [Module] {
    match module {
        Module::Root => &[Module::Root, Module::Actions, Module::Channels],
        Module::Actions => &[Module::Root, Module::Actions],
        Module::Channels => &[Module::Root, Module::Channels],
    }
}

/// Whether two places are in two items, one each.
fn is_within(places: &[Location; 2], items: &[Location; 2]) -> bool {
    places.iter().zip(items).all(|(place, item)| {
        let pointers = place.pointer().zip(item.pointer());
        place.file == item.file && pointers.is_some_and(|(place, item)| place.is_within(item))
    })
}

fn nested_name(prefix: &str, labels: &[String]) -> String {
    let mut name = prefix.to_owned();
    for label in labels {
        name.push_str(upper_camel(label).trim_start_matches('_'));
    }
    not_leading_digit(name)
}

/// Whether a type with this name would hide a name that generated code needs.
fn is_reserved(name: &str) -> bool {
    OWN.contains(&name) || IMPORTED.contains(&name)
}

/// The items that are generated for every definition.
const OWN: &[&str] = &[
    "Client",
    "Configuration",
    "ConfigurationType",
    "Context",
    "DEFINITION",
    "Definition",
    "Events",
    "Handlers",
    "Integration",
    "Secrets",
    "States",
];

/// The names that generated code imports from the runtime, and those of Rust's prelude.
const IMPORTED: &[&str] = &[
    "ActionAnswer",
    "ActionCall",
    "ActionRequest",
    "BTreeMap",
    "Box",
    "ChannelMessage",
    "Clone",
    "ConfigurationError",
    "ConversationUpdate",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Default",
    "DefinitionDocument",
    "Drop",
    "Eq",
    "Err",
    "EventsClient",
    "Future",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "MessageCall",
    "MessageRequest",
    "MessageUpdate",
    "None",
    "Number",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Payload",
    "RawRequest",
    "Result",
    "Secret",
    "SecretReader",
    "Send",
    "Some",
    "State",
    "StatesClient",
    "String",
    "Sync",
    "TagMap",
    "UnknownConfigurationType",
    "UnreadableConfiguration",
    "Value",
    "Vec",
    "WebhookRequest",
    "WebhookResponse",
];
