//! The secrets of an integration. The operator sets each as an environment variable
//! `SECRET_<NAME>`.

use std::fmt::{self, Debug};

use crate::Secret;
use crate::value::is_blank;

/// The declared secrets of a definition, as a struct.
pub trait Secrets: Clone + Debug + Send + Sync + Sized + 'static {
    /// Reads all secrets. Returns `None` if a required secret is missing; the reader records its
    /// name.
    fn read(reader: &mut SecretReader<'_>) -> Option<Self>;
}

/// Reads secrets by name and records missing ones.
pub struct SecretReader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    missing: Vec<String>,
}

impl<'a> SecretReader<'a> {
    /// Creates a reader that gets environment variables from `lookup`.
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            lookup,
            missing: Vec::new(),
        }
    }

    /// Reads a required secret. An empty or blank secret is treated as missing.
    pub fn required(&mut self, name: &str) -> Option<Secret> {
        let secret = self.optional(name);
        if secret.is_none() {
            self.missing.push(variable(name));
        }
        secret
    }

    /// Reads an optional secret. An empty or blank secret is treated as missing.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<Secret> {
        (self.lookup)(&variable(name))
            .filter(|text| !is_blank(text))
            .map(Secret::new)
    }
}

impl Debug for SecretReader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SecretReader")
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

fn variable(name: &str) -> String {
    format!("SECRET_{name}")
}

/// Required secrets that are not set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("missing secrets: set {}", .variables.join(", "))]
pub struct MissingSecrets {
    variables: Vec<String>,
}

impl MissingSecrets {
    /// Returns the names of the missing environment variables.
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.variables
    }
}

/// Reads all secrets from the environment variables of `lookup`.
///
/// # Errors
///
/// Returns the names of all missing environment variables.
pub(crate) fn read_secrets<S: Secrets>(
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<S, MissingSecrets> {
    let mut reader = SecretReader::new(lookup);
    match S::read(&mut reader) {
        Some(secrets) if reader.missing.is_empty() => Ok(secrets),
        _ => Err(MissingSecrets {
            variables: reader.missing,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Three(Secret, Secret, Option<Secret>);

    impl Secrets for Three {
        fn read(reader: &mut SecretReader<'_>) -> Option<Self> {
            let (first, second) = (reader.required("FIRST"), reader.required("SECOND"));
            let third = reader.optional("THIRD");
            Some(Self(first?, second?, third))
        }
    }

    #[test]
    fn every_missing_secret_is_named_and_a_blank_one_is_missing() {
        for blank in ["", " ", "\t\n", "\u{feff}"] {
            let lookup = |name: &str| (name == "SECRET_SECOND").then(|| blank.to_owned());
            let missing = read_secrets::<Three>(&lookup).unwrap_err();
            assert_eq!(
                missing.to_string(),
                "missing secrets: set SECRET_FIRST, SECRET_SECOND"
            );
        }
    }

    #[test]
    fn a_blank_optional_secret_is_none() {
        let lookup = |name: &str| match name {
            "SECRET_THIRD" => Some(" \n".to_owned()),
            name => Some(name.to_owned()),
        };
        let Three(_, _, third) = read_secrets(&lookup).unwrap();
        assert_eq!(third, None);
    }

    #[test]
    fn an_optional_secret_may_be_missing() {
        let lookup = |name: &str| (name != "SECRET_THIRD").then(|| name.to_owned());
        let expected = Three("SECRET_FIRST".into(), "SECRET_SECOND".into(), None);
        assert_eq!(read_secrets::<Three>(&lookup), Ok(expected));
    }
}
