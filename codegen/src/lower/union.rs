//! Unions: values of one of several types.

use std::collections::HashMap;

use crate::definition::SchemaAt;
use crate::diagnostic::Location;
use crate::lower::context::{Lowering, location_of};
use crate::lower::kind::{Kind, kinds_of_all};
use crate::lower::place::Place;
use crate::lower::schema::{Lowered, alternatives};
use crate::lower::string::values;
use crate::model::{Alternatives, Shape, TypeRef, UnionDef, VariantTypeDef};

/// One alternative: where it stands, and its parts with references followed.
pub(super) struct Branch {
    pub(super) at: SchemaAt,
    pub(super) parts: Vec<SchemaAt>,
}

impl Lowering<'_> {
    /// Lowers `anyOf` or `oneOf`.
    pub(super) fn lower_union(&mut self, at: &SchemaAt, place: &Place) -> Lowered {
        let (branches, is_nullable) = self.branches(at);
        if branches.is_empty() && is_nullable {
            return Lowered::Type(TypeRef::Null);
        }
        let lowered = if let [only] = branches.as_slice() {
            self.lower_only(only, place)
        } else if let Some(strings) = self.find_strings(&branches) {
            self.lower_string_enum(at, strings)
        } else if let Some((tag, tag_values)) = self.find_tag(at, &branches) {
            self.lower_tagged(at, &tag, tag_values, &branches, place)
        } else {
            self.lower_choice(&branches, place)
        };
        lowered.nullable(is_nullable)
    }

    /// The names of the alternatives that add one to the names of their types, by their positions.
    pub(super) fn name_branches(&self, at: &SchemaAt) -> Option<HashMap<String, String>> {
        let (branches, _) = self.branches(at);
        if branches.len() < 2 || self.find_strings(&branches).is_some() {
            return None;
        }
        let names = match self.find_tag(at, &branches) {
            Some((_, tags)) => {
                let tags = tags.iter().map(String::as_str);
                self.distinct_values(at, &tags.collect::<Vec<_>>()).names
            }
            None => self.branch_names(&branches)?,
        };
        let positions = branches
            .iter()
            .filter_map(|branch| branch.at.pointer.last());
        Some(positions.zip(names).collect())
    }

    /// The alternatives that a value can fit, other than null, and whether null is one.
    fn branches(&self, at: &SchemaAt) -> (Vec<Branch>, bool) {
        let Some(keyword) = self.keywords(at).and_then(|schema| alternatives(&schema)) else {
            return (Vec::new(), false);
        };
        let count = self.set.schema(at)[keyword].as_array().map_or(0, Vec::len);
        let all = (0..count).map(|index| at.child(keyword).item(index));
        let all = all.filter(|at| !self.is_never(at)).map(|at| Branch {
            parts: self.parts_through_references(&at),
            at,
        });
        let (null, others): (Vec<_>, Vec<_>) =
            all.partition(|branch| self.only_kind(branch) == Some(Kind::Null));
        (others, !null.is_empty())
    }

    /// The alternative that every value fits, if there is one alone.
    pub(super) fn only_alternative(&self, at: &SchemaAt, keyword: &str) -> Option<SchemaAt> {
        let count = self.set.schema(at)[keyword].as_array().map_or(0, Vec::len);
        let each = (0..count).map(|index| at.child(keyword).item(index));
        let mut possible = each.filter(|at| !self.is_never(at));
        let only = possible.next()?;
        possible.next().is_none().then_some(only)
    }

    /// The only kind of value that an alternative lets through.
    pub(super) fn only_kind(&self, branch: &Branch) -> Option<Kind> {
        let schemas: Vec<_> = branch
            .parts
            .iter()
            .filter_map(|part| self.keywords(part))
            .collect();
        let kinds = kinds_of_all(&schemas)?;
        match kinds.without_null().as_slice() {
            [] if kinds.contains(Kind::Null) => Some(Kind::Null),
            [kind] if !kinds.contains(Kind::Null) => Some(*kind),
            _ => None,
        }
    }

    /// Lowers the only alternative.
    pub(super) fn lower_only(&mut self, branch: &Branch, place: &Place) -> Lowered {
        match self.reference(&branch.at) {
            Some(target) => Lowered::Type(self.type_of(&target)),
            None => self.lower_parts(&branch.parts, place),
        }
    }

    /// All strings, where every alternative lists some.
    fn find_strings(&self, branches: &[Branch]) -> Option<Vec<(String, Location)>> {
        let mut strings = Vec::new();
        for branch in branches {
            let [part] = branch.parts.as_slice() else {
                return None;
            };
            if self.only_kind(branch)? != Kind::String {
                return None;
            }
            strings.extend(values(&*self.keywords(part)?, part)?);
        }
        (!strings.is_empty()).then_some(strings)
    }

    /// The property that distinguishes the alternatives, and its value in each of them.
    fn find_tag(&self, at: &SchemaAt, branches: &[Branch]) -> Option<(String, Vec<String>)> {
        if !branches
            .iter()
            .all(|branch| self.only_kind(branch) == Some(Kind::Object))
        {
            return None;
        }
        let schema = self.set.schema(at);
        let declared = [
            &schema["discriminator"]["propertyName"],
            &schema["x-zui"]["def"]["discriminator"],
        ]
        .map(|name| name.as_str());
        let first = self.object_view(&branches.first()?.parts);
        let candidates = declared
            .into_iter()
            .flatten()
            .chain(["type"])
            .chain(first.in_order().map(|(name, _, _)| name));
        candidates.into_iter().find_map(|tag| {
            let tags: Option<Vec<String>> = branches
                .iter()
                .map(|branch| self.tag_value(branch, tag))
                .collect();
            let tags = tags?;
            let are_distinct = tags
                .iter()
                .enumerate()
                .all(|(index, value)| !tags[..index].contains(value));
            are_distinct.then(|| (tag.to_owned(), tags))
        })
    }

    fn tag_value(&self, branch: &Branch, tag: &str) -> Option<String> {
        let view = self.object_view(&branch.parts);
        if !view.required.iter().any(|name| name == tag) {
            return None;
        }
        view.properties.get(tag)?.iter().find_map(|declared| {
            let declared = self.follow(declared);
            match values(&*self.keywords(&declared)?, &declared)?.as_slice() {
                [(only, _)] => Some(only.clone()),
                _ => None,
            }
        })
    }

    fn lower_tagged(
        &mut self,
        at: &SchemaAt,
        tag: &str,
        tags: Vec<String>,
        branches: &[Branch],
        place: &Place,
    ) -> Lowered {
        let tags: Vec<_> = tags
            .into_iter()
            .zip(branches)
            .map(|(tag, branch)| (tag, location_of(&branch.at)))
            .collect();
        let names = self.variant_names(at, &tags);
        let mut variants = Vec::new();
        for ((branch, (wire, _)), name) in branches.iter().zip(tags).zip(names) {
            let place = place.part(&name);
            let object = self.lower_object(&branch.parts, &place, Some(tag));
            let ty = self.give_own_name(&branch.at, &place, object);
            variants.push(VariantTypeDef {
                wire,
                name,
                ty,
                schema: None,
                location: location_of(&branch.at),
            });
        }
        Shape::Union(UnionDef {
            alternatives: Alternatives::Tagged(tag.to_owned()),
            variants,
        })
        .into()
    }
}
