//! Sends the recorded requests of the official SDK to the integration over the network, and compares the responses.
//!
//! `CONTEXTURE_ORACLE` names the folder with the official responses, in `golden/http.jsonl`. If a record has `differs`,
//! it is the reason for a different response of ours, and the case has that response.

mod bundle;
mod cases;
mod differential;
mod golden;
#[cfg(target_os = "linux")]
mod memory;
mod process;
mod requests;

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use contexture::client::{HttpTransport, Transport as _};
use contexture::testing::LogRecorder;
use contexture::{Environment, Server};
use http::Request;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::cases::{Case, Differs};
use crate::golden::{Answer, Record};

#[tokio::test]
async fn the_answers_are_those_of_the_official_sdk() {
    let Some((cases, records)) = recorded() else {
        return;
    };
    let server = serve().await;
    agree(server.address, &cases, &records).await;
    server.stop().await;
}

/// The cases and their records; `None` if there are no records. CI has to have them.
fn recorded() -> Option<(Vec<Case>, Vec<Record>)> {
    let Some(records) = golden::read_records() else {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "CONTEXTURE_ORACLE names no folder with the official answers"
        );
        say("skipped: CONTEXTURE_ORACLE names no folder with the official answers");
        return None;
    };
    let cases = cases::all();
    let names: Vec<_> = cases.iter().map(|case| case.name.as_str()).collect();
    let recorded: Vec<_> = records.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, recorded);
    Some((cases, records))
}

/// Sends the cases to a server, and compares its responses with the records.
async fn agree(address: SocketAddr, cases: &[Case], records: &[Record]) {
    let mut disagreements = Vec::new();
    let transport = HttpTransport::new();
    for (case, record) in cases.iter().zip(records) {
        let request = case.request(address).map(Into::into);
        let answer = transport.send(request).await.unwrap();
        if let Err(problem) = compare(case, record, &Answer::of(&answer)) {
            disagreements.push(format!("{}: {problem}", case.name));
        }
    }
    let agree = cases.len() - disagreements.len();
    let differ = cases.iter().filter(|case| case.differs.is_some()).count();
    say(&format!(
        "{agree} of {} answers agree, {differ} of them in how they differ",
        cases.len()
    ));
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

/// The integration on a free port of loopback.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn serve() -> Served {
    let log = LogRecorder::new();
    let environment = Environment::new().log_sink(Arc::new(log));
    let server = Server::new(parity::service().environment(environment));
    let server = server.listen(([127, 0, 0, 1], 0)).bind().await.unwrap();
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(server.run_until(async {
        let _ = stopped.await;
    }));
    Served {
        address,
        stop,
        ended,
    }
}

impl Served {
    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap();
    }
}

fn compare(case: &Case, record: &Record, answer: &Answer) -> Result<(), String> {
    match (&case.differs, &record.differs) {
        (None, None) if *answer == record.answer => Ok(()),
        (None, None) => Err(format!("expected {:?}, got {answer:?}", record.answer)),
        (Some(differs), Some(why)) => differs
            .holds(answer)
            .then_some(())
            .ok_or_else(|| format!("{why}, got {answer:?}")),
        (None, Some(why)) => Err(format!("the case does not say what it is: {why}")),
        (Some(_), None) => Err("the official answer is ours too".to_owned()),
    }
}

impl Differs {
    /// Whether the response is the expected different one.
    fn holds(&self, answer: &Answer) -> bool {
        let body = &answer.body;
        match self {
            Self::InvalidPayload { naming } => {
                let message = body["message"].as_str().unwrap_or_default();
                answer.status == 400
                    && body["type"] == "InvalidPayload"
                    && body["code"] == 400
                    && body["id"] == golden::ERROR_ID
                    && message.contains(naming)
            }
            Self::Output(output) => answer.status == 200 && body["output"] == *output,
        }
    }
}

/// Writes directly to the stream, since the test harness hides the output of passing tests.
fn say(line: &str) {
    let mut stream = std::io::stdout();
    writeln!(stream, "parity: {line}").unwrap();
}

impl Case {
    fn request(&self, address: SocketAddr) -> Request<Bytes> {
        let url = format!("http://{address}{}", self.path);
        let request = Request::builder().method(self.method.clone()).uri(url);
        let request = self.headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        });
        request.body(self.body.clone().into()).unwrap()
    }
}
