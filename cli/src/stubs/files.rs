//! A file for each handler.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use contexture_codegen::{Handler, HandlerKind, Migration};

use super::print;
use crate::Outcome;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StubFile {
    /// Its path in the folder of the handlers: `actions/create_issue.rs`.
    pub(crate) path: PathBuf,
    pub(crate) contents: String,
}

/// The file that declares the modules of a folder.
const MODULES: &str = "mod.rs";

/// The name of the module with the migrations. No handler of the lifecycle has it.
const MIGRATIONS: &str = "migrations";

/// The files that declare the modules of a crate's own folder. They take the place of `mod.rs` there.
const ROOTS: [&str; 2] = ["main.rs", "lib.rs"];

/// The files of handlers and migrations, and those that declare their modules.
pub(crate) fn files(
    module: &str,
    ty: &str,
    handlers: &[Handler],
    migrations: &[Migration],
) -> Vec<StubFile> {
    let of_kind = |kind| -> Vec<&Handler> {
        let of_kind = handlers.iter().filter(|handler| handler.kind == kind);
        of_kind.collect()
    };
    let file = |folder: &str, handler: &Handler| StubFile {
        path: Path::new(folder).join(format!("{}.rs", stem(handler))),
        contents: print::file(module, ty, handler),
    };
    let mut files = Vec::new();
    let mut modules = Vec::new();
    for (kind, folder, docs) in [
        (
            HandlerKind::Action,
            "actions",
            "The actions: a file for each.",
        ),
        (
            HandlerKind::Channel,
            "channels",
            "The channels: a file for each.",
        ),
    ] {
        let of_kind = of_kind(kind);
        if of_kind.is_empty() {
            continue;
        }
        modules.push(folder.to_owned());
        let stems: Vec<_> = of_kind.iter().map(|handler| stem(handler)).collect();
        files.push(declaring(folder, docs, &stems));
        files.extend(of_kind.into_iter().map(|handler| file(folder, handler)));
    }
    for handler in of_kind(HandlerKind::Lifecycle) {
        modules.push(stem(handler));
        files.push(file("", handler));
    }
    if !migrations.is_empty() {
        modules.push(MIGRATIONS.to_owned());
        files.push(StubFile {
            path: PathBuf::from(format!("{MIGRATIONS}.rs")),
            contents: print::migrations(module, migrations),
        });
    }
    if !modules.is_empty() {
        files.push(declaring(
            "",
            "What the integration does: a file for each handler.",
            &modules,
        ));
    }
    files
}

/// The file that declares these modules in a folder.
fn declaring(folder: &str, docs: &str, stems: &[String]) -> StubFile {
    StubFile {
        path: Path::new(folder).join(MODULES),
        contents: format!("//! {docs}\n\n{}", declarations(stems)),
    }
}

/// The lines that declare modules with these names.
fn declarations(stems: &[String]) -> String {
    let lines = stems.iter().map(|stem| declaration(stem) + "\n");
    lines.collect()
}

fn declaration(stem: &str) -> String {
    match syn::parse_str::<syn::Ident>(stem) {
        Ok(_) => format!("mod {stem};"),
        Err(_) => format!("mod r#{stem};"),
    }
}

/// The name of a handler's file. `mod.rs` declares the modules, and some names cannot be raw.
fn stem(handler: &Handler) -> String {
    let snake = handler.snake.trim_start_matches("r#");
    match snake {
        "mod" | "crate" | "self" | "super" => format!("{snake}_"),
        other => other.to_owned(),
    }
}

/// Writes the files that do not exist, and tells of each what was done.
pub(super) fn write(folder: &Path, files: &[StubFile]) -> Result<String, Outcome> {
    let mut told = String::new();
    for file in files {
        let path = place(folder, file);
        match create(&path, &file.contents) {
            Ok(()) => _ = writeln!(told, "wrote {}", path.display()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                told.push_str(&kept(&path, file));
            }
            Err(error) => {
                let path = path.display();
                return Err(Outcome::failure(format!(
                    "{told}error: cannot write {path}: {error}\n"
                )));
            }
        }
    }
    Ok(told)
}

/// Where a file is written. The modules of a folder with the root of a crate are declared in that root.
fn place(folder: &Path, file: &StubFile) -> PathBuf {
    let roots = ROOTS.iter().map(|root| folder.join(root));
    let root = roots
        .filter(|_| file.path == Path::new(MODULES))
        .find(|root| root.exists());
    root.unwrap_or_else(|| folder.join(&file.path))
}

fn create(path: &Path, contents: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(path)?.write_all(contents.as_bytes())
}

/// Tells that a file stays as it is, and which modules it does not declare.
fn kept(path: &Path, file: &StubFile) -> String {
    let current = fs::read_to_string(path).unwrap_or_default();
    let has = |line: &&str| {
        current
            .lines()
            .any(|other| other.trim_end().ends_with(line))
    };
    let wanted = file
        .contents
        .lines()
        .filter(|line| line.starts_with("mod "));
    let missing: Vec<_> = wanted.filter(|line| !has(line)).collect();
    let shown = path.display();
    if missing.is_empty() {
        format!("kept {shown}, which exists\n")
    } else {
        format!(
            "kept {shown}, which exists: add `{}` to it\n",
            missing.join(" ")
        )
    }
}
