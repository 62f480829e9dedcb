//! Random requests from a seed: valid calls, and calls with a few mistakes.

mod body;
mod envelope;
mod value;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::request::Request;

/// A random number generator.
pub(super) struct Draw(StdRng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0.random_range(0..limit)
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Generates a request.
pub(super) fn request(draw: &mut Draw) -> Request {
    let (operation, body) = body::call(draw);
    let mut request = Request {
        method: "POST",
        target: "/".to_owned(),
        headers: envelope::headers(operation),
        body: body::write(draw, &body),
        cuts: Vec::new(),
    };
    if draw.chance(40) {
        envelope::change(draw, &mut request);
    }
    if draw.chance(15) {
        body::spoil(draw, &mut request.body);
    }
    if draw.chance(15) && !request.body.is_empty() {
        envelope::cut(draw, &mut request);
    }
    request
}
