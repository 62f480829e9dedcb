//! Invalid, numerous or large heads.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::Target;

const PAUSE: Duration = Duration::from_millis(50);

/// Batches of requests that are not calls.
pub(super) fn bad_requests(target: Target<'_>) {
    let requests = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n".repeat(20);
    let mut stream = None;
    target.repeat(PAUSE, || {
        let open = match stream.take() {
            Some(open) => Some(open),
            None => target.connect(),
        };
        // A connection is reused once it has returned a response.
        stream = open.filter(|open| exchange(open, &requests));
    });
}

fn exchange(mut stream: &TcpStream, requests: &[u8]) -> bool {
    let mut answers = vec![0; 64 * 1024];
    stream.write_all(requests).is_ok() && stream.read(&mut answers).is_ok_and(|read| read > 0)
}

/// Bytes that are not HTTP.
pub(super) fn malformed(target: Target<'_>) {
    let heads: [&[u8]; 6] = [
        b"\0\0\0\0\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nx-bp-operation: \xff\xfe\r\nhost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    ];
    let mut heads = heads.iter().cycle();
    target.repeat(PAUSE, || {
        if let (Some(mut stream), Some(head)) = (target.connect(), heads.next()) {
            let _ = stream.write_all(head);
        }
    });
}

/// Sends HTTP/2 heads of very many headers, one byte each.
pub(super) fn many_headers(target: Target<'_>) {
    flood(target, 1, 1900);
}

/// Sends HTTP/2 heads of the maximum number and size, one byte for each header.
pub(super) fn large_heads(target: Target<'_>) {
    flood(target, 600, 80);
}

/// Opens the maximum number of requests on each connection. Their bodies never arrive.
fn flood(target: Target<'_>, length: usize, headers: usize) {
    const OPEN: usize = 8;
    const STREAMS: u32 = 100;

    let mut open = Vec::new();
    target.repeat(Duration::from_millis(500), || {
        if let Some(mut stream) = target.connect() {
            let mut frames = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
            push_frame(&mut frames, SETTINGS, 0, 0, &[]);
            for index in 0..STREAMS {
                let block = head(length, headers, index == 0);
                push_frame(&mut frames, HEADERS, END_HEADERS, 2 * index + 1, &block);
            }
            let _ = stream.write_all(&frames);
            open.push(stream);
        }
        if open.len() > OPEN {
            open.remove(0);
        }
    });
}

/// The first header of the connection's own table, by its index.
const INDEXED_FIRST: u8 = 0x80 | 0x3e;

/// An HPACK-encoded head. The first head of a connection defines a header, and the others refer to it by its
/// index.
fn head(length: usize, headers: usize, is_first: bool) -> Vec<u8> {
    // The method POST, the scheme http, the path / and an authority.
    let mut block = vec![0x83, 0x86, 0x84, 0x01, 1, b'a'];
    if is_first {
        block.extend_from_slice(&[0x40, 1, b'x']);
        push_length(&mut block, length);
        block.resize(block.len() + length, b'a');
    }
    block.resize(block.len() + headers, INDEXED_FIRST);
    block
}

/// Writes a length as an HPACK integer with a prefix of seven bits.
fn push_length(block: &mut Vec<u8>, length: usize) {
    const MOST: u8 = 0x7f;

    let Some(mut rest) = length.checked_sub(usize::from(MOST)) else {
        block.push(u8::try_from(length).unwrap_or_default());
        return;
    };
    block.push(MOST);
    while rest > usize::from(MOST) {
        block.push(u8::try_from(rest & 0x7f).unwrap_or_default() | 0x80);
        rest >>= 7;
    }
    block.push(u8::try_from(rest).unwrap_or_default());
}

const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const END_HEADERS: u8 = 4;

fn push_frame(frames: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    let length = u32::try_from(payload.len())
        .unwrap_or_default()
        .to_be_bytes();
    frames.extend_from_slice(&length[1..]);
    frames.extend_from_slice(&[kind, flags]);
    frames.extend_from_slice(&stream.to_be_bytes());
    frames.extend_from_slice(payload);
}
