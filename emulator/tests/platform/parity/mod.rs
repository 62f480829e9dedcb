//! The recorded requests of the official SDK, sent by the emulator: to the reference integration on Contexture, and to
//! its twin on the official SDK.
//!
//! `CONTEXTURE_ORACLE` names the folder with the official responses, in `golden/http.jsonl`.
//! `CONTEXTURE_OFFICIAL_SDK` names a folder with the twin, `serve.cjs`, and the packages that it needs.

#[expect(dead_code, reason = "answers are read from the record here")]
#[path = "../../../../tests/parity/it/golden.rs"]
mod golden;
mod official;
mod send;

use contexture::VerifyCallsLayer;

use self::golden::{Answer, Record, read_records};
use self::official::Official;
use self::send::{Sender, Way};
use crate::bench::{Bench, parity_definition, say};
use crate::cases::{self, Case, Differs};

#[tokio::test]
async fn the_reference_integration_answers_the_emulator_as_recorded() {
    let Some(records) = records() else { return };
    let bench = Bench::of(parity_definition()).await;
    // Calls without a body are not signed, and recorded as they are answered without verification.
    let secrets = bench.platform.signing_secrets().unwrap();
    let layer = VerifyCallsLayer::new(&secrets).unwrap();
    bench.serve_parity_behind(layer.only_warn()).await;
    let disagreements = ask(&bench, &records, ours).await;
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

#[tokio::test]
async fn the_official_sdk_answers_the_emulator_as_recorded() {
    let Some(records) = records() else { return };
    let official = match Official::start().await {
        Ok(official) => official,
        Err(reason) => return skip(&reason),
    };
    let bench = Bench::of(parity_definition()).await;
    bench.call_at(official.address);
    let disagreements = ask(&bench, &records, theirs).await;
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

fn records() -> Option<Vec<Record>> {
    let records = read_records();
    if records.is_none() {
        skip("CONTEXTURE_ORACLE names no folder with the official answers");
    }
    records
}

fn skip(reason: &str) {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{reason}");
    say(&format!("skipped: {reason}"));
}

/// Sends every case, and returns what differs from the records.
async fn ask(
    bench: &Bench,
    records: &[Record],
    judge: fn(&Case, &Record, &Answer) -> Result<(), String>,
) -> Vec<String> {
    let cases = cases::all();
    let names: Vec<_> = cases.iter().map(|case| case.name.as_str()).collect();
    let recorded: Vec<_> = records.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, recorded);
    let mut sender = Sender::new(bench);
    let mut disagreements = Vec::new();
    for (case, record) in cases.iter().zip(records) {
        let answer = sender.send(case).await;
        if let Err(problem) = judge(case, record, &answer) {
            disagreements.push(format!("{}: {problem}", case.name));
        }
    }
    let agree = cases.len() - disagreements.len();
    let ways: Vec<_> = Way::ALL
        .into_iter()
        .map(|way| format!("{} {}", sender.count(way), way.as_str()))
        .collect();
    let total = cases.len();
    say(&format!(
        "{agree} of {total} answers as recorded ({})",
        ways.join(", ")
    ));
    disagreements
}

fn theirs(_case: &Case, record: &Record, answer: &Answer) -> Result<(), String> {
    if *answer == record.answer {
        return Ok(());
    }
    Err(format!("expected {:?}, got {answer:?}", record.answer))
}

fn ours(case: &Case, record: &Record, answer: &Answer) -> Result<(), String> {
    let Some(differs) = &case.differs else {
        return theirs(case, record, answer);
    };
    let body = &answer.body;
    let is_right = match differs {
        Differs::InvalidPayload { naming } => {
            let message = body["message"].as_str().unwrap_or_default();
            answer.status == 400 && body["type"] == "InvalidPayload" && message.contains(naming)
        }
        Differs::Output(output) => answer.status == 200 && body["output"] == *output,
    };
    let why = record.differs.as_deref().unwrap_or_default();
    is_right
        .then_some(())
        .ok_or_else(|| format!("{why}, got {answer:?}"))
}
