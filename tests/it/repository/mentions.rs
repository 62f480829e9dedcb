//! The paths that a Markdown text mentions.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// A path in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    /// The target of a link, relative to the folder of the text: `../docs/from-typescript.md`.
    Link(String),
    /// Code within a sentence, or a word of a shell command: `runtime/src/lib.rs`, `request/`.
    Code(String),
}

/// The endings by which a path without folders is recognized: `service.rs`.
const ENDINGS: [&str; 7] = [".json", ".lock", ".md", ".rs", ".stderr", ".toml", ".yaml"];

/// Returns the paths in a text, without the fragments of links. Ignores code other than shell commands, since it shows
/// the files of authors.
pub(super) fn mentions(markdown: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut is_shell = false;
    for event in Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let path = dest_url.split('#').next().unwrap_or_default();
                if !path.is_empty() && !path.contains(':') {
                    mentions.push(Mention::Link(path.to_owned()));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                is_shell = matches!(kind, CodeBlockKind::Fenced(language) if &*language == "sh");
            }
            Event::End(TagEnd::CodeBlock) => is_shell = false,
            Event::Code(code) => mentions.extend(first_word(&code)),
            Event::Text(text) if is_shell => mentions.extend(words(&text)),
            _ => {}
        }
    }
    mentions
}

/// The first word of code within a sentence, if it is a path: `fuzz/run lowering` mentions `fuzz/run`.
fn first_word(code: &str) -> Option<Mention> {
    code.split_whitespace().next().and_then(path)
}

/// The paths in shell commands, without comments.
fn words(commands: &str) -> impl Iterator<Item = Mention> {
    commands
        .lines()
        .map(|line| line.split(" #").next().unwrap_or_default())
        .flat_map(str::split_whitespace)
        .filter_map(path)
}

/// Returns a word that has the form of a path: a name with a known ending, or folders.
fn path(word: &str) -> Option<Mention> {
    let is_text = word
        .chars()
        .all(|char| char.is_alphanumeric() || "/._-*<>{},".contains(char));
    let is_absolute = word.starts_with(['/', '<']);
    let has_ending = ENDINGS
        .iter()
        .any(|ending| word.len() > ending.len() && word.ends_with(ending));
    let has_folder = word.contains('/') && !word.contains("//");
    (is_text && !is_absolute && (has_ending || has_folder)).then(|| Mention::Code(word.to_owned()))
}

#[test]
fn links_code_and_shell_commands_mention_paths() {
    let markdown = "\
See [the guide](docs/guide.md#start), [a page](https://a.b/c.md), [below](#below).

A file `runtime/src/lib.rs`, a folder `request/`, a pattern `emit/<item>.rs`, a command `fuzz/run lowering`.

| row |
|---|
| `table.rs` |

```sh
tests/load/run --only rate   # not docs/comment.md
```

```rust
// src/author.rs
```
";
    let code = |path: &str| Mention::Code(path.to_owned());
    assert_eq!(
        mentions(markdown),
        [
            Mention::Link("docs/guide.md".to_owned()),
            code("runtime/src/lib.rs"),
            code("request/"),
            code("emit/<item>.rs"),
            code("fuzz/run"),
            code("table.rs"),
            code("tests/load/run"),
        ]
    );
}

#[test]
fn other_code_mentions_no_path() {
    let markdown = "`/health`, `Option<T>`, `a.b`, `.rs`, `contexture::serve`, `http://a/b`, `SECRET_<NAME>`, `a + b/c`";
    assert_eq!(mentions(markdown), []);
}
