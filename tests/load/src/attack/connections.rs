//! Connections that keep the server waiting.

use std::collections::VecDeque;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use super::Target;

/// Many connections without a request.
pub(super) fn idle(target: Target<'_>) {
    const OPEN: usize = 500;

    let mut open = VecDeque::new();
    target.repeat(Duration::from_millis(5), || {
        open.extend(target.connect());
        if open.len() > OPEN {
            open.pop_front();
        }
    });
}

/// Heads that arrive one byte at a time.
pub(super) fn slow_heads(target: Target<'_>) {
    drip(target, 100, b"POST / HTTP/1.1\r\nhost: a\r\nx-slow: ");
}

/// Bodies of megabytes that never end.
pub(super) fn slow_bodies(target: Target<'_>) {
    let mut beginning = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9000000\r\n\r\n".to_vec();
    beginning.resize(beginning.len() + 4_000_000, b' ');
    drip(target, 20, &beginning);
}

/// Holds connections with an incomplete request open, and sends one byte at intervals. Replaces connections that
/// the server closes.
fn drip(target: Target<'_>, connections: usize, beginning: &[u8]) {
    let mut open: Vec<TcpStream> = Vec::new();
    target.repeat(Duration::from_millis(200), || {
        open.retain_mut(|stream| stream.write_all(b"a").is_ok());
        for _ in 0..10.min(connections - open.len()) {
            if let Some(mut stream) = target.connect()
                && stream.write_all(beginning).is_ok()
            {
                open.push(stream);
            }
        }
    });
}

/// Many requests whose responses are not read.
pub(super) fn slow_readers(target: Target<'_>) {
    const OPEN: usize = 20;

    let requests = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n".repeat(200);
    let mut open = VecDeque::new();
    target.repeat(Duration::from_millis(100), || {
        if let Some(mut stream) = target.connect() {
            let _ = stream.write_all(&requests);
            open.push_back(stream);
        }
        if open.len() > OPEN {
            open.pop_front();
        }
    });
}

/// Bodies at the server's limit, and beyond it.
pub(super) fn huge_bodies(target: Target<'_>) {
    let lengths = [9_000_000, 20_000_000];
    let mut lengths = lengths.iter().cycle();
    target.repeat(Duration::from_secs(1), || {
        let length = lengths.next().copied().unwrap_or_default();
        let mut request =
            format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n").into_bytes();
        request.resize(request.len() + length, b'[');
        if let Some(mut stream) = target.connect() {
            let _ = stream.write_all(&request);
        }
    });
}
