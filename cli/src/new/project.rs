//! The files that every new project has.

use super::name::Name;
use super::place::Place;
use super::source::Source;
use super::template::fill;

/// A file of a project: its path, with slashes, and its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProjectFile {
    pub(super) path: String,
    pub(super) contents: Vec<u8>,
}

impl ProjectFile {
    pub(super) fn new(path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            contents: contents.into(),
        }
    }
}

/// The version of a new project.
pub(super) const VERSION: &str = "0.1.0";

/// What the files of a project are filled with.
#[derive(Clone, Debug)]
pub(super) struct Project<'a> {
    pub(super) name: &'a Name,
    pub(super) title: String,
    pub(super) place: &'a Place,
    pub(super) source: &'a Source,
    /// The path of the definition.
    pub(super) definition: String,
    /// The lines of the manifest for dependencies that the handlers need.
    pub(super) dependencies: &'static str,
    /// The lines of `.env.example` for the secrets.
    pub(super) secrets: String,
}

/// cargo takes a package below a workspace for a member, unless it is a workspace itself.
const OWN_WORKSPACE: &str = "# The folder is in another workspace. Remove this line to make the package a member of it.\n\
                             [workspace]\n\n";

impl Project<'_> {
    /// The files that do not depend on the handlers.
    pub(super) fn files(&self) -> Vec<ProjectFile> {
        let workspace = match &self.place.workspace {
            Some(_) => OWN_WORKSPACE,
            None => "",
        };
        let manifest = fill(
            include_str!("../../templates/common/Cargo.toml.template"),
            &[
                ("workspace", workspace),
                ("name", self.name.as_str()),
                ("version", VERSION),
                ("rust", env!("CARGO_PKG_RUST_VERSION")),
                ("contexture", &self.source.dependency("runtime", &[])),
                ("testing", &self.source.dependency("runtime", &["testing"])),
                ("codegen", &self.source.dependency("codegen", &[])),
                ("dependencies", self.dependencies),
            ],
        );
        let build_script = fill(
            include_str!("../../templates/common/build.rs"),
            &[("definition", &literal(&self.definition))],
        );
        let environment = fill(
            include_str!("../../templates/common/env.example"),
            &[("secrets", &self.secrets)],
        );
        vec![
            ProjectFile::new("Cargo.toml", manifest),
            ProjectFile::new("build.rs", build_script),
            ProjectFile::new(".env.example", environment),
            ProjectFile::new(
                ".gitignore",
                include_str!("../../templates/common/gitignore"),
            ),
        ]
    }
}

/// A text as a literal of Rust.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}
