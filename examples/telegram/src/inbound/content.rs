//! The content of a Telegram message, as a message of the channel.

use super::update::{Contact, FileInfo, Location, Message, Sticker};

/// The content of a message.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(String),
    Location(Location, Option<Named>),
    File(FileKind, FileInfo, Words),
}

/// The name of a place.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) title: String,
    pub(super) address: String,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Image,
    Video,
    Audio,
    File,
}

/// The caption of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) title: Option<String>,
    pub(super) caption: Option<String>,
}

impl Content {
    /// Reads the content of a message. `None` if the channel has no type for it.
    pub(super) fn of(message: &Message) -> Option<Self> {
        if let Some(text) = &message.text {
            return Some(Self::Text(text.clone()));
        }
        if let Some(venue) = &message.venue {
            let (title, address) = (venue.title.clone(), venue.address.clone());
            let named = Named { title, address };
            return Some(Self::Location(venue.location.clone(), Some(named)));
        }
        if let Some(location) = &message.location {
            return Some(Self::Location(location.clone(), None));
        }
        if let Some(contact) = &message.contact {
            return Some(Self::Text(card_of(contact)));
        }
        if let Some(sticker) = &message.sticker {
            return Some(of_sticker(sticker));
        }
        let (kind, file, title) = file_of(message)?;
        let caption = message.caption.clone();
        Some(Self::File(kind, file.clone(), Words { title, caption }))
    }
}

/// The file of a message, its kind and its title.
fn file_of(message: &Message) -> Option<(FileKind, &FileInfo, Option<String>)> {
    // Telegram sends an animation as a document too.
    let video = message.video.as_ref();
    let video = video.or(message.animation.as_ref());
    if let Some(video) = video.or(message.video_note.as_ref()) {
        return Some((FileKind::Video, video, video.file_name.clone()));
    }
    if let Some(audio) = &message.audio {
        let title = audio.title.clone().or_else(|| audio.file.file_name.clone());
        return Some((FileKind::Audio, &audio.file, title));
    }
    if let Some(voice) = &message.voice {
        return Some((FileKind::Audio, voice, None));
    }
    if let Some(document) = &message.document {
        return Some((FileKind::File, document, document.file_name.clone()));
    }
    // Telegram sends a photo in several sizes, the largest last.
    let photo = message.photo.as_ref()?.last()?;
    Some((FileKind::Image, photo, None))
}

/// A sticker is an image or a video. An animated sticker in Telegram's own format becomes the emoji that it represents.
fn of_sticker(sticker: &Sticker) -> Content {
    let emoji = sticker.emoji.clone();
    if sticker.is_animated
        && let Some(emoji) = emoji
    {
        return Content::Text(emoji);
    }
    let kind = match sticker {
        Sticker {
            is_animated: true, ..
        } => FileKind::File,
        Sticker { is_video: true, .. } => FileKind::Video,
        Sticker { .. } => FileKind::Image,
    };
    let words = Words {
        title: emoji,
        caption: None,
    };
    Content::File(kind, sticker.file.clone(), words)
}

fn card_of(contact: &Contact) -> String {
    let last_name = contact.last_name.as_deref().unwrap_or_default();
    let name = format!("{} {last_name}", contact.first_name);
    format!("{}\n{}", name.trim(), contact.phone_number)
}
