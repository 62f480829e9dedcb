//! Hooks that hang or panic.

use std::{future::pending, time::Duration};

use contexture::{Result, ServeError, Server, testing::LogRecorder};
use tokio::time::Instant;

use super::{server, start};
use crate::handlers::Author;
use crate::sample::Definition;

const LIMIT: Duration = Duration::from_secs(7);

#[tokio::test(start_paused = true)]
async fn shutdown_hooks_have_a_timeout() {
    let hanging = |server: Server<Definition>| server.stop_timeout(LIMIT).on_stop(pending);
    let running = start(Author::default(), hanging).await;
    let began = Instant::now();
    let log = running.stop().await.text();
    assert!(
        log.contains("\nshutdown hooks timed out after 7s\n"),
        "{log}"
    );
    assert!(began.elapsed() >= LIMIT, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn start_hooks_have_a_timeout() {
    let hanging = server(Author::default(), &LogRecorder::new())
        .start_timeout(LIMIT)
        .on_start(pending);
    let error = hanging.bind().await.unwrap_err();
    assert!(
        matches!(error, ServeError::StartTimeout(LIMIT)),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "start hooks timed out after 7s");
}

async fn panicking() -> Result {
    panic!("overboard")
}

#[tokio::test]
async fn a_hook_that_panics_fails() {
    let starting = server(Author::default(), &LogRecorder::new()).on_start(panicking);
    let error = starting.bind().await.unwrap_err();
    let expected = "start hook failed: a hook panicked: overboard";
    assert_eq!(error.to_string(), expected);

    let ending = |server: Server<Definition>| server.on_stop(panicking);
    let running = start(Author::default(), ending).await;
    let log = running.stop().await.text();
    assert!(
        log.contains("\nshutdown hook failed: a hook panicked: overboard\n"),
        "{log}"
    );
}

/// Servers in child processes, since a signal goes to a whole process.
#[cfg(unix)]
mod signals {
    use super::*;
    use crate::process::{Process, serve_as_process};

    fn note(text: &str) {
        contexture::log::LogSink::write(
            &contexture::log::StandardStreams,
            contexture::log::LogOutput::Stdout,
            text,
        );
    }

    async fn hang(text: &str) -> Result {
        note(text);
        pending().await
    }

    #[test]
    #[ignore = "another test runs it as a process"]
    fn hangs_at_the_end() {
        let hour = Duration::from_hours(1);
        serve_as_process(|server| server.stop_timeout(hour).on_stop(|| hang("the end hangs")));
    }

    #[test]
    #[ignore = "another test runs it as a process"]
    fn hangs_at_the_start() {
        serve_as_process(|server| server.on_start(|| hang("the start hangs")));
    }

    #[test]
    fn a_second_signal_ends_a_hanging_shutdown_hook() {
        let mut process = Process::start("server::hooks::signals::hangs_at_the_end");
        process.wait_for_line("listens on");
        process.terminate();
        process.wait_for_line("the end hangs");
        process.terminate();
        assert!(process.wait().success());
    }

    #[test]
    fn a_signal_ends_a_hanging_start_hook() {
        let mut process = Process::start("server::hooks::signals::hangs_at_the_start");
        process.wait_for_line("the start hangs");
        process.terminate();
        assert!(process.wait().success());
    }
}
