//! Titles and descriptions, made into rustdoc.

mod fence;
pub mod markdown;
mod runs;

pub(crate) use markdown::code;

/// The lines of a documentation comment, in Markdown that rustdoc takes without a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs(Vec<String>);

impl Docs {
    /// Makes a comment from a title and a description as their author wrote them.
    pub(crate) fn new(title: Option<&str>, description: Option<&str>) -> Self {
        let is_repeated = title.map(str::trim) == description.map(str::trim);
        let title = title.filter(|_| !is_repeated).map(markdown::line);
        let title = title.filter(|title| !title.is_empty());
        let mut lines: Vec<String> = title.iter().map(|title| sentence(title)).collect();
        let description = description.map(markdown::lines).unwrap_or_default();
        if !description.is_empty() {
            if !lines.is_empty() {
                lines.push(String::new());
            }
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
