//! Generates the types of the integration that is asked.

fn main() {
    contexture_codegen::compile("definition.yaml");
}
