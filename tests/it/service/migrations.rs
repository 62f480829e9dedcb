//! Values of three versions, drawn at random: each is one of today's, or is refused with the reason.

use std::fs;

use contexture::prelude::*;
use contexture::testing::Harness;
use contexture::{ClientError, Payload};
use contexture_tests::tickets::actions::{self, OpenTicketInput, OpenTicketOutput};
use contexture_tests::tickets::{
    self, Configuration, Context, CursorState, Definition, Region, TokenConfiguration, v1, v2,
};
use jsonschema::Validator;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Map, Value, json};

/// Answers with the configuration that it got.
struct Tell;

impl tickets::Integration for Tell {}

impl actions::OpenTicket for Tell {
    async fn open_ticket(
        &self,
        call: ActionCall<'_, Context>,
        _input: OpenTicketInput,
    ) -> Result<OpenTicketOutput> {
        Ok(OpenTicketOutput::new(tell(&call.ctx.configuration)))
    }
}

/// All that a configuration has, as text.
fn tell(configuration: &Configuration) -> String {
    let (kind, secret) = match configuration {
        Configuration::Token(token) => ("token", token.token.expose()),
        Configuration::Oauth(oauth) => ("oauth", oauth.client_secret.expose()),
    };
    let base_url = configuration.base_url();
    let region = configuration.region().as_str();
    format!("{kind} {base_url} {region} {secret}")
}

fn harness() -> Harness<Definition> {
    let token = TokenConfiguration::new("https://a.example", Region::Us, "token-of-today");
    Harness::new(tickets::service(Tell), Configuration::Token(token))
}

/// A validator of each payload of each version, from the files of the definitions.
struct Versions(Vec<Value>);

impl Versions {
    /// The versions, today's first.
    fn read() -> Self {
        let files = ["tickets.yaml", "versions/2.0.0.yaml", "versions/1.0.0.yaml"];
        let read = files.map(|file| {
            let text = fs::read_to_string(format!("../examples/tickets/{file}")).unwrap();
            serde_saphyr::from_str(&text).unwrap()
        });
        Self(read.into())
    }

    fn validators(&self, section: &str, name: &str) -> Vec<Option<Validator>> {
        let versions = self.0.iter();
        let schemas = versions.map(|definition| {
            let mut schema = definition[section].get(name)?.get("schema")?.clone();
            if let Some(shared) = definition.get("definitions") {
                schema["definitions"] = shared.clone();
            }
            Some(jsonschema::draft7::new(&schema).unwrap())
        });
        schemas.collect()
    }
}

/// The index of the first version that a value fits.
fn first_fit(validators: &[Option<Validator>], value: &Value) -> Option<usize> {
    let fits = |one: &Option<Validator>| one.as_ref().is_some_and(|one| one.is_valid(value));
    validators.iter().position(fits)
}

/// Draws a value with some of these fields: most of them right, some missing, some of another version or kind.
fn draw(random: &mut StdRng, fields: &[&[&str]]) -> Value {
    let version = fields.choose(random).unwrap();
    let mut drawn = Map::new();
    for name in *version {
        if random.random_ratio(19, 20) {
            drawn.insert((*name).to_owned(), draw_field(random, name));
        }
    }
    if random.random_ratio(1, 20) {
        let other = fields.concat();
        let other = other.choose(random).unwrap();
        drawn.insert((*other).to_owned(), draw_field(random, other));
    }
    Value::Object(drawn)
}

fn draw_field(random: &mut StdRng, name: &str) -> Value {
    let number = random.random_range(0..2_000_000_u64);
    if random.random_ratio(1, 40) {
        return [json!(null), json!(number), json!([]), json!("")]
            .choose(random)
            .unwrap()
            .clone();
    }
    match name {
        "site" => json!(["acme", "shop", "Acme"].choose(random)),
        "baseUrl" => json!(["https://a.example", "https://b", "http://a"].choose(random)),
        "region" => json!(["eu", "us", "asia"].choose(random)),
        "page" | "ticket" => json!(number),
        "after" => json!(format!("ticket-{}", number * random.random_range(1..2_000))),
        _ => json!("x".repeat(random.random_range(0..3) * 6) + &number.to_string()),
    }
}

const CONFIGURATIONS: [(&str, &[&[&str]]); 3] = [
    (
        "token",
        &[
            &["baseUrl", "region", "token"],
            &["baseUrl", "token"],
            &["site", "token"],
        ],
    ),
    (
        "oauth",
        &[
            &["baseUrl", "region", "clientId", "clientSecret"],
            &["baseUrl", "clientId", "clientSecret"],
        ],
    ),
    ("password", &[&["site", "user", "password"]]),
];

