//! The channel `ticket`.

use contexture::prelude::*;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::assignment::agent;
use crate::desk::channels::{self, ImageMessage, TextMessage, TicketChannel, TicketMessageTags};

impl channels::Ticket for App {
    async fn text(&self, call: MessageCall<'_, TicketChannel>, payload: TextMessage) -> Result<()> {
        self.comment(&call, &payload.text).await
    }

    async fn image(
        &self,
        call: MessageCall<'_, TicketChannel>,
        payload: ImageMessage,
    ) -> Result<()> {
        self.comment(&call, &payload.image_url).await
    }
}

#[derive(Serialize)]
struct NewComment<'a> {
    ticket: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Comment {
    id: String,
}

impl App {
    /// Adds a comment to the ticket of a conversation.
    async fn comment(&self, call: &MessageCall<'_, TicketChannel>, text: &str) -> Result<()> {
        let ticket = call.conversation.tags.ticket_id.as_deref();
        let ticket = ticket.explain("The conversation has no tag `ticketId`")?;
        let token = self.token(call.ctx).await?;
        let http = call.ctx.http();
        let request = http
            .post("https://api.acme.example/comments")
            .bearer(&token);
        let response = request.json(&NewComment { ticket, text }).send().await?;
        let comment: Comment = response.success()?.json()?;
        let tags = TicketMessageTags::default().with_comment_id(comment.id);
        call.ack(&tags).await?;
        if let Some(agent) = agent(call.ctx, &call.conversation.id).await? {
            let logger = call.ctx.logger().for_bot();
            logger.info(format_args!("the bot wrote in a ticket of {agent}"));
        }
        Ok(())
    }
}
