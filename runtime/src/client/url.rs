//! URLs of requests.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Percent-encodes all characters of a path segment that `encodeURIComponent` encodes.
const SEGMENT: &AsciiSet = &QUERY
    .remove(b'!')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Percent-encodes all characters of a query except the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Joins the base URL, the path and the query.
///
/// Returns an invalid segment as the error: an empty segment, `.` or `..` would change the path of
/// the request.
pub(super) fn build<'a, S: AsRef<str>>(
    base: &str,
    path: &[&'a str],
    query: &[(S, S)],
) -> Result<String, &'a str> {
    let mut url = base.trim_end_matches('/').to_owned();
    for segment in path {
        if matches!(*segment, "" | "." | "..") {
            return Err(segment);
        }
        url.push('/');
        url.extend(utf8_percent_encode(segment, SEGMENT));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        let separator = if index == 0 { '?' } else { '&' };
        push_parameter(&mut url, separator, name.as_ref(), value.as_ref());
    }
    Ok(url)
}

/// Adds a parameter of a query, percent-encoded.
pub(crate) fn push_parameter(url: &mut String, separator: char, name: &str, value: &str) {
    url.push(separator);
    url.extend(utf8_percent_encode(name, QUERY));
    url.push('=');
    url.extend(utf8_percent_encode(value, QUERY));
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: &[(&str, &str)] = &[];

    #[test]
    fn a_segment_is_escaped_whole() {
        let url = build("http://api/", &["v1", "int 1/x", "é(1)"], NONE);
        assert_eq!(url.as_deref(), Ok("http://api/v1/int%201%2Fx/%C3%A9(1)"));
    }

    #[test]
    fn a_query_repeats_names_and_keeps_dots() {
        let query = [("tags.id", "a b"), ("ids", "u1"), ("ids", "t==")];
        let url = build("http://api", &["v1"], &query);
        assert_eq!(
            url.as_deref(),
            Ok("http://api/v1?tags.id=a%20b&ids=u1&ids=t%3D%3D")
        );
    }

    #[test]
    fn a_segment_that_names_another_folder_is_refused() {
        assert_eq!(build("http://api", &["v1", ".."], NONE), Err(".."));
        assert_eq!(build("http://api", &["v1", ""], NONE), Err(""));
    }
}
