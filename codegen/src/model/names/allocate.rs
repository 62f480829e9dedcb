//! The names of types. Each follows from the place of its type alone.

use std::collections::HashMap;

use super::case::upper_camel_of;
use super::distinct::numbered;
use super::reserved::{OF_TYPES, step_aside};
use crate::diagnostic::{Diagnostic, Files, Location, catalog};
use crate::model::{Module, Rank, TypeDef, TypeId};

/// A name that an item other than a payload type needs.
pub(crate) struct FixedName {
    pub(crate) module: Module,
    pub(crate) name: String,
    pub(crate) location: Location,
    /// Whether it is a trait. No path in its module names a trait, so `emit` writes names that it hides in full.
    pub(crate) is_trait: bool,
}

/// Gives every type the name of its place. Gives the names of the other items as well, in their order.
///
/// Of two that would have one name, one that the author chose keeps it, or else that of a payload or a trait, of a
/// definition, of the place that stands first. The other one gets a word for what it is.
pub(crate) fn allocate(
    types: &mut [TypeDef],
    order: &[TypeId],
    others: &[FixedName],
    files: &Files,
) -> (Vec<String>, Vec<Diagnostic>) {
    let wanted = types_in(types, order);
    let mut wanted: Vec<Wanted> = wanted
        .chain(others.iter().enumerate().map(of_item))
        .collect();
    wanted.sort_by_cached_key(|item| (!item.is_chosen, item.rank, files.position(&item.location)));
    let mut names = Allocator::default();
    let mut items = vec![String::new(); others.len()];
    for item in wanted {
        let name = names.claim(&item);
        match item.of {
            Of::Type(id) => types[id.0].name = name,
            Of::Item(index) => items[index] = name,
        }
    }
    (items, names.diagnostics)
}

fn types_in<'a>(types: &'a [TypeDef], order: &'a [TypeId]) -> impl Iterator<Item = Wanted> + 'a {
    order.iter().map(|id| {
        let ty = &types[id.0];
        Wanted {
            of: Of::Type(*id),
            module: ty.module,
            name: ty.origin.name.clone(),
            rank: ty.origin.rank,
            is_chosen: ty.origin.is_chosen,
            is_trait: false,
            location: ty.location.clone(),
        }
    })
}

fn of_item((index, item): (usize, &FixedName)) -> Wanted {
    Wanted {
        of: Of::Item(index),
        module: item.module,
        name: item.name.clone(),
        rank: Rank::Fixed,
        is_chosen: false,
        is_trait: item.is_trait,
        location: item.location.clone(),
    }
}

/// Something that needs a name in a module.
struct Wanted {
    of: Of,
    module: Module,
    name: String,
    rank: Rank,
    is_chosen: bool,
    is_trait: bool,
    location: Location,
}

enum Of {
    Type(TypeId),
    Item(usize),
}

#[derive(Default)]
struct Allocator {
    taken: HashMap<(Module, String), Taken>,
    diagnostics: Vec<Diagnostic>,
}

struct Taken {
    location: Location,
    is_chosen: bool,
    is_trait: bool,
}

impl Allocator {
    fn claim(&mut self, item: &Wanted) -> String {
        // Paths of the generated code never name a trait of an inner module.
        let reserved = if item.is_trait { &[] } else { OF_TYPES };
        let plain = step_aside(item.name.clone(), reserved);
        let name = match self.taken(item, &plain) {
            None => plain,
            Some(first) => {
                let (first, both) = (first.location.clone(), first.is_chosen && item.is_chosen);
                let name = others(item).find(|name| self.taken(item, name).is_none());
                let name = name.expect("one of endless names is free");
                self.diagnostics.push(if both {
                    catalog::names::chosen_twice(first, item.location.clone(), &plain)
                } else {
                    catalog::names::folded_types(first, item.location.clone(), &plain, &name)
                });
                name
            }
        };
        let taken = Taken {
            location: item.location.clone(),
            is_chosen: item.is_chosen,
            is_trait: item.is_trait,
        };
        self.taken.insert((item.module, name.clone()), taken);
        name
    }

    /// What has a name already: in the module, in one that sees it or in one that it sees.
    ///
    /// A trait and a type of different modules may have one name.
    fn taken(&self, item: &Wanted, name: &str) -> Option<&Taken> {
        let named = |scope: &Module| {
            let taken = self.taken.get(&(*scope, name.to_owned()))?;
            let may_share = item.is_trait || taken.is_trait;
            (*scope == item.module || !may_share).then_some(taken)
        };
        scopes(item.module).iter().find_map(named)
    }
}

/// The modules that share a scope with a module.
const fn scopes(module: Module) -> &'static [Module] {
    match module {
        Module::Root => &[Module::Root, Module::Actions, Module::Channels],
        Module::Actions => &[Module::Actions, Module::Root],
        Module::Channels => &[Module::Channels, Module::Root],
    }
}

/// Names for what is not the first of its name, likeliest first.
fn others(item: &Wanted) -> impl Iterator<Item = String> + use<> {
    let kind = match (item.is_trait, item.rank) {
        (true, _) => "Handler",
        (false, Rank::Fixed) => "Type",
        (false, Rank::Named) => "Definition",
        (false, Rank::Nested) => "Property",
    };
    let name = format!("{}{kind}", item.name);
    let numbered = numbered(name.clone()).map(|words| upper_camel_of(&words));
    std::iter::once(name).chain(numbered)
}
