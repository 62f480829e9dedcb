//! Versions of integrations: a version, a range as npm writes it, or `latest`.

use semver::{Version, VersionReq};

/// Which version is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The highest one that is no prerelease, if there is one.
    Latest,
    /// The highest one that fits one of these.
    Any(Vec<VersionReq>),
}

impl Wanted {
    /// Reads a version, a range or `latest`. Returns `None` for another text.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text == "latest" {
            return Some(Self::Latest);
        }
        let alternatives = text.split("||").map(range);
        alternatives.collect::<Option<_>>().map(Self::Any)
    }

    /// The wanted one of some versions.
    pub(super) fn best<T>(&self, versions: impl IntoIterator<Item = (Version, T)>) -> Option<T> {
        let fitting = versions
            .into_iter()
            .filter(|(version, _)| self.fits(version));
        let is_stable = |version: &Version| *self != Self::Latest || version.pre.is_empty();
        let best = fitting
            .max_by(|(one, _), (other, _)| (is_stable(one), one).cmp(&(is_stable(other), other)));
        best.map(|(_, found)| found)
    }

    fn fits(&self, version: &Version) -> bool {
        match self {
            Self::Latest => true,
            Self::Any(ranges) => ranges.iter().any(|range| range.matches(version)),
        }
    }
}

/// A range of npm without alternatives: comparators between spaces, or two versions around a hyphen.
fn range(text: &str) -> Option<VersionReq> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once(" - ") {
        return VersionReq::parse(&format!(">={}, <={}", from.trim(), to.trim())).ok();
    }
    let mut comparators: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match comparators.last_mut() {
            // An operator may be apart from its version.
            Some(last) if last.bytes().all(|byte| b"<>=^~".contains(&byte)) => last.push_str(word),
            _ => comparators.push(word.to_owned()),
        }
    }
    let comparators = comparators.iter().map(|comparator| exact(comparator));
    let comparators: Vec<_> = comparators.collect();
    match comparators.as_slice() {
        [] => Some(VersionReq::STAR),
        [any] if any == "=x" || any == "=X" || any == "=*" => Some(VersionReq::STAR),
        _ => VersionReq::parse(&comparators.join(", ")).ok(),
    }
}

/// A version alone means that version, and a part of one means all versions that begin with it.
fn exact(comparator: &str) -> String {
    let version = comparator.trim_start_matches(['<', '>', '=', '^', '~']);
    let operator = &comparator[..comparator.len() - version.len()];
    let version = version.trim_start_matches('v');
    match operator {
        "" | "=" => format!("={}", without_wildcards(version)),
        _ => format!("{operator}{version}"),
    }
}

/// `1.x` as `1`.
fn without_wildcards(version: &str) -> String {
    let parts: Vec<_> = version.split('.').collect();
    let given = parts
        .iter()
        .take_while(|part| !["x", "X", "*"].contains(*part));
    let given: Vec<_> = given.copied().collect();
    if given.is_empty() {
        "*".to_owned()
    } else {
        given.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERSIONS: [&str; 8] = [
        "0.9.0",
        "1.0.0",
        "1.2.3",
        "1.2.4",
        "1.3.0",
        "2.0.0-beta.1",
        "2.0.0",
        "3.0.0-rc.1",
    ];

    fn best(wanted: &str) -> Option<&'static str> {
        let versions = VERSIONS.map(|version| (Version::parse(version).unwrap(), version));
        Wanted::read(wanted).unwrap().best(versions)
    }

    #[test]
    fn the_highest_version_of_a_range_is_found() {
        for (wanted, expected) in [
            ("1.2.3", Some("1.2.3")),
            ("v1.2.3", Some("1.2.3")),
            ("1.2.9", None),
            ("<1.2.3", Some("1.0.0")),
            ("< 1.2.3", Some("1.0.0")),
            ("^1.2.3", Some("1.3.0")),
            ("~1.2.3", Some("1.2.4")),
            (">=1.0.0 <1.3.0", Some("1.2.4")),
            ("1.2", Some("1.2.4")),
            ("1.2.x", Some("1.2.4")),
            ("1", Some("1.3.0")),
            ("*", Some("2.0.0")),
            ("x", Some("2.0.0")),
            ("", Some("2.0.0")),
            ("1.0.0 - 1.2.3", Some("1.2.3")),
            ("0.9.0 || 1.2.3", Some("1.2.3")),
            ("<0.1.0 || ~0.9", Some("0.9.0")),
            ("2.0.0-beta.1", Some("2.0.0-beta.1")),
            ("latest", Some("2.0.0")),
        ] {
            assert_eq!(best(wanted), expected, "{wanted}");
        }
    }

    #[test]
    fn other_texts_are_no_versions() {
        for text in ["newest", "1.2.3.4", "<", "^a", "1 ||| 2"] {
            assert_eq!(Wanted::read(text), None, "{text}");
        }
    }

    #[test]
    fn without_another_one_the_latest_version_is_a_prerelease() {
        let versions = [(Version::parse("1.0.0-alpha").unwrap(), "alpha")];
        assert_eq!(Wanted::Latest.best(versions), Some("alpha"));
    }
}
