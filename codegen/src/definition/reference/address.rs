//! Addresses (RFC 3986): resolution, and conversion from and to paths.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use referencing::{Uri, uri};

/// The parts of a `$ref`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::definition) struct Reference<'a> {
    /// `shared.yaml` of `shared.yaml#/address`; empty, where there is none.
    pub(in crate::definition) address: &'a str,
    /// `/address`, as it is written.
    pub(in crate::definition) fragment: &'a str,
}

impl<'a> Reference<'a> {
    /// Splits a `$ref` or an `$id`.
    pub(in crate::definition) fn parse(text: &'a str) -> Self {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        Self { address, fragment }
    }
}

/// Resolves an address against a base; `None` if it is not an address.
pub(in crate::definition) fn join(base: &str, address: &str) -> Option<String> {
    let base = Uri::parse(base.to_owned()).ok()?;
    let joined = uri::resolve_against(&base.borrow(), &encode(address, is_of_address)).ok()?;
    Some(joined.as_str().trim_end_matches('#').to_owned())
}

/// The address of a file by its path.
pub(in crate::definition) fn file_address(path: &Path) -> String {
    let path = path
        .to_string_lossy()
        .replace('\\', "/")
        .replace('%', "%25");
    format!(
        "file:///{}",
        encode(path.trim_start_matches('/'), is_of_path)
    )
}

/// The path of a file by its address, if it is one.
pub(in crate::definition) fn file_path(address: &str) -> Option<PathBuf> {
    let path = decode(address.strip_prefix("file://")?);
    // A path with a drive has no slash before it: `file:///C:/shop.yaml`.
    let bare = path.strip_prefix('/').unwrap_or(&path);
    let has_drive = bare.as_bytes().get(1) == Some(&b':');
    Some(PathBuf::from(if has_drive { bare } else { &path }))
}

/// Whether an address starts with a scheme of two letters or more (one is a drive), or a host.
pub(in crate::definition) fn is_absolute(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    is_scheme || address.starts_with("//")
}

/// Whether a reference is a bare name, which is valid in interfaces only.
pub(in crate::definition) fn is_bare(text: &str) -> bool {
    let is_file = [".json", ".yaml", ".yml"]
        .iter()
        .any(|end| text.ends_with(end));
    !is_file && !is_absolute(text) && !text.contains(['/', '#'])
}

/// A JSON pointer as it is written behind the `#` of a reference.
pub(crate) fn encode_pointer(pointer: &str) -> String {
    encode(&pointer.replace('%', "%25"), is_of_path)
}

/// Decodes percent escapes; gives the text unchanged if the result is not UTF-8.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = (*first == b'%')
            .then(|| tail.get(..2).and_then(hex))
            .flatten();
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Escapes characters that an address cannot contain; existing escapes are kept.
fn encode(text: &str, stays: fn(u8) -> bool) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (index, byte) in bytes.iter().enumerate() {
        let is_escape = *byte == b'%' && bytes.get(index + 1..index + 3).and_then(hex).is_some();
        if is_escape || stays(*byte) {
            encoded.push(char::from(*byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes any text");
        }
    }
    encoded
}

fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte)
}

fn is_of_address(byte: u8) -> bool {
    is_of_path(byte) || b"?[]".contains(&byte)
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| {
        let digit = char::from(byte).to_digit(16);
        digit.and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(*digits.first()?)? * 16 + digit(*digits.get(1)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_that_mean_nothing_are_kept() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("a%zzb%20c"), "a%zzb c");
        assert_eq!(decode("%ff"), "%ff");
    }

    #[test]
    fn an_address_is_relative_to_the_one_around_it() {
        for (base, address, expected) in [
            (
                "http://example.com/a/b.json",
                "c.json",
                "http://example.com/a/c.json",
            ),
            (
                "http://example.com/a/b.json",
                "../c.json",
                "http://example.com/c.json",
            ),
            (
                "http://example.com/a/b.json",
                "/c.json",
                "http://example.com/c.json",
            ),
            (
                "http://example.com/a/b.json",
                "d/",
                "http://example.com/a/d/",
            ),
            ("http://example.com/a", "urn:example:a", "urn:example:a"),
            (
                "file:///shop/my%20shop.yaml",
                "my items.yaml",
                "file:///shop/my%20items.yaml",
            ),
            (
                "file:///shop/shop.yaml",
                "my%20items.yaml",
                "file:///shop/my%20items.yaml",
            ),
        ] {
            assert_eq!(join(base, address).as_deref(), Some(expected), "{address}");
        }
        assert_eq!(join("http://example.com/", "http://[").as_deref(), None);
    }

    #[test]
    fn a_path_comes_back_from_its_address() {
        for path in ["/shop/100% ä/a b#c?.yaml", "/a/b%20c"] {
            assert_eq!(
                file_path(&file_address(Path::new(path))).as_deref(),
                Some(Path::new(path))
            );
        }
    }

    #[test]
    fn a_pointer_is_escaped_behind_a_hash() {
        assert_eq!(
            encode_pointer("/a%20b/c\"d/é/~1$"),
            "/a%2520b/c%22d/%C3%A9/~1$"
        );
        assert_eq!(decode(&encode_pointer("/a%20b/c\"d/é")), "/a%20b/c\"d/é");
    }

    #[test]
    fn an_address_of_the_network_is_told_from_a_path() {
        assert!(
            is_absolute("https://example.com/a.json")
                && is_absolute("urn:a")
                && is_absolute("//a/b")
        );
        assert!(!is_absolute("a/b.yaml") && !is_absolute("C:/a") && !is_absolute("item"));
    }
}
