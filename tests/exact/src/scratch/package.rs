//! The packages, as files.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use super::build::runner;
use super::drive;
use crate::environment::workspace;

/// A generated file, and its payloads to test.
#[derive(Clone, Debug)]
pub struct Module {
    /// A unique name of letters, digits, `-` and `_`.
    pub name: String,
    /// The generated file.
    pub code: String,
    /// How each payload is tested.
    pub entries: Vec<Entry>,
}

/// How a payload is tested.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Like the runtime, with the schema. Has the path of the type within the file, such as
    /// `github::actions::CreateIssueInput`.
    Validated(String),
    /// By serde alone, without the schema.
    Bare(String),
}

impl Entry {
    fn code(&self) -> String {
        match self {
            Self::Validated(path) => format!("drive::answer::<{path}>, "),
            Self::Bare(path) => format!("drive::answer_bare::<{path}>, "),
        }
    }
}

/// The number of packages that hold the modules, so that cargo can compile them in parallel.
pub(super) const PARTS: usize = 8;

/// The package of a module.
pub(super) fn part_of(index: usize) -> String {
    format!("part{}", index % PARTS)
}

/// Writes the workspace, with the modules that `is_kept` accepts.
pub(super) fn write_workspace(
    folder: &Path,
    modules: &[Module],
    is_kept: impl Fn(&Module) -> bool,
) -> io::Result<()> {
    let parts: Vec<_> = (0..PARTS).map(part_of).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"drive\", \"{}\", \"{}\"]\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        runner(folder),
        parts.join("\", \"")
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let runtime = workspace().join("runtime");
    let contexture = format!(
        "contexture = {{ path = '{}', default-features = false }}\n",
        runtime.display()
    );
    let drive = "drive = { path = \"../drive\" }\n";
    let serde = format!("{contexture}serde_json = \"1\"\n");
    write_package(folder, "drive", &serde, "lib.rs", drive::LIBRARY)?;
    for part in 0..PARTS {
        let name = part_of(part);
        let mut library = "#![allow(dead_code)]\n".to_owned();
        let mut table = String::new();
        for (index, module) in modules
            .iter()
            .enumerate()
            .filter(|(_, module)| is_kept(module))
        {
            if part_of(index) != name {
                continue;
            }
            let file = folder
                .join(&name)
                .join("src")
                .join(format!("{}.rs", module.name));
            write(&file, &with_entries(module))?;
            let ident = module.name.replace('-', "_");
            write!(
                library,
                "#[path = \"{}.rs\"]\npub mod file_{ident};\n",
                module.name
            )
            .expect("writing to a string does not fail");
            write!(table, "(\"{}\", file_{ident}::ENTRIES), ", module.name)
                .expect("writing to a string does not fail");
        }
        writeln!(
            library,
            "pub const TABLE: &[(&str, &[drive::Entry])] = &[{table}];"
        )
        .expect("writing to a string does not fail");
        write_package(
            folder,
            &name,
            &format!("{contexture}{drive}"),
            "lib.rs",
            &library,
        )?;
    }
    let dependencies: Vec<_> = parts
        .iter()
        .map(|part| format!("{part} = {{ path = \"../{part}\" }}\n"))
        .collect();
    let dependencies = dependencies.concat();
    let tables: Vec<_> = parts.iter().map(|part| format!("{part}::TABLE")).collect();
    let main = format!("fn main() {{ drive::main(&[{}]); }}\n", tables.join(", "));
    write_package(
        folder,
        &runner(folder),
        &format!("{drive}{dependencies}"),
        "main.rs",
        &main,
    )
}

/// The entries are in the module's file, so that a missing type is an error of the module.
fn with_entries(module: &Module) -> String {
    let entries = module.entries.iter().map(Entry::code);
    format!(
        "{}\npub const ENTRIES: &[drive::Entry] = &[{}];\n",
        module.code,
        entries.collect::<String>()
    )
}

fn write_package(
    folder: &Path,
    name: &str,
    dependencies: &str,
    file: &str,
    code: &str,
) -> io::Result<()> {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
    );
    write(&folder.join(name).join("Cargo.toml"), &manifest)?;
    write(&folder.join(name).join("src").join(file), code)
}

/// Writes a file unless it has the same content already, since cargo compares modification times.
fn write(path: &Path, contents: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    contexture_codegen::write_if_changed(path, contents).map(|_| ())
}
