//! Every page on a phone, in the dark, by keyboard and by screen reader.

use contexture_browser::{Screen, Tab};
use contexture_emulator::exchange::ExchangeFilter;
use contexture_emulator::platform::{OutgoingMessage, WebhookCall};
use serde_json::{Value, json};

use super::{has_no_errors, installed, is_skipped, picture};
use crate::bench::Bench;

/// A phone that is narrow.
const NARROW: Screen = Screen {
    width: 360,
    height: 780,
    is_phone: true,
    is_dark: false,
};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_a_narrow_phone_and_is_usable_by_keyboard() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, address) = installed(&mut tab).await;
    for (name, page) in pages(&bench, &address).await {
        for (screen, suffix) in [
            (Screen::DESKTOP, "light"),
            (Screen::DESKTOP.dark(), "dark"),
            (NARROW, "phone"),
        ] {
            tab.screen(screen);
            tab.open(&page);
            let width = tab.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth",
            );
            assert_eq!(
                width,
                json!(0),
                "{name} on {suffix} is wider than the screen: {}",
                too_wide(&mut tab)
            );
            picture(&mut tab, &format!("page-{name}-{suffix}"));
        }
        assert_eq!(unlabelled(&mut tab), "", "{name}");
        let headings = tab.evaluate(
            "document.querySelectorAll('h1').length === 1 && !!document.querySelector('main, nav')",
        );
        assert_eq!(headings, json!(true), "{name}");
        tab.tab_key();
        assert_eq!(
            tab.text("document.activeElement.className"),
            "skip",
            "{name}"
        );
        tab.tab_key();
        let outline = tab.text("getComputedStyle(document.activeElement).outlineStyle");
        assert_eq!(outline, "solid", "{name}: the focus is visible");
    }
    has_no_errors(&mut tab);
}

/// The pages with something on them.
async fn pages(bench: &Bench, address: &str) -> Vec<(&'static str, String)> {
    let id = bench.platform.instances().unwrap().remove(0).webhook_id;
    for (action, input) in [
        (
            "trackParcel",
            json!({ "number": "AT-1042", "withHistory": true }),
        ),
        ("cancelParcel", json!({ "number": "AT-1042" })),
        (
            "createParcel",
            json!({ "recipient": { "name": "Ada" }, "size": "small" }),
        ),
    ] {
        // An error of the integration is recorded, too.
        let _ = bench.platform.call_action(&id, action, &input).await;
    }
    let tags = json!({ "recipient": "ada" });
    let conversation = bench
        .platform
        .create_conversation(&id, "chat", tags.as_object().unwrap())
        .await
        .unwrap();
    let conversation = conversation.json()["conversation"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (message_type, payload) in messages(&bench.base) {
        let message = OutgoingMessage {
            conversation_id: conversation.clone(),
            message_type: message_type.to_owned(),
            payload: payload.as_object().cloned().unwrap(),
            ..OutgoingMessage::default()
        };
        bench.platform.send_message(&id, &message).await.unwrap();
    }
    let webhook = WebhookCall {
        path: Some("/parcels/AT-1042".to_owned()),
        body: br#"{"status":"delivered"}"#.to_vec(),
        ..WebhookCall::default()
    };
    bench.platform.send_webhook(&id, webhook).await.unwrap();
    let calls = bench
        .platform
        .recorder()
        .list(&ExchangeFilter::default())
        .unwrap();
    let track = calls
        .iter()
        .find(|call| call.subject.as_deref() == Some("trackParcel"))
        .unwrap();
    let base = &bench.base;
    vec![
        ("calls", format!("{base}/inspector")),
        ("log", format!("{base}/inspector/log")),
        ("call", format!("{base}/inspector/calls/{}", track.id)),
        ("edit", format!("{base}/inspector/calls/{}/edit", track.id)),
        ("install", format!("{base}/inspector/install")),
        ("instance", address.to_owned()),
        ("actions", format!("{address}/actions")),
        ("action", format!("{address}/actions/createParcel")),
        (
            "track",
            format!("{address}/actions/trackParcel?run={}", track.id),
        ),
        ("webhook", format!("{address}/webhook")),
        ("chat", format!("{address}/chat/{conversation}")),
        ("conversations", format!("{address}/data/conversations")),
        ("messages", format!("{address}/data/messages")),
        ("states", format!("{address}/data/states")),
        ("events", format!("{address}/data/events")),
    ]
}

fn messages(base: &str) -> Vec<(&'static str, Value)> {
    vec![
        (
            "markdown",
            json!({ "markdown": "Your parcel **AT-1042** has arrived in Graz:\n\n* weight: 2 kg\n* from: [Vienna](https://example.com)" }),
        ),
        (
            "image",
            json!({ "imageUrl": format!("{base}/inspector/sample.svg"), "title": "At the door" }),
        ),
        (
            "choice",
            json!({ "text": "When shall we bring it?", "options": [{ "label": "Today", "value": "today" }, { "label": "Tomorrow", "value": "tomorrow" }] }),
        ),
    ]
}

/// The elements that go beyond the right edge of the screen.
fn too_wide(tab: &mut Tab) -> String {
    tab.text(
        "[...document.querySelectorAll('main *')]
            .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map((element) => `${element.tagName}.${element.className} ${element.innerText.slice(0, 20)}`)
            .slice(0, 8).join('; ')",
    )
}

/// The controls and buttons that have no name for a screen reader.
fn unlabelled(tab: &mut Tab) -> String {
    let named = tab.accessible();
    let controls = [
        "button",
        "link",
        "textbox",
        "combobox",
        "checkbox",
        "radio",
        "navigation",
    ];
    let unnamed = named
        .iter()
        .filter(|(role, name)| controls.contains(&role.as_str()) && name.is_empty());
    unnamed
        .map(|(role, _)| role.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
