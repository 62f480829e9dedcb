//! Messages that several channels share.
//!
//! A message whose schema is nothing but a reference is another name of the type that it refers to, so that the
//! channels have one type. The messages of one channel are distinguished by their types: of two that refer to one
//! schema, the second has a type of its own.

use std::collections::HashMap;

use crate::definition::SchemaAt;
use crate::lower::context::{Lowering, Root};
use crate::lower::place::{Key, Place};
use crate::model::names::upper_camel;
use crate::model::{Channel, Docs, Module, Shape, TypeDef, TypeId, code};

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
        self.set.is_shared(target) || self.set.built_in_message(target).is_some()
    }

    fn share(&mut self, message: &SchemaAt, target: &SchemaAt) {
        if !self.roots.contains_key(&key(target)) {
            let (place, docs) = match self.set.built_in_message(target) {
                Some(name) => built_in(&name),
                None => (self.place_of(target), Docs::default()),
            };
            let root = Root {
                place,
                docs,
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

/// The place and the docs of a built-in message.
fn built_in(name: &str) -> (Place, Docs) {
    let type_name = format!("{}Message", upper_camel(name));
    (
        Place::root(Module::Channels, type_name, None),
        Docs::markdown(&format!(
            "The message {}, which is built into Botpress.",
            code(name)
        )),
    )
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::code_of;

    /// The code of a definition whose channels have these messages, each a reference.
    fn code(channels: &[(&str, &[(&str, &str)])]) -> String {
        let message =
            |(name, to): &(&str, &str)| ((*name).to_owned(), json!({ "schema": { "$ref": to } }));
        let channel = |(name, messages): &(&str, &[(&str, &str)])| {
            let messages: Value = messages.iter().map(message).collect();
            ((*name).to_owned(), json!({ "messages": messages }))
        };
        let channels: Value = channels.iter().map(channel).collect();
        let object =
            |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } } });
        code_of(&json!({
            "name": "shop", "version": "1.0.0", "channels": channels,
            "definitions": { "note": object("a"), "line": { "$ref": "#/definitions/note" }, "word": { "type": "string" } },
            "entities": { "item": { "schema": object("b") } },
        }))
    }

    #[track_caller]
    fn has(code: &str, text: &str) {
        assert!(code.contains(text), "{code}");
    }

    #[test]
    fn messages_that_are_one_reference_are_one_type() {
        let code = code(&[
            (
                "dm",
                &[("text", "#/definitions/note"), ("card", "#/entities/item")],
            ),
            (
                "sms",
                &[("line", "#/definitions/line"), ("card", "#/entities/item")],
            ),
        ]);
        has(&code, "pub type DmTextMessage = Note;");
        has(&code, "pub type SmsLineMessage = Line;");
        has(&code, "pub type DmCardMessage = ItemEntity;");
        has(&code, "pub type SmsCardMessage = ItemEntity;");
        has(&code, "shared_call!(Dm = DmChannel, Sms = SmsChannel);");
        has(
            &code,
            "shared_channel!(Sms(SmsChannel): card(SmsCardMessage), line(SmsLineMessage));",
        );
    }

    #[test]
    fn two_messages_of_one_channel_are_two_types() {
        let code = code(&[
            (
                "dm",
                &[
                    ("text", "#/definitions/note"),
                    ("line", "#/definitions/line"),
                ],
            ),
            ("sms", &[("text", "#/definitions/note")]),
        ]);
        has(&code, "pub type DmLineMessage = Line;");
        has(&code, "pub struct DmTextMessage");
        has(&code, "pub type SmsTextMessage = Note;");
        assert!(!code.contains("SharedCall"), "{code}");
    }

    #[test]
    fn a_channel_of_its_own_shares_nothing() {
        let code = code(&[
            ("dm", &[("text", "#/definitions/note")]),
            (
                "sms",
                &[("card", "#/entities/item"), ("word", "#/definitions/word")],
            ),
        ]);
        has(&code, "pub type DmTextMessage = Note;");
        has(&code, "pub struct SmsCardMessage");
        has(&code, "pub struct SmsWordMessage(pub String);");
        assert!(!code.contains("SharedCall"), "{code}");
    }
}
