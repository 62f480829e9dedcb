//! Generates every definition of the repository, as an author's build script would.

#[path = "build/definition_files.rs"]
mod definition_files;
#[path = "build/hostile.rs"]
mod hostile;
#[path = "build/texts.rs"]
mod texts;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new("../definitions");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut stems = Vec::new();
    for path in definition_files::sorted(folder)? {
        contexture_codegen::compile(&path);
        stems.extend(
            path.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
        );
    }
    // Its migrations are in `src/lib.rs`.
    contexture_codegen::compile("../examples/tickets/tickets.yaml");
    stems.push("tickets".to_owned());
    let own = Path::new("definitions");
    println!("cargo::rerun-if-changed={}", own.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));
    for path in definition_files::sorted(own)? {
        // Not `compile`, which prints the warnings that these definitions cause on purpose.
        let generated = contexture_codegen::generate(&path)
            .unwrap_or_else(|refusal| panic!("{} is rejected:\n{refusal}", path.display()));
        let stem = path.file_stem().expect("a file has a name");
        let stem = stem.to_string_lossy().into_owned();
        fs::write(out.join(format!("{stem}.rs")), generated.file.contents)?;
        stems.push(stem);
    }
    let macros = Path::new("../runtime/src/codegen");
    println!("cargo::rerun-if-changed={}", macros.display());
    let usual = fs::read_to_string(out.join("minimal.rs"))?;
    let hostile = contexture_codegen::generate(hostile::write(&usual, macros, &out)?);
    fs::write(
        out.join("hostile.rs"),
        hostile.expect("no name is rejected").file.contents,
    )?;
    stems.push("hostile".to_owned());
    let path = out.join("texts.json");
    fs::write(&path, texts::file(&texts::definition(0, 2)))?;
    let texts = contexture_codegen::generate(path)
        .unwrap_or_else(|refusal| panic!("no text causes a rejection:\n{refusal}"));
    fs::write(out.join("texts.rs"), texts.file.contents)?;
    stems.push("texts".to_owned());
    let mut modules = String::new();
    for stem in stems {
        writeln!(modules, "contexture::include_definition!(\"{stem}\");")
            .expect("writing to a string does not fail");
    }
    fs::write(out.join("definitions.rs"), modules)
}
