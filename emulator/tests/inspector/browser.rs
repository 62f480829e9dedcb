//! The inspector in Chromium: what a person does with it, and what pages of other sites cannot do.

use std::io::Write as _;
use std::path::Path;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use contexture_browser::{Screen, Tab, is_available};
use contexture_emulator::exchange::ExchangeFilter;
use contexture_emulator::platform::{OutgoingMessage, WebhookCall};
use contexture_emulator::program::ProgramState;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bench::{API_KEY, Bench};
use crate::courier::REFUSED_KEY;

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

/// A phone that is narrow.
const NARROW: Screen = Screen {
    width: 360,
    height: 780,
    is_phone: true,
    is_dark: false,
};

fn is_skipped() -> bool {
    if is_available() {
        return false;
    }
    let mut stream = std::io::stdout();
    writeln!(stream, "inspector: skipped, because there is no Chromium").unwrap();
    true
}

/// Writes a picture of the page into the folder of the variable `CONTEXTURE_PICTURES`, if it is set.
fn picture(tab: &mut Tab, name: &str) {
    if let Some(folder) = std::env::var_os("CONTEXTURE_PICTURES") {
        tab.picture(&Path::new(&folder).join(format!("{name}.png")));
    }
}

/// Writes into a field, in the place of what it has.
fn write(tab: &mut Tab, id: &str, text: &str) {
    let id = json!(id);
    tab.evaluate(&format!(
        "document.getElementById({id}).focus(); document.getElementById({id}).select()"
    ));
    tab.enter(text);
}

fn choose(tab: &mut Tab, id: &str, value: &str) {
    let (id, value) = (json!(id), json!(value));
    tab.evaluate(&format!("document.getElementById({id}).value = {value}"));
}

fn text_of(tab: &mut Tab, selector: &str) -> String {
    let selector = json!(selector);
    tab.text(&format!(
        "document.querySelector({selector})?.innerText ?? ''"
    ))
}

fn sees(tab: &mut Tab, text: &str) {
    let seen = tab.seen();
    assert!(seen.contains(text), "{text:?} is not in:\n{seen}");
}

async fn installed(tab: &mut Tab) -> (Bench, String) {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    tab.screen(Screen::DESKTOP);
    let address = format!("{}/inspector/instances/{}", bench.base, instance.webhook_id);
    (bench, address)
}

