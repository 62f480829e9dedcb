//! The types of a definition, by id.

use crate::diagnostic::Location;
use crate::model::Docs;

/// Names a type of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) usize);

/// The module of the generated file that contains a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Module {
    /// The definition's own module.
    Root,
    /// `actions`.
    Actions,
    /// `channels`.
    Channels,
}

/// A type that gets a name.
#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub(crate) name: String,
    pub(crate) module: Module,
    pub(crate) origin: Origin,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    /// The schema that the type was made from.
    pub(crate) location: Location,
    /// The schema's text, for a type that is validated on its own.
    pub(crate) payload: Option<String>,
}

/// Where a type's name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The name that follows from the type's place.
    pub(crate) name: String,
    pub(crate) rank: Rank,
    /// Whether `x-rust-name` gives the name.
    pub(crate) is_chosen: bool,
}

/// The kind of a type's place. Of two places with one name, the lower rank keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// A payload, tags.
    Fixed,
    /// A file or a definition that schemas refer to.
    Named,
    /// Inside another type.
    Nested,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Struct(StructDef),
    Enum(EnumDef),
    Union(UnionDef),
    /// A struct around one value, for a payload that is not an object and for recursion.
    Newtype(TypeRef),
    /// Another name of a type.
    Alias(TypeId),
}

impl Shape {
    /// Whether a value can be made from nothing: an object whose properties are optional, an empty list, null.
    pub(crate) fn has_default(&self) -> bool {
        match self {
            Self::Struct(definition) => {
                let mut fields = definition.fields.iter();
                fields.all(|field| field.presence == Presence::Optional)
            }
            Self::Newtype(ty) => matches!(
                ty,
                TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Null
            ),
            Self::Enum(_) | Self::Union(_) | Self::Alias(_) => false,
        }
    }
}

/// An object with declared properties.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StructDef {
    pub(crate) fields: Vec<FieldDef>,
    pub(crate) rest: Rest,
}

/// The undeclared properties of an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rest {
    /// Nothing.
    Closed,
    /// Anything, and nothing is kept: tags of other integrations.
    Ignored,
    /// Anything of a type, kept in a field of this name.
    Open { name: String, value: TypeRef },
}

/// A declared property.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldDef {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The name and the constraints of the property, in one line of docs.
    pub(crate) facts: Option<String>,
    pub(crate) ty: TypeRef,
    pub(crate) presence: Presence,
    pub(crate) default: Option<Default>,
    pub(crate) location: Location,
}

impl FieldDef {
    /// The author's words, and the facts.
    pub(crate) fn full_docs(&self) -> Docs {
        let docs = self.docs.clone();
        match &self.facts {
            Some(facts) => docs.and(facts),
            None => docs,
        }
    }
}

/// Whether a property has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Required,
    Optional,
}

/// The default value of an absent property.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Default {
    Boolean(bool),
    Integer(i64),
    /// An integer beyond the range of `i64`.
    Unsigned(u64),
    Number(f64),
    String(String),
    /// The index of a variant of the field's enum.
    Variant(usize),
    /// The JSON text of a value for which Rust has no literal.
    Json(String),
}

/// A choice of strings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumDef {
    pub(crate) variants: Vec<VariantDef>,
}

/// One string of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VariantDef {
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) location: Location,
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnionDef {
    pub(crate) alternatives: Alternatives,
    pub(crate) variants: Vec<VariantTypeDef>,
}

/// The way to distinguish the alternatives of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Alternatives {
    /// The value of this property.
    Tagged(String),
    /// By kind: no two are of the same kind of JSON value.
    Kind,
    /// By schema: each variant has one.
    Schema,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VariantTypeDef {
    /// The tag's value, where there is a tag.
    pub(crate) wire: String,
    pub(crate) name: String,
    pub(crate) ty: TypeRef,
    /// The text of the alternative's schema, if the schema distinguishes it from the others.
    pub(crate) schema: Option<String>,
    pub(crate) location: Location,
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TypeRef {
    Named(TypeId),
    /// A named type that would contain itself.
    Boxed(TypeId),
    String,
    /// A text that is a point in time.
    DateTime,
    /// A text that is a day.
    Date,
    /// A value that `Debug` does not show.
    Secret(Box<TypeRef>),
    /// An integer in the range of `i64`.
    Integer,
    /// An integer in the range of `u64`.
    Unsigned,
    Number,
    Boolean,
    Null,
    /// Any JSON value.
    Any,
    List(Box<TypeRef>),
    /// A list of a fixed length, each item of a type of its own.
    Tuple(Vec<TypeRef>),
    Map(Box<TypeRef>),
    Nullable(Box<TypeRef>),
}

impl TypeRef {
    /// The same, or null.
    pub(crate) fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any | Self::Null => self,
            other => Self::Nullable(Box::new(other)),
        }
    }

    /// The named type that this is, or that it is if it is not null.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }

    /// A list of these. The items of a list are on the heap already, so none is boxed.
    pub(crate) fn list(self) -> Self {
        Self::List(Box::new(self.unboxed()))
    }

    /// A map to these.
    pub(crate) fn map(self) -> Self {
        Self::Map(Box::new(self.unboxed()))
    }

    /// The same as a secret. Null is not a secret.
    pub(crate) fn secret(self) -> Self {
        match self {
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.secret())),
            Self::Secret(_) | Self::Null => self,
            other => Self::Secret(Box::new(other.unboxed())),
        }
    }

    /// The same in a type that it would contain.
    pub(super) fn boxed(self) -> Self {
        match self {
            Self::Named(id) => Self::Boxed(id),
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.boxed())),
            other => other,
        }
    }

    fn unboxed(self) -> Self {
        match self {
            Self::Boxed(id) => Self::Named(id),
            other => other,
        }
    }
}

/// All types of a definition.
#[derive(Clone, Debug)]
pub(crate) struct Types {
    types: Vec<TypeDef>,
    order: Vec<TypeId>,
}

impl Types {
    /// Holds types that are printed in this order.
    pub(crate) fn new(types: Vec<TypeDef>, order: Vec<TypeId>) -> Self {
        Self { types, order }
    }

    pub(crate) fn get(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// Every type, each before those inside it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.order.iter().map(|id| (*id, self.get(*id)))
    }

    /// The type that a name stands for, where it is another name of one.
    pub(crate) fn resolve(&self, id: TypeId) -> TypeId {
        match self.get(id).shape {
            Shape::Alias(target) => self.resolve(target),
            _ => id,
        }
    }

    /// The text of the schema of a type that is validated on its own.
    pub(crate) fn schema_text(&self, id: TypeId) -> &str {
        let ty = self.get(self.resolve(id));
        ty.payload.as_deref().unwrap_or_default()
    }

    /// The types of one module.
    pub(crate) fn in_module(&self, module: Module) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.iter().filter(move |(_, ty)| ty.module == module)
    }
}
