//! The integration of the guide in `docs/guide`, which shows parts of these files.

contexture::include_definition!("definition");

mod access;
#[cfg(test)]
mod answers;
mod assignment;
mod handlers;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;

use std::time::Duration;

use contexture::oauth::TokenManager;
use contexture::prelude::*;
use contexture::webhook::Deliveries;
use contexture::wizard::Wizard;

use crate::handlers::webhook::verifier;
use crate::handlers::wizard::{Step, steps};

/// The handlers, and what all calls share.
struct App {
    deliveries: Deliveries,
    tokens: TokenManager,
    wizard: Wizard<Step>,
}

impl App {
    fn new() -> Self {
        Self {
            deliveries: Deliveries::new(Duration::from_hours(24)),
            tokens: TokenManager::new(),
            wizard: steps(),
        }
    }
}

fn main() -> Result {
    let service = desk::service(App::new());
    let service = service.check_webhooks(verifier);
    contexture::run(service)
}
