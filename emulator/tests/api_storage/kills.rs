//! Kills a process that writes, again and again, and looks for everything that was acknowledged.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use contexture_emulator::api::Api;
use serde_json::{Value, json};

use crate::bench::{INTEGRATION, download, open, participants, send};

/// The fewest and the most acknowledged writes before a kill.
const WRITES: (u64, u64) = (5, 300);

/// What was acknowledged before a kill.
#[derive(Default)]
struct Acknowledged {
    /// The texts of messages, by id.
    messages: BTreeMap<String, String>,
    /// The last number of the state.
    state: Option<u64>,
    /// The last number of each file, by key.
    files: BTreeMap<String, u64>,
}

pub(crate) fn run(kills: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all = BTreeMap::new();
    let mut writes = 0;
    for kill in 0..kills {
        let run = format!("run{kill}");
        let acknowledged = kill_a_writer(folder.path(), &run);
        let api = open(folder.path());
        check(&api, &run, &acknowledged);
        writes += acknowledged.messages.len();
        all.extend(acknowledged.messages);
    }
    let api = open(folder.path());
    for (id, text) in &all {
        check_message(&api, id, text);
    }
    check_counts(&api, folder.path());
    println!("{kills} kills, {writes} acknowledged messages, nothing lost");
}

fn kill_a_writer(folder: &Path, run: &str) -> Acknowledged {
    let mut writer = Command::new(std::env::current_exe().expect("this program"))
        .arg("--writer")
        .arg(folder)
        .arg(run)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a writer");
    let acknowledged = read_and_kill(&mut writer, run);
    let status = writer.wait().expect("the status of the writer");
    assert!(!status.success(), "the writer was killed");
    acknowledged
}

/// Reads until a number of writes is acknowledged, kills the writer, and reads what it had printed.
fn read_and_kill(writer: &mut Child, run: &str) -> Acknowledged {
    let out = writer.stdout.take().expect("the output of the writer");
    let mut lines = BufReader::new(out).lines();
    let mut acknowledged = Acknowledged::default();
    for _ in 0..random(WRITES.0, WRITES.1) {
        let line = lines.next().expect("the writer runs").expect("a line");
        acknowledged.note(&line, run);
    }
    writer.kill().expect("the writer is killed");
    for line in lines {
        acknowledged.note(&line.expect("a line"), run);
    }
    acknowledged
}

impl Acknowledged {
    /// Notes a line. The last one may be cut off.
    fn note(&mut self, line: &str, run: &str) {
        let words: Vec<_> = line.split(' ').collect();
        match words.as_slice() {
            ["message", id, text] => {
                self.messages.insert((*id).to_owned(), (*text).to_owned());
            }
            ["state", named, number] if *named == run => self.state = number.parse().ok(),
            ["file", key, number] => {
                if let Ok(number) = number.parse() {
                    self.files.insert((*key).to_owned(), number);
                }
            }
            _ => {}
        }
    }
}

fn check(api: &Api, run: &str, acknowledged: &Acknowledged) {
    for (id, text) in &acknowledged.messages {
        check_message(api, id, text);
    }
    if let Some(number) = acknowledged.state {
        let path = format!("/v1/chat/states/integration/{INTEGRATION}/counter");
        let state = send(api, "GET", &path, &Value::Null);
        let stored = state["state"]["payload"][run].as_u64();
        assert!(
            stored >= Some(number),
            "the state is {stored:?}, and {number} was acknowledged"
        );
    }
    for (key, number) in &acknowledged.files {
        check_file(api, run, key, *number);
    }
}

fn check_message(api: &Api, id: &str, text: &str) {
    let message = send(api, "GET", &format!("/v1/chat/messages/{id}"), &Value::Null);
    assert_eq!(message["message"]["payload"], json!({ "text": text }));
    assert_eq!(message["message"]["tags"], json!({ "id": text }));
}

/// A file has the acknowledged content, or one that was written later and not acknowledged.
fn check_file(api: &Api, run: &str, key: &str, number: u64) {
    let file = send(api, "GET", &format!("/v1/files/{key}"), &Value::Null);
    let file = &file["file"];
    if file["status"] != "upload_completed" {
        // It was described again, and the kill came before the upload.
        return;
    }
    let content = download(api, file);
    let accepted = [number, number + 10].map(|number| format!("{run} {number}"));
    let content = String::from_utf8_lossy(&content);
    assert!(
        accepted.iter().any(|accepted| *accepted == content),
        "{key}: {content}"
    );
}

/// The count of the conversation is that of its messages, and the database is sound.
fn check_counts(api: &Api, folder: &Path) {
    let (_, conversation) = participants(api);
    let conversation = conversation.as_str().expect("an id");
    let path = format!("/v1/chat/conversations/{conversation}");
    let counted = send(api, "GET", &path, &Value::Null)["conversation"]["messageCount"].clone();
    let database = rusqlite::Connection::open(folder.join("emulator.sqlite")).expect("a database");
    let stored: i64 = database
        .query_row("SELECT count(*) FROM messages", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(counted, stored);
    let integrity: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("a check");
    assert_eq!(integrity, "ok");
}

fn random(fewest: u64, most: u64) -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("random numbers");
    fewest + u64::from_le_bytes(bytes) % (most - fewest)
}
