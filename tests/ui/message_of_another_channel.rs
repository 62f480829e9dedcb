//! An incoming message needs the channel that declares it.

use contexture_tests::github::channels as github;
use contexture_tests::shapes::{Context, UserTags, channels};

fn come(ctx: &Context, text: &github::IssueCommentsTextMessage) {
    let tags = channels::ChannelConversationTags::default();
    let client = ctx.client();
    let incoming = client.incoming::<channels::ChannelChannel>(&tags, &UserTags::default());
    let _ = incoming.message(text, &channels::ChannelMessageTags::default());
}

fn main() {}
