//! Every operation, compared with the OpenAPI documents and with the requests of the official client.
//!
//! Neither is in this repository: `CONTEXTURE_OPENAPI` names a folder with `1.86/runtime.json` and `files.json`,
//! `CONTEXTURE_ORACLE` one with `golden/client.txt`.

mod calls;
mod document;
mod example;
mod golden;

use std::path::PathBuf;

use contexture::testing::{ContextBuilder, TestContext};
use http::StatusCode;

use self::calls::CALLS;
use self::document::Documents;
use crate::sample::Definition;
use crate::support::configuration;

/// The number of operations: those of the official integration client, plus `setStateExpiry` and `callAction`.
/// `uploadFile` is `upsertFile` and a request to another server.
const OPERATIONS: usize = 39;

/// A context whose ids are as long as the API's ids.
fn context() -> TestContext<Definition> {
    ContextBuilder::new(configuration())
        .bot_id("00000000-0000-0000-0000-00000000b071")
        .integration_id("intver_00000000000000000000001")
        .traceparent("00-abc-def-01")
        .build()
}

/// Returns the folder that an environment variable names. CI has to set the variable.
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).filter(|folder| !folder.is_empty());
    assert!(
        folder.is_some() || std::env::var_os("CI").is_none_or(|ci| ci != "true"),
        "{variable} has to be set"
    );
    if folder.is_none() {
        eprintln!("skipped: {variable} is not set");
    }
    folder.map(PathBuf::from)
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "the test reports a count")]
async fn every_operation_fits_the_descriptions_of_the_api() {
    let Some(folder) = folder("CONTEXTURE_OPENAPI") else {
        return;
    };
    let documents = Documents::read(&folder);
    let mut problems = Vec::new();
    let mut fit = 0;
    for (operation, call) in CALLS {
        let ctx = context();
        let answer = documents.answer(operation);
        ctx.answer(StatusCode::OK, &answer);
        let before = problems.len();
        if let Err(error) = call(ctx.client()).await {
            problems.push(format!(
                "{operation}: cannot decode the response {answer}: {error}"
            ));
        }
        let requests = ctx.requests();
        let found = documents.check(&requests[0]);
        match found {
            Ok(found) if found == *operation => {}
            Ok(found) => problems.push(format!("{operation}: is {found}: {}", requests[0])),
            Err(problem) => problems.push(format!("{operation}: {problem}: {}", requests[0])),
        }
        fit += usize::from(problems.len() == before);
    }
    eprintln!("{fit} of {OPERATIONS} operations fit the descriptions of the API");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert_eq!(fit, OPERATIONS);
}

#[test]
fn every_operation_is_called_once() {
    let names: std::collections::BTreeSet<_> = CALLS.iter().map(|(name, _)| name).collect();
    assert_eq!((names.len(), CALLS.len()), (OPERATIONS, OPERATIONS));
}
