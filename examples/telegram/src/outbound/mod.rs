//! What the bot sends: the channel's messages, as Telegram has them.

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

type Call<'a> = MessageCall<'a, ChannelChannel>;

impl Channel for Telegram {
    async fn text(&self, call: Call<'_>, payload: ChannelTextMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        text::send(&mut outbox, &payload.text).await?;
        outbox.acknowledge().await
    }

    async fn image(&self, call: Call<'_>, payload: ChannelImageMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let image = Media::image(payload.image_url, payload.title, payload.caption);
        image.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn audio(&self, call: Call<'_>, payload: ChannelAudioMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let audio = Media::audio(payload.audio_url, payload.title, payload.caption);
        audio.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn video(&self, call: Call<'_>, payload: ChannelVideoMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let video = Media::video(payload.video_url, payload.title);
        video.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn file(&self, call: Call<'_>, payload: ChannelFileMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let file = Media::file(payload.file_url, payload.title);
        file.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn location(&self, call: Call<'_>, payload: ChannelLocationMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let location = Location {
            latitude: payload.latitude,
            longitude: payload.longitude,
            title: payload.title,
            address: payload.address,
        };
        location.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn carousel(&self, call: Call<'_>, payload: ChannelCarouselMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        for item in payload.items {
            Card::from(item).send(&mut outbox).await?;
        }
        outbox.acknowledge().await
    }

    async fn card(&self, call: Call<'_>, payload: ChannelCardMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        Card::from(payload).send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn dropdown(&self, call: Call<'_>, payload: ChannelDropdownMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let question = Question {
            text: payload.text,
            options: payload.options,
        };
        question.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn choice(&self, call: Call<'_>, payload: ChannelChoiceMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        let question = Question {
            text: payload.text,
            options: payload.options,
        };
        question.send(&mut outbox).await?;
        outbox.acknowledge().await
    }

    async fn bloc(&self, call: Call<'_>, payload: ChannelBlocMessage) -> Result<()> {
        let mut outbox = Outbox::open(self, &call).await?;
        for item in payload.items {
            bloc::send(&mut outbox, item).await?;
        }
        outbox.acknowledge().await
    }
}
