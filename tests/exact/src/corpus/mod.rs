//! Real definitions, as JSON: where their schemas stand, and what is in them.

mod roots;
mod walk;

pub use roots::{Definition, load_definitions, root_pointers};
pub use walk::{says_type, subschemas};
