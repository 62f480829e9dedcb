//! Any operations and bodies: see `contexture_fuzz::bodies`.
#![no_main]

use contexture_fuzz::bodies;
use fuzz::{mutate, to_corpus};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};

fuzz_target!(|text: &[u8]| -> Corpus { to_corpus(bodies(text)) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed)
});
