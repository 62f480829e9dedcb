//! A conversation accepts only the tags of its own channel.

use contexture_tests::shapes::{Context, channels};

fn open(ctx: &Context, tags: &channels::ChannelConversationTags) {
    let conversations = ctx.client().conversations();
    let _ = conversations.get_or_create::<channels::SilentChannel>(tags);
}

fn main() {}
