//! The handlers of the tests: they return the results that a test sets, and record their arguments.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use contexture::client::{ConversationId, UserId};
use contexture::{codegen::Definition as _, prelude::*};
use serde_json::json;
use tokio::sync::Notify;
use tracing::Instrument as _;

use crate::sample::{
    self, Context, Definition, GreetedEvent, LastWebhookState, NewConversation, UserTags,
    actions::{self, EchoInput, EchoOutput, FailInput, FailOutput, HelloInput, HelloOutput, How},
    channels::{self, ChannelChannel, ChannelMessageTags, ChannelTextMessage},
};

/// The arguments of the handler calls, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: impl Into<String>) {
        self.0.lock().unwrap().push(note.into());
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// Blocks a handler until the test lets it continue.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate {
    pub(crate) started: Arc<Notify>,
    pub(crate) proceed: Arc<Notify>,
    pub(crate) ended: Arc<Notify>,
    /// Whether the handler ran to its end.
    pub(crate) passed: Arc<AtomicBool>,
}

impl Gate {
    async fn pass(&self) {
        let _ending = Ending(self);
        self.started.notify_one();
        self.proceed.notified().await;
        self.passed.store(true, Ordering::SeqCst);
    }
}

/// Signals on drop that a handler ended: it returned, or it was canceled.
struct Ending<'a>(&'a Gate);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.ended.notify_one();
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Author {
    pub(crate) notes: Notes,
    pub(crate) gate: Gate,
}

impl Author {
    /// Registers work after the response, which waits for the gate, fails or panics.
    fn work_later(&self, ctx: &Context, path: &str) -> Result {
        let (author, path) = (self.clone(), path.to_owned());
        let own = ctx.clone();
        ctx.after_response(async move {
            match path.as_str() {
                "/later/hold" => author.gate.pass().await,
                "/later/error" => bail!("no database"),
                "/later/panic" => panic!("in the work"),
                "/later/forever" => std::future::pending().await,
                _ => {}
            }
            let refused = own.after_response(async { Ok(()) }).is_err();
            author.notes.add(format!("worked {refused}"));
            Ok(())
        })
    }
}

fn configuration_type(ctx: &Context) -> Option<&'static str> {
    Definition::wire_name(ctx.configuration_type())
}

impl sample::Integration for Author {
    async fn register(&self, _ctx: &Context, webhook_url: &str) -> Result<()> {
        self.notes.add(format!("register {webhook_url}"));
        if webhook_url.ends_with("/refuse") {
            bail!("register refused");
        }
        Ok(())
    }

    async fn unregister(&self, _ctx: &Context, webhook_url: &str) -> Result<()> {
        self.notes.add(format!("unregister {webhook_url}"));
        if webhook_url.ends_with("/refuse") {
            bail!("unregister refused");
        }
        Ok(())
    }

    async fn unregister_unreadable(&self, call: &UnreadableConfiguration) -> Result<()> {
        self.notes.add(format!("unreadable {call:?}"));
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        Ok(match request.path.as_str() {
            "/none" => WebhookResponse::none(),
            "/created" => WebhookResponse::ok()
                .with_status(201)
                .with_header("x-sample", "yes")
                .with_body("made"),
            "/binary" => WebhookResponse::ok()
                .with_integration_identifier("installation-7")
                .with_body(vec![0, 0xff, 0xfe, b'\n']),
            "/trace" => {
                tracing::debug!("detail");
                tracing::info!(
                    for_bot = true,
                    user_id = "user-1",
                    items = 3,
                    from = "cache",
                    "fetched"
                );
                let task = async { tracing::warn!("in a task") };
                tokio::spawn(task.in_current_span()).await?;
                WebhookResponse::ok()
            }
            "/impossible" => WebhookResponse::ok().with_status(7),
            "/hold" => {
                self.gate.pass().await;
                WebhookResponse::text("held")
            }
            path if path.starts_with("/later") => {
                self.work_later(ctx, path)?;
                match path {
                    "/later/fail" => bail!("failed after all"),
                    _ => WebhookResponse::text("at once"),
                }
            }
            "/forever" => std::future::pending().await,
            "/panic" => panic!("on request"),
            path if path.starts_with("/panic/") => crate::panics::panic_as(path).await?,
            #[cfg(feature = "webhook-signatures")]
            path if path.starts_with("/signed") => {
                crate::refused_webhooks::answer(path, &ctx.secrets().webhook_secret, &request)?
            }
            "/fail/runtime" => bail!("webhook failed"),
            "/fail/unexpected" => Err("do not show this")?,
            "/secret" => {
                let secrets = ctx.secrets();
                let other = secrets.other.is_some();
                WebhookResponse::text(format!("{} {other}", secrets.webhook_secret.expose()))
            }
            "/client" => {
                let state = LastWebhookState {
                    bot_id: ctx.bot_id.clone(),
                    timestamp: "now".to_owned(),
                };
                ctx.client().states().last_webhook().set(&state).await?;
                let event = GreetedEvent {
                    name: "Ada".to_owned(),
                    times: 1,
                };
                ctx.client().events().greeted(&event).send().await?;
                WebhookResponse::ok()
            }
            "/context" => WebhookResponse::json(&json!({
                "botId": ctx.bot_id,
                "botUserId": ctx.bot_user_id,
                "integrationId": ctx.integration_id,
                "integrationAlias": ctx.integration_alias,
                "webhookId": ctx.webhook_id,
                "operation": ctx.operation.as_str(),
                "configurationType": configuration_type(ctx),
                "traceId": ctx.trace_id(),
            }))?,
            _ => WebhookResponse::json(&request)?,
        })
    }

