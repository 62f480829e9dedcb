//! The files with which an integration gets to where it runs.

mod existing;
mod kubernetes;
mod object_name;

use clap::ValueEnum;
use contexture_codegen::SecretVariable;

pub(super) use self::existing::add;
use super::project::ProjectFile;

/// A place that needs files of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deployment {
    /// A Dockerfile, and what Kubernetes needs to run copies of its image.
    Kubernetes,
}

/// What the files are filled with.
#[derive(Clone, Debug)]
pub(super) struct Deployed<'a> {
    pub(super) title: &'a str,
    /// The name of the package.
    pub(super) package: &'a str,
    /// The program of the package.
    pub(super) bin: &'a str,
    pub(super) version: &'a str,
    pub(super) secrets: &'a [SecretVariable],
    /// The path of the package in its workspace, with slashes. It is empty if the package is one itself.
    pub(super) path: &'a str,
}

impl Deployment {
    /// The files, with their paths in the folder of the package.
    pub(super) fn files(self, deployed: &Deployed<'_>) -> Vec<ProjectFile> {
        match self {
            Self::Kubernetes => kubernetes::files(deployed),
        }
    }

    /// The commands that use the files.
    pub(super) fn commands(self, deployed: &Deployed<'_>) -> Vec<[String; 2]> {
        match self {
            Self::Kubernetes => kubernetes::commands(deployed),
        }
    }
}
