//! The folders that definitions may read, as options of the command.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;
use contexture_codegen::Generator;

/// The folders that definitions may read.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Folders {
    /// The folder outside of which no file is read; each definition's own folder by default.
    #[arg(long, value_name = "DIR", value_parser = folder)]
    root: Option<PathBuf>,
    /// Reads the files of an address of the network from a folder, since nothing is fetched. Can be repeated.
    #[arg(long = "remote", value_name = "ADDRESS=DIR")]
    remotes: Vec<Remote>,
}

/// A folder that stands for an address of the network.
#[derive(Clone, Debug)]
struct Remote {
    address: String,
    folder: PathBuf,
}

impl Folders {
    /// The folder outside of which no file is read, if it is given.
    pub(crate) fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The same folders. If no root is given, it is this one.
    pub(crate) fn or_root(mut self, folder: &Path) -> Self {
        self.root.get_or_insert_with(|| folder.to_owned());
        self
    }

    /// The generator of a definition that may read these folders.
    pub(crate) fn generator(&self, file: &Path) -> Generator {
        let mut generator = Generator::new(file);
        if let Some(root) = &self.root {
            generator = generator.root(root);
        }
        for Remote { address, folder } in &self.remotes {
            generator = generator.remote(address, folder);
        }
        generator
    }
}

/// The options as they are written behind a command.
impl fmt::Display for Folders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(root) = &self.root {
            write!(formatter, " --root {}", root.display())?;
        }
        for Remote { address, folder } in &self.remotes {
            write!(formatter, " --remote {address}={}", folder.display())?;
        }
        Ok(())
    }
}

impl FromStr for Remote {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, path) = text
            .split_once('=')
            .ok_or("expected an address and a folder, as in https://example.com/schemas=shared")?;
        if !is_address(address) {
            return Err(format!(
                "`{address}` is not an address of the network, such as https://example.com/schemas"
            ));
        }
        Ok(Self {
            address: address.to_owned(),
            folder: folder(path)?,
        })
    }
}

/// A folder that exists. One that does not would only show as files that are missing or outside of it.
fn folder(path: &str) -> Result<PathBuf, String> {
    if Path::new(path).is_dir() {
        Ok(PathBuf::from(path))
    } else {
        Err(format!("there is no folder `{path}`"))
    }
}

/// Whether a text starts with a scheme and a host.
fn is_address(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty())
}
