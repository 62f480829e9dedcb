//! Real definitions, as JSON: the places of their schemas, and the schemas.

mod roots;
mod walk;

pub use roots::{Definition, load_definitions, root_pointers};
pub use walk::{says_type, subschemas};
