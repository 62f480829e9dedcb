//! Several messages in one.

use contexture::prelude::*;

use super::Content;
use super::location::Location;
use super::media::Media;
use super::outbox::Outbox;
use super::text::Markdown;
use crate::telegram::channels::ChannelBlocMessageItemsItem;

impl Content for ChannelBlocMessageItemsItem {
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        match self {
            ChannelBlocMessageItemsItem::Text(item) => {
                Markdown(item.payload.text).send(outbox).await
            }
            ChannelBlocMessageItemsItem::Image(item) => {
                let image = item.payload;
                let image = Media::image(image.image_url, image.title, image.caption);
                image.send(outbox).await
            }
            ChannelBlocMessageItemsItem::Audio(item) => {
                let audio = item.payload;
                let audio = Media::audio(audio.audio_url, audio.title, audio.caption);
                audio.send(outbox).await
            }
            ChannelBlocMessageItemsItem::Video(item) => {
                let video = item.payload;
                Media::video(video.video_url, video.title)
                    .send(outbox)
                    .await
            }
            ChannelBlocMessageItemsItem::File(item) => {
                let file = item.payload;
                Media::file(file.file_url, file.title).send(outbox).await
            }
            ChannelBlocMessageItemsItem::Location(item) => {
                let place = item.payload;
                let location = Location {
                    latitude: place.latitude,
                    longitude: place.longitude,
                    title: place.title,
                    address: place.address,
                };
                location.send(outbox).await
            }
        }
    }
}
