//! Texts that are read in two ways: see `contexture_fuzz::direct`.
#![no_main]

use contexture_fuzz::direct;
use fuzz::{mutate, to_corpus};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

fuzz_target!(|text: &[u8]| -> Corpus { to_corpus(direct(text)) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed)
});
