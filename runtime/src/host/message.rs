//! The format of messages and orders.
//!
//! A head of lines of text, as HTTP/1.1 has it, and a body of bytes. A message has an empty line between the two. An order
//! begins with the lengths of the two, each in 4 bytes, little-endian.
//!
//! ```text
//! call 7 POST /path?query          response 7 200
//! x-bot-id: bot_1                  content-type: text/plain
//!
//! {"type":"hello"}                 fetch 3 POST https://api.botpress.cloud/v1/chat/messages
//!                                  authorization: Bearer …
//! answer 3 200
//! content-type: application/json   sleep 4 1500
//!
//! {"message":{}}                   cancel 3
//!
//! failure 3 unreached
//!
//! getaddrinfo ENOTFOUND
//!
//! woken 4
//! ```

use std::io::Write as _;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What the program sends.
#[derive(Debug)]
pub(super) enum Message {
    Call {
        id: u32,
        request: Request<Bytes>,
    },
    Answer {
        id: u32,
        response: Response<Bytes>,
    },
    Failure {
        id: u32,
        problem: String,
        reached: bool,
    },
    Woken {
        id: u32,
    },
}

/// What the program carries out.
pub(super) enum Order<'a> {
    Response {
        id: u32,
        response: &'a Response<Bytes>,
    },
    Fetch {
        id: u32,
        request: &'a Request<Bytes>,
    },
    Sleep {
        id: u32,
        milliseconds: u64,
    },
    Cancel {
        id: u32,
    },
}

impl Message {
    /// Reads a message. Returns `None` if it has another format.
    pub(super) fn read(message: &Bytes) -> Option<Self> {
        let end = message.windows(2).position(|two| two == b"\n\n")?;
        let body = message.slice(end + 2..);
        let head = str::from_utf8(&message[..end]).ok()?;
        let (first, headers) = head.split_once('\n').unwrap_or((head, ""));
        let mut words = first.splitn(4, ' ');
        let (kind, id) = (words.next()?, words.next()?.parse().ok()?);
        Some(match kind {
            "call" => {
                let (method, address) = (words.next()?, words.next()?);
                let mut request = Request::new(body);
                *request.method_mut() = method.parse().unwrap_or(Method::POST);
                *request.uri_mut() = read_address(address);
                *request.headers_mut() = read_headers(headers);
                Self::Call { id, request }
            }
            "answer" => {
                let mut response = Response::new(body);
                *response.status_mut() = StatusCode::from_bytes(words.next()?.as_bytes()).ok()?;
                *response.headers_mut() = read_headers(headers);
                Self::Answer { id, response }
            }
            "failure" => Self::Failure {
                id,
                problem: String::from_utf8_lossy(&body).into_owned(),
                reached: words.next()? == "reached",
            },
            "woken" => Self::Woken { id },
            _ => return None,
        })
    }
}

/// What an address cannot contain. The program passes on what a server may have decoded.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn read_address(address: &str) -> Uri {
    let address = address
        .parse()
        .or_else(|_| utf8_percent_encode(address, ADDRESS).to_string().parse());
    address.unwrap_or_else(|_| Uri::from_static("/"))
}

/// Reads headers, without those that HTTP does not allow.
fn read_headers(lines: &str) -> HeaderMap {
    let header = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, value))
    };
    lines.split('\n').filter_map(header).collect()
}

