//! A mock of Telegram's Bot API. It rejects the same requests as Telegram.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::rich_text::utf16_len;

/// The content of every file.
pub(super) const CONTENT: &[u8] = b"\x89the content of a file\xff";

/// A call of a method.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApiCall {
    pub(super) method: String,
    pub(super) parameters: Value,
}

/// Clones share the recorded calls.
#[derive(Clone, Default)]
pub(super) struct BotApi {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    tokens: Vec<String>,
    calls: Vec<ApiCall>,
    refusals: HashMap<String, VecDeque<Value>>,
}

impl BotApi {
    /// Starts it on a free port, with bots of these tokens, and returns its address.
    pub(super) async fn start(tokens: &[&str]) -> (Self, String) {
        let this = Self::default();
        this.shared().tokens = tokens.iter().map(ToString::to_string).collect();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = this.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                let service = service_fn(move |request| {
                    let server = server.clone();
                    async move { Ok::<_, Infallible>(server.respond(request).await) }
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
        (this, address)
    }

    /// Rejects the next call of a method. Several calls of this function reject several calls.
    pub(super) fn refuse(&self, method: &str, code: u16, description: &str) {
        let refusal = json!({ "ok": false, "error_code": code, "description": description });
        self.refuse_with(method, refusal);
    }

    pub(super) fn refuse_with(&self, method: &str, refusal: Value) {
        let mut shared = self.shared();
        shared
            .refusals
            .entry(method.to_owned())
            .or_default()
            .push_back(refusal);
    }

    /// Takes the recorded calls.
    pub(super) fn take_calls(&self) -> Vec<ApiCall> {
        std::mem::take(&mut self.shared().calls)
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let body = request.into_body().collect().await.unwrap().to_bytes();
        if let Some(rest) = path.strip_prefix("/file/bot") {
            let (token, _) = rest.split_once('/').unwrap();
            let is_known = self.shared().tokens.iter().any(|known| known == token);
            assert!(is_known, "a file was requested with another token");
            return Response::new(Full::new(Bytes::from_static(CONTENT)));
        }
        let answer = self.answer(&path, &serde_json::from_slice(&body).unwrap_or_default());
        let code = answer["error_code"].as_u64().unwrap_or(200);
        let mut response = Response::new(Full::new(Bytes::from(answer.to_string())));
        *response.status_mut() = StatusCode::from_u16(code.try_into().unwrap()).unwrap();
        response
    }

    fn answer(&self, path: &str, parameters: &Value) -> Value {
        let mut shared = self.shared();
        let (token, method) = path.trim_start_matches("/bot").split_once('/').unwrap();
        if !shared.tokens.iter().any(|known| known == token) {
            return refusal(401, "Unauthorized");
        }
        shared.calls.push(ApiCall {
            method: method.to_owned(),
            parameters: parameters.clone(),
        });
        let queued = shared
            .refusals
            .get_mut(method)
            .and_then(VecDeque::pop_front);
        if let Some(refusal) = queued {
            return refusal;
        }
        if let Some(problem) = problem(method, parameters) {
            return refusal(400, &format!("Bad Request: {problem}"));
        }
        let result = result(method, token, parameters, shared.calls.len());
        match result {
            Some(result) => json!({ "ok": true, "result": result }),
            None => refusal(404, "Not Found"),
        }
    }
}

fn refusal(code: u16, description: &str) -> Value {
    json!({ "ok": false, "error_code": code, "description": description })
}

fn result(method: &str, token: &str, parameters: &Value, count: usize) -> Option<Value> {
    let (id, _) = token.split_once(':')?;
    let id: u64 = id.parse().ok()?;
    Some(match method {
        "getMe" => {
            json!({ "id": id, "is_bot": true, "first_name": "A bot", "username": format!("bot_{id}") })
        }
        "setWebhook"
        | "deleteWebhook"
        | "sendChatAction"
        | "setMessageReaction"
        | "answerCallbackQuery" => {
            json!(true)
        }
        "getFile" => {
            let file_id = parameters["file_id"].as_str()?;
            json!({ "file_id": file_id, "file_unique_id": "u", "file_path": format!("files/{file_id}") })
        }
        "sendMessage" | "sendPhoto" | "sendAudio" | "sendVoice" | "sendVideo" | "sendDocument"
        | "sendLocation" | "sendVenue" => {
            json!({ "message_id": 1000 + count, "date": 0, "chat": { "id": parameters["chat_id"] } })
        }
        _ => return None,
    })
}

/// The reason for which Telegram rejects the parameters.
fn problem(method: &str, parameters: &Value) -> Option<&'static str> {
    if method == "getFile" && parameters["file_id"] == "too-large.zip" {
        return Some("file is too big");
    }
    if !method.starts_with("send") || method == "sendChatAction" {
        return None;
    }
    let text = parameters["text"].as_str();
    if method == "sendMessage" && text.is_none_or(|text| text.trim().is_empty()) {
        return Some("message text is empty");
    }
    if utf16_len(text.unwrap_or_default()) > 4096 {
        return Some("message is too long");
    }
    let caption = parameters["caption"].as_str().unwrap_or_default();
    if utf16_len(caption) > 1024 {
        return Some("message caption is too long");
    }
    for (text, entities) in [
        (text.unwrap_or_default(), "entities"),
        (caption, "caption_entities"),
    ] {
        let ends = parameters[entities].as_array().into_iter().flatten();
        let mut ends = ends.map(|entity| {
            entity["offset"]
                .as_u64()?
                .checked_add(entity["length"].as_u64()?)
        });
        if !ends.all(|end| end.is_some_and(|end| end <= utf16_len(text) as u64)) {
            return Some("entity is beyond the end of the text");
        }
    }
    let rows = parameters["reply_markup"]["inline_keyboard"].as_array();
    let buttons: Vec<_> = rows
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .collect();
    let is_right =
        |button: &&Value| match (button["url"].as_str(), button["callback_data"].as_str()) {
            (Some(url), None) => url.starts_with("https://"),
            (None, Some(data)) => (1..=64).contains(&data.len()),
            _ => false,
        };
    (buttons.len() > 100 || !buttons.iter().all(is_right)).then_some("BUTTON_DATA_INVALID")
}
