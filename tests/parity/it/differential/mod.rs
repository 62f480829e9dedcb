//! Sends the same random requests to the official SDK and to Contexture, thousands of them from one seed.
//!
//! `CONTEXTURE_OFFICIAL_SDK` names a folder with the reference integration on the official SDK, `serve.cjs`, and the
//! packages that it needs, installed. Every response of ours is equal to the official one, or differs by a rule in
//! `rules`, which `DIFFERENCES.md` explains.

mod exchange;
mod generate;
mod official;
mod request;
mod rules;

use std::net::SocketAddr;
use std::{env, io};

use contexture_load::{Answer, Connection};

use self::exchange::{Exchange, Reply};
use self::official::Official;
use self::request::Request;
use self::rules::RULES;
use crate::{say, serve};

/// The default number of requests, and the default seed. `CONTEXTURE_REQUESTS` and `CONTEXTURE_SEED` override
/// them.
const REQUESTS: u64 = 4000;
const SEED: u64 = 20_261_125;

/// The maximum number of disagreements in the output.
const SHOWN: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn generated_requests_are_answered_as_the_official_sdk_does_or_as_written_down() {
    let official = match Official::start() {
        Ok(official) => official,
        Err(reason) => {
            assert_ne!(env::var("CI").as_deref(), Ok("true"), "{reason}");
            say(&format!("skipped: {reason}"));
            return;
        }
    };
    let ours = serve().await;
    let (count, seed) = (
        number("CONTEXTURE_REQUESTS", REQUESTS),
        number("CONTEXTURE_SEED", SEED),
    );
    let (theirs, address) = (official.address, ours.address);
    let asking = tokio::task::spawn_blocking(move || ask_both(count, seed, theirs, address));
    let exchanges = asking.await.unwrap().unwrap();
    ours.stop().await;
    judge(seed, &exchanges);
}

#[test]
fn every_rule_is_written_down_and_no_other_is() {
    let text = include_str!("../../DIFFERENCES.md");
    let written: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let known: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(written, known);
}

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

fn ask_both(
    count: u64,
    seed: u64,
    official: SocketAddr,
    ours: SocketAddr,
) -> io::Result<Vec<Exchange>> {
    let mut draw = generate::Draw::new(seed);
    let (mut official, mut ours) = (Asker::new(official), Asker::new(ours));
    let mut exchanges = Vec::new();
    for _ in 0..count {
        let request = generate::request(&mut draw);
        let exchange = Exchange {
            official: official.ask(&request)?,
            ours: ours.ask(&request)?,
            request,
        };
        exchanges.push(exchange);
    }
    Ok(exchanges)
}

/// Sends requests to one server, over one connection as long as it stays open.
struct Asker {
    address: SocketAddr,
    connection: Option<Connection>,
}

impl Asker {
    fn new(address: SocketAddr) -> Self {
        Self {
            address,
            connection: None,
        }
    }

    fn ask(&mut self, request: &Request) -> io::Result<Reply> {
        // A server may close an idle connection just when it is reused.
        let kept = self.connection.take();
        let answer = match kept.map(|open| self.ask_over(open, request)) {
            Some(Ok(answer)) => Ok(answer),
            _ => self.ask_over(Connection::open(self.address)?, request),
        };
        Ok(answer.map_or_else(|_| Reply::none(), Reply::of))
    }

    fn ask_over(&mut self, mut connection: Connection, request: &Request) -> io::Result<Answer> {
        connection.send(&request.to_http())?;
        let answer = connection.receive()?;
        if !answer.closes() {
            self.connection = Some(connection);
        }
        Ok(answer)
    }
}

/// Compares all responses, and counts the uses of each rule.
fn judge(seed: u64, exchanges: &[Exchange]) {
    let mut uses = vec![0_usize; RULES.len()];
    let mut disagreements = Vec::new();
    for exchange in exchanges.iter().filter(|exchange| !exchange.agrees()) {
        match RULES.iter().position(|rule| (rule.holds)(exchange)) {
            Some(rule) => uses[rule] += 1,
            None => disagreements.push(exchange),
        }
    }
    let by_rule: usize = uses.iter().sum();
    for (rule, uses) in RULES.iter().zip(&uses) {
        say(&format!("  {uses:5}  {}", rule.name));
    }
    let total = exchanges.len();
    let fine = total - disagreements.len();
    say(&format!(
        "{fine} of {total} generated requests are answered alike, {by_rule} by rule (seed {seed})"
    ));
    let shown: Vec<_> = disagreements
        .iter()
        .take(SHOWN)
        .map(ToString::to_string)
        .collect();
    assert!(disagreements.is_empty(), "{}", shown.join("\n\n"));
    let unused: Vec<_> = RULES
        .iter()
        .zip(&uses)
        .filter(|(_, uses)| **uses == 0)
        .map(|(rule, _)| rule.name)
        .collect();
    assert!(unused.is_empty(), "rules that nothing needs: {unused:?}");
}
