//! What generated code implements for an author's handlers.

use crate::{
    Context, ConversationUpdate, Definition, MessageUpdate, RawRequest, Result, TagMap,
    UnreadableConfiguration, WebhookRequest, WebhookResponse,
    dispatch::{ActionAnswer, ActionRequest, MessageRequest},
};

/// Every handler of an integration, behind names. Generated code forwards each to the author's
/// typed traits.
pub trait Handlers: Send + Sync + 'static {
    /// The definition that the handlers belong to.
    type Definition: Definition;

    /// Answers `register`.
    fn register(
        &self,
        ctx: &Context<Self::Definition>,
        webhook_url: &str,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Answers `unregister`.
    fn unregister(
        &self,
        ctx: &Context<Self::Definition>,
        webhook_url: &str,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Answers `unregister` when the configuration cannot be read.
    fn unregister_unreadable(
        &self,
        call: &UnreadableConfiguration,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Answers `webhook_received`.
    fn webhook(
        &self,
        ctx: &Context<Self::Definition>,
        request: WebhookRequest,
    ) -> impl Future<Output = Result<WebhookResponse>> + Send;

    /// Answers `create_user`.
    fn create_user(
        &self,
        ctx: &Context<Self::Definition>,
        tags: <Self::Definition as Definition>::UserTags,
    ) -> impl Future<Output = Result<WebhookResponse>> + Send;

    /// Answers `create_conversation`.
    fn create_conversation(
        &self,
        ctx: &Context<Self::Definition>,
        channel: &str,
        tags: TagMap,
    ) -> impl Future<Output = Result<WebhookResponse>> + Send;

    /// Answers `message_updated` in a declared channel.
    fn message_updated(
        &self,
        ctx: &Context<Self::Definition>,
        update: MessageUpdate,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Answers `conversation_updated` in a declared channel.
    fn conversation_updated(
        &self,
        ctx: &Context<Self::Definition>,
        update: ConversationUpdate,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Answers any operation in place of its handler, or declines. It is asked first.
    fn unknown_operation(
        &self,
        ctx: &Context<Self::Definition>,
        request: &RawRequest,
    ) -> impl Future<Output = Result<Option<WebhookResponse>>> + Send;

    /// Runs the action of this name, if there is one.
    fn action(
        &self,
        name: &str,
        call: ActionRequest<'_, Self::Definition>,
    ) -> impl Future<Output = Result<ActionAnswer>> + Send;

    /// Sends a message of this type in the channel of this name, if there are both.
    fn message(
        &self,
        channel: &str,
        message_type: &str,
        call: MessageRequest<'_, Self::Definition>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// The names of the declared channels.
    fn channels(&self) -> &'static [&'static str];
}
