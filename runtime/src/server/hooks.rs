//! The author's start and shutdown hooks.

use std::{fmt, pin::Pin};

use crate::{Result, panics::catch_panic};

type Hook = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = Result> + Send>> + Send>;

/// Futures that run once, in the order in which they were added.
#[derive(Default)]
pub(super) struct Hooks(Vec<Hook>);

impl Hooks {
    pub(super) fn add<F: Future<Output = Result> + Send + 'static>(
        &mut self,
        hook: impl FnOnce() -> F + Send + 'static,
    ) {
        self.0.push(Box::new(move || Box::pin(hook())));
    }

    /// Runs the hooks one after the other, and stops at the first error.
    pub(super) async fn run(self) -> Result {
        for hook in self.0 {
            catch_panic("a hook", async move { hook().await }).await?;
        }
        Ok(())
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} hooks", self.0.len())
    }
}