#[tokio::test]
async fn each_drawn_configuration_is_read_as_the_first_version_that_it_fits() {
    let versions = Versions::read();
    let all = CONFIGURATIONS.map(|(name, _)| versions.validators("configurations", name));
    let mut random = StdRng::seed_from_u64(1);
    let mut harness = harness();
    let mut read = [0; 3];
    for _ in 0..10_000 {
        let index = random.random_range(0..CONFIGURATIONS.len());
        let (name, fields) = CONFIGURATIONS[index];
        let stored = draw(&mut random, fields);
        harness.configure_stored(Some(name), stored.clone());
        let input = OpenTicketInput::new("printer");
        let answer = harness.actions().open_ticket(&input).await;
        let answer = answer.map(|answer| answer.output.url);
        let answer = answer.map_err(|refusal| refusal.error.message);
        let secret = ["token", "clientSecret"].map(|field| stored[field].as_str());
        let secret = secret.into_iter().flatten().next().unwrap_or_default();
        match (first_fit(&all[index], &stored), answer) {
            (Some(version), Ok(told)) => {
                assert!(told.starts_with(name) && told.ends_with(secret), "{stored}");
                read[version] += 1;
            }
            (Some(0), Err(reason)) => panic!("{stored} of today is refused: {reason}"),
            (Some(version), Err(reason)) => {
                let is_explained = if name == "password" {
                    reason.contains("accepts no passwords")
                } else {
                    let from = format!("after its migration from version {}.0.0", 3 - version);
                    secret.len() < 8 && reason.contains(&from)
                };
                assert!(is_explained, "{stored}: {reason}");
                read[version] += 1;
            }
            // What fits no version is refused, unless one of them takes it without its undeclared fields.
            (None, Ok(told)) => assert!(told.ends_with(secret), "{stored}"),
            (None, Err(_)) => {}
        }
    }
    assert!(read.iter().all(|count| *count > 500), "{read:?}");
}

#[tokio::test]
async fn each_drawn_state_is_read_as_the_first_version_that_it_fits() {
    let validators = Versions::read().validators("states", "cursor");
    let mut random = StdRng::seed_from_u64(2);
    let harness = harness();
    let cursor = harness.client().states().cursor();
    let mut read = [0; 3];
    for _ in 0..10_000 {
        let stored = draw(&mut random, &[&["ticket"], &["after"], &["page"]]);
        harness.botpress().set_state("cursor", stored.clone());
        let number = |field: &str| stored[field].as_u64();
        let after = || {
            stored["after"]
                .as_str()?
                .strip_prefix("ticket-")?
                .parse()
                .ok()
        };
        let fits = first_fit(&validators, &stored);
        let expected = match fits {
            Some(0) => number("ticket"),
            Some(1) => after(),
            Some(_) => number("page").map(|page| page * 50),
            None => None,
        };
        let expected = expected.map(|ticket: u64| i64::try_from(ticket).unwrap());
        match (cursor.get().await, fits) {
            (Ok(got), Some(version)) => {
                assert_eq!(got, expected.map(CursorState::new), "{stored}");
                read[version] += 1;
            }
            (Err(ClientError::Migration { raw, .. }), Some(_)) => {
                assert_eq!(raw, stored);
                assert!(
                    expected.is_some_and(|ticket| ticket > 1_000_000_000),
                    "{stored}"
                );
            }
            (Err(ClientError::Stale { raw, .. }), None) => assert_eq!(raw, stored),
            (got, fits) => panic!("{stored} fits {fits:?}, and is read as {got:?}"),
        }
    }
    assert!(read.iter().all(|count| *count > 500), "{read:?}");
}

#[test]
fn what_today_accepts_is_migrated_without_code() {
    use contexture::MigrateFrom;
    let elder = v1::AgentState::new("Ada");
    let today = tickets::AgentState::migrate_from(elder).unwrap();
    assert_eq!(today, tickets::AgentState::new("Ada"));
    let newer = v2::AgentState::new("Ada").with_email("ada@example.com");
    let today = tickets::AgentState::migrate_from(newer).unwrap();
    assert_eq!(today.email.as_deref(), Some("ada@example.com"));
}

#[test]
fn schemas_of_older_versions_are_among_those_that_are_compiled_at_the_start() {
    use contexture::Definition as _;
    let all: Vec<*const _> = Definition::schemas().map(std::ptr::from_ref).collect();
    let schema = v1::PasswordConfiguration::schema();
    assert!(all.contains(&std::ptr::from_ref(schema)));
}
