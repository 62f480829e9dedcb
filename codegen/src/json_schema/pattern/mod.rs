//! Regular expressions of ECMA-262, written so that the regex engine of the validator reads them in the same way. They
//! stay expressions of ECMA-262, because the validator checks that first.
//!
//! The validator translates the most common differences between the two languages itself. A pattern with any other one
//! is rewritten here: the dot and line separators, word boundaries, classes with a lookaround beside them, surrogate
//! pairs, `[^]`, `\0`, `\k<name>`, braces and escapes that mean themselves.

mod class;
mod items;
mod reader;
mod rewrite;
mod units;

use reader::Reader;

/// A pattern for the validator's engine; `None` if it reads the pattern as it is, or if this is not a pattern.
pub(crate) fn rust_pattern(pattern: &str) -> Option<String> {
    let mut reader = Reader::new(pattern);
    reader.read()?;
    let differs = reader.differs || (reader.looks_around && reader.has_class_escape);
    differs.then_some(reader.written)
}

#[cfg(test)]
mod tests {
    use super::rust_pattern;

    #[test]
    fn a_pattern_that_the_validator_reads_right_is_left() {
        for pattern in [
            "",
            "^[a-z]+$",
            r"^\d{2,3}\w\s$",
            r"^[\w\-\.]+@\S+$",
            r"^(?<year>[0-9]{4})-(0[1-9])$",
            r"^\p{L}\/\$",
            "^(?!a)[^b]$",
            "(a)|(b",
        ] {
            assert_eq!(rust_pattern(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_is_written_so_that_both_languages_agree() {
        for (pattern, expected) in [
            ("^.$", r"^[^\u000A\u000D\u2028\u2029]$"),
            ("[^]", r"[\u0000-\u{10FFFF}]"),
            ("[]", r"[^\u0000-\u{10FFFF}]"),
            (r"^\0[\b]\101$", r"^\u0000[\u0008]A$"),
            ("^a{$", r"^a\{$"),
            ("^a{2}{,3}]$", r"^a{2}\{,3\}\]$"),
            (r"^\uD83D\uDE00$", r"^[\u{1F600}]$"),
            (r"[\uD83C-\uD83D][\uDC00-\uDFFF]", r"[\u{1F000}-\u{1F7FF}]"),
            (r"[^\ud800-\udfff]", r"[\u0000-\u{10FFFF}]"),
            (r"[\uD83D\uDE00-\uD83D\uDE4F]", r"[\u{1F600}-\u{1F64F}]"),
            (r"[\w-z]", r"[0-9A-Z\u005Fa-z\u002Dz]"),
            (r"(?<q>a)\k<q>", r"(?<q>a)(?:\1)"),
            (r"\1(a)", r"(?:)(a)"),
            (r"\<\y", r"\u003Cy"),
            (r"(?!a)\d", "(?!a)[0-9]"),
        ] {
            assert_eq!(
                rust_pattern(pattern).as_deref(),
                Some(expected),
                "{pattern}"
            );
        }
    }
}
