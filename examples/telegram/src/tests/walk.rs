//! A person walks from the authorization link to the end, in Chromium.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contexture::Definition as _;
use contexture_browser::{Botpress, Screen, Tab, WEBHOOK_BASE_URL, is_available};
use http::{Request, Response};
use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::test_app::{OTHER_TOKEN, TOKEN, TestApp};
use crate::telegram::Definition;

const BOTPRESS: Botpress = Botpress {
    webhook_id: "webhook-1",
};

/// The requests of a browser: method, address, and body.
type Requests = Arc<Mutex<Vec<String>>>;

/// A tab in which Botpress leads to the integration.
fn tab(test_app: Arc<TestApp>, requests: Requests) -> Tab {
    Tab::new(Box::new(move |request: Request<Bytes>| {
        let body = String::from_utf8_lossy(request.body());
        let line = format!("{} {} {body}", request.method(), request.uri());
        requests.lock().unwrap().push(line);
        let integration =
            |request: &_| Handle::current().block_on(test_app.harness.webhook(request));
        BOTPRESS.answer(&request, integration).unwrap_or_else(|| {
            let page = Bytes::from_static(b"<!doctype html><title>Another site</title>");
            Response::builder()
                .header("content-type", "text/html")
                .body(page)
                .unwrap()
        })
    }))
}

/// The address that the link template of the definition makes for this installation.
fn link() -> String {
    let definition: Value = serde_json::from_str(Definition::DOCUMENT.json).unwrap();
    let script = &definition["configuration"]["identifier"]["linkTemplateScript"];
    filled_link(
        script.as_str().unwrap(),
        WEBHOOK_BASE_URL,
        BOTPRESS.webhook_id,
    )
}

/// The address that a link template makes: its last line, filled in.
pub(super) fn filled_link(script: &str, webhook_url: &str, webhook_id: &str) -> String {
    let script = script.trim_end();
    let template = script.lines().last().unwrap().trim_matches('"');
    let link = template.replace("{{ webhookUrl }}", webhook_url);
    link.replace("{{ webhookId }}", webhook_id)
}

/// Runs a walk if Chromium is installed.
async fn walk(walk: impl FnOnce(&TestApp, &mut Tab, &Requests) + Send + 'static) {
    if !is_available() {
        return;
    }
    let test_app = Arc::new(TestApp::without_token().await);
    let walk = tokio::task::spawn_blocking(move || {
        let requests = Requests::default();
        let mut tab = tab(Arc::clone(&test_app), Arc::clone(&requests));
        walk(&test_app, &mut tab, &requests);
    });
    walk.await.unwrap();
}

fn stored(test_app: &TestApp) -> Option<String> {
    Handle::current().block_on(test_app.stored_token())
}

