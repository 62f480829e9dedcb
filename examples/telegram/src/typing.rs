//! The actions of the interface `typing-indicator`.
//!
//! Telegram shows the typing indicator for about five seconds, or until the bot's next message. The integration repeats
//! the call until the timeout of the action.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use contexture::Number;
use contexture::client::{ConversationId, MessageId};
use contexture::prelude::*;
use tokio::task::AbortHandle;

use crate::Telegram;
use crate::outbound::chat_id;
use crate::telegram::Context;
use crate::telegram::actions::{
    StartTypingIndicator, StartTypingIndicatorInput, StartTypingIndicatorOutput,
    StopTypingIndicator, StopTypingIndicatorInput, StopTypingIndicatorOutput,
};
use crate::telegram::channels::ChannelChannel;
use crate::telegram_api::{Bot, TelegramError};

/// The emoji on a message while the bot prepares its response.
const EMOJI: &str = "👀";
/// The interval between two calls. It is shorter than the time that Telegram shows the indicator.
const PERIOD: Duration = Duration::from_secs(4);
/// The maximum time of the indicator.
const LONGEST: Duration = Duration::from_mins(5);

/// The time for which Telegram shows the indicator after one call.
const SHOWN: Duration = Duration::from_secs(5);

impl StartTypingIndicator for Telegram {
    async fn start_typing_indicator(
        &self,
        call: ActionCall<'_, Context>,
        input: StartTypingIndicatorInput,
    ) -> Result<StartTypingIndicatorOutput> {
        let id = ConversationId::new(input.conversation_id);
        let place = Place::find(self, call.ctx, &id).await?;
        place.bot.show_typing(&place.chat_id).await?;
        place
            .react(call.ctx, &input.message_id, Some(EMOJI))
            .await?;
        let how_long = input.timeout.map(Number::as_f64);
        let Place { bot, chat_id } = place;
        let show = move || {
            let (bot, chat_id) = (bot.clone(), chat_id.clone());
            async move { bot.show_typing(&chat_id).await }
        };
        self.typing.go_on(id, how_long.unwrap_or_default(), show);
        Ok(StartTypingIndicatorOutput {})
    }
}

impl StopTypingIndicator for Telegram {
    async fn stop_typing_indicator(
        &self,
        call: ActionCall<'_, Context>,
        input: StopTypingIndicatorInput,
    ) -> Result<StopTypingIndicatorOutput> {
        let id = ConversationId::new(input.conversation_id);
        self.typing.stop(&id);
        // Telegram has no call that hides the indicator. Only the emoji can be removed.
        if call.ctx.configuration.typing_indicator_emoji() {
            let place = Place::find(self, call.ctx, &id).await?;
            place.react(call.ctx, &input.message_id, None).await?;
        }
        Ok(StopTypingIndicatorOutput {})
    }
}

/// The chat of the indicator.
struct Place {
    bot: Bot,
    chat_id: String,
}

impl Place {
    async fn find(telegram: &Telegram, ctx: &Context, id: &ConversationId) -> Result<Self> {
        let conversations = ctx.client().conversations();
        let conversation = conversations.get::<ChannelChannel>(id).await?;
        let conversation = conversation.explain("There is no such conversation")?;
        Ok(Self {
            bot: telegram.bot(ctx).await?,
            chat_id: chat_id(&conversation.tags)?.to_owned(),
        })
    }

    /// Sets or removes the emoji of a message, if the configuration enables it. A chat may forbid emojis, which must
    /// not make the call fail.
    async fn react(&self, ctx: &Context, message_id: &str, emoji: Option<&str>) -> Result {
        if !ctx.configuration.typing_indicator_emoji() {
            return Ok(());
        }
        let messages = ctx.client().messages();
        let message = messages
            .get::<ChannelChannel>(MessageId::new(message_id))
            .await?;
        let id = message.and_then(|message| message.tags.id);
        let id = id.and_then(|id| id.parse().ok());
        // A pressed button is a message in Botpress, but not in Telegram.
        let Some(id) = id else { return Ok(()) };
        if let Err(error) = self.bot.react(&self.chat_id, id, emoji).await {
            let logger = ctx.logger().for_bot();
            logger.warn(format_args!(
                "the emoji of the typing indicator was not changed: {error}"
            ));
        }
        Ok(())
    }
}

/// The conversations with a repeated indicator.
#[derive(Debug, Default)]
pub(crate) struct Typing(Mutex<HashMap<ConversationId, AbortHandle>>);

