//! The channels: a marker, a trait and the types of each.

use super::*;

channel!(
    ChannelChannel = "channel",
    ChannelConversationTags,
    ChannelMessageTags,
    ChannelTextMessage = "text"
);
tags!(ChannelConversationTags, ID = "id", Q = "q");
tags!(ChannelMessageTags, ID = "id");

pub trait Channel: Send + Sync + 'static {
    fn text(
        &self,
        call: MessageCall<'_, ChannelChannel>,
        payload: ChannelTextMessage,
    ) -> impl Future<Output = Result<()>> + Send;
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde", deny_unknown_fields)]
pub struct ChannelTextMessage {
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde")]
pub struct ChannelConversationTags {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde")]
pub struct ChannelMessageTags {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

payload!(
    ChannelTextMessage,
    r#"{"type":"object","properties":{"text":{"type":"string","minLength":1}},"required":["text"],"additionalProperties":false}"#
);

schemas!(ChannelTextMessage);
