//! What a build is made of, and so is watched.

use std::fs;
use std::path::{Path, PathBuf};

use contexture_codegen::Generator;

use super::dot_env;
use super::package::Package;

/// The files and folders of a package, its definition, and the sources that the last build was made of.
pub(super) fn watched(package: &Package, program: Option<&Path>) -> Vec<PathBuf> {
    let own = ["src", "Cargo.toml", "Cargo.lock", "build.rs", dot_env::FILE];
    let mut paths: Vec<_> = own.iter().map(|name| package.folder.join(name)).collect();
    paths.push(package.workspace.clone());
    paths.extend(Generator::new(&package.definition).files());
    paths.extend(sources(package, program));
    paths
}

/// The sources that cargo has noted beside the program, such as those of other packages of the workspace.
fn sources(package: &Package, program: Option<&Path>) -> Vec<PathBuf> {
    let noted = program.and_then(|program| fs::read_to_string(program.with_extension("d")).ok());
    let mut sources = noted.map(|text| read_noted(&text)).unwrap_or_default();
    sources.retain(|source| !source.starts_with(&package.target));
    sources
}

/// Reads `program: source source`, in which spaces of names have a backslash.
fn read_noted(text: &str) -> Vec<PathBuf> {
    let Some((_, sources)) = text.lines().next().and_then(|line| line.split_once(": ")) else {
        return Vec::new();
    };
    let mut names = vec![String::new()];
    let mut letters = sources.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek() == Some(&' ') => names
                .last_mut()
                .map(|name| name.extend(letters.next()))
                .unwrap_or_default(),
            ' ' => names.push(String::new()),
            letter => names
                .last_mut()
                .map(|name| name.push(letter))
                .unwrap_or_default(),
        }
    }
    names.retain(|name| !name.is_empty());
    names.into_iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_with_spaces_in_their_names() {
        let noted = "/t/debug/hello: /p/src/main.rs /p/my\\ file.yaml /p/build.rs\n";
        let expected = ["/p/src/main.rs", "/p/my file.yaml", "/p/build.rs"].map(PathBuf::from);
        assert_eq!(read_noted(noted), expected);
        assert!(read_noted("").is_empty());
    }
}
