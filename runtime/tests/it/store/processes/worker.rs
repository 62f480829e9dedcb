//! The process of the integration.

use std::time::Duration;

use contexture::ClientError;
use contexture::oauth::{OauthError, TokenManager, TokenSource, TokenStore, Tokens};
use contexture::prelude::*;
use contexture::store::RedisStore;
use contexture::webhook::Deliveries;
use serde_json::Value;

use crate::handlers::Author;
use crate::process::{run_as_process, server_of};
use crate::sample::actions::{
    self, EchoInput, EchoOutput, FailInput, FailOutput, HelloInput, HelloOutput,
};
use crate::sample::channels::{self, ChannelChannel, ChannelTextMessage};
use crate::sample::{self, Context};

/// The variables with the address of Redis, the address of the provider, and the name of the process.
pub(super) const REDIS: &str = "TEST_REDIS";
pub(super) const PROVIDER: &str = "TEST_PROVIDER";
pub(super) const NAME: &str = "TEST_NAME";

/// How long the work of a process that was killed is not taken over.
const LEASE: Duration = Duration::from_secs(1);

/// The handlers: the work of a delivery has a begin and an end, which the provider sees.
struct Worker {
    author: Author,
    provider: String,
    name: String,
    deliveries: Deliveries,
    tokens: TokenManager,
}

#[test]
#[ignore = "the process that other tests start"]
fn serve() {
    let variable = |name| std::env::var(name).unwrap();
    let store = RedisStore::new(&variable(REDIS)).unwrap();
    let deliveries = Deliveries::new(Duration::from_hours(1)).store(store.clone());
    run_as_process(server_of(sample::service(Worker {
        author: Author::default(),
        provider: variable(PROVIDER),
        name: variable(NAME),
        deliveries: deliveries.lease(LEASE).wait(Duration::from_secs(10)),
        tokens: TokenManager::new().store(store).lease(LEASE),
    })));
}

impl Worker {
    async fn tell(&self, ctx: &Context, step: &str, id: &str) -> Result {
        let url = format!("{}/{step}/{}/{id}", self.provider, self.name);
        ctx.http().post(url).send().await?.success()?;
        Ok(())
    }
}

impl sample::Integration for Worker {
    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        if let Some(id) = request.path.strip_prefix("/deliver/") {
            let work = async {
                self.tell(ctx, "begin", id).await?;
                self.tell(ctx, "handle", id).await?;
                Ok(WebhookResponse::text("handled"))
            };
            return self.deliveries.handle(ctx, id, work).await;
        }
        let provider = Remote {
            url: self.provider.clone(),
            name: self.name.clone(),
        };
        let store = Stored {
            ctx: ctx.clone(),
            url: format!("{}/tokens/{}", self.provider, self.name),
        };
        let token = self.tokens.access_token(ctx, &provider, &store).await?;
        Ok(WebhookResponse::text(token.expose()))
    }
}

/// The tokens, which are stored at the provider.
#[derive(Clone)]
struct Stored {
    ctx: Context,
    url: String,
}

fn failed(error: impl Into<Error>) -> OauthError {
    OauthError::Store(ClientError::Request(error.into().to_string()))
}

impl TokenStore for Stored {
    async fn load(&self) -> Result<Option<Tokens>, OauthError> {
        let response = self
            .ctx
            .http()
            .get(&self.url)
            .send()
            .await
            .map_err(failed)?;
        let tokens = response.json::<Value>().map_err(failed)?;
        serde_json::from_value(tokens).map(Some).map_err(failed)
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OauthError> {
        let request = self.ctx.http().put(&self.url).json(tokens);
        request.send().await.map_err(failed)?;
        Ok(())
    }
}

/// The provider, which exchanges each refresh token once.
#[derive(Clone)]
struct Remote {
    url: String,
    name: String,
}

impl TokenSource for Remote {
    async fn renew<D: contexture::Definition>(
        &self,
        ctx: &contexture::Context<D>,
        stored: Option<&Tokens>,
    ) -> Result<Tokens, OauthError> {
        let refresh = stored.and_then(|tokens| tokens.refresh_token.as_ref());
        let refresh = refresh.map_or("", |token| token.expose());
        let url = format!("{}/refresh/{}/{refresh}", self.url, self.name);
        let response = ctx.http().post(url).send().await.map_err(failed)?;
        let response = response.success().map_err(failed)?;
        serde_json::from_value(response.json().map_err(failed)?).map_err(failed)
    }
}

impl actions::Hello for Worker {
    async fn hello(&self, call: ActionCall<'_, Context>, input: HelloInput) -> Result<HelloOutput> {
        self.author.hello(call, input).await
    }
}

impl actions::Echo for Worker {
    async fn echo(&self, call: ActionCall<'_, Context>, input: EchoInput) -> Result<EchoOutput> {
        self.author.echo(call, input).await
    }
}

impl actions::Fail for Worker {
    async fn fail(&self, call: ActionCall<'_, Context>, input: FailInput) -> Result<FailOutput> {
        self.author.fail(call, input).await
    }
}

impl channels::Channel for Worker {
    async fn text(
        &self,
        call: MessageCall<'_, ChannelChannel>,
        payload: ChannelTextMessage,
    ) -> Result<()> {
        self.author.text(call, payload).await
    }
}
