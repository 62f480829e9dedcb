//! Three versions: configurations and states that older versions stored are brought to today's types.
//!
//! `cargo run -p tickets` serves it on 127.0.0.1:8072.

contexture::include_definition!("tickets");

mod migrations;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};

use contexture::prelude::*;
use tickets::Context;
use tickets::actions::{self, OpenTicketInput, OpenTicketOutput};

/// The handlers.
#[derive(Default)]
struct Tickets {
    /// How many tickets were opened, since the help desk does not exist.
    opened: AtomicU64,
}

impl tickets::Integration for Tickets {
    async fn register(&self, ctx: &Context, _webhook_url: &str) -> Result {
        // What an older version stored is written back once, so that later reads need no migration.
        ctx.client().states().cursor().upgrade().await?;
        Ok(())
    }
}

impl actions::OpenTicket for Tickets {
    async fn open_ticket(
        &self,
        call: ActionCall<'_, Context>,
        input: OpenTicketInput,
    ) -> Result<OpenTicketOutput> {
        let configuration = &call.ctx.configuration;
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let region = configuration.region().as_str();
        let logger = call.ctx.logger().for_bot();
        logger.info(format_args!("opened in {region}: {}", input.subject));
        let base_url = configuration.base_url();
        Ok(OpenTicketOutput::new(format!(
            "{base_url}/{region}/{number}"
        )))
    }
}

fn main() -> Result {
    contexture::run(tickets::service(Tickets::default()))
}
