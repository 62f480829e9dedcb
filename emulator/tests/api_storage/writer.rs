//! The process that writes until it is killed. It prints a line for each write that the API has acknowledged.

use std::io::{StdoutLock, Write as _};
use std::path::Path;

use contexture_emulator::api::Api;
use serde_json::json;

use crate::bench::{INTEGRATION, create_message, open, participants, send, upload};

/// Writes messages in one thread, and states and files in another.
pub(crate) fn write(folder: &Path, run: &str) {
    let api = open(folder);
    let participants = participants(&api);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0_u64.. {
                let text = format!("{run}-{number}");
                let id = create_message(&api, &participants, &text);
                acknowledge(&format!("message {id} {text}"));
            }
        });
        scope.spawn(|| {
            for number in 0_u64.. {
                write_state(&api, run, number);
                write_file(&api, run, number);
            }
        });
    });
}

fn write_state(api: &Api, run: &str, number: u64) {
    let path = format!("/v1/chat/states/integration/{INTEGRATION}/counter");
    send(api, "POST", &path, &json!({ "payload": { run: number } }));
    acknowledge(&format!("state {run} {number}"));
}

fn write_file(api: &Api, run: &str, number: u64) {
    let key = format!("{run}-{}", number % 10);
    let file = send(api, "PUT", "/v1/files", &json!({ "key": key, "size": 1 }));
    let content = format!("{run} {number}");
    upload(api, &file["file"], &content);
    acknowledge(&format!("file {key} {number}"));
}

/// Prints a line at once. The reader may be gone.
fn acknowledge(line: &str) {
    let mut out: StdoutLock<'_> = std::io::stdout().lock();
    drop(writeln!(out, "{line}"));
    drop(out.flush());
}
