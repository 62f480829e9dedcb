//! Items that would be one method or one variant, where their types have names of their own by `x-rust-name`.

use crate::check::same_name::{Named, same_names};
use crate::diagnostic::{Diagnostic, Files};
use crate::model::{Model, TypeId};

/// Finds events, states and messages of one method, and configurations of one variant.
pub(super) fn check(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let named = |wire, name, ty: TypeId| Item {
        named: Named {
            wire,
            name,
            location: &model.types.get(ty).location,
        },
        ty: &model.types.get(ty).name,
    };
    let events = model
        .events
        .iter()
        .map(|event| named(&event.wire, &event.method, event.ty))
        .collect();
    let states = model
        .states
        .iter()
        .map(|state| named(&state.wire, &state.method, state.ty))
        .collect();
    let configurations = model.configurations.variants.iter();
    let configurations = configurations
        .filter_map(|one| Some(named(one.wire.as_ref()?, &one.name, one.ty)))
        .collect();
    let messages = model.channels.iter().map(|channel| {
        let messages = channel.messages.iter();
        messages
            .map(|message| named(&message.wire, &message.method, message.ty))
            .collect()
    });
    [events, states, configurations]
        .into_iter()
        .chain(messages)
        .flat_map(|items| same_methods(files, items))
        .collect()
}

struct Item<'a> {
    named: Named<'a>,
    ty: &'a str,
}

/// Items whose types have one name as well are refused for that already.
fn same_methods(files: &Files, items: Vec<Item<'_>>) -> Vec<Diagnostic> {
    let is_first = |index: usize| {
        items[..index]
            .iter()
            .all(|other| other.ty != items[index].ty)
    };
    let distinct: Vec<bool> = (0..items.len()).map(is_first).collect();
    let items = items.into_iter().zip(distinct);
    let items = items.filter_map(|(item, is_distinct)| is_distinct.then_some(item.named));
    same_names(files, items.collect())
}
