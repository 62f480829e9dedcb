//! The state of lowering.

use std::collections::HashMap;

use crate::definition::{DefinitionSet, SchemaAt};
use crate::diagnostic::{Diagnostic, Location};
use crate::lower::place::{Key, LabelCache, Place};
use crate::model::{Docs, Module, Origin, Rank, Shape, TypeDef, TypeId, TypeRef};

/// A schema whose type has a fixed name.
#[derive(Clone, Debug)]
pub(super) struct Root {
    pub(super) place: Place,
    pub(super) docs: Docs,
    /// Whether the type may be another name of an entity's type.
    pub(super) may_alias: bool,
    /// Whether there is a type even if the schema needs none.
    pub(super) is_always_named: bool,
}

/// How far the type of schemas is known.
#[derive(Clone, Debug)]
enum Known {
    /// It is being made; it has an id as soon as it is found inside itself.
    Pending(Option<TypeId>),
    Done(TypeRef),
}

/// The state of lowering one definition.
pub(super) struct Lowering<'a> {
    pub(super) set: &'a DefinitionSet<'a>,
    pub(super) roots: HashMap<Key, Root>,
    /// The types of schemas: of one, or of several that hold at once.
    known: HashMap<Vec<Key>, Known>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) labels: LabelCache,
    /// The items about whose names there is a warning.
    pub(super) folded: Vec<[Location; 2]>,
    /// None where a type has an id and is still being made.
    types: Vec<Option<TypeDef>>,
    /// The types to use in place of an id: of recursive schemas that turned out to be more or less than the type of the
    /// id, such as one that is also null, and of ids that are other names.
    pub(super) substitutes: HashMap<TypeId, TypeRef>,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(set: &'a DefinitionSet<'a>) -> Self {
        Self {
            set,
            roots: HashMap::new(),
            known: HashMap::new(),
            diagnostics: Vec::new(),
            labels: LabelCache::default(),
            folded: Vec::new(),
            types: Vec::new(),
            substitutes: HashMap::new(),
        }
    }

    /// Makes the type of schemas that hold at once, or gives the one that was made before.
    ///
    /// A recursive type gets an id before it is made; `make` gets the id by [`reserved`](Self::reserved).
    pub(super) fn make_once(
        &mut self,
        key: Vec<Key>,
        make: impl FnOnce(&mut Self, &[Key]) -> TypeRef,
    ) -> TypeRef {
        match self.known.get(&key) {
            Some(Known::Done(ty)) => return ty.clone(),
            Some(Known::Pending(Some(id))) => return TypeRef::Boxed(*id),
            Some(Known::Pending(None)) => {
                let id = self.reserve();
                self.known.insert(key, Known::Pending(Some(id)));
                return TypeRef::Boxed(id);
            }
            None => {}
        }
        self.known.insert(key.clone(), Known::Pending(None));
        let ty = make(self, &key);
        self.known.insert(key, Known::Done(ty.clone()));
        ty
    }

    /// The id of a type that is being made, if it is recursive.
    pub(super) fn reserved(&self, key: &[Key]) -> Option<TypeId> {
        match self.known.get(key) {
            Some(Known::Pending(id)) => *id,
            _ => None,
        }
    }

    /// The named type of a schema, once it is made.
    pub(super) fn named(&self, key: &Key) -> Option<TypeId> {
        match self.known.get(std::slice::from_ref(key)) {
            Some(Known::Done(TypeRef::Named(id))) => Some(*id),
            _ => None,
        }
    }

    /// Reserves an id for a type that is still being made.
    pub(super) fn reserve(&mut self) -> TypeId {
        self.types.push(None);
        TypeId(self.types.len() - 1)
    }

    /// Defines the type of an id.
    pub(super) fn define(
        &mut self,
        id: TypeId,
        at: &SchemaAt,
        place: &Place,
        docs: Docs,
        shape: Shape,
    ) {
        self.types[id.0] = Some(TypeDef {
            name: String::new(),
            module: place.module,
            origin: place.origin(),
            docs,
            shape,
            location: location_of(at),
            payload: None,
        });
    }

    /// Adds a type without a schema, such as a set of tags.
    pub(super) fn define_fixed(
        &mut self,
        module: Module,
        name: String,
        docs: Docs,
        shape: Shape,
        at: Location,
    ) -> TypeId {
        let id = self.reserve();
        let origin = Origin {
            name,
            rank: Rank::Fixed,
            is_chosen: false,
        };
        self.types[id.0] = Some(TypeDef {
            name: String::new(),
            module,
            origin,
            docs,
            shape,
            location: at,
            payload: None,
        });
        id
    }

    /// The type of an id, unless it is still being made.
    pub(super) fn get(&self, id: TypeId) -> Option<&TypeDef> {
        self.types[id.0].as_ref()
    }

    /// Makes a type one that is validated on its own.
    pub(super) fn set_payload(&mut self, id: TypeId, text: String) {
        if let Some(ty) = &mut self.types[id.0] {
            ty.payload.get_or_insert(text);
        }
    }

    /// Gives all types, once nothing is being made any more.
    pub(super) fn into_types(self) -> Vec<TypeDef> {
        let substitutes = self.substitutes;
        let types = self.types.into_iter().map(|ty| {
            let mut ty = ty.expect("every reserved type is defined before lowering ends");
            ty.shape.substitute(&substitutes);
            ty
        });
        types.collect()
    }
}

/// A schema, for a diagnostic about its value.
pub(super) fn location_of(at: &SchemaAt) -> Location {
    Location::value(at.file, at.pointer.clone())
}

/// A schema, for a diagnostic about its name.
pub(super) fn key_of(at: &SchemaAt) -> Location {
    Location::key(at.file, at.pointer.clone())
}