impl Typing {
    /// Repeats the indicator for this many milliseconds, or until it is stopped.
    fn go_on<F>(
        &self,
        id: ConversationId,
        milliseconds: f64,
        show: impl Fn() -> F + Send + Sync + 'static,
    ) where
        F: Future<Output = Result<(), TelegramError>> + Send,
    {
        let repetitions = repetitions(milliseconds);
        let task = tokio::spawn(async move {
            for _ in 0..repetitions {
                tokio::time::sleep(PERIOD).await;
                // A failure is not logged, since the indicator is only decoration.
                if show().await.is_err() {
                    break;
                }
            }
        });
        let mut running = self.running();
        running.retain(|_, task| !task.is_finished());
        if let Some(before) = running.insert(id, task.abort_handle()) {
            before.abort();
        }
    }

    /// Stops the repetition.
    pub(crate) fn stop(&self, id: &ConversationId) {
        if let Some(task) = self.running().remove(id) {
            task.abort();
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<ConversationId, AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number of repetitions for this time.
fn repetitions(milliseconds: f64) -> u128 {
    // NaN and negative values count as zero.
    let asked = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default();
    let more = asked.min(LONGEST).saturating_sub(SHOWN);
    more.as_millis().div_ceil(PERIOD.as_millis())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::{Instant, sleep};

    use super::*;

    /// The times of the repetitions, in seconds after the start.
    #[derive(Clone)]
    struct Shown {
        beginning: Instant,
        times: Arc<Mutex<Vec<u64>>>,
    }

    impl Shown {
        fn new() -> Self {
            Self {
                beginning: Instant::now(),
                times: Arc::default(),
            }
        }

        /// Succeeds this many times, then fails.
        fn show(&self, allowed: usize) -> impl Fn() -> Answered + Send + Sync + use<> {
            let this = self.clone();
            move || {
                let mut times = this.times.lock().unwrap();
                times.push(this.beginning.elapsed().as_secs());
                let refused = || TelegramError::refused(403, "Forbidden".to_owned(), None);
                let is_allowed = times.len() <= allowed;
                std::future::ready(is_allowed.then_some(()).ok_or_else(refused))
            }
        }

        fn times(&self) -> Vec<u64> {
            self.times.lock().unwrap().clone()
        }
    }

    type Answered = std::future::Ready<Result<(), TelegramError>>;

    const MINUTE: Duration = Duration::from_mins(1);

    fn conversation(id: &str) -> ConversationId {
        ConversationId::new(id)
    }

    #[test]
    fn the_indicator_is_repeated_for_the_requested_time() {
        let asked = [0.0, 5000.0, 5001.0, 9000.0, 30_000.0, 1e12];
        assert_eq!(asked.map(repetitions), [0, 0, 1, 1, 7, 74]);
        assert_eq!([-1.0, f64::NAN, f64::INFINITY].map(repetitions), [0, 0, 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_indicator_is_repeated_before_it_expires() {
        let (typing, shown) = (Typing::default(), Shown::new());
        typing.go_on(conversation("1"), 20_000.0, shown.show(100));
        sleep(MINUTE).await;
        assert_eq!(shown.times(), [4, 8, 12, 16]);
        typing.go_on(conversation("2"), 0.0, shown.show(100));
        sleep(MINUTE).await;
        assert_eq!(shown.times().len(), 4);
        assert_eq!(typing.running().len(), 1, "ended repetitions are removed");
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_it_stops_it_in_that_conversation_alone() {
        let (typing, one, other) = (Typing::default(), Shown::new(), Shown::new());
        typing.go_on(conversation("1"), 20_000.0, one.show(100));
        typing.go_on(conversation("2"), 20_000.0, other.show(100));
        sleep(Duration::from_secs(9)).await;
        typing.stop(&conversation("1"));
        sleep(MINUTE).await;
        assert_eq!(one.times(), [4, 8]);
        assert_eq!(other.times(), [4, 8, 12, 16]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_starts_it_again_starts_it_anew() {
        let (typing, shown) = (Typing::default(), Shown::new());
        for _ in 0..2 {
            typing.go_on(conversation("1"), 10_000.0, shown.show(100));
            sleep(Duration::from_secs(6)).await;
        }
        sleep(MINUTE).await;
        assert_eq!(shown.times(), [4, 10, 14]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_chat_that_refuses_is_left_alone() {
        let (typing, shown) = (Typing::default(), Shown::new());
        typing.go_on(conversation("1"), 60_000.0, shown.show(1));
        sleep(MINUTE).await;
        assert_eq!(shown.times(), [4, 8]);
    }
}
