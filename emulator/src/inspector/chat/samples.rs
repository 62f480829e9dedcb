//! Payloads to begin with, for Botpress's own message types.

use serde_json::{Value, json};

/// The picture of the samples, behind the address of the emulator.
pub(in crate::inspector) const PICTURE: &str = "/inspector/sample.svg";

/// Botpress's own message types, in the order of the tabs.
const ORDER: [&str; 12] = [
    "text", "markdown", "image", "audio", "video", "file", "location", "card", "carousel",
    "choice", "dropdown", "bloc",
];

/// The place of a type among the tabs. Those of the integration come last.
pub(super) fn place(message_type: &str) -> usize {
    let place = ORDER.iter().position(|name| *name == message_type);
    place.unwrap_or(ORDER.len())
}

/// A payload for a type, if it is one of Botpress's own.
pub(super) fn sample(message_type: &str, base: &str) -> Option<Value> {
    let picture = format!("{base}{PICTURE}");
    let card = |title: &str, value: &str| {
        json!({
            "title": title,
            "subtitle": "Ready tomorrow",
            "imageUrl": picture,
            "actions": [
                { "action": "postback", "label": "Choose", "value": value },
                { "action": "url", "label": "Read more", "value": "https://example.com/more" },
            ],
        })
    };
    let options = json!([{ "label": "Today", "value": "today" }, { "label": "Tomorrow", "value": "tomorrow" }]);
    Some(match message_type {
        "text" => json!({ "text": "Hello! How can I help?" }),
        "markdown" => {
            json!({ "markdown": "**Hello!** Here is what I can do:\n\n* track a parcel\n* change an address" })
        }
        "image" => json!({ "imageUrl": picture, "title": "A picture" }),
        "audio" => json!({ "audioUrl": "https://example.com/sound.mp3", "title": "A sound" }),
        "video" => json!({ "videoUrl": "https://example.com/film.mp4", "title": "A film" }),
        "file" => json!({ "fileUrl": "https://example.com/bill.pdf", "title": "A bill" }),
        "location" => {
            json!({ "latitude": 47.0707, "longitude": 15.4395, "address": "Hauptplatz 1, Graz", "title": "The office" })
        }
        "card" => card("A small parcel", "small"),
        "carousel" => {
            json!({ "items": [card("A small parcel", "small"), card("A large parcel", "large")] })
        }
        "choice" | "dropdown" => json!({ "text": "When does it suit you?", "options": options }),
        "bloc" => json!({ "items": [
            { "type": "text", "payload": { "text": "Here is your label." } },
            { "type": "image", "payload": { "imageUrl": picture } },
        ] }),
        _ => return None,
    })
}
