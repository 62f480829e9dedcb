//! Generates the types of the definition.

fn main() {
    contexture_codegen::compile("tickets.yaml");
}
