//! A client knows the channels of its own definition.

use contexture_tests::{github, shapes};

fn open(ctx: &github::Context, tags: &shapes::channels::ChannelConversationTags) {
    let conversations = ctx.client().conversations();
    let _ = conversations.get_or_create::<shapes::channels::ChannelChannel>(tags);
}

fn main() {}
