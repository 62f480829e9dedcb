//! The calls to the servers.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{fs, io};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::server::work_folder;

/// A call that is repeated.
pub(crate) struct Call {
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    /// The expected response of every server, to the byte.
    answer: String,
}

impl Call {
    /// The action `hello`, with a primary configuration.
    pub(crate) fn hello() -> Self {
        Self::action("hello", &json!({ "name": "Ada" }), "key")
    }

    /// An action that greets the name in its input, with a primary configuration.
    pub(crate) fn action(kind: &str, input: &Value, api_key: &str) -> Self {
        let configuration = json!({ "apiKey": api_key, "region": "eu", "debug": true });
        let name = input["name"].as_str().unwrap_or_default();
        let output = json!({ "message": format!("hello {name}"), "configurationType": null });
        let body = json!({ "type": kind, "input": input });
        let answer = json!({ "output": output, "meta": { "cost": 0.5 } });
        Self::new("action_triggered", &configuration, &body, &answer)
    }

    /// A message of thirty fields and about 20 kB.
    pub(crate) fn form() -> Self {
        Self::message("form", &form())
    }

    /// A message of a type.
    pub(crate) fn message(name: &str, payload: &Value) -> Self {
        let time = "2026-01-01T00:00:00.000Z";
        let body = json!({
            "type": name,
            "payload": payload,
            "conversation": { "id": "conv_1", "channel": "channel", "tags": { "id": "c" }, "createdAt": time, "updatedAt": time },
            "user": { "id": "user_1", "tags": { "id": "u" }, "createdAt": time, "updatedAt": time },
            "message": {
                "id": "msg_1", "type": name, "payload": {}, "direction": "outgoing", "userId": "user_1",
                "conversationId": "conv_1", "tags": {}, "createdAt": time, "updatedAt": time,
            },
        });
        Self::new("message_created", &json!({}), &body, &json!({}))
    }

    /// A request that reached the webhook.
    pub(crate) fn webhook(path: &str, query: &str, body: &str) -> Self {
        let request =
            json!({ "method": "POST", "path": path, "query": query, "headers": {}, "body": body });
        let body = json!({ "req": request });
        Self::new("webhook_received", &json!({}), &body, &json!({}))
    }

    fn new(operation: &str, configuration: &Value, body: &Value, answer: &Value) -> Self {
        let configuration = BASE64_STANDARD.encode(configuration.to_string());
        Self {
            headers: vec![
                ("x-bot-id", "bot_1".to_owned()),
                ("x-bot-user-id", "botuser_1".to_owned()),
                ("x-integration-id", "intg_1".to_owned()),
                ("x-integration-alias", "me/integration".to_owned()),
                ("x-webhook-id", "wh_1".to_owned()),
                ("x-bp-operation", operation.to_owned()),
                ("x-bp-configuration", configuration),
                ("content-type", "application/json".to_owned()),
            ],
            body: body.to_string(),
            answer: answer.to_string(),
        }
    }

    /// Whether a response has the expected bytes, so that all compared servers do the same work.
    pub(crate) fn accepts(&self, answer: &str) -> bool {
        answer == self.answer
    }

    fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The call in HTTP/1.1.
    pub(crate) fn to_http(&self) -> Vec<u8> {
        let mut text = "POST / HTTP/1.1\r\nhost: localhost\r\n".to_owned();
        for (name, value) in &self.headers {
            write!(text, "{name}: {value}\r\n").expect("writing to a string does not fail");
        }
        write!(text, "content-length: {}\r\n\r\n", self.body.len())
            .expect("writing to a string does not fail");
        text.push_str(&self.body);
        text.into_bytes()
    }

    /// Writes a wrk script that makes the call and prints the counts.
    pub(crate) fn write_script(&self, name: &str) -> io::Result<PathBuf> {
        let mut script = self.head();
        writeln!(script, "wrk.body = [==[{}]==]", self.body)
            .expect("writing to a string does not fail");
        write_file(name, &(script + PRINT))
    }