fn has_no_errors(tab: &mut Tab) {
    assert_eq!(tab.errors(), [] as [String; 0]);
    assert_eq!(tab.blocked(), [] as [String; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_installed_and_configured_wrongly_and_rightly() {
    if is_skipped() {
        return;
    }
    let bench = Bench::start().await;
    let mut tab = Tab::on_this_machine();
    tab.screen(Screen::DESKTOP);
    tab.open(&bench.base);
    sees(&mut tab, "Nothing has happened yet.");
    tab.press("Install the integration");

    write(&mut tab, "field/apiKey", "short");
    write(&mut tab, "field/retries", "9");
    tab.press("Install");
    for field in ["apiKey", "region", "retries"] {
        let problem = tab.text(&format!(
            "document.getElementById('field/{field}-problem').innerText"
        ));
        assert!(!problem.is_empty(), "{field}");
    }
    assert_eq!(
        tab.text("document.getElementById('field/apiKey').value"),
        ""
    );
    assert_eq!(
        tab.text("document.getElementById('field/retries').value"),
        "9"
    );
    assert_eq!(bench.count(), 0);
    picture(&mut tab, "refused");

    write(&mut tab, "field/apiKey", REFUSED_KEY);
    write(&mut tab, "field/retries", "2");
    choose(&mut tab, "field/region", "eu");
    tab.press("Add");
    write(&mut tab, "field/apiKey", REFUSED_KEY);
    write(&mut tab, "field/depots/0/city", "Graz");
    tab.press("Install");
    sees(&mut tab, "Registration failed");
    sees(&mut tab, "the service refused the key");

    write(&mut tab, "field/apiKey", API_KEY);
    tab.press("Save and register");
    sees(&mut tab, "The configuration was saved");
    assert!(text_of(&mut tab, "#status").contains("Registered"));
    picture(&mut tab, "instance");
    tab.press("Ping");
    sees(&mut tab, "Ping: 200");
    let instance = bench.platform.instances().unwrap().remove(0);
    let expected =
        json!({ "apiKey": API_KEY, "region": "eu", "retries": 2, "depots": [{ "city": "Graz" }] });
    assert_eq!(instance.configuration, expected);

    tab.press("OAuth");
    write(&mut tab, "field/clientId", "client-1");
    write(&mut tab, "field/clientSecret", "hush-hush");
    tab.press("Save and register");
    let instance = bench.platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(instance.configuration_type.as_deref(), Some("oauth"));
    tab.press("Uninstall");
    assert!(bench.platform.instances().unwrap().is_empty());
    has_no_errors(&mut tab);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_called_replayed_and_edited() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, address) = installed(&mut tab).await;
    tab.open(&format!("{address}/actions"));
    tab.press("Track a parcel");
    write(&mut tab, "field/number", "AT-1042");
    choose(&mut tab, "field/withHistory", "true");
    tab.press("Call");
    assert!(text_of(&mut tab, ".result").contains("\"status\": \"delivered\""));
    assert_eq!(
        tab.text("document.getElementById('field/number').value"),
        "AT-1042"
    );
    picture(&mut tab, "action");

    tab.press("Show the call");
    for text in [
        "the parcel was delivered",
        "asking the service",
        "POST /v1/chat/events",
    ] {
        sees(&mut tab, text);
    }
    picture(&mut tab, "call");
    let first = tab.text("location.pathname");
    tab.press("Replay");
    let second = tab.text("location.pathname");
    assert_ne!(first, second, "the page of the new run");
    sees(&mut tab, "Replay of");

    tab.press("Edit and replay");
    write(
        &mut tab,
        "body",
        r#"{"type":"trackParcel","input":{"number":"AT-9"}}"#,
    );
    tab.press("Replay");
    assert!(text_of(&mut tab, "[aria-labelledby=request]").contains("AT-9"));
    let edited = bench.last();
    assert_eq!(
        edited.request.body.text(),
        Some(r#"{"type":"trackParcel","input":{"number":"AT-9"}}"#)
    );

    tab.open(&format!("{address}/actions/cancelParcel?json=1"));
    write(&mut tab, "json", "{\"number\": \"AT-1\"}");
    tab.press("Call");
    sees(&mut tab, "The parcel was picked up already.");
    has_no_errors(&mut tab);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_open_shows_what_happens() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, _) = installed(&mut tab).await;
    let id = bench.platform.instances().unwrap().remove(0).webhook_id;
    tab.open(&format!("{}/inspector", bench.base));
    tab.wait_until("document.getElementById('live').innerText === 'Live'");
    tab.evaluate(
        "document.querySelector('#rows a').focus(); window.focused = document.activeElement",
    );
    let input = json!({ "number": "AT-1042" });
    bench
        .platform
        .call_action(&id, "trackParcel", &input)
        .await
        .unwrap();
    tab.wait_until("document.querySelectorAll('#rows tr').length === 2");
    tab.wait_until("document.querySelector('#rows tr:first-child .status.good') !== null");
    let keeps_focus = tab.evaluate("document.activeElement === window.focused");
    assert_eq!(keeps_focus, json!(true), "a row that stays keeps the focus");

    bench.program.set_state(ProgramState::Failed {
        output: "\u{1b}[1m\u{1b}[38;5;9merror[E0425]\u{1b}[0m\u{1b}[1m: cannot find value `parcel` in this scope\u{1b}[0m\n \
                 \u{1b}[1m\u{1b}[38;5;12m--> \u{1b}[0msrc/main.rs:42:9\n   \u{1b}[38;5;12m|\u{1b}[0m\n\u{1b}[38;5;12m42 |\u{1b}[0m         \
                 parcel.number\n   \u{1b}[38;5;12m|\u{1b}[0m         \u{1b}[1m\u{1b}[38;5;9m^^^^^^ not found in this scope\u{1b}[0m"
            .to_owned(),
        earlier_serves: true,
    });
    tab.wait_until("document.body.innerText.includes('cannot find value')");
    picture(&mut tab, "failed");
    bench.program.set_state(ProgramState::Serving);
    tab.wait_until("!document.body.innerText.includes('cannot find value')");
    bench.platform.unregister(&id).await.unwrap();
    tab.wait_until("document.querySelector('#navigation .dot').title === 'Unregistered'");
    has_no_errors(&mut tab);
}

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

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_reaches_nothing() {
    if is_skipped() {
        return;
    }
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let ping = format!(
        "{}/inspector/instances/{}/ping",
        bench.base, instance.webhook_id
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let page = format!(
        "<!doctype html><title>Other</title><form method=post action=\"{ping}\"><button>Go</button></form>"
    );
    let router = Router::new().route("/", get(|| async { Html(page) }));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let mut tab = Tab::on_this_machine();
    for site in [
        format!("http://evil.test:{port}/"),
        format!("http://127.0.0.1:{port}/"),
    ] {
        tab.open(&site);
        for request in [
            format!("fetch('{ping}', {{ method: 'POST', mode: 'no-cors' }})"),
            format!(
                "fetch('{ping}', {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: 'token=a' }})"
            ),
        ] {
            tab.resolve(&format!("{request}.catch(() => {{}})"));
        }
        let read = tab.resolve(&format!(
            "fetch('{}/inspector').then((answer) => answer.text()).catch(() => 'refused')",
            bench.base
        ));
        assert_eq!(read, json!("refused"));
        let framed = tab.resolve(&format!(
            "new Promise((resolve) => {{
                const frame = document.createElement('iframe');
                frame.onload = () => {{
                    try {{ resolve(frame.contentDocument === null ? 'closed' : 'open'); }} catch {{ resolve('closed'); }}
                }};
                frame.src = '{}/inspector';
                document.body.append(frame);
            }})",
            bench.base
        ));
        assert_eq!(framed, json!("closed"));
        tab.click("button");
        sees(&mut tab, "The inspector refuses requests of other sites.");
    }
    // A name of another site that leads to this machine.
    let (_, own_port) = bench.base.rsplit_once(':').unwrap();
    tab.open(&format!("http://evil.test:{own_port}/inspector"));
    sees(&mut tab, "The inspector answers on this machine only");
    assert_eq!(bench.count(), 1, "only the installation was a call");
}
