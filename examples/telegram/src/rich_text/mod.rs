//! Formatted text for Telegram: a plain text and the ranges of its styles.
//!
//! The text contains no markup, so it needs no escaping and can be split at any place.

mod markdown;
mod split;

use serde::Serialize;

/// A text and its formatting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RichText {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

/// A style of a part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Entity {
    #[serde(flatten)]
    pub(crate) style: Style,
    /// The start of the part, in UTF-16 units.
    pub(crate) offset: usize,
    /// The length of the part, in UTF-16 units.
    pub(crate) length: usize,
}

/// The styles that Markdown has and Telegram shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Style {
    Blockquote,
    Bold,
    Code,
    Italic,
    Pre {
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
    },
    Strikethrough,
    TextLink {
        url: String,
    },
}

impl RichText {
    /// A text without formatting.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            entities: Vec::new(),
        }
    }

    /// A text that is bold from its beginning to its end.
    pub(crate) fn bold(text: impl Into<String>) -> Self {
        let mut bold = Self::plain(text);
        bold.entities.push(Entity {
            style: Style::Bold,
            offset: 0,
            length: utf16_len(&bold.text),
        });
        bold
    }

    /// The lines of several texts, one below the other.
    pub(crate) fn lines(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for text in texts {
            if !all.text.is_empty() {
                all.text.push('\n');
            }
            all.append(text);
        }
        all
    }

    fn append(&mut self, other: Self) {
        let shift = utf16_len(&self.text);
        self.text.push_str(&other.text);
        let entities = other.entities.into_iter();
        self.entities.extend(entities.map(|entity| Entity {
            offset: entity.offset + shift,
            ..entity
        }));
    }
}

/// The length of a text as Telegram counts it.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
