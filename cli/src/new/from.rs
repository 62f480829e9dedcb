//! The project of `contexture new NAME --from FILE`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Component, Path, PathBuf};

use contexture_codegen::{Handlers, SecretVariable};

use super::name::is_taken_module;
use super::project::{Project, ProjectFile, literal};
use super::template::fill;
use crate::stubs;
use crate::{Outcome, folders::Folders};

/// An existing definition, and the files that it needs.
#[derive(Debug)]
pub(super) struct Existing {
    handlers: Handlers,
    /// The path of the definition in the project.
    pub(super) definition: String,
    /// The files to copy: from where, and to which path in the project.
    copies: Vec<(PathBuf, String)>,
    /// Whether the definition is laid over the copy of what was imported.
    is_overlay: bool,
}

/// What `bp read --json` printed is kept apart, so that it can be imported again.
const IMPORTED: &str = "imported.json";
const OVERLAY: &str = "definition.yaml";

/// Reads a definition.
pub(super) fn read(file: &Path, color: bool) -> Result<Existing, Outcome> {
    let handlers = stubs::read(file, &Folders::default(), color)?;
    if is_taken_module(&handlers.module) {
        let module = &handlers.module;
        return Err(Outcome::failure(format!(
            "error: the definition's name makes the module `{module}`, and the project has another one of that name\n\
             help: change `name` in {}\n",
            file.display()
        )));
    }
    let mut copies = copies(file, &handlers.read)?;
    let own = copies
        .first()
        .map(|(_, path)| path.clone())
        .unwrap_or_default();
    let is_json = Path::new(&own)
        .extension()
        .is_some_and(|extension| extension == "json");
    let is_overlay = is_json && copies.len() == 1;
    if is_overlay && let Some((_, path)) = copies.first_mut() {
        IMPORTED.clone_into(path);
    }
    Ok(Existing {
        handlers,
        definition: if is_overlay { OVERLAY.to_owned() } else { own },
        copies,
        is_overlay,
    })
}

/// The files of a definition, with their paths relative to its folder. It reads no file outside of that.
fn copies(file: &Path, read: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, Outcome> {
    let failure = |file: &Path, error: &dyn std::fmt::Display| {
        Outcome::failure(format!("error: cannot read {}: {error}\n", file.display()))
    };
    let definition = fs::canonicalize(file).map_err(|error| failure(file, &error))?;
    let folder = definition.parent().unwrap_or(&definition).to_owned();
    let mut copies: Vec<(PathBuf, String)> = Vec::new();
    for path in read {
        let path = fs::canonicalize(path).map_err(|error| failure(path, &error))?;
        let within = path
            .strip_prefix(&folder)
            .map_err(|error| failure(&path, &error))?;
        let within = with_slashes(within);
        if copies.iter().all(|(_, other)| *other != within) {
            copies.push((path, within));
        }
    }
    Ok(copies)
}

fn with_slashes(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The lines of `.env.example` for the secrets.
pub(super) fn secrets(existing: &Existing) -> String {
    let line = |secret: &SecretVariable| {
        let mark = if secret.is_optional { "# " } else { "" };
        format!("\n{mark}{}=\n", secret.variable)
    };
    existing.handlers.secrets.iter().map(line).collect()
}

/// All files of the project.
pub(super) fn files(
    project: &Project<'_>,
    existing: &Existing,
) -> Result<Vec<ProjectFile>, Outcome> {
    let mut files = project.files();
    for (from, path) in &existing.copies {
        let contents = fs::read(from).map_err(|error| {
            Outcome::failure(format!("error: cannot read {}: {error}\n", from.display()))
        })?;
        files.push(ProjectFile::new(path, contents));
    }
    let schema = project.source.schema();
    let handlers = &existing.handlers;
    let stem = if existing.is_overlay {
        "definition"
    } else {
        &handlers.stem
    };
    let (secrets, imports) = test_secrets(&handlers.secrets);
    let rows = rows(existing);
    let argument = match existing.definition.as_str() {
        OVERLAY => String::new(),
        other => format!(" {other}"),
    };
    let values = [
        ("definition_argument", argument.as_str()),
        ("title", &project.title),
        ("module", &handlers.module),
        ("definition", &existing.definition),
        ("definition_rows", &rows),
        ("stem", &literal(stem)),
        ("schema", &schema),
        ("secrets", &secrets),
        ("imports", imports),
    ];
    let mut add = |path: &str, template: &str| {
        files.push(ProjectFile::new(path, fill(template, &values)));
    };
    if existing.is_overlay {
        add(
            OVERLAY,
            include_str!("../../templates/from/definition.yaml"),
        );
    }
    add("README.md", include_str!("../../templates/from/README.md"));
    add(
        "src/main.rs",
        include_str!("../../templates/from/src/main.rs"),
    );
    add(
        "src/tests.rs",
        include_str!("../../templates/from/src/tests.rs"),
    );
    let stubs = stubs::files(&handlers.module, stubs::TYPE, &handlers.handlers);
    files.extend(stubs.into_iter().map(|stub| {
        let path = format!("src/handlers/{}", with_slashes(&stub.path));
        ProjectFile::new(path, stub.contents)
    }));
    Ok(files)
}

/// The value of the secrets in the test, after the name of their type, and the imports that it needs.
fn test_secrets(secrets: &[SecretVariable]) -> (String, &'static str) {
    let mut fields = String::new();
    for secret in secrets {
        let value = if secret.is_optional {
            "None"
        } else {
            "Secret::from(\"test\")"
        };
        _ = write!(fields, "\n        {}: {value},", secret.field);
    }
    let imports = if secrets.iter().any(|secret| !secret.is_optional) {
        "use contexture::Secret;\n\n"
    } else {
        ""
    };
    match fields.as_str() {
        "" => ("{}".to_owned(), imports),
        fields => (format!("{{{fields}\n    }}"), imports),
    }
}

fn rows(existing: &Existing) -> String {
    let definition = &existing.definition;
    if existing.is_overlay {
        format!(
            "| `{IMPORTED}` | what `bp read --json` printed |\n\
             | `{definition}` | what differs from it. The build generates the types of both |\n"
        )
    } else {
        format!("| `{definition}` | the definition. The build generates its types |\n")
    }
}
