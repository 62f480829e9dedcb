//! Adds to definitions at random, and checks that every public name of before still exists and means the same.
//!
//! ```text
//! CONTEXTURE_CORPUS=DIR cargo run -p contexture-exact --bin names -- [--additions N] [--only NAME]
//! ```
//!
//! Uses the definitions of the repository, and the real ones if there are any. Prints a line for each. Fails if a name
//! is lost.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program prints a table"
)]

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use contexture_codegen::Generator;
use contexture_exact::corpus::load_definitions;
use contexture_exact::environment::{
    argument, data_folder, files_with, folders, work_folder, workspace,
};
use contexture_exact::names::measure;
use serde_json::Value;

/// The additions to each definition, if no number is given.
const ADDITIONS: usize = 200;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<bool> {
    let additions = match argument("--additions") {
        Some(count) => count.parse().map_err(io::Error::other)?,
        None => ADDITIONS,
    };
    let only = argument("--only");
    let folder = work_folder("names");
    copy_folder(&workspace().join("definitions"), &folder)?;
    let (mut all, mut lost) = (0, 0);
    for (name, definition) in definitions()? {
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let measured = measure(&folder, &name, &definition, additions)?;
        println!(
            "{name:24} {:6} names, {:6} additions, {:3} differences",
            measured.names,
            measured.additions,
            measured.differences.len()
        );
        for difference in &measured.differences {
            println!("    {difference}");
        }
        all += measured.additions;
        lost += measured.differences.len();
    }
    println!("{all} additions, {lost} that change what was there");
    Ok(lost == 0)
}

/// The definitions of the repository as Botpress would get them, and the real ones.
fn definitions() -> io::Result<Vec<(String, Value)>> {
    let mut definitions = Vec::new();
    for path in files_with(&workspace().join("definitions"), &["yaml", "json"])? {
        let published = Generator::new(&path).published();
        if let Ok(definition) = published
            && definition["version"].is_string()
        {
            definitions.push((stem(&path), definition));
        }
    }
    if let Ok(corpus) = data_folder("CONTEXTURE_CORPUS") {
        let real = load_definitions(&corpus.join("integrations"))?;
        definitions.extend(real.into_iter().map(|one| (one.stem, one.value)));
    }
    Ok(definitions)
}

/// Copies the files that definitions refer to.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for inner in folders(from)? {
        copy_folder(&inner, &to.join(inner.file_name().unwrap_or_default()))?;
    }
    for file in files_with(from, &["yaml", "json"])? {
        fs::copy(&file, to.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
