//! An HTTP/1.1 client that sends any bytes, including invalid requests.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The response timeout.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A connection that stays open from request to request.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// A response.
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
    /// Whether the server announced that it closes the connection.
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
    /// Returns an error if no server listens at the address.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        Self::open_for(address, TIMEOUT)
    }

    /// Opens a connection with this timeout for reads and writes.
    ///
    /// # Errors
    ///
    /// Returns an error if no server listens at the address.
    pub fn open_for(address: SocketAddr, timeout: Duration) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, timeout)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(timeout))?;
        stream.set_write_timeout(Some(timeout))?;
        Ok(Self {
            stream,
            received: Vec::new(),
        })
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection is closed.
    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Reads the response to a request with a method other than `HEAD`.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection was closed before the end of the response, or if the bytes are not HTTP.
    pub fn receive(&mut self) -> io::Result<Answer> {
        loop {
            if let Some((answer, length)) = read_answer(&self.received)? {
                self.received.drain(..length);
                return Ok(answer);
            }
            let mut buffer = [0; 16 * 1024];
            match self.stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(length) => self.received.extend_from_slice(&buffer[..length]),
                // A process that this one has started has ended.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Parses a response at the start of the received bytes; returns it with its length, or `None` if it is incomplete.
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

/// Decodes a chunked body; returns it with its length on the wire, or `None` if it is incomplete.
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
