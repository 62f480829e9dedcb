//! Commands to Chromium, and the messages that it sends.

use std::fmt;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{Method, Request, Response};
use serde_json::{Value, json};

use crate::process::Process;

/// Answers the requests of a tab, whatever their address.
pub type Site = Box<dyn FnMut(Request<Bytes>) -> Response<Bytes>>;

/// The kinds of events of a tab.
const DOMAINS: [&str; 4] = ["Page", "Runtime", "Log", "Network"];

/// No name leads to another machine.
const DIRECT: [&str; 2] = ["--no-proxy-server", "--host-resolver-rules=MAP * 127.0.0.1"];

/// The process, with one tab.
pub(crate) struct Chromium {
    process: Process,
    session: Option<String>,
    /// The session of the tab that has opened this one.
    opener: Option<String>,
    last_id: u64,
    site: Site,
    /// What the browser has blocked.
    pub(crate) blocked: Vec<String>,
    /// What the console says of errors.
    pub(crate) errors: Vec<String>,
}

/// Returns whether Chromium is installed: `chromium` in `PATH`, or the program that the variable
/// `CONTEXTURE_CHROMIUM` names.
///
/// # Panics
///
/// Panics in CI (`CI=true`) if it is not installed, because CI must not skip tests.
#[must_use]
pub fn is_available() -> bool {
    let program = program();
    let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        program.is_some() || !is_ci,
        "CI has to walk through the pages, and there is no Chromium: install it, or name it in CONTEXTURE_CHROMIUM"
    );
    program.is_some()
}

fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CONTEXTURE_CHROMIUM") {
        return Some(named.into()).filter(|path: &PathBuf| path.is_file());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&folders).collect();
    let mut programs = folders.iter().flat_map(|folder| {
        ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
    });
    programs.find(|program| program.is_file())
}

impl Chromium {
    /// Starts it with one empty tab, whose requests go to `site`, or to this machine if there is none.
    pub(crate) fn start(site: Option<Site>) -> Self {
        let program = program().expect("Chromium is installed");
        let is_answered = site.is_some();
        let arguments = if is_answered { &[][..] } else { &DIRECT[..] };
        let mut chromium = Self {
            process: Process::start(&program, arguments),
            session: None,
            opener: None,
            last_id: 0,
            site: site.unwrap_or_else(|| Box::new(|_| Response::default())),
            blocked: Vec::new(),
            errors: Vec::new(),
        };
        let target = chromium.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = chromium.call("Target.attachToTarget", &target);
        chromium.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in DOMAINS {
            chromium.call(&format!("{domain}.enable"), &json!({}));
        }
        if is_answered {
            let all = json!({ "patterns": [{ "urlPattern": "*" }] });
            chromium.call("Fetch.enable", &all);
        }
        chromium
    }

    /// Goes to the tab that a script opens, and waits for its page.
    pub(crate) fn go_to_new_tab(&mut self, script: &str) {
        let opener = self.session.take();
        let attach = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        self.call("Target.setAutoAttach", &attach);
        self.session.clone_from(&opener);
        // The tab gets it before the result of the script.
        self.send(
            "Runtime.evaluate",
            &json!({ "expression": script, "userGesture": true }),
        );
        let attached = self.receive_until(|message| {
            message["method"] == "Target.attachedToTarget"
                && message["params"]["targetInfo"]["type"] == "page"
        });
        self.opener = opener;
        self.session = attached["params"]["sessionId"].as_str().map(str::to_owned);
        // The tab waits, and answers when it goes on.
        for domain in DOMAINS {
            self.send(&format!("{domain}.enable"), &json!({}));
        }
        self.send("Runtime.runIfWaitingForDebugger", &json!({}));
        self.wait_for("Page.loadEventFired");
    }

    /// Closes this tab, and goes back to the one that has opened it.
    pub(crate) fn close_new_tab(&mut self) {
        self.call("Page.close", &json!({}));
        self.session = self.opener.take();
    }

    /// Calls a method and returns its result.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        let id = self.send(method, parameters);
        let answer = self.receive_until(|message| message["id"] == id);
        let error = &answer["error"];
        assert!(error.is_null(), "{method}: {error}");
        answer["result"].clone()
    }

    /// Waits for an event.
    pub(crate) fn wait_for(&mut self, event: &str) -> Value {
        self.receive_until(|message| message["method"] == event)["params"].clone()
    }

    fn send(&mut self, method: &str, parameters: &Value) -> u64 {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.process.send(&message);
        self.last_id
    }

    /// Answers requests until a message comes.
    fn receive_until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.process.receive();
            if message["method"] == "Fetch.requestPaused" {
                self.answer(&message["params"]);
            }
            let entry = &message["params"]["entry"];
            if message["method"] == "Log.entryAdded" && entry["source"] == "security" {
                self.blocked.push(entry["text"].to_string());
            }
            self.errors.extend(error_of(&message));
            if is_it(&message) {
                return message;
            }
        }
    }

    fn answer(&mut self, paused: &Value) {
        let response = (self.site)(request_of(&paused["request"]));
        let headers = response.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            json!({ "name": name.as_str(), "value": value })
        });
        let fulfilled = json!({
            "requestId": paused["requestId"],
            "responseCode": response.status().as_u16(),
            "responseHeaders": headers.collect::<Vec<_>>(),
            "body": BASE64_STANDARD.encode(response.body()),
        });
        self.send("Fetch.fulfillRequest", &fulfilled);
    }
}

/// The error that a message tells, if it does.
fn error_of(message: &Value) -> Option<String> {
    let parameters = &message["params"];
    let text = match message["method"].as_str()? {
        "Runtime.exceptionThrown" => &parameters["exceptionDetails"],
        "Runtime.consoleAPICalled" if parameters["type"] == "error" => &parameters["args"],
        "Log.entryAdded" if parameters["entry"]["level"] == "error" => &parameters["entry"]["text"],
        _ => return None,
    };
    Some(text.to_string())
}

fn request_of(sent: &Value) -> Request<Bytes> {
    let text = |name: &str| sent[name].as_str().unwrap_or_default();
    let body = Bytes::from(text("postData").to_owned());
    let mut request = Request::new(body);
    *request.method_mut() = Method::from_bytes(text("method").as_bytes()).expect("a method");
    let (address, _) = text("url").split_once('#').unwrap_or((text("url"), ""));
    *request.uri_mut() = address.parse().expect("an address");
    for (name, value) in sent["headers"].as_object().into_iter().flatten() {
        let name: http::HeaderName = name.parse().expect("the name of a header");
        let value = value.as_str().unwrap_or_default().parse();
        request
            .headers_mut()
            .insert(name, value.expect("the value of a header"));
    }
    request
}

impl fmt::Debug for Chromium {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Chromium").finish_non_exhaustive()
    }
}
