//! Tags of users, conversations and messages.

use std::collections::BTreeMap;

use crate::definition::Tag;
use crate::diagnostic::{Location, Pointer};
use crate::lower::context::Lowering;
use crate::lower::facts::{sentence, wire_name};
use crate::model::names::Case;
use crate::model::{Docs, FieldDef, Module, Presence, Rest, Shape, StructDef, TypeId, TypeRef};

impl Lowering<'_> {
    /// Makes the struct of some tags, which are all optional.
    pub(super) fn lower_tags(
        &mut self,
        module: Module,
        name: String,
        docs: &str,
        tags: Option<&BTreeMap<String, Tag>>,
        at: &Pointer,
    ) -> TypeId {
        let names = self.items_in(at, Case::Snake);
        let fields = tags
            .into_iter()
            .flatten()
            .map(|(wire, tag)| FieldDef {
                wire: wire.clone(),
                name: names[wire].clone(),
                docs: Docs::new(tag.title.as_deref(), tag.description.as_deref()),
                facts: wire_name(wire, &names[wire]).map(|name| sentence(&[name])),
                ty: TypeRef::String,
                presence: Presence::Optional,
                default: None,
                location: Location::key(self.set.root(), at.child(wire)),
            })
            .collect();
        let shape = Shape::Struct(StructDef {
            fields,
            rest: Rest::Ignored,
        });
        let location = self.set.key_location(at.clone());
        self.define_fixed(module, name, Docs::markdown(docs), shape, location)
    }
}
