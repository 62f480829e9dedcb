//! The names of fields.

use crate::diagnostic::{Location, catalog};
use crate::lower::context::Lowering;
use crate::model::FieldDef;
use crate::model::names::{Case, OF_PAYLOADS, Source, distinct};

/// The field of the undeclared properties.
pub(super) const REST: &str = "extra";

impl Lowering<'_> {
    /// Names the fields of a struct in the order in which their properties stand in the file.
    pub(super) fn name_fields(&mut self, fields: &mut [FieldDef], is_open: bool) {
        let files = self.set.files();
        let mut order: Vec<usize> = (0..fields.len()).collect();
        order.sort_by_cached_key(|index| files.position(&fields[*index].location));
        let reserved: Vec<_> = order
            .iter()
            .map(|index| reserved(&fields[*index], is_open))
            .collect();
        let sources: Vec<_> = order
            .iter()
            .zip(&reserved)
            .map(|(index, reserved)| Source {
                text: &fields[*index].wire,
                chosen: self.chosen_at(&fields[*index].location),
                reserved,
            })
            .collect();
        let named = distinct(&sources, Case::Snake);
        for fold in named.folds {
            let [first, second] = [fold.first, fold.second].map(|index| &fields[order[index]]);
            let name = &named.names[fold.second];
            let places = [first, second].map(|field| field.location.clone());
            let [first, second] = [first, second].map(|field| field.wire.as_str());
            let [at_first, at_second] = places;
            self.diagnostics.push(if fold.is_chosen {
                catalog::names::chosen_twice(at_first, at_second, name)
            } else {
                catalog::names::folded((first, at_first), (second, at_second), name)
            });
        }
        for (index, name) in order.into_iter().zip(named.names) {
            fields[index].name = name;
        }
    }

    /// The name that an author chose for a property.
    fn chosen_at(&self, location: &Location) -> Option<&str> {
        let value = &self.set.files().get(location.file).value;
        location.pointer()?.find(value)?["x-rust-name"].as_str()
    }
}

/// The names that a field cannot have: that of the undeclared properties, and for a field whose method gives its
/// default those of other methods.
fn reserved(field: &FieldDef, is_open: bool) -> Vec<&'static str> {
    let methods = field.default.is_some().then_some(OF_PAYLOADS);
    let methods = methods.into_iter().flatten().copied();
    methods.chain(is_open.then_some(REST)).collect()
}