    /// The start of a wrk script: the method and the headers.
    fn head(&self) -> String {
        let mut script = "wrk.method = \"POST\"\n".to_owned();
        for (name, value) in &self.headers {
            writeln!(script, "wrk.headers[\"{name}\"] = \"{value}\"")
                .expect("writing to a string does not fail");
        }
        script
    }

    /// Writes the body to a file.
    pub(crate) fn write_body(&self, name: &str) -> io::Result<PathBuf> {
        let path = work_folder()?.join(format!("{name}.json"));
        fs::write(&path, &self.body)?;
        Ok(path)
    }
}

/// Prints the counts of a run of wrk.
const PRINT: &str = "done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(\"counted %d %d %d\\n\", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout))
end
";

/// Makes the calls in turns.
const TURNS: &str = "local requests, at = {}, 0
init = function()
  for index, call in ipairs(calls) do
    wrk.headers[\"x-bp-configuration\"] = call[1]
    requests[index] = wrk.format(nil, nil, nil, call[2])
  end
end
request = function()
  at = at % #requests + 1
  return requests[at]
end
";

/// Writes a wrk script that makes calls in turns. They differ in their configurations and bodies alone.
pub(crate) fn write_turns(name: &str, calls: &[Call]) -> io::Result<PathBuf> {
    let mut script = calls.first().map(Call::head).unwrap_or_default();
    script.push_str("local calls = {\n");
    for call in calls {
        let configuration = call.header("x-bp-configuration");
        writeln!(
            script,
            "  {{ \"{configuration}\", [==[{}]==] }},",
            call.body
        )
        .expect("writing to a string does not fail");
    }
    script.push_str("}\n");
    write_file(name, &(script + TURNS + PRINT))
}

fn write_file(name: &str, script: &str) -> io::Result<PathBuf> {
    let path = work_folder()?.join(format!("{name}.lua"));
    fs::write(&path, script)?;
    Ok(path)
}

/// A value for every field of the message that `definition.yaml` declares.
fn form() -> Value {
    let lines: Vec<_> = (0..60)
        .map(|index| json!({ "sku": format!("SKU-{index:05}"), "title": text(90), "quantity": index % 7 + 1, "price": f64::from(index) * 1.25 + 0.99 }))
        .collect();
    let labels: Vec<_> = (0..60).map(|index| format!("label-{index}")).collect();
    let measurements: Vec<_> = (0..150).map(|index| f64::from(index) * 0.37).collect();
    let attributes: serde_json::Map<_, _> = (0..40)
        .map(|index| (format!("attribute{index}"), json!(text(24))))
        .collect();
    json!({
        "subject": text(80), "summary": text(1200), "description": text(3800), "reporter": text(30),
        "assignee": text(30), "department": text(30), "location": text(60), "address": text(400),
        "phone": "+1 555 0100", "reference": text(40), "email": "ada@example.com", "replyTo": "support@example.com",
        "website": "https://example.com/a?b=c", "openedAt": "2026-01-01T00:00:00.000Z", "dueAt": "2026-02-01T12:30:00+02:00",
        "requestId": "123e4567-e89b-12d3-a456-426614174000", "orderNumber": "ABC-123456", "priority": "high",
        "state": "open", "attempts": 3, "quantity": 12, "price": 199.99, "score": 0.75, "urgent": true,
        "archived": false, "labels": labels, "measurements": measurements, "lines": lines,
        "customer": { "id": "cus_1", "name": text(30), "company": null }, "attributes": attributes,
    })
}

/// A text of at least this many bytes, with characters that JSON or UTF-8 encode in several bytes.
fn text(length: usize) -> String {
    const WORDS: [&str; 6] = ["lorem", "ipsum", "dolor", "\"sit\"", "été", "amet\n"];

    let mut text = String::new();
    for word in WORDS.iter().cycle() {
        text.push_str(word);
        if text.len() >= length {
            break;
        }
        text.push(' ');
    }
    text
}
