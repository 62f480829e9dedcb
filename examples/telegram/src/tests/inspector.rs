//! A person finds the authorization link in the inspector of the emulator and follows it to the end, in Chromium.

use std::io::Write as _;

use contexture_browser::{Screen, Tab, is_available};
use contexture_emulator::exchange::{Exchange, ExchangeKind};
use contexture_emulator::platform::{Instance, RegistrationStatus};

use super::local_botpress::LocalBotpress;
use super::test_app::{TOKEN, WIZARD_KEY};

/// A token that Telegram does not know.
const UNKNOWN: &str = "4242:unknown-to-telegram";

fn is_skipped() -> bool {
    if is_available() {
        return false;
    }
    let mut stream = std::io::stdout();
    writeln!(stream, "inspector: skipped, because there is no Chromium").unwrap();
    true
}

fn sees(tab: &mut Tab, text: &str) {
    let seen = tab.seen();
    assert!(seen.contains(text), "{text:?} is not in:\n{seen}");
}

/// Enters a token in the wizard's form, and sends it.
fn send(tab: &mut Tab, token: &str) {
    tab.evaluate("document.querySelector('input[type=password]').focus()");
    tab.enter(token);
    tab.press("Connect");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_connects_a_bot_from_the_page_of_the_inspector() {
    if is_skipped() {
        return;
    }
    let botpress = LocalBotpress::start().await;
    let instance = botpress.install().await;
    assert_eq!(instance.status, RegistrationStatus::RegistrationFailed);

    let mut tab = Tab::on_this_machine();
    tab.screen(Screen::DESKTOP);
    tab.open(&botpress.page_of(&instance));
    sees(&mut tab, "There is no bot token yet");
    tab.press_for_new_tab("Open the link");
    sees(&mut tab, "Connect Telegram");
    send(&mut tab, UNKNOWN);
    sees(&mut tab, "Telegram knows no bot with this token.");
    send(&mut tab, TOKEN);
    sees(&mut tab, "Connected");
    tab.close_new_tab();

    // The page of the instance is still open, and follows what happens.
    tab.wait_until("document.getElementById('status').innerText.includes('Registered')");
    sees(&mut tab, "bot_4242");
    assert_eq!(tab.errors(), [""; 0]);
    assert_eq!(tab.blocked(), [""; 0]);
    is_connected(&botpress, &instance);
    is_recorded_without_secrets(&botpress);
}

fn is_connected(botpress: &LocalBotpress, instance: &Instance) {
    let instance = botpress.platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(instance.status, RegistrationStatus::Registered);
    assert_eq!(instance.reason, None);
    let identifier = botpress.platform.identifier(&instance).unwrap();
    assert_eq!(identifier.as_deref(), Some("bot_4242"));
    assert_eq!(botpress.stored_token(&instance).as_deref(), Some(TOKEN));
    let calls = botpress.telegram.take_calls();
    let last = calls.last().unwrap();
    assert_eq!(last.method, "setWebhook");
    let webhook = botpress.platform.webhook_url(&instance.webhook_id);
    assert_eq!(last.parameters["url"], webhook);
}

fn is_recorded_without_secrets(botpress: &LocalBotpress) {
    let record = botpress.record();
    let of_botpress = record
        .iter()
        .filter(|exchange| exchange.kind != ExchangeKind::Api);
    let seen: Vec<_> = of_botpress
        .map(|exchange| (exchange.name.as_str(), status(exchange)))
        .collect();
    let expected = [
        ("register", 400),
        ("GET /webhook/oauth/wizard/start", 200),
        ("webhook_received", 200),
        // The token that Telegram does not know.
        ("POST /webhook/oauth/wizard/finish", 200),
        ("webhook_received", 200),
        ("POST /webhook/oauth/wizard/finish", 303),
        ("webhook_received", 303),
        ("register", 200),
        ("GET /webhook/oauth/interstitial", 200),
    ];
    assert_eq!(seen, expected);
    let secret = |token: &'static str| token.split_once(':').unwrap().1;
    for exchange in &record {
        let text = whole(exchange);
        for secret in [secret(TOKEN), secret(UNKNOWN), WIZARD_KEY] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    let stored = record.iter().find(|exchange| {
        exchange.request.method == "POST" && exchange.name.ends_with("/credentials")
    });
    let stored = stored.unwrap().request.body.text().unwrap();
    assert!(stored.contains("[secret "), "{stored}");
}

fn status(exchange: &Exchange) -> u16 {
    exchange.response.as_ref().unwrap().status
}

/// All texts of an exchange.
fn whole(exchange: &Exchange) -> String {
    let (request, response) = (&exchange.request, exchange.response.as_ref().unwrap());
    let bodies = [&request.body, &response.body].map(|body| {
        assert!(!body.is_cut(), "{} is incomplete", exchange.name);
        body.text().unwrap()
    });
    format!("{exchange:?} {bodies:?}")
}
