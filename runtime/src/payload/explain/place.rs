//! Locations in a value.

use crate::value::push_segment;

/// A step into an object or an array.
#[derive(Clone, Copy)]
pub(super) struct Step<'v> {
    /// The position of the member or item.
    pub(super) position: usize,
    /// The name of the member; `None` for an item.
    pub(super) name: Option<&'v str>,
}

/// Formats steps as a JSON pointer for error messages, with the name of a property appended if it
/// is given.
pub(super) fn pointer(steps: &[Step<'_>], property: Option<&str>) -> String {
    let mut pointer = String::new();
    for step in steps {
        match step.name {
            Some(name) => push_segment(&mut pointer, name),
            None => push_segment(&mut pointer, &step.position.to_string()),
        }
    }
    if let Some(name) = property {
        push_segment(&mut pointer, name);
    }
    pointer
}
