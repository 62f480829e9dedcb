//! The order in which types are named and printed: each before those inside it.

use crate::model::{TypeDef, TypeId};

/// Orders the types from these roots inwards.
pub(crate) fn order(types: &[TypeDef], roots: impl IntoIterator<Item = TypeId>) -> Vec<TypeId> {
    let mut order = Vec::new();
    let mut is_seen = vec![false; types.len()];
    for root in roots {
        visit(types, root, &mut is_seen, &mut order);
    }
    order
}

fn visit(types: &[TypeDef], id: TypeId, is_seen: &mut [bool], order: &mut Vec<TypeId>) {
    if std::mem::replace(&mut is_seen[id.0], true) {
        return;
    }
    order.push(id);
    for inner in types[id.0].shape.uses() {
        visit(types, inner, is_seen, order);
    }
}
