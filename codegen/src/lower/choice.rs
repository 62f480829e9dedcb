//! Unions without a property that distinguishes the alternatives.

use serde_json::Value;

use crate::definition::SchemaAt;
use crate::lower::bundle::bundle;
use crate::lower::context::{Lowering, location_of};
use crate::lower::kind::Kind;
use crate::lower::place::Place;
use crate::lower::schema::{Lowered, title_of};
use crate::lower::union::Branch;
use crate::model::names::{ORDINALS, chosen, upper_camel};
use crate::model::{Alternatives, Shape, TypeRef, UnionDef, VariantTypeDef};

/// A way to name an alternative.
type Strategy<'a> = &'a dyn Fn(&Branch) -> Option<String>;

impl Lowering<'_> {
    /// Makes an enum of alternatives, which are distinguished by kind or else by schema.
    ///
    /// If one alternative can be anything, so can the union. If all have one type, the union has that type.
    pub(super) fn lower_choice(&mut self, branches: &[Branch], place: &Place) -> Lowered {
        let is_by_kind = self.differ_in_kind(branches);
        let Some(names) = self.branch_names(branches) else {
            return Lowered::Type(TypeRef::Any);
        };
        let mut variants = Vec::new();
        for (branch, name) in branches.iter().zip(names) {
            let place = place.part(&name);
            let lowered = self.lower_only(branch, &place);
            let ty = self.give_own_name(&branch.at, &place, lowered);
            let schema = (!is_by_kind).then(|| bundle(self.set, &branch.at));
            variants.push(VariantTypeDef {
                wire: String::new(),
                name,
                ty,
                schema,
                location: location_of(&branch.at),
            });
        }
        match variants.as_slice() {
            [] => return Lowered::Type(TypeRef::Any),
            [first, others @ ..] if others.iter().all(|other| other.ty == first.ty) => {
                return Lowered::Type(first.ty.clone());
            }
            all if all.iter().any(|variant| variant.ty == TypeRef::Any) => {
                return Lowered::Type(TypeRef::Any);
            }
            _ => {}
        }
        let alternatives = if is_by_kind {
            Alternatives::Kind
        } else {
            Alternatives::Schema
        };
        union_of(alternatives, variants)
    }

    fn differ_in_kind(&self, branches: &[Branch]) -> bool {
        let kinds: Option<Vec<Kind>> = branches
            .iter()
            .map(|branch| self.only_kind(branch))
            .collect();
        let class = |kind: &Kind| {
            if *kind == Kind::Integer {
                Kind::Number
            } else {
                *kind
            }
        };
        kinds.is_some_and(|kinds| {
            kinds.iter().enumerate().all(|(index, kind)| {
                kinds[..index]
                    .iter()
                    .all(|other| class(other) != class(kind))
            })
        })
    }

    /// Names each alternative by the first feature that those before it do not have, or else by its position.
    ///
    /// The first one is compared with the second. So an alternative that is added behind them renames none.
    pub(super) fn branch_names(&self, branches: &[Branch]) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for ((index, branch), turn) in branches.iter().enumerate().zip(ORDINALS) {
            let others = match index {
                0 => branches.get(1..2).unwrap_or_default(),
                _ => &branches[..index],
            };
            let strategies: [Strategy<'_>; 6] = [
                &|branch| self.chosen_name(branch),
                &|branch| self.title(branch),
                &|branch| self.only_value(branch),
                &|branch| self.referred(branch),
                &|branch| self.kind(branch),
                &|branch| self.own_requirement(branch, others),
            ];
            let own = strategies.iter().find_map(|strategy| {
                let name = strategy(branch)?;
                let mut others = others.iter();
                let is_own = others.all(|other| strategy(other).as_ref() != Some(&name));
                (is_own && !names.contains(&name)).then_some(name)
            });
            names.push(own.unwrap_or_else(|| upper_camel(turn)));
        }
        (names.len() == branches.len()).then_some(names)
    }

    fn chosen_name(&self, branch: &Branch) -> Option<String> {
        let name = &self.set.schema(&branch.at)["x-rust-name"];
        name.as_str().map(chosen)
    }

    /// The one value that an alternative lets through.
    fn only_value(&self, branch: &Branch) -> Option<String> {
        let [part] = branch.parts.as_slice() else {
            return None;
        };
        let schema = self.keywords(part)?;
        let value = schema.get("const").or_else(|| {
            let listed = schema.get("enum")?.as_array()?;
            listed.first().filter(|_| listed.len() == 1)
        })?;
        match value {
            Value::String(text) => Some(upper_camel(text)),
            Value::Bool(value) => Some(upper_camel(&value.to_string())),
            _ => None,
        }
    }

    fn title(&self, branch: &Branch) -> Option<String> {
        title_of(self.set.schema(&branch.at)).map(upper_camel)
    }

    /// The name of an alternative's target: an entity, a definition.
    fn referred(&self, branch: &Branch) -> Option<String> {
        let target = self.reference(&branch.at)?.pointer;
        let name = target.names().filter(|name| name != "schema").last()?;
        Some(upper_camel(&name))
    }

    fn kind(&self, branch: &Branch) -> Option<String> {
        Some(kind_name(self.only_kind(branch)?).to_owned())
    }

    /// The property that this alternative requires and the others do not.
    ///
    /// A property that is only declared names nothing: others may declare it later.
    fn own_requirement(&self, branch: &Branch, others: &[Branch]) -> Option<String> {
        let required = |branch: &Branch| self.object_view(&branch.parts).required;
        let of_others: Vec<String> = others.iter().flat_map(required).collect();
        let mut own = required(branch).into_iter();
        own.find(|name| !of_others.contains(name))
            .map(|name| upper_camel(&name))
    }

    /// Lowers a schema that lets several kinds of value through.
    pub(super) fn lower_kinds(
        &mut self,
        kinds: &[Kind],
        parts: &[SchemaAt],
        place: &Place,
    ) -> Lowered {
        let mut variants = Vec::new();
        for kind in kinds {
            let name = kind_name(*kind).to_owned();
            let place = place.part(&name);
            let lowered = self.lower_kind(*kind, parts, &place);
            let ty = self.give_own_name(&parts[0], &place, lowered);
            variants.push(VariantTypeDef {
                wire: String::new(),
                name,
                ty,
                schema: None,
                location: location_of(&parts[0]),
            });
        }
        union_of(Alternatives::Kind, variants)
    }
}

fn union_of(alternatives: Alternatives, variants: Vec<VariantTypeDef>) -> Lowered {
    Shape::Union(UnionDef {
        alternatives,
        variants,
    })
    .into()
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "Null",
        Kind::Boolean => "Boolean",
        Kind::Integer => "Integer",
        Kind::Number => "Number",
        Kind::String => "String",
        Kind::Array => "List",
        Kind::Object => "Object",
    }
}
