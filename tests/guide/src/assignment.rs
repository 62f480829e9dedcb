//! The state `assignment`: who answers a ticket.

use contexture::DateTime;
use contexture::client::ConversationId;
use contexture::prelude::*;

use crate::desk::{AssignmentState, Context};

/// Stores the agent who took a ticket. Returns whether it was another one before.
pub(crate) async fn assign(
    ctx: &Context,
    conversation: &ConversationId,
    agent: &str,
) -> Result<bool> {
    let state = ctx.client().states().assignment(conversation);
    let before = state.get().await?; // `None` if nothing is stored
    state
        .set(&AssignmentState::new(agent, DateTime::now()))
        .await?;
    Ok(before.is_none_or(|before| before.agent != agent))
}

/// Reads the agent of a ticket.
pub(crate) async fn agent(ctx: &Context, conversation: &ConversationId) -> Result<Option<String>> {
    let state = ctx.client().states().assignment(conversation);
    match state.get().await {
        Ok(stored) => Ok(stored.map(|assignment| assignment.agent)),
        // Version 0.9 stored the name alone.
        Err(ClientError::Stale { raw, .. }) => Ok(raw["name"].as_str().map(str::to_owned)),
        Err(error) => Err(error.into()),
    }
}
