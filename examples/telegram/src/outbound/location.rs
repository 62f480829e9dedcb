//! Locations.

use contexture::Number;
use contexture::prelude::*;
use serde_json::json;

use super::Content;
use super::outbox::{Outbox, Part};
use super::text;
use crate::rich_text::RichText;

pub(super) struct Location {
    pub(super) latitude: Number,
    pub(super) longitude: Number,
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
}

impl Content for Location {
    /// Sends a venue if the location has a title and an address. Otherwise sends a location, followed by the title or
    /// the address.
    async fn send(self, outbox: &mut Outbox<'_>) -> Result {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let part = Part::default()
            .with("latitude", json!(self.latitude))
            .with("longitude", json!(self.longitude));
        match (given(self.title), given(self.address)) {
            (Some(title), Some(address)) => {
                let part = part.with("title", title).with("address", address);
                Ok(outbox.send("sendVenue", part).await?)
            }
            (title, address) => {
                outbox.send("sendLocation", part).await?;
                match title.or(address) {
                    Some(words) => {
                        text::send_rich(outbox, RichText::plain(words), Part::default()).await
                    }
                    None => Ok(()),
                }
            }
        }
    }
}
