//! The named types inside a shape.

use crate::model::{Rest, Shape, TypeId, TypeRef};

impl Shape {
    /// The named types that the shape uses, in order.
    pub(crate) fn uses(&self) -> Vec<TypeId> {
        let mut uses = Vec::new();
        self.clone().visit_uses(&mut |id| uses.push(*id));
        uses
    }

    /// Visits every use of a named type.
    pub(crate) fn visit_uses(&mut self, visit: &mut impl FnMut(&mut TypeId)) {
        match self {
            Self::Struct(definition) => {
                for field in &mut definition.fields {
                    field.ty.visit_uses(visit);
                }
                if let Rest::Open { value, .. } = &mut definition.rest {
                    value.visit_uses(visit);
                }
            }
            Self::Union(definition) => {
                for variant in &mut definition.variants {
                    variant.ty.visit_uses(visit);
                }
            }
            Self::Newtype(ty) => ty.visit_uses(visit),
            Self::Alias(id) => visit(id),
            Self::Enum(_) => {}
        }
    }
}

impl TypeRef {
    fn visit_uses(&mut self, visit: &mut impl FnMut(&mut TypeId)) {
        match self {
            Self::Named(id) | Self::Boxed(id) => visit(id),
            Self::Secret(inner) | Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => {
                inner.visit_uses(visit);
            }
            Self::Tuple(items) => {
                for item in items {
                    item.visit_uses(visit);
                }
            }
            Self::String
            | Self::Integer
            | Self::Number
            | Self::Boolean
            | Self::Null
            | Self::Any => {}
        }
    }
}
