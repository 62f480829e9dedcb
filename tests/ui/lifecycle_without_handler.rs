//! The lifecycle methods have defaults, but a type has to implement the trait.

use contexture_tests::minimal;

struct Minimal;

fn main() {
    minimal::service(Minimal);
}
