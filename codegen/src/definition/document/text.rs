//! Long texts of a definition, which may stand in a file of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::Document;
use crate::diagnostic::Pointer;

/// A long text: the text itself, or the file that it is in.
///
/// ```yaml
/// readme: { file: README.md }
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Text {
    /// The text itself.
    Inline(String),
    /// The file that the text is in.
    File(TextFile),
}

/// The file that a long text is in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextFile {
    /// The path of the file, relative to the definition.
    #[schemars(length(min = 1))]
    pub file: String,
    /// What the file says, once it was read.
    #[serde(skip)]
    #[schemars(skip)]
    pub contents: String,
}

impl Text {
    /// The text, wherever it stands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Inline(text) => text,
            Self::File(file) => &file.contents,
        }
    }
}

impl Document {
    /// The long texts that stand in files, with their places in the definition.
    pub(in crate::definition) fn texts_in_files(&mut self) -> Vec<(Pointer, &mut TextFile)> {
        let root = Pointer::root();
        let identifier = root.child("identifier");
        let script = |configuration: &Pointer| {
            configuration
                .child("identifier")
                .child("linkTemplateScript")
        };
        let mut texts = vec![
            (root.child("icon"), &mut self.icon),
            (root.child("readme"), &mut self.readme),
        ];
        if let Some(scripts) = &mut self.identifier {
            texts.push((
                identifier.child("extractScript"),
                &mut scripts.extract_script,
            ));
            texts.push((
                identifier.child("fallbackHandlerScript"),
                &mut scripts.fallback_handler_script,
            ));
        }
        let primary = self
            .configuration
            .as_mut()
            .map(|primary| (root.child("configuration"), primary));
        let named = self.configurations.iter_mut();
        let named = named.map(|(name, named)| (root.child("configurations").child(name), named));
        for (pointer, configuration) in primary.into_iter().chain(named) {
            if let Some(identifier) = &mut configuration.identifier {
                texts.push((script(&pointer), &mut identifier.link_template_script));
            }
        }
        texts
            .into_iter()
            .filter_map(|(pointer, text)| match text {
                Some(Text::File(file)) => Some((pointer, file)),
                _ => None,
            })
            .collect()
    }
}

/// Botpress knows texts only, no files.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