impl Order<'_> {
    /// Appends the order.
    pub(super) fn write(&self, to: &mut Vec<u8>) {
        let start = to.len();
        to.extend_from_slice(&[0; 2 * LENGTH]);
        // Writing to a vector cannot fail.
        let _ = match self {
            Self::Response { id, response } => {
                write!(to, "response {id} {}", response.status().as_u16())
            }
            Self::Fetch { id, request } => {
                write!(to, "fetch {id} {} {}", request.method(), request.uri())
            }
            Self::Sleep { id, milliseconds } => write!(to, "sleep {id} {milliseconds}"),
            Self::Cancel { id } => write!(to, "cancel {id}"),
        };
        let (headers, body) = match self {
            Self::Response { response, .. } => (Some(response.headers()), response.body().as_ref()),
            Self::Fetch { request, .. } => (Some(request.headers()), request.body().as_ref()),
            Self::Sleep { .. } | Self::Cancel { .. } => (None, [].as_slice()),
        };
        for (name, value) in headers.into_iter().flatten() {
            let _ = write!(to, "\n{name}: ");
            to.extend_from_slice(value.as_bytes());
        }
        let head = to.len() - start - 2 * LENGTH;
        to.extend_from_slice(body);
        for (place, length) in [head, body.len()].into_iter().enumerate() {
            let length = u32::try_from(length).expect("the memory of a module has 4 GiB");
            let place = start + place * LENGTH;
            to[place..place + LENGTH].copy_from_slice(&length.to_le_bytes());
        }
    }
}

/// The number of bytes of a length.
const LENGTH: usize = size_of::<u32>();

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Message> {
        Message::read(&text.to_owned().into())
    }

    #[test]
    fn a_call_has_a_method_an_address_headers_and_a_body() {
        let text =
            "call 7 PUT /a b?c=é#\nx-bot-id: bot_1\nempty: \nnot a header\nx-a: é: 1\n\n\n\n{}";
        let Some(Message::Call { id: 7, request }) = read(text) else {
            panic!("it is a call");
        };
        assert_eq!(request.method(), Method::PUT);
        assert_eq!(request.uri().path(), "/a%20b");
        assert_eq!(request.headers().len(), 3);
        assert_eq!(request.headers()["empty"], "");
        assert_eq!(request.headers()["x-a"].as_bytes(), "é: 1".as_bytes());
        assert_eq!(request.body(), "\n\n{}");
    }

    #[test]
    fn outcomes_are_read_with_their_number() {
        let Some(Message::Answer { id: 1, response }) = read("answer 1 503\nretry-after: 2\n\n")
        else {
            panic!("it is an answer");
        };
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "2");
        assert!(response.body().is_empty());
        let failure = |text| match read(text) {
            Some(Message::Failure {
                id: 2,
                problem,
                reached,
            }) => (problem, reached),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            failure("failure 2 unreached\n\nrefused"),
            ("refused".to_owned(), false)
        );
        assert!(failure("failure 2 reached\n\n").1);
        assert!(matches!(
            read("woken 3\n\n"),
            Some(Message::Woken { id: 3 })
        ));
        for text in [
            "",
            "woken 3",
            "woken x\n\n",
            "answer 1 99\n\n",
            "other 1\n\n",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn orders_follow_each_other_with_their_lengths() {
        let response = Response::builder()
            .status(201)
            .header("x-a", "b")
            .body("made".into())
            .unwrap();
        let request = Request::get("https://api.test/x?y")
            .body(Bytes::new())
            .unwrap();
        let mut written = Vec::new();
        Order::Response {
            id: 1,
            response: &response,
        }
        .write(&mut written);
        Order::Fetch {
            id: 2,
            request: &request,
        }
        .write(&mut written);
        Order::Sleep {
            id: 3,
            milliseconds: 10,
        }
        .write(&mut written);
        Order::Cancel { id: 2 }.write(&mut written);
        let mut left = written.as_slice();
        let mut orders = Vec::new();
        while let Some((lengths, rest)) = left.split_first_chunk::<8>() {
            let [head, body] = [&lengths[..4], &lengths[4..]]
                .map(|four| u32::from_le_bytes(four.try_into().unwrap()) as usize);
            let text = String::from_utf8(rest[..head + body].to_vec()).unwrap();
            orders.push((text[..head].to_owned(), text[head..].to_owned()));
            left = &rest[head + body..];
        }
        let orders: Vec<_> = orders
            .iter()
            .map(|(head, body)| (head.as_str(), body.as_str()))
            .collect();
        let expected = [
            ("response 1 201\nx-a: b", "made"),
            ("fetch 2 GET https://api.test/x?y", ""),
            ("sleep 3 10", ""),
            ("cancel 2", ""),
        ];
        assert_eq!(orders, expected);
    }
}
