//! The lifecycle, and the dispatch to handlers by name.

use super::*;

lifecycle!();

pub fn service<H>(handlers: H) -> contexture::Service<Definition>
where
    H: Integration + actions::Hello + actions::Echo + actions::Fail + channels::Channel,
{
    contexture::Service::new(Handlers(handlers))
}

struct Handlers<H>(H);

impl<H> contexture::codegen::Handlers for Handlers<H>
where
    H: Integration + actions::Hello + actions::Echo + actions::Fail + channels::Channel,
{
    type Definition = Definition;

    forward_lifecycle!();
    forward_actions!(
        "hello" = Hello::hello,
        "echo" = Echo::echo,
        "fail" = Fail::fail
    );
    forward_messages!("channel" = Channel("text" = text));
}
