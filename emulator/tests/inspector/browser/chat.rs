//! The chat.

use contexture_browser::Tab;
use serde_json::json;

use super::{has_no_errors, installed, is_skipped, picture, sees, text_of, write};

/// The message types of Botpress, with a text that each sample shows.
const TYPES: [(&str, &str); 13] = [
    ("text", "How can I help?"),
    ("image", "A picture"),
    ("audio", "A sound"),
    ("video", "A film"),
    ("file", "A bill"),
    ("location", "Hauptplatz 1, Graz"),
    ("card", "A small parcel"),
    ("carousel", "A large parcel"),
    ("dropdown", "When does it suit you?"),
    ("choice", "When does it suit you?"),
    ("bloc", "Here is your label."),
    ("markdown", "track a parcel"),
    ("label", "AT-7"),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_sends_every_type_and_its_buttons_answer() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, address) = installed(&mut tab).await;
    tab.open(&format!("{address}/chat"));
    write(&mut tab, "tag:recipient", "ada");
    tab.press("Begin");
    let chat = tab.text("location.href");
    for (index, (name, text)) in TYPES.into_iter().enumerate() {
        tab.open(&format!("{chat}?type={name}"));
        if name == "label" {
            write(&mut tab, "field/number", "AT-7");
        }
        tab.press("Send as the bot");
        assert_eq!(
            tab.evaluate("document.querySelectorAll('#messages .bot').length"),
            json!(index + 1),
            "{name}"
        );
        let last = text_of(&mut tab, "#message-rows > li:last-child");
        assert!(
            last.contains(text) && last.contains("Delivered"),
            "{name}: {last}"
        );
        picture(&mut tab, &format!("chat-{name}"));
    }
    let loaded = "[...document.querySelectorAll('#messages img')].every((image) => image.complete && image.naturalWidth > 0)";
    tab.wait_until(loaded);

    for (selector, value) in [
        (
            "#messages .carousel .message-card:last-child button",
            "large",
        ),
        ("#messages form.answers button", "today"),
    ] {
        tab.click(selector);
        let last = text_of(&mut tab, "#message-rows > li:last-child");
        assert!(
            last.contains(value) && last.contains("Made in the inspector"),
            "{last}"
        );
    }
    let calls = bench.last();
    assert_eq!(calls.name, "message_created", "the answers called nothing");

    tab.open(&format!("{chat}?type=text&json=1"));
    write(&mut tab, "json", "{\"text\": \"\"}");
    tab.press("Send as the bot");
    sees(&mut tab, "This cannot be accepted.");
    tab.open(&format!("{chat}?type=text"));
    write(&mut tab, "field/text", "refuse");
    tab.press("Send as the bot");
    assert!(text_of(&mut tab, "#message-rows > li:last-child").contains("Not delivered"));
    for (kind, text) in [
        ("messages", "carousel"),
        ("users", "User of the inspector"),
        ("conversations", "ada"),
    ] {
        tab.open(&format!("{address}/data/{kind}"));
        sees(&mut tab, text);
    }
    has_no_errors(&mut tab);
}
