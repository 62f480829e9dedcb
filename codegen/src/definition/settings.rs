//! The settings of a load.

use std::path::PathBuf;

/// The files that a load may read, beyond the definition's own folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The folder outside of which no file is read; the definition's own folder, unless it is given.
    pub root: Option<PathBuf>,
    /// The folders that are mapped to addresses of the network.
    pub remotes: Vec<Remote>,
}

/// A folder that is mapped to an address of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remote {
    /// The address: `https://schemas.example.com/`.
    pub address: String,
    /// The folder: `a/b.json` in it is `https://schemas.example.com/a/b.json`.
    pub folder: PathBuf,
}

impl Settings {
    /// The settings with a root folder, if they have none.
    pub(crate) fn with_root(mut self, folder: PathBuf) -> Self {
        self.root.get_or_insert(folder);
        self
    }

    /// The folder and the path in it for an address, by the longest address that matches.
    pub(super) fn remote<'a>(&'a self, address: &'a str) -> Option<(&'a Remote, &'a str)> {
        let within = |remote: &'a Remote| {
            let rest = address.strip_prefix(remote.address.trim_end_matches('/'))?;
            Some((remote, rest.strip_prefix('/')?))
        };
        let fitting = self.remotes.iter().filter_map(within);
        fitting.min_by_key(|(_, rest)| rest.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_is_the_one_that_counts() {
        let remote = |address: &str, folder: &str| Remote {
            address: address.to_owned(),
            folder: PathBuf::from(folder),
        };
        let remotes = vec![remote("http://a", "all"), remote("http://a/b/", "some")];
        let settings = Settings {
            root: None,
            remotes,
        };
        let found = |address: &str| {
            let (remote, rest) = settings.remote(address)?;
            Some(format!("{} {rest}", remote.folder.display()))
        };
        assert_eq!(found("http://a/b/c.json").as_deref(), Some("some c.json"));
        assert_eq!(found("http://a/bc.json").as_deref(), Some("all bc.json"));
        assert_eq!(found("http://ab/c.json"), None);
    }
}
