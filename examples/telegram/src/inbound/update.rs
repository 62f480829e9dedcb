//! The fields of Telegram's updates that the integration reads.

use serde::Deserialize;

/// An update.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    #[serde(rename = "update_id")]
    pub(super) id: i64,
    pub(super) message: Option<Message>,
    pub(super) callback_query: Option<CallbackQuery>,
}

/// A message. Its content decides which fields it has.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    #[serde(rename = "message_id")]
    pub(super) id: i64,
    pub(super) chat: Chat,
    pub(super) from: Option<User>,
    /// The chat that sent the message, for example for an anonymous administrator.
    pub(super) sender_chat: Option<Chat>,
    pub(super) text: Option<String>,
    pub(super) caption: Option<String>,
    pub(super) photo: Option<Vec<FileInfo>>,
    pub(super) video: Option<FileInfo>,
    pub(super) animation: Option<FileInfo>,
    pub(super) video_note: Option<FileInfo>,
    pub(super) audio: Option<Audio>,
    pub(super) voice: Option<FileInfo>,
    pub(super) document: Option<FileInfo>,
    pub(super) sticker: Option<Sticker>,
    pub(super) location: Option<Location>,
    pub(super) venue: Option<Venue>,
    pub(super) contact: Option<Contact>,
}

/// A user pressed a button.
#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    pub(super) from: User,
    /// The message with the button. An old one has fewer fields.
    pub(super) message: Option<PressedMessage>,
    pub(super) data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PressedMessage {
    pub(super) chat: Chat,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    pub(super) title: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) is_bot: bool,
    #[serde(default)]
    pub(super) first_name: String,
    pub(super) last_name: Option<String>,
    pub(super) username: Option<String>,
}

/// The description of a file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FileInfo {
    pub(super) file_id: String,
    /// The same for the same file, independent of its sender.
    pub(super) file_unique_id: String,
    pub(super) file_name: Option<String>,
    pub(super) mime_type: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Audio {
    #[serde(flatten)]
    pub(super) file: FileInfo,
    pub(super) title: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Sticker {
    #[serde(flatten)]
    pub(super) file: FileInfo,
    pub(super) emoji: Option<String>,
    #[serde(default)]
    pub(super) is_animated: bool,
    #[serde(default)]
    pub(super) is_video: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Location {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Venue {
    pub(super) location: Location,
    pub(super) title: String,
    pub(super) address: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Contact {
    pub(super) phone_number: String,
    pub(super) first_name: String,
    pub(super) last_name: Option<String>,
}
