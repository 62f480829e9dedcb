//! Lists the payloads of the repository's definitions, which `contexture-tests` generates.

#[path = "../../tests/build/definition_files.rs"]
mod definition_files;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use contexture_codegen::Generator;

fn main() -> io::Result<()> {
    let folder = Path::new("../../definitions");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut list = String::from("pub(crate) const PAYLOADS: &[Kind] = &[\n");
    for path in definition_files::sorted(folder)? {
        let module = path.file_stem().unwrap_or_default().to_string_lossy();
        let report = Generator::new(&path).report();
        for payload in report.into_iter().flat_map(|report| report.payloads) {
            let path = format!("{module}::{}", payload.path);
            writeln!(
                list,
                "    Kind::of::<contexture_tests::{path}>(\"{path}\"),"
            )
            .expect("writing to a string does not fail");
        }
    }
    list.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"));
    fs::write(out.join("payloads.rs"), list)
}
