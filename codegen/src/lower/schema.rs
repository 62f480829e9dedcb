//! A schema and its type.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::diagnostic::{catalog, is_secret};
use crate::json_schema::Dialect;
use crate::lower::context::{Lowering, key_of};
use crate::lower::kind::{Kind, kinds_of_all};
use crate::lower::place::{Key, Place};
use crate::model::{Docs, Shape, TypeId, TypeRef};

/// A lowered schema, before it has a name.
#[derive(Debug)]
pub(super) enum Lowered {
    /// A type that needs no name of its own.
    Type(TypeRef),
    /// A type that needs one.
    Shape { shape: Shape, is_nullable: bool },
}

impl Lowered {
    pub(super) fn nullable(self, nullable: bool) -> Self {
        match self {
            Self::Type(ty) if nullable => Self::Type(ty.nullable()),
            Self::Type(ty) => Self::Type(ty),
            Self::Shape { shape, is_nullable } => Self::Shape {
                shape,
                is_nullable: is_nullable || nullable,
            },
        }
    }
}

impl From<Shape> for Lowered {
    fn from(shape: Shape) -> Self {
        Self::Shape {
            shape,
            is_nullable: false,
        }
    }
}

impl<'a> Lowering<'a> {
    /// The type of a schema, made once.
    pub(super) fn type_of(&mut self, at: &SchemaAt) -> TypeRef {
        let key = root_key(at);
        let is_plain = !self.roots.contains_key(&key) && !is_secret(self.set.schema(at));
        match self.reference(at).filter(|_| is_plain) {
            // A recursive type is found inside of itself at its own schema, not at a reference to it.
            Some(target) => self.type_of(&target),
            None => self.make_once(vec![key], |this, key| this.make_type(key, at)),
        }
    }

    fn make_type(&mut self, key: &[Key], at: &SchemaAt) -> TypeRef {
        let place = &self.place_of(at);
        let lowered = self.lower(at, place);
        let is_root = self.roots.get(&key[0]).is_some_and(|root| {
            root.is_always_named || matches!(lowered, Lowered::Type(TypeRef::Named(_)))
        });
        let ty = self.give_name(self.reserved(key), is_root, at, place, lowered);
        if is_secret(self.set.schema(at)) {
            self.warn_of_shown_secret(at);
            ty.secret()
        } else {
            ty
        }
    }

    /// Names a lowered schema if it needs a name: an id is reserved, or the name is fixed.
    pub(super) fn give_name(
        &mut self,
        reserved: Option<TypeId>,
        is_root: bool,
        at: &SchemaAt,
        place: &Place,
        lowered: Lowered,
    ) -> TypeRef {
        let (shape, is_nullable) = match lowered {
            Lowered::Type(ty) if !is_root && reserved.is_none() => return ty,
            Lowered::Type(ty) if !is_root && let Some(named) = ty.named() => {
                // The schema is found inside of itself by way of the named type, which needs no other name.
                let id = self.add_type(reserved, at, place, Shape::Alias(named));
                self.substitutes.insert(id, ty.clone());
                return ty;
            }
            Lowered::Type(TypeRef::Boxed(id)) if reserved == Some(id) => {
                (Shape::Newtype(TypeRef::Any), false)
            }
            Lowered::Type(TypeRef::Named(id))
                if is_root && reserved.is_none() && self.may_alias(at, id) =>
            {
                let alias = self.add_type(None, at, place, Shape::Alias(id));
                self.substitutes.insert(alias, TypeRef::Named(id));
                return TypeRef::Named(alias);
            }
            Lowered::Type(ty) => (Shape::Newtype(ty), false),
            Lowered::Shape {
                shape,
                is_nullable: true,
            } if is_root => {
                let inner = self.add_type(None, at, &place.value(), shape);
                (Shape::Newtype(TypeRef::Named(inner).nullable()), false)
            }
            Lowered::Shape { shape, is_nullable } => (shape, is_nullable),
        };
        let ty = TypeRef::Named(self.add_type(reserved, at, place, shape));
        if !is_nullable {
            return ty;
        }
        let ty = ty.nullable();
        if let Some(id) = reserved {
            self.substitutes.insert(id, ty.clone());
        }
        ty
    }

    /// Whether the type of a root may be another name of a type: only another root's type has a schema of its own.
    fn may_alias(&self, at: &SchemaAt, id: TypeId) -> bool {
        let root = self.roots.get(&root_key(at));
        root.is_some_and(|root| root.may_alias)
            && self.roots.keys().any(|key| self.named(key) == Some(id))
    }

    /// A secret with a value in the definition is not secret.
    fn warn_of_shown_secret(&mut self, at: &SchemaAt) {
        for keyword in ["default", "examples"] {
            if self.set.schema(at).get(keyword).is_some() {
                let place = key_of(&at.child(keyword));
                self.diagnostics
                    .push(catalog::secrets::secret_with_value(place, keyword));
            }
        }
    }

    /// Names an alternative of a union if it needs a name.
    pub(super) fn give_own_name(
        &mut self,
        at: &SchemaAt,
        place: &Place,
        lowered: Lowered,
    ) -> TypeRef {
        match lowered {
            Lowered::Type(ty) => ty,
            Lowered::Shape { shape, is_nullable } => {
                let ty = TypeRef::Named(self.add_type(None, at, place, shape));
                if is_nullable { ty.nullable() } else { ty }
            }
        }
    }

