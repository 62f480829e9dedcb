//! The process of Chromium, with the pair of pipes that it takes commands from and answers to
//! (`--remote-debugging-pipe`).

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long Chromium may take for an answer before the test fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often Chromium is started before the test fails. On a machine that has just started, it sometimes ends
/// before it answers anything, which says nothing about the page.
const STARTS: usize = 3;

/// What is needed in every test.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--password-store=basic",
    "--hide-scrollbars",
];

/// The running process.
pub(crate) struct Process {
    child: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    /// The profile, and what the process writes to its standard error.
    folder: TempDir,
}

impl Process {
    /// Starts a program that takes the arguments of Chromium, and waits until it answers.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Self {
        let mut ends = Vec::new();
        for _ in 0..STARTS {
            let mut process = Self::spawn(program, arguments);
            match process.greet() {
                Ok(()) => return process,
                Err(end) => ends.push(end),
            }
        }
        panic!("Chromium does not start:\n{}", ends.join("\n"));
    }

    fn spawn(program: &Path, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a profile");
        let errors = File::create(errors_of(&folder)).expect("there is room for a log");
        let mut user_data = OsString::from("--user-data-dir=");
        user_data.push(folder.path().join("profile"));
        // Chromium reads the file 3 and writes the file 4.
        let mut child = Command::new("sh")
            .arg("-c")
            .arg("exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null")
            .arg(program)
            .args(ARGUMENTS)
            .args(arguments)
            .arg(user_data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("there is a shell");
        let input = child.stdin.take().expect("the pipe is open");
        let output = messages_of(child.stdout.take().expect("the pipe is open"));
        Self {
            child,
            input,
            output,
            folder,
        }
    }

    /// Waits for a first answer; returns how the process has ended instead.
    fn greet(&mut self) -> Result<(), String> {
        self.write(&json!({ "id": 0, "method": "Browser.getVersion" }))?;
        self.read().map(drop)
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        self.write(message).unwrap_or_else(|end| panic!("{end}"));
    }

    /// Waits for the next message.
    pub(crate) fn receive(&mut self) -> Value {
        self.read().unwrap_or_else(|end| panic!("{end}"))
    }

    fn write(&mut self, message: &Value) -> Result<(), String> {
        let mut message = message.to_string().into_bytes();
        message.push(0);
        self.input.write_all(&message).map_err(|_| self.end())
    }

    fn read(&mut self) -> Result<Value, String> {
        self.output
            .recv_timeout(PATIENCE)
            .map_err(|problem| match problem {
                RecvTimeoutError::Timeout => format!(
                    "Chromium does not answer within {PATIENCE:?}{}",
                    self.errors()
                ),
                RecvTimeoutError::Disconnected => self.end(),
            })
    }

    /// Says how the process has ended. Its pipes are closed.
    fn end(&mut self) -> String {
        let status = self.child.wait().expect("the process is ours");
        format!("Chromium has ended ({status}){}", self.errors())
    }

    fn errors(&self) -> String {
        let errors = fs::read(errors_of(&self.folder)).unwrap_or_default();
        format!(", and wrote:\n{}", String::from_utf8_lossy(&errors))
    }
}

fn errors_of(folder: &TempDir) -> PathBuf {
    folder.path().join("errors.log")
}

/// Reads messages, which end with a zero byte, until the process ends.
fn messages_of(output: ChildStdout) -> Receiver<Value> {
    let (sender, messages) = channel();
    let mut output = BufReader::new(output);
    thread::spawn(move || {
        let mut message = Vec::new();
        while output
            .read_until(0, &mut message)
            .is_ok_and(|length| length > 0)
        {
            message.pop();
            let value = serde_json::from_slice(&message).expect("Chromium sends JSON");
            message.clear();
            if sender.send(value).is_err() {
                return;
            }
        }
    });
    messages
}

impl Drop for Process {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts a browser that runs a script, after it has noted its start in a file.
    fn start(starts: &Path, script: &str) -> Process {
        let stand_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("stand-in.sh");
        let script = format!("--script=echo >> {}; {script}", starts.display());
        Process::start(&stand_in, &[&script])
    }

    fn starts() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let starts = folder.path().join("starts");
        (folder, starts)
    }

    #[test]
    fn a_browser_that_ends_before_its_first_answer_is_started_again() {
        let (_folder, starts) = starts();
        let script = format!(
            r#"[ "$(wc -l < {})" -gt 1 ] || exit 7
            printf '{{"id":0}}\0{{"id":1}}\0' >&4; exec cat <&3 >/dev/null"#,
            starts.display()
        );
        let mut process = start(&starts, &script);
        assert_eq!(process.receive(), json!({ "id": 1 }));
        assert_eq!(fs::read(starts).unwrap(), b"\n\n");
    }

    #[test]
    #[should_panic(
        expected = "Chromium does not start:\nChromium has ended (exit status: 7), and wrote:\nno room\n"
    )]
    fn a_browser_that_never_answers_fails_the_test_with_its_own_words() {
        let (_folder, starts) = starts();
        start(&starts, "echo no room >&2; exit 7");
    }

    #[test]
    fn a_browser_that_has_answered_is_not_started_again() {
        let (_folder, starts) = starts();
        let mut process = start(
            &starts,
            r#"printf '{"id":0}\0' >&4; echo crash >&2; exit 8"#,
        );
        let end = process.read().unwrap_err();
        assert_eq!(
            end,
            "Chromium has ended (exit status: 8), and wrote:\ncrash\n"
        );
        assert_eq!(fs::read(starts).unwrap(), b"\n");
    }
}
