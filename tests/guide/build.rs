//! Generates the types of the guide's integration.

fn main() {
    contexture_codegen::compile("../../docs/guide/definition.yaml");
}
