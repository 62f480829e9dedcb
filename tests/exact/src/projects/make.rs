//! The projects, made by the command, as members of one workspace.

use std::path::Path;
use std::{fs, io};

use super::{Outcome, Wanted};
use crate::environment::workspace;

/// What the command writes into the manifest of a project that is in another workspace.
const OWN_WORKSPACE: &str = "[workspace]\n";

/// Makes all projects, and the workspace around them.
pub(super) fn make(folder: &Path, projects: &[Wanted]) -> io::Result<Vec<Outcome>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut outcomes = Vec::new();
    for project in projects {
        let fault = make_one(folder, project)?;
        outcomes.push(Outcome {
            name: project.name.clone(),
            fault,
            tests: 0,
        });
    }
    let made = outcomes.iter().filter(|outcome| outcome.fault.is_none());
    let members: Vec<_> = made.map(|outcome| format!("{:?}", outcome.name)).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\nstrip = true\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(outcomes)
}

/// Makes a project; gives the fault if there is one.
fn make_one(folder: &Path, project: &Wanted) -> io::Result<Option<String>> {
    let path = folder.join(&project.name);
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut arguments = vec!["new".to_owned(), project.name.clone()];
    arguments.extend(["--path".to_owned(), text(&path)]);
    arguments.extend(["--contexture".to_owned(), text(&workspace())]);
    if let Some(from) = &project.from {
        arguments.extend(["--from".to_owned(), text(from)]);
    }
    if let Some(fault) = run(&arguments) {
        return Ok(Some(fault));
    }
    let manifest = path.join("Cargo.toml");
    let contents = fs::read_to_string(&manifest)?;
    fs::write(&manifest, contents.replace(OWN_WORKSPACE, ""))?;
    let definition = definition(project, &path);
    let package = text(&path);
    let stubs = ["stubs", &definition, "--missing", "--package", &package].map(str::to_owned);
    Ok(run(&stubs)
        .or_else(|| missing(&stubs))
        .or_else(|| project.from.is_none().then(|| lint(&definition))?))
}

/// The path of the definition in the project.
fn definition(project: &Wanted, path: &Path) -> String {
    let name = match &project.from {
        Some(from)
            if from
                .extension()
                .is_some_and(|extension| extension != "json") =>
        {
            from.file_name().unwrap_or_default().to_owned()
        }
        _ => "definition.yaml".into(),
    };
    path.join(name).to_string_lossy().into_owned()
}

/// Runs the command; gives what it says if it fails.
fn run(arguments: &[String]) -> Option<String> {
    let outcome = contexture_cli::run(command(arguments), false);
    (outcome.status != 0).then_some(outcome.errors)
}

/// The handlers that the project lacks.
fn missing(stubs: &[String]) -> Option<String> {
    let outcome = contexture_cli::run(command(stubs), false);
    (!outcome.output.is_empty()).then_some(outcome.errors)
}

fn lint(definition: &str) -> Option<String> {
    let arguments = ["check", "--lint", "--deny-warnings", definition].map(str::to_owned);
    run(&arguments)
}

fn command(arguments: &[String]) -> impl Iterator<Item = String> {
    let program = std::iter::once("contexture".to_owned());
    program.chain(arguments.to_vec())
}
