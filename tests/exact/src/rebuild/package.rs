//! A package like an author's: a definition, a build script of one line, a library that includes the generated code.

use std::path::Path;
use std::{fs, io};

use crate::environment::workspace;

/// The name of the package.
pub(super) const NAME: &str = "rebuild-check";

/// The definition, with a title.
pub(super) fn definition(title: &str) -> String {
    format!(
        "name: shop\nversion: 1.0.0\ntitle: {title}\nactions:\n  buy:\n    input:\n      schema:\n        \
         type: object\n        properties: {{ item: {{ type: string }} }}\n        required: [item]\n        \
         additionalProperties: false\n    output:\n      schema: {{ type: object }}\n"
    )
}

/// Writes the package.
pub(super) fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let workspace = workspace();
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ncontexture = {{ path = '{}', default-features = false }}\n\n\
         [build-dependencies]\ncontexture-codegen = {{ path = '{}' }}\n",
        workspace.join("runtime").display(),
        workspace.join("codegen").display()
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::write(
        folder.join("build.rs"),
        "fn main() {\n    contexture_codegen::compile(\"definition.yaml\");\n}\n",
    )?;
    fs::write(
        folder.join("src/lib.rs"),
        "contexture::include_definition!(\"definition\");\n",
    )?;
    fs::write(folder.join("definition.yaml"), definition("Shop"))
}
