//! What a session says.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use contexture_emulator::platform::Instance;
use contexture_emulator::program::LogLevel;

use super::build::Built;
use super::configuration::{MADE_UP, made_up, told};
use super::log_line;
use super::ports;
use super::session::Session;

/// How many lines of a program are repeated when it ends.
const LAST: usize = 12;

impl Session<'_> {
    pub(super) fn say_opened(&mut self) {
        let address = &self.emulator.address;
        let style = self.screen.style;
        let usual = format!(":{}", ports::DEFAULT);
        let in_use = match self.arguments.port {
            None if !address.ends_with(&usual) => {
                format!(" (port {} is in use)", ports::DEFAULT)
            }
            _ => String::new(),
        };
        if let Some(cloud) = &self.cloud {
            let text = format!(
                "{} Botpress calls this through {}; the calls are shown at {}{in_use}; Ctrl-C ends it\n",
                style.bold("contexture dev:"),
                style.bold(&cloud.public_url()),
                style.bold(address)
            );
            return self.screen.say(text);
        }
        let text = format!(
            "{} the emulator of Botpress is at {}{in_use}; Ctrl-C ends it\n",
            style.bold("contexture dev:"),
            style.bold(address)
        );
        self.screen.say(text);
    }

    pub(super) fn say_progress(&mut self, line: &str) {
        let own = format!("({})", self.package.folder.display());
        if !line.ends_with(&own) {
            let text = self.screen.style.dim(line);
            self.screen.say(text + "\n");
        }
    }

    /// Shows a line of the program, and keeps it. Those of a program that was replaced are shown if they matter.
    pub(super) fn say_line(&mut self, line: &str, is_replaced: bool) {
        if line.is_empty() {
            return;
        }
        let line = log_line::read(line, SystemTime::now());
        let matters = line.level.is_some_and(|level| level >= LogLevel::Warn);
        if !is_replaced || matters {
            let level = line.level.map(log_line::name);
            let style = self.screen.style;
            let text = log_line::show(level, &line.message, line.fields.as_ref(), style);
            self.screen.say(text);
        }
        self.emulator.program.add_line(line);
    }

    pub(super) fn say_changed(&mut self, changed: &BTreeSet<PathBuf>) {
        let text = format!(
            "{}; building\n",
            changed_files(&self.package.folder, changed)
        );
        self.screen.say(text);
    }

    pub(super) fn say_unchanged(&mut self, is_same: bool) {
        let what = if is_same {
            "nothing of the program changed"
        } else {
            "the definition changed, the program did not"
        };
        self.screen.say(format!("{what}\n"));
    }

    pub(super) fn say_build_failed(&mut self, output: &str, earlier_serves: bool) {
        let style = self.screen.style;
        let failed = style.red("the build failed");
        let what = if earlier_serves {
            "the earlier program still serves"
        } else {
            "nothing serves yet"
        };
        self.screen
            .say(format!("{output}{failed}; {what}; waiting for a change\n"));
    }

    pub(super) fn say_serving(&mut self, built: &Built, started: Duration) {
        let style = self.screen.style;
        let name = format!("{} {}", built.definition.name(), built.definition.version());
        let text = format!(
            "{} {} (built in {:.1} s, started in {:.1} s)\n",
            style.bold(&name),
            style.green("serves"),
            built.took.as_secs_f64(),
            started.as_secs_f64()
        );
        self.screen.say(text);
    }

    /// Says what became of the instance; the first time, where everything is.
    pub(super) fn say_instance(&mut self, instance: &Instance) {
        let status = told(instance.status.as_str(), instance.reason.as_deref());
        let style = self.screen.style;
        let status = if instance.reason.is_some() {
            style.red(&status)
        } else {
            style.green(&status)
        };
        if self.is_introduced {
            return self.screen.say(format!("the instance is {status}\n"));
        }
        self.is_introduced = true;
        let platform = &self.emulator.platform;
        let text = format!(
            "\n  instance     {} is {status}\n  \
               inspector    {address}/\n  \
               webhook      {}\n  \
               API          {address}/v1\n  \
               integration  {}\n\n  \
             {}in another terminal:  contexture call {}\n\n",
            instance.alias,
            platform.webhook_url(&instance.webhook_id),
            platform.address(),
            made_up_text(&made_up(platform, instance)),
            self.suggested_call(),
            address = self.emulator.address,
        );
        self.screen.say(text);
    }

    fn suggested_call(&self) -> String {
        let definition = self.emulator.platform.definition();
        match definition.actions().next() {
            Some(action) => format!("action {action} --example"),
            None => "ping".to_owned(),
        }
    }

    pub(super) fn say_waiting(&mut self, reason: &str) {
        let style = self.screen.style;
        let text = format!(
            "{} the integration is not configured: {reason}\n  \
             enter the configuration at {}/, or write it into a file and run, in another terminal:\n  \
             contexture dev --configuration FILE\n",
            style.yellow("waiting:"),
            self.emulator.address
        );
        self.screen.say(text);
    }

    pub(super) fn say_failed(&mut self, reason: &str, earlier_serves: bool) {
        let style = self.screen.style;
        let what = if earlier_serves {
            "the earlier program still serves"
        } else {
            "nothing serves"
        };
        let text = format!(
            "{} {reason}\n{what}; waiting for a change\n",
            style.red("error:")
        );
        self.screen.say(text);
    }

    pub(super) fn say_warning(&mut self, warning: &str) {
        let text = format!("{} {warning}\n", self.screen.style.yellow("warning:"));
        self.screen.say(text);
    }
}

