//! Equality of JSON whose numbers have their notation.

mod canonical;
mod compare;
mod decimal;

pub use canonical::canonical;
pub use compare::{is_equal, is_equal_as_float};
pub use decimal::is_same_number;