    async fn create_user(&self, _ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        Ok(Some(
            CreatedUser::new(UserId::new("user_1")).with_field("tags", json!(tags)),
        ))
    }

    async fn create_conversation(
        &self,
        _ctx: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        let NewConversation::Channel(tags) = conversation;
        Ok(Some(
            CreatedConversation::new(ConversationId::new("conv_1")).with_field("tags", json!(tags)),
        ))
    }

    async fn message_updated(&self, _ctx: &Context, update: MessageUpdate) -> Result<()> {
        let (now, before) = (update.current_message, update.previous_message);
        self.notes
            .add(format!("message updated {} {}", now.id, before.id));
        Ok(())
    }

    async fn conversation_updated(&self, _ctx: &Context, update: ConversationUpdate) -> Result<()> {
        let id = update.current_conversation.id;
        self.notes.add(format!("conversation updated {id}"));
        Ok(())
    }

    async fn unknown_operation(
        &self,
        ctx: &Context,
        request: &RawRequest,
    ) -> Result<Option<WebhookResponse>> {
        let answers = ctx.operation.as_str() == "tomorrow" || request.uri.path() == "/first";
        Ok(answers.then(|| WebhookResponse::ok().with_body(request.body.clone())))
    }
}

impl actions::Hello for Author {
    async fn hello(&self, call: ActionCall<'_, Context>, input: HelloInput) -> Result<HelloOutput> {
        self.notes.add("hello");
        call.set_cost(0.5);
        Ok(HelloOutput {
            message: format!("hello {}", input.name),
            configuration_type: configuration_type(call.ctx).map(str::to_owned),
        })
    }
}

impl actions::Echo for Author {
    async fn echo(&self, _call: ActionCall<'_, Context>, input: EchoInput) -> Result<EchoOutput> {
        Ok(EchoOutput { extra: input.extra })
    }
}

impl actions::Fail for Author {
    async fn fail(&self, _call: ActionCall<'_, Context>, input: FailInput) -> Result<FailOutput> {
        let message = input.message;
        Err(match input.how {
            How::Runtime => Error::runtime(message),
            How::InvalidPayload => Error::invalid_payload(message),
            How::Forbidden => ApiError::new(ApiErrorKind::Forbidden, message).into(),
            How::Unexpected => std::io::Error::other(message).into(),
            How::Explained => {
                let failed: Result<FailOutput> = Err(std::io::Error::other("disk full").into());
                return failed.explain(message);
            }
            How::Panic => panic!("{message}"),
            How::InvalidOutput => return Ok(FailOutput { left: -1 }),
        })
    }
}

impl channels::Channel for Author {
    async fn text(
        &self,
        call: MessageCall<'_, ChannelChannel>,
        payload: ChannelTextMessage,
    ) -> Result<()> {
        let (conversation, user) = (&call.conversation, &call.user);
        self.notes.add(format!(
            "text {:?} {:?} {:?} {:?} {}",
            payload.text, conversation.tags.id, user.tags.id, call.message.tags.id, call.message.id
        ));
        match payload.text.as_str() {
            "refuse" => bail!("message refused"),
            "ack" => {
                let tags = ChannelMessageTags {
                    id: Some("x".to_owned()),
                };
                call.ack(&tags).await?;
            }
            _ => {}
        }
        Ok(())
    }
}
