//! Runs the driver for build scripts outside of a build: `build-script DEFINITION`, with `OUT_DIR` set.

fn main() {
    let definition = std::env::args_os()
        .nth(1)
        .expect("the first argument is a definition");
    contexture_codegen::compile(std::path::PathBuf::from(definition));
}
