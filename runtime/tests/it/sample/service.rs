//! The lifecycle, and the dispatch to handlers by name.

use super::*;

lifecycle!();

pub fn service<H>(handlers: H) -> contexture::Service<Definition>
where
    H: Integration + actions::Hello + actions::Echo + actions::Fail + channels::Channel,
{
    contexture::Service::new(Handlers(handlers))
}

handlers!(
    hello = "hello": Hello::hello(actions::HelloInput, actions::HelloOutput),
    echo = "echo": Echo::echo(actions::EchoInput, actions::EchoOutput),
    fail = "fail": Fail::fail(actions::FailInput, actions::FailOutput);
    channel = "channel": Channel(ChannelChannel, channels::ChannelConversationTags),
    text = "text": channels::ChannelTextMessage
);
