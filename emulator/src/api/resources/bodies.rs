//! Shapes that the bodies of several resources have.

use crate::wire::limits::{PROPERTY_LENGTH, TAG_LENGTH};
use crate::wire::shape::Shape;

const TEXT_OF_PROPERTY: Shape = Shape::Text {
    min: 0,
    max: PROPERTY_LENGTH,
};
const TEXT_OF_TAG: Shape = Shape::Text {
    min: 0,
    max: TAG_LENGTH,
};

/// Tags of something new.
pub(super) const NEW_TAGS: Shape = Shape::Map(&TEXT_OF_TAG);
/// Tags of which some may be removed.
pub(super) const CHANGED_TAGS: Shape = Shape::Map(&Shape::OrNull(&TEXT_OF_TAG));
/// Properties of something new.
pub(super) const NEW_PROPERTIES: Shape = Shape::Map(&TEXT_OF_PROPERTY);
/// Properties of which some may be removed.
pub(super) const CHANGED_PROPERTIES: Shape = Shape::Map(&Shape::OrNull(&TEXT_OF_PROPERTY));
