//! The errors for a shared message without a handler, and for a channel that a handler forgets.

use contexture::prelude::*;
use contexture_tests::rooms::{
    self, Notice,
    channels::{self, SharedCall, TextMessage},
};

struct App;

impl rooms::Integration for App {}

impl channels::SharedMessage<TextMessage> for App {
    async fn send(&self, _: SharedCall<'_>, _: TextMessage) -> Result<()> {
        Ok(())
    }
}

impl channels::SharedMessage<Notice> for App {
    async fn send(&self, call: SharedCall<'_>, _: Notice) -> Result<()> {
        match call {
            SharedCall::Direct(_) | SharedCall::Room(_) => Ok(()),
        }
    }
}

fn main() {
    rooms::service(App);
}
