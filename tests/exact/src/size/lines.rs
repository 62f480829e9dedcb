//! Line counts.

use std::iter::Sum;
use std::ops::Add;

/// The lines of generated code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines that hold code.
    pub code: usize,
    /// Lines with only a comment.
    pub comment: usize,
    /// Empty lines.
    pub blank: usize,
}

impl Add for Lines {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            code: self.code + other.code,
            comment: self.comment + other.comment,
            blank: self.blank + other.blank,
        }
    }
}

impl Sum for Lines {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// Counts the lines of a file. Block comments, which prettyplease writes for long docs, count as comments.
#[must_use]
pub fn count_lines(code: &str) -> Lines {
    let mut lines = Lines::default();
    let mut is_in_block = false;
    for line in code.lines().map(str::trim) {
        let starts_block = line.starts_with("/*");
        if line.is_empty() && !is_in_block {
            lines.blank += 1;
        } else if is_in_block || starts_block || line.starts_with("//") {
            lines.comment += 1;
        } else {
            lines.code += 1;
        }
        is_in_block = (is_in_block || starts_block) && !line.ends_with("*/");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_comments_and_blank_lines_are_counted_separately() {
        let code =
            "/// Docs.\n/** Long\n\ndocs*/\npub struct A;\n\n// A word.\nfn f() {} // more\n";
        let lines = Lines {
            code: 2,
            comment: 5,
            blank: 1,
        };
        assert_eq!(count_lines(code), lines);
    }
}
