//! Values made from a schema: most of them are valid, and some are broken in one place.
//!
//! The values are guesses, which validators label. The same seed produces the same values.

mod any;
mod breaking;
mod flatten;
mod formats;
mod label;
mod numbers;
mod pattern;
mod random;
mod strings;
mod values;
mod words;

pub use breaking::{break_in_one_place, stretch_in_one_place};
pub use label::{Label, Labeler};
pub use random::Random;
pub use values::sample;
