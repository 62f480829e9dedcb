//! The action `createTicket`.

use contexture::prelude::*;

use crate::App;
use crate::desk::actions::{self, CreateTicketInput, CreateTicketOutput};
use crate::desk::{Context, TicketEntity};

impl actions::CreateTicket for App {
    async fn create_ticket(
        &self,
        call: ActionCall<'_, Context>,
        input: CreateTicketInput,
    ) -> Result<CreateTicketOutput> {
        let token = self.token(call.ctx).await?;
        let http = call.ctx.http();
        let request = http.post("https://api.acme.example/tickets").bearer(&token);
        let response = request.json(&input).send().await?.success();
        let response = response.explain("Acme Desk did not accept the ticket")?;
        let ticket: TicketEntity = response.json()?;
        let logger = call.ctx.logger().for_bot();
        logger.info(format_args!("opened the ticket {}", ticket.id));
        Ok(CreateTicketOutput::new(ticket))
    }
}
