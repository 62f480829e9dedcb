//! Semantic versions, in their order.

use std::cmp::Ordering;

/// A semantic version: `1.0.0`, `1.0.0-rc.1`. Build metadata does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) numbers: [u64; 3],
    /// The words of a pre-release; none for a release.
    pub(super) pre_release: Vec<String>,
}

impl Version {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.split_once('+').map_or(text, |(text, _)| text);
        let (numbers, pre_release) = match text.split_once('-') {
            Some((numbers, words)) => (numbers, words.split('.').map(str::to_owned).collect()),
            None => (text, Vec::new()),
        };
        let numbers: Vec<u64> = numbers
            .split('.')
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        Some(Self {
            numbers: numbers.try_into().ok()?,
            pre_release,
        })
    }
}

impl Ord for Version {
    /// As Semantic Versioning 2.0.0 says in item 11.
    fn cmp(&self, other: &Self) -> Ordering {
        let releases = self
            .pre_release
            .is_empty()
            .cmp(&other.pre_release.is_empty());
        let words = || {
            let pairs = self.pre_release.iter().zip(&other.pre_release);
            let first = pairs
                .map(|(word, other)| compare_words(word, other))
                .find(|order| order.is_ne());
            first.unwrap_or_else(|| self.pre_release.len().cmp(&other.pre_release.len()))
        };
        self.numbers
            .cmp(&other.numbers)
            .then(releases)
            .then_with(words)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare_words(word: &str, other: &str) -> Ordering {
    match (word.parse::<u64>(), other.parse::<u64>()) {
        (Ok(number), Ok(other)) => number.cmp(&other),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => word.cmp(other),
    }
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
        let versions = texts.map(|text| Version::parse(text).expect(text));
        assert!(versions.is_sorted_by(|first, second| first < second));
        assert_eq!(Version::parse("1.0.0+a"), Version::parse("1.0.0+b"));
        for text in ["1", "1.0", "v1.0.0", "1.0.0.0", "latest"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