    fn add_type(
        &mut self,
        reserved: Option<TypeId>,
        at: &SchemaAt,
        place: &Place,
        shape: Shape,
    ) -> TypeId {
        let id = reserved.unwrap_or_else(|| self.reserve());
        let own = docs_of(self.set.schema(at));
        let docs = match self.roots.get(&(at.file, at.pointer.clone())) {
            Some(root) => root.docs.clone().and_docs(&own),
            None => own,
        };
        self.define(id, at, place, docs, shape);
        id
    }

    /// Lowers a schema: a reference is followed, everything else is the conjunction of its parts.
    fn lower(&mut self, at: &SchemaAt, place: &Place) -> Lowered {
        if let Some(root) = self.roots.get(&root_key(at)) {
            // A root has a name and a schema of its own, so it is not just its target; unless it may be another name of
            // an entity.
            let target = self.follow_only(at);
            let is_alias = root.may_alias && self.roots.contains_key(&root_key(&target));
            if !is_alias && target != *at {
                return self.lower(&target, place);
            }
        }
        if let Some(target) = self.reference(at) {
            return Lowered::Type(self.type_of(&target));
        }
        let parts = self.parts(at);
        // A root has the shape of its only part, whose place is the root's.
        let is_root = self.roots.contains_key(&(at.file, at.pointer.clone()));
        let is_root_part = |part: &SchemaAt| is_root && part.root == at.root;
        match parts.as_slice() {
            [only] if only.pointer != at.pointer && !is_root_part(only) => {
                Lowered::Type(self.type_of(only))
            }
            _ => self.lower_parts(&parts, place),
        }
    }

    /// Lowers schemas that all hold at once.
    pub(super) fn lower_parts(&mut self, parts: &[SchemaAt], place: &Place) -> Lowered {
        let schemas: Vec<_> = parts
            .iter()
            .filter_map(|part| self.keywords(part))
            .collect();
        let union = parts
            .iter()
            .zip(&schemas)
            .find(|(_, schema)| alternatives(schema).is_some());
        let declares_object = schemas
            .iter()
            .any(|schema| schema.contains_key("properties"));
        let kinds = kinds_of_all(&schemas);
        match (union, &kinds) {
            (Some((at, _)), None) => self.lower_union(&at.clone(), place),
            (Some((at, _)), Some(kinds))
                if kinds.without_null() == [Kind::Object] && !declares_object =>
            {
                let is_nullable = kinds.contains(Kind::Null);
                let lowered = match self.lower_union(&at.clone(), place) {
                    // The alternatives do not affect the shape: they differ in required properties only.
                    Lowered::Type(TypeRef::Any) => self.lower_kind(Kind::Object, parts, place),
                    union => union,
                };
                lowered.nullable(is_nullable)
            }
            (_, None) => Lowered::Type(TypeRef::Any),
            (_, Some(kinds)) => {
                let lowered = match kinds.without_null().as_slice() {
                    [] if kinds.contains(Kind::Null) => return Lowered::Type(TypeRef::Null),
                    [] => return Lowered::Type(TypeRef::Any),
                    [kind] => self.lower_kind(*kind, parts, place),
                    several => self.lower_kinds(several, parts, place),
                };
                lowered.nullable(kinds.contains(Kind::Null))
            }
        }
    }

    /// Lowers one kind of value of schemas.
    pub(super) fn lower_kind(&mut self, kind: Kind, parts: &[SchemaAt], place: &Place) -> Lowered {
        match kind {
            Kind::Null => Lowered::Type(TypeRef::Null),
            Kind::Boolean => Lowered::Type(TypeRef::Boolean),
            Kind::Integer => Lowered::Type(self.lower_integer(parts)),
            Kind::Number => Lowered::Type(TypeRef::Number),
            Kind::String => self.lower_string(parts),
            Kind::Array => Lowered::Type(self.lower_array(parts, place)),
            Kind::Object => self.lower_object(parts, place, None),
        }
    }

    /// The keywords of a schema, without those that its draft does not know.
    pub(super) fn keywords(&self, at: &SchemaAt) -> Option<Cow<'a, Map<String, Value>>> {
        let keywords = self.set.schema(at).as_object()?;
        // Most schemas have no keyword that some draft does not know.
        if keywords.keys().all(|name| Dialect::Draft4.knows(name)) {
            return Some(Cow::Borrowed(keywords));
        }
        let dialect = self.set.dialect(at);
        let known = keywords.iter().filter(|(name, _)| dialect.knows(name));
        let known = known.map(|(name, value)| (name.clone(), value.clone()));
        Some(Cow::Owned(known.collect()))
    }
}

fn root_key(at: &SchemaAt) -> Key {
    (at.file, at.pointer.clone())
}

/// The keyword whose alternatives a value may choose from.
pub(super) fn alternatives(schema: &Map<String, Value>) -> Option<&'static str> {
    ["anyOf", "oneOf"]
        .into_iter()
        .find(|keyword| schema.get(*keyword).is_some_and(Value::is_array))
}

/// Botpress keeps a schema's title in `x-zui`.
pub(super) fn title_of(schema: &Value) -> Option<&str> {
    schema["x-zui"]["title"]
        .as_str()
        .or_else(|| schema["title"].as_str())
}

/// The docs of a schema: its description, or else its title.
pub(super) fn docs_of(schema: &Value) -> Docs {
    match schema["description"].as_str() {
        Some(description) => Docs::new(None, Some(description)),
        None => Docs::new(title_of(schema), None),
    }
}
