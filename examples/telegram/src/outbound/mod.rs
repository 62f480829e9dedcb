//! The channel's messages as Telegram messages.

mod bloc;
mod buttons;
mod card;
mod location;
mod media;
mod outbox;
mod question;
mod text;

use contexture::prelude::*;

use crate::Telegram;
use crate::telegram::channels::{
    Channel, ChannelAudioMessage, ChannelBlocMessage, ChannelCardMessage, ChannelCarouselMessage,
    ChannelChannel, ChannelChoiceMessage, ChannelDropdownMessage, ChannelFileMessage,
    ChannelImageMessage, ChannelLocationMessage, ChannelTextMessage, ChannelVideoMessage,
};

pub(crate) use self::buttons::ButtonData;
use self::card::Card;
use self::location::Location;
use self::media::Media;
use self::outbox::Outbox;
pub(crate) use self::outbox::chat_id;
use self::question::Question;
use self::text::Markdown;

type Call<'a> = MessageCall<'a, ChannelChannel>;

/// The content of a message or of a part of one.
trait Content: Send {
    fn send(self, outbox: &mut Outbox<'_>) -> impl Future<Output = Result> + Send;
}

/// Several contents in one message, in order.
impl<C: Content> Content for Vec<C> {
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        for content in self {
            content.send(outbox).await?;
        }
        Ok(())
    }
}

impl Telegram {
    /// Sends a message of the bot, and stores its Telegram identifier in Botpress.
    async fn deliver(&self, call: Call<'_>, content: impl Content) -> Result {
        let mut outbox = Outbox::open(self, &call).await?;
        content.send(&mut outbox).await?;
        outbox.acknowledge().await
    }
}

impl Channel for Telegram {
    async fn text(&self, call: Call<'_>, payload: ChannelTextMessage) -> Result<()> {
        self.deliver(call, Markdown(payload.text)).await
    }

    async fn image(&self, call: Call<'_>, payload: ChannelImageMessage) -> Result<()> {
        let image = Media::image(payload.image_url, payload.title, payload.caption);
        self.deliver(call, image).await
    }

    async fn audio(&self, call: Call<'_>, payload: ChannelAudioMessage) -> Result<()> {
        let audio = Media::audio(payload.audio_url, payload.title, payload.caption);
        self.deliver(call, audio).await
    }

    async fn video(&self, call: Call<'_>, payload: ChannelVideoMessage) -> Result<()> {
        let video = Media::video(payload.video_url, payload.title);
        self.deliver(call, video).await
    }

    async fn file(&self, call: Call<'_>, payload: ChannelFileMessage) -> Result<()> {
        let file = Media::file(payload.file_url, payload.title);
        self.deliver(call, file).await
    }

    async fn location(&self, call: Call<'_>, payload: ChannelLocationMessage) -> Result<()> {
        let location = Location {
            latitude: payload.latitude,
            longitude: payload.longitude,
            title: payload.title,
            address: payload.address,
        };
        self.deliver(call, location).await
    }

    async fn carousel(&self, call: Call<'_>, payload: ChannelCarouselMessage) -> Result<()> {
        let cards: Vec<_> = payload.items.into_iter().map(Card::from).collect();
        self.deliver(call, cards).await
    }

    async fn card(&self, call: Call<'_>, payload: ChannelCardMessage) -> Result<()> {
        self.deliver(call, Card::from(payload)).await
    }

    async fn dropdown(&self, call: Call<'_>, payload: ChannelDropdownMessage) -> Result<()> {
        let (text, options) = (payload.text, payload.options);
        self.deliver(call, Question { text, options }).await
    }

    async fn choice(&self, call: Call<'_>, payload: ChannelChoiceMessage) -> Result<()> {
        let (text, options) = (payload.text, payload.options);
        self.deliver(call, Question { text, options }).await
    }

    async fn bloc(&self, call: Call<'_>, payload: ChannelBlocMessage) -> Result<()> {
        self.deliver(call, payload.items).await
    }
}