/// Which secrets were made up, and how to set them.
fn made_up_text(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!(
        "{} has the made-up value `{MADE_UP}`; `contexture dev --configuration FILE` sets another one\n  ",
        names.join(", ")
    )
}

/// The changed files, the first one by name.
fn changed_files(folder: &Path, changed: &BTreeSet<PathBuf>) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let shown = |path: &PathBuf| {
        path.strip_prefix(&folder)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    match changed.first().map(shown) {
        Some(first) if changed.len() > 1 => {
            format!("{first} and {} more changed", changed.len() - 1)
        }
        Some(first) => format!("{first} changed"),
        None => "files changed".to_owned(),
    }
}

/// Keeps a line of a program, for the case that it ends.
pub(super) fn keep_line(lines: &mut VecDeque<String>, line: &str) {
    if lines.len() == LAST {
        lines.pop_front();
    }
    lines.push_back(log_line::read(line, SystemTime::UNIX_EPOCH).message);
}

/// The last lines of a program, to be told with its end.
pub(super) fn last_lines(lines: &VecDeque<String>) -> String {
    if lines.is_empty() {
        return "; it wrote nothing".to_owned();
    }
    let last: Vec<_> = lines.iter().map(|line| format!("\n  | {line}")).collect();
    format!("; its last lines:{}", last.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_files_are_told_by_the_first() {
        let folder = Path::new("/nowhere/shop");
        let files = |names: &[&str]| names.iter().map(|name| folder.join(name)).collect();
        assert_eq!(
            changed_files(folder, &files(&["src/a.rs"])),
            "src/a.rs changed"
        );
        assert_eq!(
            changed_files(folder, &files(&["b", "a"])),
            "a and 1 more changed"
        );
    }

    #[test]
    fn the_last_lines_are_told_with_an_end() {
        let mut lines = VecDeque::new();
        assert_eq!(last_lines(&lines), "; it wrote nothing");
        for number in 0..=LAST {
            keep_line(&mut lines, &format!("line {number}"));
        }
        let last = last_lines(&lines);
        assert!(
            last.starts_with("; its last lines:\n  | line 1\n"),
            "{last}"
        );
    }
}
