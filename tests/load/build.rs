//! Generates the types of the message with many fields.

fn main() {
    contexture_codegen::compile("definition.yaml");
}
