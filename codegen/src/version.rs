//! Semantic versions.

use semver::BuildMetadata;
pub(crate) use semver::Version;

/// Reads a semantic version. Build metadata is left out, since it does not count when versions are compared.
pub(crate) fn parse_version(text: &str) -> Option<Version> {
    let mut version = Version::parse(text).ok()?;
    version.build = BuildMetadata::EMPTY;
    Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_the_order_of_semantic_versioning() {
        let texts = [
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.2.0",
            "1.10.0",
            "2.0.0",
        ];
        let versions = texts.map(|text| parse_version(text).expect(text));
        assert!(versions.is_sorted_by(|first, second| first < second));
        assert_eq!(parse_version("1.0.0+a"), parse_version("1.0.0+b"));
        assert!(parse_version("2.0.0+build.7").is_some());
    }

    #[test]
    fn a_text_that_is_not_a_semantic_version_is_none() {
        for text in [
            "1",
            "1.0",
            "v1.0.0",
            "1.0.0.0",
            "latest",
            "",
            "01.0.0",
            "1.0.0-",
            "1.0.0-01",
            "1.0.0-α",
            "+1.0.0",
            " 1.0.0",
            "1.0.0-a..b",
        ] {
            assert_eq!(parse_version(text), None, "{text}");
        }
    }
}
