//! What outlives a version of a definition.

use super::{Configuration, Document};

/// The sections whose values Botpress keeps.
const STORED: [&str; 3] = ["configuration", "configurations", "states"];

/// Whether Botpress keeps the values of a section of a definition.
pub(in crate::definition) fn is_stored(section: &str) -> bool {
    STORED.contains(&section)
}

impl Document {
    /// The definition with what outlives its version alone: configurations and states.
    pub(in crate::definition) fn stored_alone(self) -> Self {
        let values_alone = |configuration: Configuration| Configuration {
            identifier: None,
            ..configuration
        };
        let others = self.configurations.into_iter();
        Self {
            name: self.name,
            version: self.version,
            configuration: self.configuration.map(values_alone),
            configurations: others
                .map(|(name, configuration)| (name, values_alone(configuration)))
                .collect(),
            states: self.states,
            ..Self::default()
        }
    }
}
