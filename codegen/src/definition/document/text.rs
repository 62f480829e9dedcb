//! Long texts of a definition, which may stand in a file of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A long text: the text itself, or the file that it is in.
///
/// ```yaml
/// readme: { file: README.md }
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Text {
    /// The text itself.
    Inline(String),
    /// The file that the text is in.
    File(TextFile),
}

/// The file that a long text is in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TextFile {
    /// The path of the file, relative to the definition.
    #[schemars(length(min = 1))]
    pub file: String,
    /// The contents of the file, once it was read.
    #[serde(skip)]
    #[schemars(skip)]
    pub contents: String,
}

impl Text {
    /// The text, wherever it stands.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Inline(text) => text,
            Self::File(file) => &file.contents,
        }
    }
}

/// Botpress takes the text itself, no file.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
