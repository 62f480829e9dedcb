//! Schemas that hold at once, as one type.

use crate::definition::SchemaAt;
use crate::diagnostic::is_secret;
use crate::lower::context::{Known, Lowering};
use crate::lower::place::Place;
use crate::model::TypeRef;

impl Lowering<'_> {
    /// Gives the type of values that fit all of some schemas, made once however often it is asked for.
    pub(super) fn type_of_all(&mut self, all: &[SchemaAt], place: &Place) -> TypeRef {
        let Some(first) = all.first() else {
            return TypeRef::Any;
        };
        let targets: Vec<_> = all.iter().map(|at| self.follow(at)).collect();
        if targets.iter().all(|target| *target == targets[0]) {
            return self.type_of(first, place);
        }
        let ty = self.type_of_targets(&targets, first, place);
        if all.iter().any(|at| is_secret(self.set.schema(at))) {
            ty.secret()
        } else {
            ty
        }
    }

    fn type_of_targets(&mut self, targets: &[SchemaAt], at: &SchemaAt, place: &Place) -> TypeRef {
        let key: Vec<_> = targets
            .iter()
            .map(|target| (target.file, target.pointer.clone()))
            .collect();
        match self.conjunctions.get(&key) {
            Some(Known::Done(ty)) => return ty.clone(),
            Some(Known::Pending(Some(id))) => return TypeRef::Boxed(*id),
            Some(Known::Pending(None)) => {
                let id = self.reserve();
                self.conjunctions.insert(key, Known::Pending(Some(id)));
                return TypeRef::Boxed(id);
            }
            None => {}
        }
        self.conjunctions.insert(key.clone(), Known::Pending(None));
        let mut parts = Vec::new();
        for part in targets.iter().flat_map(|target| self.parts(target)) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let lowered = self.lower_parts(&parts, place);
        let reserved = match self.conjunctions.get(&key) {
            Some(Known::Pending(id)) => *id,
            _ => None,
        };
        let ty = self.name_reserved(reserved, false, at, place, lowered);
        self.conjunctions.insert(key, Known::Done(ty.clone()));
        ty
    }
}
