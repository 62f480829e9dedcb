//! Where in a value something is.

use crate::value::push_segment;

/// A step into an object or an array.
#[derive(Clone, Copy)]
pub(super) struct Step<'v> {
    /// Which of the members or items it is.
    pub(super) position: usize,
    /// The member's name.
    pub(super) name: Option<&'v str>,
}

/// Writes steps as a JSON pointer for people, which ends in a property's name if there is one.
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
