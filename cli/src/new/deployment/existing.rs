//! The files of a deployment for a package that exists.

use std::path::Path;

use super::{Deployed, Deployment};
use crate::dev::Package;
use crate::folders::Folders;
use crate::new::existing::with_slashes;
use crate::new::project::ProjectFile;
use crate::new::write;
use crate::{Outcome, stubs};

/// Adds the files to the package of a folder. No file is overwritten.
pub(in crate::new) fn add(
    deployment: Deployment,
    folder: &Path,
    color: bool,
) -> Result<Outcome, Outcome> {
    let package = Package::find(folder, None, None)?;
    let handlers = stubs::read(&package.definition, &Folders::default(), color)?;
    let path = package.workspace.parent().and_then(|workspace| {
        let path = package.folder.strip_prefix(workspace).ok()?;
        Some(with_slashes(path))
    });
    let deployed = Deployed {
        title: &heck::AsTitleCase(&package.name).to_string(),
        package: &package.name,
        bin: &package.bin,
        version: &package.version,
        secrets: &handlers.secrets,
        path: &path.unwrap_or_default(),
    };
    let files = deployment.files(&deployed);
    refuse_existing(&package.folder, &files)?;
    write(&package.folder, &files, None).map_err(|(path, error)| {
        Outcome::failure(format!("error: cannot write {}: {error}\n", path.display()))
    })?;
    Ok(Outcome::told(told(
        &package.folder,
        &files,
        deployment,
        &deployed,
    )))
}

/// Refuses to write if one of the files exists, and names all of these.
fn refuse_existing(folder: &Path, files: &[ProjectFile]) -> Result<(), Outcome> {
    let existing: Vec<_> = files
        .iter()
        .map(|file| folder.join(&file.path))
        .filter(|path| path.exists())
        .map(|path| format!("error: {} exists\n", path.display()))
        .collect();
    if existing.is_empty() {
        return Ok(());
    }
    let help = "help: move it away to get a new one; nothing was written\n";
    Err(Outcome::failure(existing.concat() + help))
}

fn told(
    folder: &Path,
    files: &[ProjectFile],
    deployment: Deployment,
    deployed: &Deployed<'_>,
) -> String {
    let written = files
        .iter()
        .map(|file| format!("wrote {}\n", folder.join(&file.path).display()));
    let commands = deployment.commands(deployed);
    let commands = commands
        .iter()
        .map(|[command, comment]| format!("  {command}    # {comment}\n"));
    let root = match deployed.path {
        "" => "next:\n",
        _ => "next, in the folder of the workspace:\n",
    };
    written
        .chain([format!("\n{root}")])
        .chain(commands)
        .collect()
}
