//! An HTTP/1.1 client that sends any bytes, including invalid requests.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that stays open from request to request.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the server said that it closes the connection.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.header("connection") == Some("close")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// Opens a connection.
    ///
    /// # Errors
    ///
    /// No server listens at the address.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        Self::open_for(address, PATIENCE)
    }

    /// Opens a connection on which an answer may take this time, and a request to be sent.
    ///
    /// # Errors
    ///
    /// Nobody listens there.
    pub fn open_for(address: SocketAddr, patience: Duration) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, patience)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        Ok(Self {
            stream,
            received: Vec::new(),
        })
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// The connection is closed.
    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Reads the answer to a request with a method other than `HEAD`.
    ///
    /// # Errors
    ///
    /// The connection was closed before all of it came, or it is no HTTP.
    pub fn receive(&mut self) -> io::Result<Answer> {
        loop {
            if let Some((answer, length)) = read_answer(&self.received)? {
                self.received.drain(..length);
                return Ok(answer);
            }
            let mut buffer = [0; 16 * 1024];
            match self.stream.read(&mut buffer)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                length => self.received.extend_from_slice(&buffer[..length]),
            }
        }
    }
}

/// Reads an answer off the front of what came, with its length; none if it has not all come yet.
fn read_answer(received: &[u8]) -> io::Result<Option<(Answer, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Response::new(&mut headers);
    let start = match head.parse(received).map_err(io::Error::other)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Ok(None),
    };
    let mut answer = Answer {
        status: head.code.unwrap_or_default(),
        headers: head
            .headers
            .iter()
            .map(|header| {
                let value = String::from_utf8_lossy(header.value).into_owned();
                (header.name.to_ascii_lowercase(), value)
            })
            .collect(),
        body: Vec::new(),
    };
    let rest = &received[start..];
    let body = if answer.header("transfer-encoding") == Some("chunked") {
        read_chunks(rest)?
    } else {
        let length = answer.header("content-length").unwrap_or("0");
        let length = length.parse().map_err(io::Error::other)?;
        rest.get(..length).map(|body| (body.to_vec(), length))
    };
    Ok(body.map(|(body, length)| {
        answer.body = body;
        (answer, start + length)
    }))
}

/// Reads a body in chunks, with the length that it had on the wire; none if it has not all come yet.
fn read_chunks(bytes: &[u8]) -> io::Result<Option<(Vec<u8>, usize)>> {
    const LINE_END: usize = 2;

    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let parsed = httparse::parse_chunk_size(&bytes[at..]);
        let httparse::Status::Complete((line, size)) =
            parsed.map_err(|_| io::Error::other("a chunk has no size"))?
        else {
            return Ok(None);
        };
        let start = at + line;
        let end = start + usize::try_from(size).map_err(io::Error::other)?;
        if bytes.len() < end + LINE_END {
            return Ok(None);
        }
        body.extend_from_slice(&bytes[start..end]);
        at = end + LINE_END;
        if size == 0 {
            return Ok(Some((body, at)));
        }
    }
}
