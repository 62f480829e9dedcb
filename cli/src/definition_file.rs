//! The definition that a command takes if none is named, and what Botpress would get of it.

use std::path::{Path, PathBuf};

use contexture_codegen::Generator;
use contexture_emulator::definition::Definition;

use crate::Outcome;

/// The names of a project's definition, the first one first.
const NAMES: [&str; 3] = ["definition.yaml", "definition.yml", "definition.json"];

/// The file that is named, or the definition of the current folder.
pub(crate) fn find(named: Option<&Path>) -> Result<PathBuf, Outcome> {
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    in_folder(Path::new("")).ok_or_else(|| {
        Outcome::wrong_usage(
            "error: this folder has no definition.yaml\n\
             help: name the definition, as in `contexture check definitions/github.yaml`. \
             For more information, try `--help`\n",
        )
    })
}

/// The definition of a folder, if it has one.
pub(crate) fn in_folder(folder: &Path) -> Option<PathBuf> {
    let mut files = NAMES.iter().map(|name| folder.join(name));
    files.find(|file| file.is_file())
}

/// Keeps a definition from being replaced by what is made of it.
///
/// # Errors
///
/// Returns an error if the file to write is the definition.
pub(crate) fn keep(definition: &Path, out: &Path) -> Result<(), Outcome> {
    let canonical = |path: &Path| std::fs::canonicalize(path).ok();
    if canonical(out).is_none_or(|out| canonical(definition) != Some(out)) {
        return Ok(());
    }
    Err(Outcome::wrong_usage(format!(
        "error: {} is the definition, and would be replaced\n\
         help: name another file with `--out`. For more information, try `--help`\n",
        out.display()
    )))
}

/// Reads a definition as Botpress would get it, whose schemas are self-contained.
///
/// # Errors
///
/// Returns the diagnostics if it is refused.
pub(crate) fn read(file: &Path, color: bool) -> Result<Definition, String> {
    let published = Generator::new(file).publication();
    let definition = published.map(|publication| Definition::new(publication.definition));
    definition.map_err(|refused| {
        let (shown, summary) = (file.display(), refused.summary());
        format!(
            "{}error: {shown} is refused: {summary}\n",
            refused.render(color)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemas_of_a_definition_that_shares_some_are_self_contained() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/tickets");
        let definition = read(&example.join("tickets.yaml"), false).unwrap();
        let token = definition.configuration(Some("token")).unwrap();
        assert_eq!(token.schema["properties"]["region"]["enum"][0], "eu");
        let refused = read(&example.join("missing.yaml"), false).unwrap_err();
        assert!(refused.contains("missing.yaml is refused"), "{refused}");
    }
}
