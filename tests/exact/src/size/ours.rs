//! The output of contexture's generator.

use std::time::{Duration, Instant};

use crate::corpus::Definition;
use crate::generate::{Fate, generate, generator};

/// Generates every definition; returns the files of the accepted definitions, and the time.
pub(super) fn generate_all(definitions: &[Definition]) -> (Vec<(String, String)>, Duration) {
    let start = Instant::now();
    let generated = definitions.iter().filter_map(|definition| {
        match generate(&generator(&definition.path, None)) {
            Fate::Generated(code) => Some((definition.stem.clone(), code)),
            Fate::Refused { .. } | Fate::Panicked(_) => None,
        }
    });
    let generated = generated.collect();
    (generated, start.elapsed())
}
