//! The lifecycle has defaults, but a type says itself that it is an integration.

use contexture_tests::minimal;

struct Minimal;

fn main() {
    minimal::service(Minimal);
}
