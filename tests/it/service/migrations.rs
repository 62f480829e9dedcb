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

/// The index of the first version that a value fits without the fields that the version does not declare.
fn first_fit_of_declared(
    validators: &[Option<Validator>],
    declared: &[&[&str]],
    value: &Value,
) -> Option<usize> {
    let fits = |(index, fields): (usize, &&[&str])| {
        let mut value = value.clone();
        let members = value.as_object_mut().unwrap();
        members.retain(|name, _| fields.contains(&name.as_str()));
        first_fit(&validators[index..=index], &value).is_some()
    };
    declared.iter().enumerate().position(fits)
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

/// The configurations, with the fields that each version declares, today's first. A version without one has no fields.
const CONFIGURATIONS: [(&str, [&[&str]; 3]); 3] = [
    (
        "token",
        [
            &["baseUrl", "region", "token"],
            &["baseUrl", "token"],
            &["site", "token"],
        ],
    ),
    (
        "oauth",
        [
            &["baseUrl", "region", "clientId", "clientSecret"],
            &["baseUrl", "clientId", "clientSecret"],
            &[],
        ],
    ),
    ("password", [&[], &[], &["site", "user", "password"]]),
];

/// What the integration tells about a configuration of a version, after its migration.
fn told(name: &str, version: usize, stored: &Value) -> String {
    let text = |field: &str| stored[field].as_str().unwrap().to_owned();
    let base_url = match version {
        2 => format!("https://{}.helpdesk.example", text("site")),
        _ => text("baseUrl"),
    };
    let region = if version == 0 {
        text("region")
    } else {
        "eu".to_owned()
    };
    format!("{name} {base_url} {region} {}", secret(stored))
}

fn secret(stored: &Value) -> &str {
    let secrets = ["token", "clientSecret", "password"].map(|field| stored[field].as_str());
    secrets.into_iter().flatten().next().unwrap_or_default()
}

/// The beginning of the message about a configuration that is refused.
fn refusal(name: &str, version: Option<usize>) -> &'static str {
    match (name, version) {
        ("password", Some(_)) => "The help desk accepts no passwords",
        ("password", None) => "unknown configuration type",
        (_, Some(1)) => "the configuration after its migration from version 2.0.0 is invalid: at /",
        (_, Some(2)) => "the configuration after its migration from version 1.0.0 is invalid: at /",
        _ => "the configuration is invalid: ",
    }
}

#[tokio::test]
async fn each_drawn_configuration_is_read_as_the_first_version_that_it_fits() {
    let versions = Versions::read();
    let all = CONFIGURATIONS.map(|(name, _)| versions.validators("configurations", name));
    let mut random = StdRng::seed_from_u64(1);
    let mut harness = harness();
    let (mut taken, mut refused) = ([0; 3], [0; 2]);
    for _ in 0..10_000 {
        let index = random.random_range(0..CONFIGURATIONS.len());
        let (name, declared) = CONFIGURATIONS[index];
        let used: Vec<_> = declared
            .into_iter()
            .filter(|fields| !fields.is_empty())
            .collect();
        let stored = draw(&mut random, &used);
        harness.configure_stored(Some(name), stored.clone());
        let input = OpenTicketInput::new("printer");
        let answer = harness.actions().open_ticket(&input).await;
        let answer = answer.map(|answer| answer.output.url);
        let answer = answer.map_err(|refusal| refusal.error.message);
        // A version that declares all fields goes before one that would drop some.
        let fits = first_fit(&all[index], &stored)
            .or_else(|| first_fit_of_declared(&all[index], &declared, &stored));
        match (fits, answer) {
            (Some(version), Ok(answer)) => {
                assert_eq!(answer, told(name, version, &stored), "{stored}");
                taken[version] += 1;
            }
            (None, Ok(answer)) => panic!("{stored} fits no version and is read as {answer}"),
            (Some(0), Err(reason)) => panic!("{stored} of today is refused: {reason}"),
            (fits, Err(reason)) => {
                assert!(
                    reason.starts_with(refusal(name, fits)),
                    "{stored}: {reason}"
                );
                let is_right = name == "password" || fits.is_none() || secret(&stored).len() < 8;
                assert!(is_right, "{stored}: {reason}");
                refused[usize::from(fits.is_none())] += 1;
            }
        }
    }
    let all_happened = taken.iter().chain(&refused).all(|count| *count > 400);
    assert!(all_happened, "{taken:?} {refused:?}");
}

#[tokio::test]
async fn each_drawn_state_is_read_as_the_first_version_that_it_fits() {
    let validators = Versions::read().validators("states", "cursor");
    let mut random = StdRng::seed_from_u64(2);
    let harness = harness();
    let cursor = harness.client().states().cursor();
    let (mut read, mut refused) = ([0; 3], [0; 2]);
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
                refused[0] += 1;
            }
            (Err(ClientError::Stale { raw, .. }), None) => {
                assert_eq!(raw, stored);
                refused[1] += 1;
            }
            (got, fits) => panic!("{stored} fits {fits:?}, and is read as {got:?}"),
        }
    }
    let all_happened = read.iter().chain(&refused).all(|count| *count > 500);
    assert!(all_happened, "{read:?} {refused:?}");
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
