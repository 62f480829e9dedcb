//! The named types inside a shape.

use std::collections::HashMap;

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
        if let Self::Alias(id) = self {
            visit(id);
        }
        self.visit_types(&mut |ty| ty.visit_uses(visit));
    }

    /// Uses other types in place of some named ones.
    pub(crate) fn substitute(&mut self, others: &HashMap<TypeId, TypeRef>) {
        if !others.is_empty() {
            self.visit_types(&mut |ty| ty.substitute(others));
        }
    }

    /// Visits the types that a value of the shape contains.
    fn visit_types(&mut self, visit: &mut impl FnMut(&mut TypeRef)) {
        match self {
            Self::Struct(definition) => {
                for field in &mut definition.fields {
                    visit(&mut field.ty);
                }
                if let Rest::Open { value, .. } = &mut definition.rest {
                    visit(value);
                }
            }
            Self::Union(definition) => {
                for variant in &mut definition.variants {
                    visit(&mut variant.ty);
                }
            }
            Self::Newtype(ty) => visit(ty),
            Self::Alias(_) | Self::Enum(_) => {}
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
            | Self::DateTime
            | Self::Date
            | Self::Integer
            | Self::Unsigned
            | Self::Number
            | Self::Boolean
            | Self::Null
            | Self::Any => {}
        }
    }

    fn substitute(&mut self, others: &HashMap<TypeId, TypeRef>) {
        match self {
            Self::Named(id) => {
                if let Some(other) = others.get(id) {
                    *self = other.clone();
                }
            }
            Self::Boxed(id) => {
                if let Some(other) = others.get(id) {
                    *self = other.clone().boxed();
                }
            }
            Self::Secret(inner) => {
                inner.substitute(others);
                *self = (**inner).clone().secret();
            }
            Self::Nullable(inner) => {
                inner.substitute(others);
                *self = (**inner).clone().nullable();
            }
            Self::List(inner) | Self::Map(inner) => inner.substitute(others),
            Self::Tuple(items) => {
                for item in items {
                    item.substitute(others);
                }
            }
            Self::String
            | Self::DateTime
            | Self::Date
            | Self::Integer
            | Self::Unsigned
            | Self::Number
            | Self::Boolean
            | Self::Null
            | Self::Any => {}
        }
    }
}
