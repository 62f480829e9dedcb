//! The path and the query of a request.

use percent_encoding::percent_decode_str;

/// A path and a query, percent-decoded.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(String, String)>,
}

impl Address {
    pub(super) fn read(path_and_query: &str) -> Self {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let path = path.trim_start_matches('/').split('/').map(plain);
        let query = query.split('&').filter_map(|part| part.split_once('='));
        Self {
            segments: path.collect(),
            query: query
                .map(|(name, value)| (plain(name), plain(value)))
                .collect(),
        }
    }

    /// Returns the first value of a query parameter.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let mut parts = self.query.iter();
        parts
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

fn plain(escaped: &str) -> String {
    percent_decode_str(escaped).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        let address = Address::read("/v1/a%2Fb?tags.id=%C3%A9&ids=1&ids=2");
        assert_eq!(address.segments, ["v1", "a/b"]);
        assert_eq!(address.value("tags.id"), Some("é"));
        assert_eq!(address.query.len(), 3);
        assert_eq!(address.value("nothing"), None);
    }
}
