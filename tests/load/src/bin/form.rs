//! An integration whose message has thirty fields, each with a schema of its own.
//!
//! It listens on `CONTEXTURE_LISTEN`.

contexture::include_definition!("definition");

use contexture::prelude::*;

use crate::form::channels::{self, ChannelChannel, ChannelFormMessage};
use crate::form::{self as definition, Context};

struct Form;

impl definition::Integration for Form {
    async fn register(&self, _ctx: &Context, _webhook_url: &str) -> Result {
        Ok(())
    }
}

impl channels::Channel for Form {
    async fn form(
        &self,
        _call: MessageCall<'_, ChannelChannel>,
        _payload: ChannelFormMessage,
    ) -> Result {
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result {
    contexture::serve(definition::service(Form)).await
}
