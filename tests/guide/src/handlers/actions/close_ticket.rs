//! The action `closeTicket`.

use contexture::prelude::*;

use crate::App;
use crate::desk::Context;
use crate::desk::actions::{self, CloseTicketInput, CloseTicketOutput};

impl actions::CloseTicket for App {
    async fn close_ticket(
        &self,
        call: ActionCall<'_, Context>,
        input: CloseTicketInput,
    ) -> Result<CloseTicketOutput> {
        let token = self.token(call.ctx).await?;
        let url = format!("https://api.acme.example/tickets/{}", input.id);
        let response = call.ctx.http().delete(url).bearer(&token).send().await?;
        if response.status() == 404 {
            bail!("There is no ticket {}", input.id);
        }
        response.success()?;
        Ok(CloseTicketOutput::default())
    }
}
