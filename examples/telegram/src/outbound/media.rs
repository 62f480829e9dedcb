//! Images, audio, videos and files, which Telegram fetches from their URLs.

use contexture::prelude::*;
use serde_json::json;

use super::Content;
use super::outbox::{Outbox, Part};
use super::text;
use crate::rich_text::RichText;
use crate::telegram_api::TelegramError;

/// The maximum length of a caption, in UTF-16 units.
const LONGEST_CAPTION: usize = 1024;

/// A file at a URL.
pub(super) struct Media {
    url: String,
    caption: RichText,
    /// The title that a player shows.
    title: Option<String>,
    /// The methods to try, the best first, each with the parameter for the URL.
    ways: &'static [(&'static str, &'static str)],
}

const AUDIO: (&str, &str) = ("sendAudio", "audio");
const VOICE: (&str, &str) = ("sendVoice", "voice");

impl Media {
    pub(super) fn image(url: String, title: Option<String>, caption: Option<String>) -> Self {
        let title = title.map(RichText::bold);
        let caption = caption.filter(|caption| !caption.is_empty());
        let caption = caption.map(|caption| RichText::from_markdown(&caption));
        Self {
            url,
            caption: RichText::lines(title.into_iter().chain(caption)),
            title: None,
            ways: &[("sendPhoto", "photo")],
        }
    }

    pub(super) fn audio(url: String, title: Option<String>, caption: Option<String>) -> Self {
        let caption = caption.map(|caption| RichText::from_markdown(&caption));
        let ways = if is_voice(&url) {
            &[VOICE, AUDIO]
        } else {
            &[AUDIO, VOICE]
        };
        Self {
            url,
            caption: caption.unwrap_or_default(),
            title,
            ways,
        }
    }

    pub(super) fn video(url: String, title: Option<String>) -> Self {
        let caption = title.map(RichText::plain).unwrap_or_default();
        Self {
            url,
            caption,
            title: None,
            ways: &[("sendVideo", "video")],
        }
    }

    pub(super) fn file(url: String, title: Option<String>) -> Self {
        let caption = title.map(RichText::plain).unwrap_or_default();
        Self {
            url,
            caption,
            title: None,
            ways: &[("sendDocument", "document")],
        }
    }

    /// Sends it. The last part has these parameters, such as buttons.
    pub(super) async fn send_with(self, outbox: &mut Outbox<'_>, last: Part) -> Result {
        let (caption, rest) = self.caption.clone().split_off(LONGEST_CAPTION);
        let part = if rest.is_none() {
            last.clone()
        } else {
            Part::default()
        };
        let part = part
            .with("caption", caption.text)
            .with("caption_entities", json!(caption.entities));
        if let Err(error) = self.try_ways(outbox, &part).await {
            if !error.is_bad_request() {
                return Err(error.into());
            }
            let logger = outbox.logger();
            logger.warn(format_args!("sent a link instead of the file: {error}"));
            return self.send_link(outbox, last).await;
        }
        match rest {
            Some(rest) => text::send_rich(outbox, rest, last).await,
            None => Ok(()),
        }
    }

    async fn try_ways(&self, outbox: &mut Outbox<'_>, part: &Part) -> Result<(), TelegramError> {
        let mut result = Ok(());
        for (method, parameter) in self.ways {
            let mut part = part.clone().with(parameter, self.url.as_str());
            if let (Some(title), &AUDIO) = (&self.title, &(*method, *parameter)) {
                part = part.with("title", title.as_str());
            }
            result = outbox.send(method, part).await;
            match &result {
                Err(error) if error.is_bad_request() => {}
                _ => break,
            }
        }
        result
    }

    async fn send_link(self, outbox: &mut Outbox<'_>, last: Part) -> Result {
        let title = self.title.map(RichText::bold);
        let caption = Some(self.caption).filter(|caption| !caption.text.is_empty());
        let link = RichText::plain(self.url);
        let lines = title.into_iter().chain(caption).chain([link]);
        text::send_rich(outbox, RichText::lines(lines), last).await
    }
}

impl Content for Media {
    /// Sends it. If Telegram does not fetch the file, because it is too large or of an unknown type, sends a link.
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        self.send_with(outbox, Part::default()).await
    }
}

/// Whether a URL is that of an audio file that Telegram plays as a voice message.
fn is_voice(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    let voices = ["ogg", "oga", "opus"];
    extension.is_some_and(|extension| {
        voices
            .iter()
            .any(|voice| extension.eq_ignore_ascii_case(voice))
    })
}
