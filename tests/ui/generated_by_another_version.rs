//! Generated code needs the runtime of its own version.

contexture::codegen::generated_format!(0);

fn main() {}
