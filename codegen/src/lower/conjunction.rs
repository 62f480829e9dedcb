//! Schemas that hold at once, as one type.

use crate::definition::SchemaAt;
use crate::diagnostic::is_secret;
use crate::lower::context::Lowering;
use crate::lower::place::Place;
use crate::model::TypeRef;

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
        self.make_once(key.collect(), |this, key| {
            let mut parts = Vec::new();
            for part in targets.iter().flat_map(|target| this.parts(target)) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            let lowered = this.lower_parts(&parts, place);
            this.give_name(this.reserved(key), false, at, place, lowered)
        })
    }
}
