//! The function that the tests call.

contexture::include_definition!("definition");

use contexture::prelude::*;
use lambda_tests::Context;
use lambda_tests::actions::{
    self, CrashInput, CrashOutput, LaterInput, LaterOutput, SayInput, SayOutput, WaitInput,
    WaitOutput,
};

/// They are no UTF-8.
const BYTES: [u8; 3] = [0xff, 0x00, 0xfe];

/// The handlers.
struct Function;

impl lambda_tests::Integration for Function {
    /// Gives the body back, and its length in a header. Gives bytes that are no text at `/bytes`.
    async fn webhook(&self, _: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        if request.path == "/bytes" {
            let response = WebhookResponse::ok().with_header("set-cookie", "a=1");
            let response = response.with_header("set-cookie", "b=2");
            return Ok(response.with_body(BYTES.as_slice()));
        }
        let body = request.body.unverified_text().to_owned();
        let length = body.len().to_string();
        Ok(WebhookResponse::ok()
            .with_header("x-length", length)
            .with_body(body))
    }
}

impl actions::Say for Function {
    async fn say(&self, call: ActionCall<'_, Context>, input: SayInput) -> Result<SayOutput> {
        tracing::info!(length = input.text.len(), "an event");
        call.ctx
            .logger()
            .for_bot()
            .info(format_args!("a line: {}", input.text));
        Ok(SayOutput::new(input.text))
    }
}

impl actions::Wait for Function {
    async fn wait(&self, _: ActionCall<'_, Context>, _: WaitInput) -> Result<WaitOutput> {
        std::future::pending().await
    }
}

impl actions::Crash for Function {
    async fn crash(&self, _: ActionCall<'_, Context>, _: CrashInput) -> Result<CrashOutput> {
        panic!("the handler crashes")
    }
}

impl actions::Later for Function {
    async fn later(&self, call: ActionCall<'_, Context>, input: LaterInput) -> Result<LaterOutput> {
        let http = call.ctx.http();
        call.ctx.after_response(async move {
            match input.address {
                Some(address) => http.get(&address).send().await.map(drop)?,
                None => std::future::pending().await,
            }
            Ok(())
        })?;
        Ok(LaterOutput::default())
    }
}

fn main() -> Result {
    contexture::run(lambda_tests::service(Function))
}
