//! What a definition is compared with.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::botpress::Reference;

/// What a definition is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// The same file at a revision of git.
    Revision(String),
    /// What is deployed to Botpress: the integration itself, or another one.
    Deployed(Option<Reference>),
    /// A file.
    File(PathBuf),
}

impl FromStr for Against {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "deployed" {
            return Ok(Self::Deployed(None));
        }
        match text.split_once(':') {
            Some(("git", revision)) => Ok(Self::Revision(revision.to_owned())),
            Some(("deployed", which)) => Ok(Self::Deployed(Some(which.parse()?))),
            _ => Ok(Self::File(text.into())),
        }
    }
}

/// As it is written on the command line.
impl fmt::Display for Against {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revision(revision) => write!(formatter, "git:{revision}"),
            Self::Deployed(None) => formatter.write_str("deployed"),
            Self::Deployed(Some(which)) => write!(formatter, "deployed:{which}"),
            Self::File(file) => file.display().fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_deployed_versions_and_files_are_told_apart() {
        let revision = Against::Revision("HEAD:x".to_owned());
        assert_eq!("git:HEAD:x".parse(), Ok(revision));
        assert_eq!("deployed".parse(), Ok(Against::Deployed(None)));
        let which = Reference::named("acme/shop", "1.x");
        let deployed = Against::Deployed(Some(which));
        assert_eq!("deployed:acme/shop@1.x".parse(), Ok(deployed));
        for file in ["./deployed", "old.yaml", "C:\\old.yaml"] {
            assert_eq!(file.parse(), Ok(Against::File(file.into())));
        }
        for text in [
            "git:HEAD:x",
            "deployed",
            "deployed:acme/shop@1.x",
            "old.yaml",
        ] {
            let against: Against = text.parse().unwrap();
            assert_eq!(against.to_string(), text);
        }
        assert!("deployed:".parse::<Against>().is_err());
    }
}
