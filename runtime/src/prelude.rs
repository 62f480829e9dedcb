//! What nearly every handler needs: `use contexture::prelude::*;`.

#[doc(no_inline)]
pub use crate::{
    ActionCall, ApiError, ApiErrorKind, ClientError, ConversationUpdate, Error, Explain,
    MessageCall, MessageUpdate, Operation, Payload, Result, Secret, TagMap, UnknownOperation,
    UnreadableConfiguration, WebhookRequest, WebhookResponse, bail,
};
