//! Titles and descriptions, made into rustdoc.

/// The lines of a documentation comment, in Markdown that rustdoc takes without a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs(Vec<String>);

impl Docs {
    /// Makes a comment from a title and a description as their author wrote them.
    pub(crate) fn new(title: Option<&str>, description: Option<&str>) -> Self {
        let title = title.map(str::trim).filter(|text| !text.is_empty());
        let description = description.map(str::trim).filter(|text| !text.is_empty());
        let mut lines = Vec::new();
        if let Some(title) = title
            && description != Some(title)
        {
            lines.push(sentence(&escape_line(title)));
        }
        if let Some(description) = description {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let description: Vec<_> = description.lines().map(escape_line).collect();
            lines.extend(sentences(description));
        }
        Self(lines)
    }

    /// Makes a comment from Markdown of our own.
    pub(crate) fn markdown(text: &str) -> Self {
        Self(text.lines().map(str::to_owned).collect())
    }

    /// Says `text` where the author said nothing.
    pub(crate) fn or(self, text: &str) -> Self {
        if self.0.is_empty() {
            Self::markdown(text)
        } else {
            self
        }
    }

    /// Adds a paragraph.
    pub(crate) fn and(mut self, text: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(text.lines().map(str::to_owned));
        self
    }

    /// Adds what another comment says.
    pub(crate) fn and_docs(self, other: &Self) -> Self {
        if other.0.is_empty() || self == *other {
            self
        } else {
            self.and(&other.0.join("\n"))
        }
    }

    pub(crate) fn lines(&self) -> &[String] {
        &self.0
    }
}

/// Ends the last line with a full stop where it ends with a word.
fn sentences(mut lines: Vec<String>) -> Vec<String> {
    if let Some(last) = lines.pop() {
        lines.push(sentence(&last));
    }
    lines
}

fn sentence(text: &str) -> String {
    if text.ends_with(char::is_alphanumeric) {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}

/// Keeps text from being read as a link, as HTML or as a block of code.
fn escape_line(line: &str) -> String {
    let line = line.trim();
    let has_code = line.matches('`').count().is_multiple_of(2);
    let mut escaped = String::with_capacity(line.len());
    let mut in_code = false;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        if !in_code && let Some(url) = leading_url(rest) {
            escaped.extend(["<", url, ">"]);
            rest = &rest[url.len()..];
            continue;
        }
        match character {
            '`' if has_code => {
                in_code = !in_code;
                escaped.push('`');
            }
            '[' | ']' | '<' | '>' | '*' | '\\' | '`' | '|' if !in_code => {
                escaped.extend(['\\', character]);
            }
            '#' | '~' | '=' if escaped.is_empty() => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
        rest = &rest[character.len_utf8()..];
    }
    escaped
}

/// The address that a text starts with, which rustdoc wants in angle brackets.
fn leading_url(text: &str) -> Option<&str> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"'`()[]{}|\\*,;".contains(c))
        .unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ':', '!', '?']);
    let host = url.split_once("://").map_or("", |(_, host)| host);
    host.starts_with(char::is_alphanumeric).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn a_title_and_a_description_are_two_paragraphs() {
        assert_eq!(
            Docs::new(Some("Bot ID"), Some("Which bot")).lines(),
            ["Bot ID.", "", "Which bot."]
        );
    }

    #[test]
    fn brackets_and_tags_are_not_markup() {
        assert_eq!(
            Docs::new(None, Some("an [array] of <T>")).lines(),
            ["an \\[array\\] of \\<T\\>"]
        );
    }

    #[test]
    fn an_address_becomes_a_link() {
        assert_eq!(
            Docs::new(None, Some("See https://a.example/b_c.")).lines(),
            ["See <https://a.example/b_c>."]
        );
    }

    #[test]
    fn code_stays_code() {
        assert_eq!(
            Docs::new(None, Some("one of `a[0]`, b]")).lines(),
            ["one of `a[0]`, b\\]"]
        );
    }

    #[test]
    fn an_indented_line_is_not_a_block_of_code() {
        assert_eq!(Docs::new(None, Some("a\n     b")).lines(), ["a", "b."]);
    }
}
