//! The webhooks of the help desk.

use contexture::prelude::*;
use contexture::webhook::signature::{Algorithm, HeaderSignature, Verifier};
use serde::Deserialize;

use crate::App;
use crate::assignment::assign;
use crate::desk::channels::{
    TextMessage, TicketChannel, TicketConversationTags, TicketMessageTags,
};
use crate::desk::{Context, Secrets, TicketClosedEvent, TicketEntity, UserTags};
use crate::handlers::wizard;

/// How the help desk signs: the HMAC-SHA256 of the body, in hexadecimal digits.
pub(crate) fn verifier(secrets: &Secrets) -> Verifier {
    let header = HeaderSignature::hex("x-acme-signature");
    header.verifier(Algorithm::Sha256, &secrets.webhook_secret)
}

pub(crate) async fn receive(
    app: &App,
    ctx: &Context,
    request: WebhookRequest,
) -> Result<WebhookResponse> {
    if app.wizard.is_visited_by(&request) {
        return wizard::handle(app, ctx, &request).await;
    }
    let request = verifier(ctx.secrets()).verify(request)?; // or a 401
    let happened: Happened = request.json()?; // or a 400
    let id = request.header("x-acme-delivery");
    let id = id.explain("The webhook has no header x-acme-delivery")?;
    app.deliveries.handle(ctx, id, tell(ctx, happened)).await
}

/// The body of a webhook.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Happened {
    #[serde(rename_all = "camelCase")]
    Commented {
        ticket_id: String,
        comment_id: String,
        customer_id: String,
        text: String,
    },
    #[serde(rename_all = "camelCase")]
    Assigned {
        ticket_id: String,
        agent: String,
    },
    Closed {
        ticket: TicketEntity,
    },
}

/// Tells the bot what happened.
async fn tell(ctx: &Context, happened: Happened) -> Result<WebhookResponse> {
    let client = ctx.client();
    match happened {
        Happened::Commented {
            ticket_id,
            comment_id,
            customer_id,
            text,
        } => {
            let conversation = TicketConversationTags::default().with_ticket_id(ticket_id);
            let user = UserTags::default().with_customer_id(customer_id);
            let message = TextMessage::new(text);
            let by = TicketMessageTags::default().with_comment_id(comment_id);
            let incoming = client.incoming::<TicketChannel>(&conversation, &user);
            incoming.message(&message, &by).send().await?;
        }
        Happened::Assigned { ticket_id, agent } => {
            let tags = TicketConversationTags::default().with_ticket_id(ticket_id);
            let conversations = client.conversations();
            let conversation = conversations.get_or_create::<TicketChannel>(&tags);
            assign(ctx, &conversation.send().await?.id, &agent).await?;
        }
        Happened::Closed { ticket } => {
            let event = TicketClosedEvent::new(ticket);
            client.events().ticket_closed(&event).send().await?;
        }
    }
    Ok(WebhookResponse::ok())
}
