//! Schemas that hold at once, as one type.

use crate::definition::SchemaAt;
use crate::diagnostic::is_secret;
use crate::lower::context::{Lowering, location_of};
use crate::lower::place::Place;
use crate::model::{Docs, Rank, Shape, TypeId, TypeRef};

impl Lowering<'_> {
    /// The type of values that fit all of some schemas, made once.
    pub(super) fn type_of_all(&mut self, all: &[SchemaAt], place: &Place) -> TypeRef {
        let Some(first) = all.first() else {
            return TypeRef::Any;
        };
        let targets: Vec<_> = all.iter().map(|at| self.follow(at)).collect();
        if targets.iter().all(|target| *target == targets[0]) {
            return self.type_of(first);
        }
        let ty = self.type_of_targets(&targets, first, place);
        if all.iter().any(|at| is_secret(self.set.schema(at))) {
            ty.secret()
        } else {
            ty
        }
    }

    fn type_of_targets(&mut self, targets: &[SchemaAt], at: &SchemaAt, place: &Place) -> TypeRef {
        let key = targets
            .iter()
            .map(|target| (target.file, target.pointer.clone()));
        let ty = self.make_once(key.collect(), |this, key| {
            let mut parts = Vec::new();
            for part in targets.iter().flat_map(|target| this.parts(target)) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            let lowered = this.lower_parts(&parts, place);
            this.give_name(this.reserved(key), false, at, place, lowered)
        });
        self.named_at(ty, at, place)
    }

    /// The type under the name of a place. Schemas that hold at once in several places are lowered for the first of
    /// them, and each other place has a name of its own.
    fn named_at(&mut self, ty: TypeRef, at: &SchemaAt, place: &Place) -> TypeRef {
        match ty {
            TypeRef::Nullable(inner) => self.named_at(*inner, at, place).nullable(),
            TypeRef::Named(id) if self.is_of_other_place(id, at, place) => {
                let alias = self.reserve();
                self.define(alias, at, place, Docs::default(), Shape::Alias(id));
                TypeRef::Named(alias)
            }
            other => other,
        }
    }

    fn is_of_other_place(&self, id: TypeId, at: &SchemaAt, place: &Place) -> bool {
        self.get(id).is_some_and(|known| {
            known.origin.rank == Rank::Nested
                && known.origin.name != place.origin().name
                && known.location == location_of(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::code_of;

    #[test]
    fn a_secret_is_hidden_wherever_it_is_marked() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let nothing = json!({ "type": "null" });
        let entity = json!({ "$ref": "#/entities/key" });
        let properties = json!({
            "branch": { "anyOf": [secret, nothing] },
            "entity": entity,
            "entity_or_null": { "anyOf": [entity, nothing] },
            "part": { "allOf": [{ "type": "string" }, { "x-zui": { "secret": true } }] },
            "either": { "oneOf": [secret, { "type": "integer" }] },
        });
        let schema = json!({ "type": "object", "properties": properties });
        let code = code_of(&json!({
            "name": "shop", "version": "1.0.0",
            "configuration": { "schema": schema }, "entities": { "key": { "schema": secret } },
        }));
        for field in [
            "branch: Option<Option<Secret>>",
            "entity: Option<Secret<KeyEntity>>",
            "entity_or_null: Option<Option<Secret<KeyEntity>>>",
            "part: Option<Secret>",
            "either: Option<Secret<PrimaryConfigurationEither>>",
        ] {
            assert!(code.contains(field), "{field} is not in {code}");
        }
    }
}
