//! From JSON Schema to the model.
//!
//! References are followed, `allOf` is flattened, unions, nullability and open objects become types, and every
//! type gets its name. Nothing after this phase sees JSON Schema, apart from the texts for the validator.

mod array;
mod bundle;
mod choice;
mod conjunction;
mod context;
mod default;
mod facts;
mod fields;
mod formats;
mod held;
mod integer;
mod kind;
mod labels;
mod merge;
mod never;
mod object;
mod operations;
mod parts;
mod place;
mod roots;
mod schema;
mod shared;
mod string;
mod tags;
mod union;
mod untyped;

use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;
pub(crate) use crate::lower::bundle::{Bundled, bundled, bundled_with_places, definition_text};
use crate::lower::context::Lowering;
pub(crate) use crate::lower::default::validator;
pub(crate) use crate::lower::operations::module_name;
pub(crate) use crate::lower::untyped::{AnyUse, untyped};
use crate::model::{Model, Types, names, order};

/// Lowers a definition; gives diagnostics as well.
///
/// The model is complete even if there are errors, here or in earlier phases; with errors, its names may collide.
pub(crate) fn lower(set: &DefinitionSet, is_refused: bool) -> (Model, Vec<Diagnostic>) {
    lower_roots(set, is_refused, Roots::All)
}

/// Lowers the configurations and states of an older version.
pub(crate) fn lower_stored(set: &DefinitionSet) -> (Model, Vec<Diagnostic>) {
    lower_roots(set, false, Roots::Stored)
}

/// The types that a file is generated for.
#[derive(Clone, Copy)]
enum Roots {
    All,
    /// Configurations and states.
    Stored,
}

/// Lowers a definition. Types that the roots do not need are left out.
fn lower_roots(set: &DefinitionSet, is_refused: bool, roots: Roots) -> (Model, Vec<Diagnostic>) {
    let mut lowering = Lowering::new(set);
    lowering.register_roots();
    lowering.share_messages();
    let mut model = lowering.lower_operations();
    lowering.set_payloads(is_refused);

    let roots = match roots {
        Roots::All => lowering.all_roots(&model),
        Roots::Stored => roots::stored_roots(&model),
    };
    let (mut types, mut diagnostics) = lowering.finish();
    diagnostics.extend(held::drop_defaults_out_of_range(&mut types));
    let order = order(&types, roots);
    merge::merge_equal(&mut types, &order);
    shared::mark_shared(&mut model.channels, &types);
    let items = operations::item_names(&model);
    let (items, findings) = names::allocate(&mut types, &order, &items, set.files());
    diagnostics.extend(findings);
    operations::set_item_names(&mut model, items);
    model.types = Types::new(types, order);
    model.configurations.shared = operations::shared_fields(&model);
    (model, diagnostics)
}
