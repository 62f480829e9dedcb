//! The files and folders of the repository.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{entries, name_of, repository};

/// The paths of the repository, with `/` between their parts.
pub(super) struct Tree(BTreeSet<String>);

/// Folders with output of tools.
const WRITTEN: [&str; 4] = [".git", "node_modules", "target", "corpus"];

impl Tree {
    /// Reads the folders of the repository.
    pub(super) fn read() -> Self {
        let mut paths = BTreeSet::new();
        visit(&repository(""), "", &mut paths);
        Self(paths)
    }

    /// The Markdown files, except for examples of mistakes and data.
    pub(super) fn documents(&self) -> impl Iterator<Item = &str> {
        let paths = self.0.iter().map(String::as_str);
        paths.filter(|path| {
            path.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "md")
                && !path.contains("/explanations/")
                && !path.contains("/fixtures/")
        })
    }

    /// Whether a path or pattern matches a file. A path that begins with a file or a folder of the repository's root is
    /// looked up from the root, any other path anywhere.
    pub(super) fn has(&self, mentioned: &str) -> bool {
        let pattern = mentioned.trim_end_matches('/');
        let first = pattern.split('/').next().unwrap_or_default();
        let is_rooted = self.0.contains(first);
        let wanted: Vec<_> = pattern.split('/').collect();
        self.0.iter().any(|path| {
            let parts: Vec<_> = path.split('/').collect();
            let Some(skipped) = parts.len().checked_sub(wanted.len()) else {
                return false;
            };
            (skipped == 0 || !is_rooted)
                && parts[skipped..]
                    .iter()
                    .zip(&wanted)
                    .all(|(part, wanted)| fits(part, wanted))
        })
    }
}

/// The target of a link in a document: `../a.md` in `docs/b.md` is `a.md`.
pub(super) fn target(document: &str, link: &str) -> String {
    let mut parts: Vec<_> = document.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn visit(folder: &Path, prefix: &str, paths: &mut BTreeSet<String>) {
    for entry in entries(folder) {
        let name = name_of(&entry);
        if WRITTEN.contains(&&*name) && !(name == "corpus" && prefix.contains("src")) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.is_dir() {
            visit(&entry, &format!("{path}/"), paths);
        }
        paths.insert(path);
    }
}

/// Whether a part of a path matches a part of a pattern: `*` and `<name>` match any text, `{a,b}` one of several.
fn fits(part: &str, pattern: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((choices, after)) = rest.split_once('}')
    {
        return choices
            .split(',')
            .any(|choice| fits(part, &format!("{before}{choice}{after}")));
    }
    let is_placeholder = |start: usize| pattern[start..].find('>').map(|end| start + end + 1);
    let (start, end) = match (pattern.find('*'), pattern.find('<')) {
        (Some(star), _) => (star, star + 1),
        (None, Some(open)) => match is_placeholder(open) {
            Some(end) => (open, end),
            None => return part == pattern,
        },
        (None, None) => return part == pattern,
    };
    let (before, after) = (&pattern[..start], &pattern[end..]);
    part.strip_prefix(before).is_some_and(|rest| {
        (0..=rest.len())
            .filter(|index| rest.is_char_boundary(*index))
            .any(|index| fits(&rest[index..], after))
    })
}

#[cfg(test)]
mod tests {
    use super::{Tree, fits, target};

    fn tree() -> Tree {
        let paths = [
            "runtime",
            "runtime/src",
            "runtime/src/call",
            "runtime/src/call/cache.rs",
            "fuzz",
            "fuzz/run",
        ];
        Tree(paths.map(str::to_owned).into())
    }

    #[test]
    fn a_path_that_is_not_there_is_noticed() {
        for there in [
            "runtime/src/call/cache.rs",
            "runtime/src/",
            "cache.rs",
            "call/",
            "call/cache.rs",
            "runtime/src/<part>/*.rs",
            "runtime/src/{call,serve}/",
            "fuzz/run",
        ] {
            assert!(tree().has(there), "{there}");
        }
        for missing in [
            "runtime/call/cache.rs",
            "runtime/src/cache.rs",
            "ache.rs",
            "calls/",
            "src/fuzz/run",
            "runtime/src/<part>/*.md",
            "runtime/src/{serve}/",
            "fuzz/runs",
            "runtime/src/call/cache.rs/deeper.rs",
        ] {
            assert!(!tree().has(missing), "{missing}");
        }
    }

    #[test]
    fn stars_and_placeholders_match_any_text_of_one_part() {
        assert!(fits("a-b.rs", "<name>.rs") && fits("a-b.rs", "a-*.rs") && fits("a", "*"));
        assert!(!fits("a-b.md", "<name>.rs") && !fits("a<b", "a<c"));
    }

    #[test]
    fn a_link_is_relative_to_its_document() {
        assert_eq!(target("docs/a.md", "../README.md"), "README.md");
        assert_eq!(
            target("tests/exact/README.md", "src/lib.rs"),
            "tests/exact/src/lib.rs"
        );
        assert_eq!(target("README.md", "./docs"), "docs");
    }
}
