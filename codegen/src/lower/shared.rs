//! Messages that several channels share.
//!
//! A message whose schema is nothing but a reference is another name of the type that it refers to, so that the
//! channels have one type. The messages of one channel are distinguished by their types: of two that refer to one
//! schema, the second has a type of its own.

use std::collections::HashMap;

use crate::definition::SchemaAt;
use crate::lower::context::{Lowering, Root};
use crate::lower::place::Key;
use crate::model::{Channel, Docs, Shape, TypeDef, TypeId};

impl Lowering<'_> {
    /// Finds the messages that are one type, before any schema is lowered.
    pub(super) fn share_messages(&mut self) {
        let targets = self.message_targets();
        let mut uses: HashMap<Key, usize> = HashMap::new();
        for target in targets.iter().flatten().map(|(_, target)| target) {
            *uses.entry(key(target)).or_default() += 1;
        }
        for (message, target) in targets.into_iter().flatten() {
            if uses[&key(&target)] > 1 || self.is_declared_to_share(&target) {
                self.share(&message, &target);
            }
        }
    }

    /// The messages of each channel that are one reference, with the schemas that they refer to.
    fn message_targets(&self) -> Vec<Vec<(SchemaAt, SchemaAt)>> {
        let channels = self.set.document.channels.iter();
        let of_channel = channels.map(|(channel, declared)| {
            let mut targets: Vec<(SchemaAt, SchemaAt)> = Vec::new();
            for message in declared.messages.keys() {
                let at = self.at(&["channels", channel, "messages", message, "schema"]);
                let target = self.follow(&at);
                if target != at && targets.iter().all(|(_, other)| *other != target) {
                    targets.push((at, target));
                }
            }
            targets
        });
        of_channel.collect()
    }

    /// Whether a schema stands where shared schemas do, so that one message is enough.
    fn is_declared_to_share(&self, target: &SchemaAt) -> bool {
        let root = self.roots.get(&key(target));
        root.is_some_and(|root| !root.is_always_named)
    }

    fn share(&mut self, message: &SchemaAt, target: &SchemaAt) {
        if !self.roots.contains_key(&key(target)) {
            let root = Root {
                place: self.place_of(target),
                docs: Docs::default(),
                may_alias: true,
                is_always_named: false,
            };
            self.roots.insert(key(target), root);
        }
        if let Some(root) = self.roots.get_mut(&key(message)) {
            root.may_alias = true;
        }
    }
}

/// Marks the channels all of whose messages are shared types, if other such channels have one of them as well.
pub(super) fn mark_shared(channels: &mut [Channel], types: &[TypeDef]) {
    let shared = |channel: &Channel| -> Vec<TypeId> {
        let types = channel
            .messages
            .iter()
            .map(|message| aliased(types, message.ty));
        types.collect::<Option<_>>().unwrap_or_default()
    };
    let all: Vec<Vec<TypeId>> = channels.iter().map(shared).collect();
    for (index, channel) in channels.iter_mut().enumerate() {
        let others = all.iter().enumerate().filter(|(other, _)| *other != index);
        let mut others = others.flat_map(|(_, types)| types);
        channel.is_shared = others.any(|ty| all[index].contains(ty));
    }
}

/// The type that another one is a name of.
fn aliased(types: &[TypeDef], id: TypeId) -> Option<TypeId> {
    let Shape::Alias(mut target) = types[id.0].shape else {
        return None;
    };
    while let Shape::Alias(next) = types[target.0].shape {
        target = next;
    }
    Some(target)
}

fn key(at: &SchemaAt) -> Key {
    (at.file, at.pointer.clone())
}
