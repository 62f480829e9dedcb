//! Where a new project takes Contexture from.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;

/// Where a new project takes Contexture from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The version that is published.
    Release,
    /// The repository, at a commit or at its newest one.
    Git { commit: Option<String> },
    /// A checkout, by its absolute path.
    Checkout(PathBuf),
}

impl Source {
    /// The sources that this command was built from.
    ///
    /// `cargo install --path` and `cargo run` build in a checkout, `cargo install --git` in one that cargo keeps for itself
    /// and may remove, `cargo install contexture-cli` in a package alone.
    pub(super) fn of_this_command() -> Self {
        Self::of_build(Path::new(env!("CARGO_MANIFEST_DIR")))
    }

    fn of_build(package: &Path) -> Self {
        let Some(folder) = package.parent() else {
            return Self::Release;
        };
        let parts: Vec<_> = package.iter().map(|part| part.to_string_lossy()).collect();
        let is_kept_by_cargo = parts.windows(2).any(|pair| pair == ["git", "checkouts"]);
        if is_kept_by_cargo {
            let commit = folder
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            Self::Git { commit }
        } else if is_checkout(folder) {
            Self::Checkout(folder.to_owned())
        } else {
            Self::Release
        }
    }

    /// The value of a dependency: `{ path = "…/runtime" }`.
    pub(super) fn dependency(&self, folder: &str, features: &[&str]) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let mut parts = match self {
            Self::Release => vec![("version", text(env!("CARGO_PKG_VERSION")))],
            Self::Git { commit } => {
                let mut parts = vec![("git", text(env!("CARGO_PKG_REPOSITORY")))];
                parts.extend(commit.as_ref().map(|commit| ("rev", text(commit))));
                parts
            }
            Self::Checkout(checkout) => {
                vec![("path", text(&checkout.join(folder).to_string_lossy()))]
            }
        };
        if !features.is_empty() {
            parts.push(("features", Value::from(features.to_vec()).to_string()));
        }
        let parts: Vec<_> = parts
            .into_iter()
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        format!("{{ {} }}", parts.join(", "))
    }

    /// The source in a sentence.
    pub(super) fn describe(&self) -> String {
        let repository = env!("CARGO_PKG_REPOSITORY");
        match self {
            Self::Release => format!("the registry, version {}", env!("CARGO_PKG_VERSION")),
            Self::Git { commit: None } => repository.to_owned(),
            Self::Git {
                commit: Some(commit),
            } => format!("commit {commit} of {repository}"),
            Self::Checkout(checkout) => format!("the checkout {}", checkout.display()),
        }
    }

    /// The schema of the format, for editors.
    pub(super) fn schema(&self) -> String {
        const PATH: &str = "definitions/format.schema.json";
        match self {
            Self::Checkout(checkout) => checkout.join(PATH).to_string_lossy().into_owned(),
            Self::Git {
                commit: Some(commit),
            } => address(commit, PATH),
            Self::Release | Self::Git { commit: None } => address("main", PATH),
        }
    }

    /// The locked versions with which Contexture is tested, if they are at hand.
    pub(super) fn lock_file(&self) -> Option<PathBuf> {
        match self {
            Self::Checkout(checkout) => {
                Some(checkout.join("Cargo.lock")).filter(|file| file.is_file())
            }
            Self::Release | Self::Git { .. } => None,
        }
    }
}

fn address(commit: &str, path: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY").trim_start_matches("https://github.com/");
    format!("https://raw.githubusercontent.com/{repository}/{commit}/{path}")
}

fn is_checkout(folder: &Path) -> bool {
    ["runtime", "codegen"]
        .iter()
        .all(|package| folder.join(package).join("Cargo.toml").is_file())
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "release" => Ok(Self::Release),
            "git" => Ok(Self::Git { commit: None }),
            folder => {
                let path = std::path::absolute(folder).map_err(|error| error.to_string())?;
                if is_checkout(&path) {
                    Ok(Self::Checkout(path))
                } else {
                    Err(format!(
                        "`{folder}` is no checkout of Contexture: expected `release`, `git`, or a folder that has \
                         runtime/Cargo.toml"
                    ))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_cargo_installed_from_git_names_the_commit() {
        let package = Path::new("/home/ada/.cargo/git/checkouts/contexture-1f2e3d/0a1b2c3/cli");
        let source = Source::of_build(package);
        let commit = Some("0a1b2c3".to_owned());
        assert_eq!(source, Source::Git { commit });
        assert!(
            source
                .dependency("runtime", &[])
                .ends_with(", rev = \"0a1b2c3\" }")
        );
        assert!(source.schema().contains("/0a1b2c3/definitions/"));
    }

    #[test]
    fn a_command_from_a_registry_names_its_version() {
        let package = Path::new("/home/ada/.cargo/registry/src/index/contexture-cli-0.1.0");
        let source = Source::of_build(package);
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!("{{ version = \"{version}\", features = [\"testing\"] }}");
        assert_eq!(source.dependency("runtime", &["testing"]), expected);
    }

    #[test]
    fn a_command_of_a_checkout_names_its_folders() {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("a folder");
        let source = Source::of_build(&checkout.join("cli"));
        assert_eq!(source, Source::Checkout(checkout.to_owned()));
        let path = Value::from(checkout.join("runtime").to_string_lossy());
        assert_eq!(
            source.dependency("runtime", &[]),
            format!("{{ path = {path} }}")
        );
    }

    #[test]
    fn a_folder_without_contexture_is_refused() {
        let refused = "nowhere".parse::<Source>();
        assert!(refused.is_err_and(|reason| reason.contains("`nowhere` is no checkout")));
    }
}
