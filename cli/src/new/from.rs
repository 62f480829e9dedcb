//! The project of `contexture new NAME --from FILE`.

use std::fmt::Write as _;
use std::fs;

use contexture_codegen::SecretVariable;

use super::existing::{Existing, IMPORTED, OVERLAY, with_slashes};
use super::project::{Project, ProjectFile, literal};
use super::template::fill;
use crate::{Outcome, stubs};

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
    let stubs = stubs::files(
        &handlers.module,
        stubs::TYPE,
        &handlers.handlers,
        &handlers.migrations,
    );
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
