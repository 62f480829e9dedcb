//! What each version stored, through the service of today.

mod emulator;

use std::time::Duration;

use contexture::ClientError;
use contexture::client::UserId;
use contexture::testing::Harness;
use serde_json::{Value, json};
use tickets::{AgentState, CursorState, Definition, Region, TokenConfiguration};

use super::*;

const WEBHOOK: &str = "https://webhook.example/1";
const HOUR: Duration = Duration::from_hours(1);

fn harness() -> Harness<Definition> {
    let token = TokenConfiguration::new("https://a.example", Region::Us, "token-of-today");
    let configuration = tickets::Configuration::Token(token);
    Harness::new(tickets::service(Tickets::default()), configuration)
}

/// Opens a ticket with a configuration as it is stored. Gives its page, or the message for the bot's owner.
async fn open(configuration_type: &str, stored: Value) -> Result<String, String> {
    let mut harness = harness();
    harness.configure_stored(Some(configuration_type), stored);
    let input = OpenTicketInput::new("printer");
    match harness.actions().open_ticket(&input).await {
        Ok(answer) => Ok(answer.output.url),
        Err(refusal) => Err(refusal.error.message),
    }
}

#[tokio::test]
async fn a_configuration_of_each_version_opens_a_ticket() {
    let secret = "12345678";
    for (configuration_type, stored, expected) in [
        (
            "token",
            json!({ "site": "acme", "token": secret }),
            "https://acme.helpdesk.example/eu/0",
        ),
        (
            "token",
            json!({ "baseUrl": "https://b.example", "token": secret }),
            "https://b.example/eu/0",
        ),
        (
            "oauth",
            json!({ "baseUrl": "https://c.example", "clientId": "i", "clientSecret": secret }),
            "https://c.example/eu/0",
        ),
        (
            "token",
            json!({ "baseUrl": "https://d.example", "region": "us", "token": secret }),
            "https://d.example/us/0",
        ),
    ] {
        let url = open(configuration_type, stored).await;
        assert_eq!(url.as_deref(), Ok(expected));
    }
}

#[tokio::test]
async fn an_owner_learns_why_a_configuration_has_no_equivalent() {
    let stored = json!({ "site": "acme", "user": "ada", "password": "hunter2" });
    let message = open("password", stored).await.unwrap_err();
    assert_eq!(
        message,
        "The help desk accepts no passwords: choose Token or OAuth"
    );
}

#[tokio::test]
async fn a_migrated_configuration_has_to_fit_todays_schema() {
    let stored = json!({ "site": "acme", "token": "short" });
    let message = open("token", stored).await.unwrap_err();
    assert!(
        message.starts_with(
            "the configuration after its migration from version 1.0.0 is invalid: at /token"
        ),
        "{message}"
    );
}

#[tokio::test]
async fn a_value_of_no_version_is_judged_by_todays_schema() {
    let stored = json!({ "site": "acme" });
    let message = open("token", stored).await.unwrap_err();
    assert!(
        message.starts_with("the configuration is invalid:"),
        "{message}"
    );
    assert!(message.contains("region"), "{message}");
}

#[tokio::test]
async fn an_integration_with_an_old_configuration_can_be_removed() {
    let mut harness = harness();
    harness.configure_stored(
        Some("password"),
        json!({ "site": "acme", "user": "a", "password": "b" }),
    );
    harness.unregister(WEBHOOK).await.unwrap();
}

#[tokio::test]
async fn a_state_of_each_version_is_read_and_written_back() {
    for (stored, ticket) in [
        (json!({ "page": 3 }), 150),
        (json!({ "after": "ticket-7" }), 7),
        (json!({ "ticket": 9 }), 9),
    ] {
        let harness = harness();
        let botpress = harness.botpress();
        botpress.set_state("cursor", stored.clone());
        let cursor = harness.client().states().cursor();
        assert_eq!(cursor.get().await.unwrap(), Some(CursorState::new(ticket)));
        assert_eq!(botpress.state("cursor"), Some(stored));
        harness.register(WEBHOOK).await.unwrap();
        assert_eq!(botpress.state("cursor"), Some(json!({ "ticket": ticket })));
    }
}

