use contexture_guide::contexture::prelude::*;
use contexture_guide::desk::channels::{self, TextMessage, TicketChannel};

struct App;

impl channels::Ticket for App {
    async fn text(&self, _: MessageCall<'_, TicketChannel>, _: TextMessage) -> Result<()> {
        Ok(())
    }
}
