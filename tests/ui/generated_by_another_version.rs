//! Generated code and the runtime belong to one version.

contexture::codegen::generated_format!(0);

fn main() {}