#[tokio::test]
async fn a_state_that_is_written_back_expires_as_before() {
    let read = async |expiring: Option<Duration>| {
        let harness = harness();
        harness.botpress().set_state("cursor", json!({ "page": 3 }));
        let cursor = harness.client().states().cursor();
        cursor.set_expiry(Some(HOUR)).await.unwrap();
        let writing = cursor.clone();
        let writing = match expiring {
            Some(idle) => writing.expiring_after(idle),
            None => writing,
        };
        writing.upgrade().await.unwrap();
        cursor.get_stored().await.unwrap().unwrap()
    };
    let kept = read(None).await;
    assert_eq!(
        (kept.payload, kept.expiry),
        (CursorState::new(150), Some(HOUR))
    );
    assert_eq!(read(Some(2 * HOUR)).await.expiry, Some(2 * HOUR));
}

#[tokio::test]
async fn fields_of_today_are_not_mixed_into_a_state_of_an_older_version() {
    let fields = json!({ "ticket": 7 });
    for (stored, is_patched) in [
        (json!({ "page": 3 }), true),
        (json!({ "after": "ticket-1" }), true),
        (json!({ "ticket": 1 }), true),
        (json!({}), true),
        (json!({ "after": "ticket-99999999999" }), false),
    ] {
        let harness = harness();
        let botpress = harness.botpress();
        botpress.set_state("cursor", stored.clone());
        let cursor = harness.client().states().cursor();
        let patched = cursor.patch(&fields).await;
        if is_patched {
            assert_eq!(patched.unwrap(), CursorState::new(7), "{stored}");
            assert_eq!(botpress.state("cursor"), Some(fields.clone()));
        } else {
            let is_refused = matches!(patched, Err(ClientError::Migration { .. }));
            assert!(is_refused, "{stored}: {patched:?}");
            assert_eq!(botpress.state("cursor"), Some(stored));
        }
    }
}

#[tokio::test]
async fn a_state_that_fits_no_version_is_stale_and_one_that_cannot_be_migrated_says_why() {
    let harness = harness();
    let cursor = harness.client().states().cursor();
    harness
        .botpress()
        .set_state("cursor", json!({ "offset": 3 }));
    assert!(matches!(cursor.get().await, Err(ClientError::Stale { .. })));
    let large = "ticket-99999999999";
    harness
        .botpress()
        .set_state("cursor", json!({ "after": large }));
    let error = cursor.get().await.unwrap_err();
    assert!(matches!(error, ClientError::Migration { .. }), "{error:?}");
    assert!(!error.to_string().contains(large), "{error}");
}

#[tokio::test]
async fn a_state_that_only_got_more_fields_needs_no_migration() {
    let harness = harness();
    let agent = || harness.client().states().agent(UserId::new("user-1"));
    agent().set(&AgentState::new("Ada")).await.unwrap();
    assert_eq!(agent().get().await.unwrap(), Some(AgentState::new("Ada")));
}

#[tokio::test]
async fn an_owner_learns_why_a_state_cannot_be_migrated() {
    let advice = "Reinstall or reconfigure the integration";
    for (stored, expected) in [
        // The migration itself fails, its result does not fit, and there is no migration.
        ("ticket-99999999999999999999", "The ticket has a number"),
        ("ticket-99999999999", advice),
        ("invoice-7", advice),
    ] {
        let harness = harness();
        harness
            .botpress()
            .set_state("cursor", json!({ "after": stored }));
        let refused = harness.register(WEBHOOK).await.unwrap_err().error;
        assert_eq!(refused.code, 400, "{stored}");
        assert!(refused.message.contains(expected), "{}", refused.message);
        assert!(!refused.message.contains(stored), "{}", refused.message);
    }
}
