//! The limits on connections and open files.

use contexture::Server;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{HEALTH, Running, exchange, start, wire_form};
use crate::handlers::Author;
use crate::sample::Definition;

fn few(server: Server<Definition>) -> Server<Definition> {
    server.max_connections(2)
}

/// Sends an incomplete request, and does not wait.
async fn begin(running: &Running, bytes: &[u8]) -> TcpStream {
    let mut client = TcpStream::connect(running.address).await.unwrap();
    client.write_all(bytes).await.unwrap();
    client
}

/// Waits until the server closes a connection.
async fn closed(mut client: TcpStream) {
    // The operating system may report this as an error, too.
    let _ = client.read_to_end(&mut Vec::new()).await;
}

#[tokio::test]
async fn the_longest_waiting_connections_are_closed_first() {
    let running = start(Author::default(), few).await;
    let request = wire_form(&running.webhook("/echo"));
    let beginnings = [
        &b""[..],
        b"POST / HTTP/1.1\r\nhost: a\r\nx-",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &request[..request.len() - 1],
    ];
    let mut waiting = Vec::new();
    for beginning in beginnings {
        waiting.push(begin(&running, beginning).await);
        // The limit is two connections, and this is the third.
        let answer = exchange(running.address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    for client in waiting.drain(..3) {
        closed(client).await;
    }
    drop(waiting);
    running.stop().await;
}

#[tokio::test]
async fn a_connection_that_was_used_last_stays() {
    let running = start(Author::default(), few).await;
    let mut used = begin(&running, b"").await;
    let idle = begin(&running, b"").await;
    let mut answer = [0; 12];
    used.write_all(HEALTH.as_bytes()).await.unwrap();
    used.read_exact(&mut answer).await.unwrap();
    assert!(exchange(running.address, HEALTH).await.ends_with("ok"));
    closed(idle).await;
    used.write_all(HEALTH.as_bytes()).await.unwrap();
    used.shutdown().await.unwrap();
    let mut rest = String::new();
    used.read_to_string(&mut rest).await.unwrap();
    assert!(rest.ends_with("ok"), "{rest}");
    running.stop().await;
}

#[tokio::test]
async fn a_connection_is_closed_for_another_one_only_after_its_call() {
    let handlers = Author::default();
    let running = start(handlers.clone(), |server| server.max_connections(1)).await;
    let mut first = begin(&running, &wire_form(&running.webhook("/hold"))).await;
    handlers.gate.started.notified().await;
    let second = tokio::spawn(exchange(running.address, HEALTH));
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert!(!second.is_finished());
    handlers.gate.proceed.notify_one();
    // The first client has its response, and leaves its connection open.
    let mut answer = String::new();
    first.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("held"), "{answer}");
    assert!(second.await.unwrap().ends_with("ok"));
    running.stop().await;
}

/// Servers with a low limit on open files.
#[cfg(unix)]
mod files {
    use std::{fs::File, process::Command};

    use super::super::{HEALTH, exchange};
    use super::TcpStream;
    use crate::process::{Process, serve_as_process};

    #[test]
    #[ignore = "another test runs it as a process"]
    fn serves() {
        serve_as_process(|server| server);
    }

    /// Opens files first, so that fewer descriptors are free than the server assumes.
    #[test]
    #[ignore = "another test runs it as a process"]
    fn serves_with_few_files() {
        const LEFT: usize = 4;

        serve_as_process(|server| {
            server.on_start(|| async {
                let mut held: Vec<_> =
                    std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
                held.truncate(held.len() - LEFT);
                std::mem::forget(held);
                Ok(())
            })
        });
    }

    /// Returns the health response of a server with a limit of 40 files, after 80 idle connections were opened.
    async fn is_asked(test: &str) -> String {
        let server = Process::command(test);
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"ulimit -n 40; exec "$0" "$@""#])
            .arg(server.get_program())
            .args(server.get_args());
        let mut process = Process::spawn(command);
        let address = process.wait_for_address();
        let mut idle = Vec::new();
        for _ in 0..80 {
            idle.push(TcpStream::connect(address).await.unwrap());
        }
        let answer = exchange(address, HEALTH).await;
        process.terminate();
        assert!(process.wait().success());
        answer
    }

    #[tokio::test]
    async fn idle_connections_give_up_their_files() {
        let answer = is_asked("server::connections::files::serves").await;
        assert!(answer.ends_with("ok"), "{answer}");
    }

    #[tokio::test]
    async fn a_server_that_runs_out_of_files_closes_idle_connections() {
        let answer = is_asked("server::connections::files::serves_with_few_files").await;
        assert!(answer.ends_with("ok"), "{answer}");
    }
}
