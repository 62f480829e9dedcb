//! The names of repositories.

use std::fmt;

/// The full name of a repository.
///
/// It contains only characters that GitHub allows in names, so it needs no escaping in a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repository {
    owner: String,
    name: String,
}

/// The error for a text that is not the name of a repository.
#[derive(Debug, thiserror::Error)]
#[error("expected the full name of a repository, such as octo-org/hello-world")]
pub(crate) struct InvalidRepository;

impl Repository {
    pub(crate) fn new(owner: &str, name: &str) -> Result<Self, InvalidRepository> {
        if !is_name(owner) || !is_name(name) {
            return Err(InvalidRepository);
        }
        Ok(Self {
            owner: owner.to_owned(),
            name: name.to_owned(),
        })
    }

    pub(crate) fn from_full_name(full_name: &str) -> Result<Self, InvalidRepository> {
        let (owner, name) = full_name.split_once('/').ok_or(InvalidRepository)?;
        Self::new(owner, name)
    }
}

fn is_name(text: &str) -> bool {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    !matches!(text, "" | "." | "..") && text.chars().all(allowed)
}

impl fmt::Display for Repository {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.owner, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_is_read_back_as_it_was() {
        let repository = Repository::from_full_name("octo-org/hello.world_2").unwrap();
        assert_eq!(repository.to_string(), "octo-org/hello.world_2");
    }

    #[test]
    fn text_that_would_change_the_path_of_a_request_is_not_a_name() {
        for text in [
            "hello-world",
            "a/",
            "a/..",
            "a/b/c",
            "a/b?c",
            "a/b%2F",
            "ä/b",
        ] {
            assert!(Repository::from_full_name(text).is_err(), "{text}");
        }
    }
}
