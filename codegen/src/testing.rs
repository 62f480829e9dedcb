//! Definitions in memory, for the tests of all phases.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::deep_stack::on_deep_stack;
use crate::definition::{self, Loaded, Settings};
use crate::generator::Generator;
use crate::system::MemorySystem;

/// A folder of files in memory.
#[derive(Clone, Debug)]
pub(crate) struct Folder(Arc<MemorySystem>);

impl Folder {
    /// A folder with these files.
    pub(crate) fn new<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        Self(Arc::new(MemorySystem::new(files)))
    }

    /// Loads a definition.
    pub(crate) fn load(&self, name: &str) -> Loaded {
        self.load_with(name, &Settings::default())
    }

    /// Loads a definition with settings.
    pub(crate) fn load_with(&self, name: &str, settings: &Settings) -> Loaded {
        on_deep_stack(|| definition::load(self.0.as_ref(), Path::new(name), settings))
    }
}

/// The code of a definition that is right.
#[track_caller]
pub(crate) fn code_of(definition: &Value) -> String {
    let system = MemorySystem::new(&[("shop.json", definition.to_string())]);
    let generator = Generator::with_system("shop.json", Arc::new(system));
    match generator.generate() {
        Ok(generated) => generated.file.contents,
        Err(refused) => panic!("{refused}"),
    }
}
