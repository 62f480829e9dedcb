//! The memory of a server process under malicious clients.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::thread;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::process::Process;

const MIB: u64 = 1024 * 1024;

/// The maximum memory of a server with default limits: 64 MiB of bodies, each of which takes several
/// times its size once parsed.
const BOUND: u64 = 640 * MIB;

/// The integration in a process of its own.
struct Server(Process);

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parity"));
        command.env("CONTEXTURE_LISTEN", "127.0.0.1:0");
        Self(Process::start(&mut command, "listens on http://"))
    }

    /// Returns the status of the response, or `None` if the connection was closed before it.
    fn ask(&self, body: &str) -> Option<u16> {
        let mut connection = TcpStream::connect(self.0.address).unwrap();
        let configuration = BASE64_STANDARD.encode(r#"{"apiKey":"key","region":"eu"}"#);
        let head = format!(
            "POST / HTTP/1.1\r\nhost: a\r\nx-bot-id: b\r\nx-bot-user-id: u\r\nx-integration-id: i\r\n\
             x-integration-alias: a\r\nx-webhook-id: w\r\nx-bp-operation: action_triggered\r\n\
             connection: close\r\n\
             x-bp-configuration: {configuration}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        // The server may close the connection before it has read everything.
        let _ = connection.write_all(&[head.as_bytes(), body.as_bytes()].concat());
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer);
        let status = answer.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
        str::from_utf8(status).ok()?.parse().ok()
    }

    fn goes_on(&self) {
        let hello = r#"{"type":"hello","input":{"name":"Ada"}}"#;
        assert_eq!(self.ask(hello), Some(200));
    }

    /// The peak of resident memory in bytes.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.unwrap().trim().strip_suffix(" kB").unwrap();
        kilobytes.parse::<u64>().unwrap() * 1024
    }
}

fn echo(value: &str) -> String {
    format!(r#"{{"type":"echo","input":{value}}}"#)
}

#[test]
fn the_memory_of_a_server_stays_bounded_whatever_it_is_sent() {
    let server = Server::start();
    server.goes_on();

    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(server.ask(&echo(&deep)), Some(400));
    server.goes_on();

    let keys: Vec<_> = (0..1_000_000)
        .map(|key| format!(r#""{key:x}":1"#))
        .collect();
    let status = server.ask(&echo(&format!("{{{}}}", keys.join(","))));
    assert!(matches!(status, Some(200 | 400)), "{status:?}");
    server.goes_on();

    let large = echo(&format!(r#"{{"value":"{}"}}"#, "a".repeat(9_000_000)));
    thread::scope(|scope| {
        for _ in 0..48 {
            scope.spawn(|| {
                let status = server.ask(&large);
                assert!(matches!(status, None | Some(200 | 400 | 503)), "{status:?}");
            });
        }
    });
    server.goes_on();

    let peak = server.peak();
    assert!(peak <= BOUND, "{} MiB", peak / MIB);
}
