//! A part of an interface on its way into a definition.

use serde_json::Value;

use crate::diagnostic::{FileId, Pointer};

/// An action, an event or a channel of an interface, with the integration's entities in it.
#[derive(Debug)]
pub(super) struct Fragment {
    pub(super) value: Value,
    /// Where each value in it was written; the nearest one around a value counts.
    pub(super) origins: Vec<(Pointer, (FileId, Pointer))>,
}

impl Fragment {
    /// Where the values at and inside of a place of the part were written, if they go to another place.
    pub(super) fn origins_at<'a>(
        &'a self,
        from: &'a Pointer,
        to: &'a Pointer,
    ) -> impl Iterator<Item = (Pointer, (FileId, Pointer))> + 'a {
        let inside = self
            .origins
            .iter()
            .filter(move |(place, _)| place.is_within(from));
        let inside =
            inside.map(move |(place, origin)| (to.join(&rest(place, from)), origin.clone()));
        std::iter::once((to.clone(), self.origin(from))).chain(inside)
    }

    /// Where the value at a place of the part was written.
    pub(super) fn origin(&self, at: &Pointer) -> (FileId, Pointer) {
        let around = self.origins.iter().filter(|(place, _)| at.is_within(place));
        let nearest = around.max_by_key(|(place, _)| place.as_str().len());
        let (place, (file, written)) = nearest.expect("the part itself has an origin");
        (*file, written.join(&rest(at, place)))
    }
}

/// The way from one pointer to another one inside of it.
fn rest(inner: &Pointer, outer: &Pointer) -> Pointer {
    let rest = inner.as_str().get(outer.as_str().len()..);
    rest.and_then(Pointer::parse).unwrap_or_default()
}
