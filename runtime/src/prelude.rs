//! Common imports of handlers: `use contexture::prelude::*;`.

#[doc(no_inline)]
pub use crate::{
    ActionCall, ApiError, ApiErrorKind, ClientError, ConversationUpdate, CreatedConversation,
    CreatedUser, Error, Explain, MessageCall, MessageUpdate, Operation, Payload, RawRequest,
    Result, Secret, TagMap, UnreadableConfiguration, WebhookRequest, WebhookResponse, bail,
};
