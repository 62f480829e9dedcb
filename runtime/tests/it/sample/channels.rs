//! The channels: a marker, a trait and types for each.

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

#[derive(Clone, Debug, PartialEq)]
pub struct ChannelTextMessage {
    pub text: String,
}

object!(ChannelTextMessage, text: String = "text");

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelConversationTags {
    pub id: Option<String>,
    pub q: Option<String>,
}

object!(ChannelConversationTags; id = "id", q = "q"; ..);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelMessageTags {
    pub id: Option<String>,
}

object!(ChannelMessageTags; id = "id"; ..);
