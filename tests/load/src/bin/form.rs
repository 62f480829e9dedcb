//! An integration whose message has thirty fields, each with its own schema. It is also the target of the attacks.
//!
//! It listens on `CONTEXTURE_LISTEN`.

contexture::include_definition!("definition");

use contexture::prelude::*;

use contexture::webhook::signature;

use crate::form::channels::{self, ChannelChannel, ChannelFormMessage, ChannelTreeMessage};
use crate::form::{self as definition, Context};

struct Form;

impl definition::Integration for Form {
    async fn register(&self, _ctx: &Context, _webhook_url: &str) -> Result {
        Ok(())
    }

    async fn webhook(&self, _ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        if request.path == "/query" {
            let fields: Vec<(String, u32)> = request.query_as()?;
            return Ok(WebhookResponse::text(fields.len().to_string()));
        }
        let secret = Secret::from("shared");
        let request = signature::github(&secret).verify(request)?;
        let fields: Vec<(String, u32)> = request.form()?;
        Ok(WebhookResponse::text(fields.len().to_string()))
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

    async fn tree(
        &self,
        _call: MessageCall<'_, ChannelChannel>,
        _payload: ChannelTreeMessage,
    ) -> Result {
        Ok(())
    }
}

fn main() -> Result {
    contexture::run(definition::service(Form))
}