fn cookie(tab: &mut Tab) -> Value {
    let cookies = tab.cookies();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    cookies[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_connects_a_bot_with_the_keyboard() {
    walk(|test_app, tab, requests| {
        tab.screen(Screen::PHONE);
        tab.open("https://studio.botpress.test/");
        tab.open(&link());
        assert!(tab.seen().starts_with("Connect Telegram"), "{}", tab.seen());
        let cookie = cookie(tab);
        assert!(
            cookie["name"].as_str().unwrap().starts_with("__Host-"),
            "{cookie}"
        );
        for (attribute, value) in [
            ("httpOnly", json!(true)),
            ("secure", json!(true)),
            ("sameSite", json!("Lax")),
        ] {
            assert_eq!(cookie[attribute], value, "{attribute}");
        }
        // The link to @BotFather, the field, the button.
        tab.tab_key();
        tab.tab_key();
        tab.enter("4242:unknown");
        tab.enter_key();
        assert!(
            tab.seen()
                .contains("Telegram knows no bot with this token."),
            "{}",
            tab.seen()
        );
        assert!(!tab.markup().contains("4242"), "{}", tab.markup());
        assert_eq!(tab.text("document.title"), "Error: Connect Telegram");
        let described = tab.text(
            "document.getElementById(document.querySelector('input[type=password]')\
             .getAttribute('aria-describedby').split(' ')[1]).innerText",
        );
        assert_eq!(described, "Telegram knows no bot with this token.");
        tab.evaluate("document.querySelector('input[type=password]').focus()");
        tab.enter(TOKEN);
        tab.enter_key();
        assert!(
            tab.seen().starts_with("Botpress: connected"),
            "{}",
            tab.seen()
        );
        assert_eq!(tab.cookies().len(), 0);
        assert_eq!(tab.blocked(), [""; 0]);
        assert_eq!(stored(test_app).as_deref(), Some(TOKEN));
        assert!(test_app.is_identified_as("bot_4242"));
        for request in requests.lock().unwrap().iter() {
            let address = request.rsplit_once(' ').unwrap().0;
            assert!(!address.contains("token"), "{address}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_and_a_replayed_answer_are_refused() {
    walk(|test_app, tab, _| {
        tab.open(&link());
        let own = cookie(tab);
        // A form without the cookie of this browser.
        tab.clear_cookies();
        send(tab, OTHER_TOKEN);
        assert!(
            tab.seen().starts_with("This page cannot be opened"),
            "{}",
            tab.seen()
        );
        // A cookie that was made up.
        tab.open(&link());
        let mut forged = cookie(tab);
        forged["value"] = own["value"].clone();
        tab.set_cookie(&forged);
        send(tab, OTHER_TOKEN);
        assert!(
            tab.seen().starts_with("This page cannot be opened"),
            "{}",
            tab.seen()
        );
        assert_eq!(stored(test_app), None);
        // The link leads to a new start.
        tab.click("a.main");
        assert!(tab.seen().starts_with("Connect Telegram"), "{}", tab.seen());
        let used = cookie(tab);
        let proof = "document.querySelector('[name=proof]').value";
        let used_proof = tab.text(proof);
        send(tab, TOKEN);
        assert!(
            tab.seen().starts_with("Botpress: connected"),
            "{}",
            tab.seen()
        );
        // The same form again, with the cookie and the proof that were valid for it.
        test_app.telegram.refuse("getMe", 401, "Unauthorized");
        tab.open(&link());
        tab.set_cookie(&used);
        tab.evaluate(&format!("{proof} = {}", json!(used_proof)));
        send(tab, OTHER_TOKEN);
        assert!(
            tab.seen().starts_with("This page was already used"),
            "{}",
            tab.seen()
        );
        assert_eq!(stored(test_app).as_deref(), Some(TOKEN));
    })
    .await;
}

/// Fills in the form and sends it.
fn send(tab: &mut Tab, token: &str) {
    tab.evaluate("document.querySelector('input[type=password]').focus()");
    tab.enter(token);
    tab.enter_key();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_reader_finds_the_names_of_all_controls() {
    walk(|_, tab, _| {
        tab.open(&link());
        let found = tab.accessible();
        for (role, name) in [
            ("RootWebArea", "Connect Telegram"),
            ("main", ""),
            ("heading", "Connect Telegram"),
            ("link", "@BotFather"),
            ("textbox", "Bot token"),
            ("button", "Connect"),
        ] {
            let expected = (role.to_owned(), name.to_owned());
            assert!(
                found.contains(&expected),
                "{expected:?} is not in {found:?}"
            );
        }
        send(tab, "no token");
        let found = tab.accessible();
        assert!(found.iter().any(|(role, _)| role == "alert"), "{found:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_fits_its_screen() {
    walk(|_, tab, _| {
        for screen in [
            Screen::PHONE,
            Screen::DESKTOP,
            Screen::PHONE.dark(),
            Screen::DESKTOP.dark(),
        ] {
            tab.screen(screen);
            tab.open(&link());
            show(tab, &format!("start-{}-{}", screen.width, screen.is_dark));
            send(tab, "no token");
            show(tab, &format!("problem-{}-{}", screen.width, screen.is_dark));
            let width = tab.evaluate("document.documentElement.scrollWidth");
            assert_eq!(width, screen.width);
            let height = tab.evaluate("document.querySelector('button').offsetHeight");
            assert!(
                height.as_u64() >= Some(44),
                "a finger needs 44 pixels: {height}"
            );
        }
        tab.screen(Screen::PHONE);
        tab.clear_cookies();
        tab.open(&format!(
            "{WEBHOOK_BASE_URL}/oauth/wizard/finish?state=webhook-1"
        ));
        show(tab, "refused");
    })
    .await;
}

/// Writes a picture of the page into the folder of the variable `CONTEXTURE_PICTURES`, if it is set.
fn show(tab: &mut Tab, name: &str) {
    if let Some(folder) = std::env::var_os("CONTEXTURE_PICTURES") {
        tab.picture(&std::path::Path::new(&folder).join(format!("{name}.png")));
    }
}
