//! Connects the targets of `contexture-fuzz` to libFuzzer.

use contexture_fuzz::Use;
use contexture_fuzz::mutate::mutate_json;
use libfuzzer_sys::{Corpus, fuzzer_mutate};

/// Returns whether libFuzzer should keep an input.
#[must_use]
pub fn to_corpus(used: Use) -> Corpus {
    match used {
        Use::Kept => Corpus::Keep,
        Use::Rejected => Corpus::Reject,
    }
}

/// Mutates an input in place, half of the time as JSON if it contains JSON; returns its new length.
#[must_use]
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let changed = if seed % 2 == 0 {
        mutate_json(&data[..size], max_size, seed)
    } else {
        None
    };
    let Some(changed) = changed else {
        return fuzzer_mutate(data, size, max_size);
    };
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
}
