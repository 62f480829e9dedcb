//! Generates the types of the integration under test.

fn main() {
    contexture_codegen::compile("definition.yaml");
}
