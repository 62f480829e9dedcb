//! The log of a server: rate limits, and streams that are not read.

use contexture::Server;

use super::{exchange, start};
use crate::handlers::Author;
use crate::sample::Definition;

#[tokio::test]
async fn many_refusals_are_counted_and_the_count_is_logged_at_the_end() {
    const SENT: usize = 200;

    let running = start(Author::default(), |server| server).await;
    let not_a_call = "POST / HTTP/1.1\r\nhost: a\r\n\r\n";
    let answer = exchange(running.address, not_a_call.repeat(SENT)).await;
    assert_eq!(answer.matches("HTTP/1.1 400").count(), SENT);
    let log = running.stop().await;
    let lines = log.lines();
    let told = lines
        .iter()
        .filter(|line| line.text.contains("x-bot-id"))
        .count();
    assert!(0 < told && told < SENT, "{told} lines");
    let omitted: usize = lines
        .iter()
        .filter_map(|line| line.text.strip_suffix(" more requests were refused"))
        .map(|number| number.parse::<usize>().unwrap())
        .sum();
    assert_eq!(told + omitted, SENT);
}

#[tokio::test]
async fn bodies_beyond_the_limit_in_bulk_are_counted_too() {
    const SENT: usize = 200;

    let small = |server: Server<Definition>| server.body_limit(1);
    let running = start(Author::default(), small).await;
    let too_long = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n";
    for _ in 0..SENT {
        let answer = exchange(running.address, too_long).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
    let lines = running.stop().await.lines();
    assert!(lines.len() < SENT / 2, "{} lines", lines.len());
}

#[cfg(feature = "webhook-signatures")]
#[tokio::test]
async fn forged_webhooks_in_bulk_are_counted_and_leave_room_for_other_refusals() {
    use crate::support::{TestApp, hello, message_of, webhook};

    const SENT: usize = 200;

    let test_app = TestApp::new();
    for _ in 0..SENT {
        assert_eq!(test_app.ask(webhook("/signed").request()).await.status, 401);
    }
    let lines = test_app.log.lines();
    assert!(lines.len() < SENT / 2, "{} lines", lines.len());
    assert!(
        lines[0].text.starts_with("rejected a webhook request"),
        "{}",
        lines[0].text
    );
    test_app.ask(hello(&serde_json::json!(1)).request()).await;
    let refused = test_app.log.lines().last().unwrap().text.clone();
    assert!(message_of(&refused).starts_with("the input"), "{refused}");
}

/// Servers whose standard streams are pipes.
#[cfg(unix)]
mod pipes {
    use std::{
        io::{BufRead as _, BufReader},
        net::SocketAddr,
        process::Stdio,
        sync::mpsc,
        thread,
    };

    use serde_json::json;

    use super::super::{HEALTH, exchange, wire_form};
    use crate::{
        process::{Process, serve_as_process},
        support::{Ask, message_of},
    };

    /// The number of log lines and their length: more than a pipe and the queue before it hold.
    const LINES: usize = 100;
    const LENGTH: usize = 60_000;

    #[test]
    #[ignore = "another test runs it as a process"]
    fn serves() {
        serve_as_process(|server| server);
    }

    /// Starts a server whose standard error stream is not read.
    fn unread() -> (Process, SocketAddr) {
        let mut command = Process::command("server::log::pipes::serves");
        command.stderr(Stdio::piped());
        let mut process = Process::spawn(command);
        let address = process.wait_for_address();
        (process, address)
    }

    /// Makes a call whose handler fails with this message, which is logged.
    async fn fail(address: SocketAddr, message: &str) {
        let input = json!({ "how": "runtime", "message": message });
        let body = json!({ "type": "fail", "input": input });
        let mut request = Ask::new("action_triggered").body(&body).request();
        *request.uri_mut() = format!("http://{address}/").parse().unwrap();
        let answer = exchange(address, wire_form(&request)).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }

    async fn fill(address: SocketAddr) {
        let long = "a".repeat(LENGTH);
        for _ in 0..LINES {
            fail(address, &long).await;
        }
    }

    #[tokio::test]
    async fn a_server_with_an_unread_log_responds_and_stops() {
        let (mut process, address) = unread();
        fill(address).await;
        let answer = exchange(address, HEALTH).await;
        assert!(answer.ends_with("ok"), "{answer}");
        process.terminate();
        assert!(process.wait().success());
    }

    #[tokio::test]
    async fn a_log_that_is_read_again_reports_dropped_lines_and_its_last_lines() {
        let (mut process, address) = unread();
        fill(address).await;
        let stderr = BufReader::new(process.stderr());
        let (line, lines) = mpsc::channel();
        let reader = thread::spawn(move || {
            for read in stderr.lines() {
                line.send(read.unwrap()).unwrap();
            }
        });
        let mut whole = 0;
        let dropped: usize = loop {
            let line = lines.recv().unwrap();
            match line.split_once(" log lines were dropped") {
                Some((dropped, _)) => break dropped.parse().unwrap(),
                None => whole += usize::from(message_of(&line).len() == LENGTH),
            }
        };
        assert!(dropped > 0);
        assert_eq!(whole + dropped, LINES);
        fail(address, "the last line").await;
        process.terminate();
        assert!(process.wait().success());
        reader.join().unwrap();
        let last = lines.iter().last().unwrap();
        assert_eq!(message_of(&last), "the last line");
    }
}
