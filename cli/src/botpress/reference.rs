//! References to integrations and interfaces, as the official command line writes them.

use std::str::FromStr;

/// A reference: `intver_…`, `acme/github@1.0.0`, or `acme/github` for the newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// An id.
    Id(String),
    /// A name with a version, a range of versions, or `latest`.
    Name {
        /// The name, with the handle of the workspace.
        name: String,
        /// The version.
        version: String,
    },
}

impl Reference {
    /// A name with a version.
    pub(crate) fn named(name: &str, version: &str) -> Self {
        Self::Name {
            name: name.to_owned(),
            version: version.to_owned(),
        }
    }

    /// The parts of the path that name it.
    pub(super) fn path(&self) -> Vec<&str> {
        match self {
            Self::Id(id) => vec![id],
            Self::Name { name, version } => vec![name, version],
        }
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => formatter.write_str(id),
            Self::Name { name, version } => write!(formatter, "{name}@{version}"),
        }
    }
}

impl FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if is_id(text) {
            return Ok(Self::Id(text.to_owned()));
        }
        let (name, version) = text.split_once('@').unwrap_or((text, "latest"));
        if name.is_empty() || version.is_empty() || name.starts_with(['.', '/']) {
            return Err(
                "expected an id, or a name and a version, as in acme/github@1.0.0".to_owned(),
            );
        }
        Ok(Self::named(name, version))
    }
}

/// Whether a text is an id of the API: a kind and a ULID, such as `intver_01J…`; older ones are UUIDs.
fn is_id(text: &str) -> bool {
    let is_ulid =
        |text: &str| text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_kind = text.split_once('_').is_some_and(|(_, id)| is_ulid(id));
    let is_old = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    has_kind || is_old
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_names_and_versions_are_told_apart() {
        let id = "intver_01J9ZK3V5Q8W7R6T5Y4U3I2O1P";
        assert_eq!(id.parse(), Ok(Reference::Id(id.to_owned())));
        let uuid = "6a76fa10-e150-4ff6-8f59-a300feec06c1";
        assert_eq!(uuid.parse(), Ok(Reference::Id(uuid.to_owned())));
        assert_eq!("acme/a@1.x".parse(), Ok(Reference::named("acme/a", "1.x")));
        assert_eq!("acme/a".parse(), Ok(Reference::named("acme/a", "latest")));
        for wrong in ["", "@1.0.0", "a@", "./a", "/a"] {
            assert!(wrong.parse::<Reference>().is_err(), "{wrong}");
        }
    }
}
