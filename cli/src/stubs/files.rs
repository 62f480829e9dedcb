//! A file for each handler.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use contexture_codegen::{Handler, HandlerKind};

use super::print;
use crate::Outcome;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StubFile {
    /// Its path in the folder of the handlers: `actions/create_issue.rs`.
    pub(crate) path: PathBuf,
    pub(crate) contents: String,
}

/// The files of handlers, and those that declare their modules.
pub(crate) fn files(module: &str, ty: &str, handlers: &[Handler]) -> Vec<StubFile> {
    let mut files = Vec::new();
    for (kind, folder, docs) in [
        (
            HandlerKind::Action,
            "actions",
            "//! The actions: a file for each.\n\n",
        ),
        (
            HandlerKind::Channel,
            "channels",
            "//! The channels: a file for each.\n\n",
        ),
        (HandlerKind::Lifecycle, "", ""),
    ] {
        let of_kind = handlers.iter().filter(|handler| handler.kind == kind);
        let of_kind: Vec<_> = of_kind.collect();
        let folder = Path::new(folder);
        if !of_kind.is_empty() && kind != HandlerKind::Lifecycle {
            let stems: Vec<_> = of_kind.iter().map(|handler| stem(handler)).collect();
            files.push(StubFile {
                path: folder.join("mod.rs"),
                contents: docs.to_owned() + &declarations(&stems),
            });
        }
        files.extend(of_kind.iter().map(|handler| StubFile {
            path: folder.join(format!("{}.rs", stem(handler))),
            contents: print::file(module, ty, handler),
        }));
    }
    files
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
        let path = folder.join(&file.path);
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
