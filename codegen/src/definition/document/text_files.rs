//! The files of a definition's long texts.

use super::{Document, Text, TextFile};
use crate::diagnostic::Pointer;

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
