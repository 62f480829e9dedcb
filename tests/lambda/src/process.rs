//! The process of a function.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

use super::RuntimeApi;

/// A running function, with the variables that Lambda sets. It ends when this is dropped.
#[derive(Debug)]
pub struct FunctionProcess {
    child: Child,
    output: Lines<BufReader<ChildStdout>>,
    errors: Lines<BufReader<ChildStderr>>,
}

impl FunctionProcess {
    /// Starts a program as a function. It gets no other variables than these and those of Lambda.
    ///
    /// # Errors
    ///
    /// Returns an error if the program cannot be started.
    pub fn start(program: &Path, api: &RuntimeApi, variables: &[(&str, &str)]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .env_clear()
            .envs(variables.iter().copied())
            .env("AWS_LAMBDA_RUNTIME_API", api.address().to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "integration")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/integration")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || io::Error::other("the output of the function is not piped");
        let output = child.stdout.take().ok_or_else(missing)?;
        let errors = child.stderr.take().ok_or_else(missing)?;
        Ok(Self {
            child,
            output: BufReader::new(output).lines(),
            errors: BufReader::new(errors).lines(),
        })
    }

    /// Returns the process id while the function runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for a line of the standard output that contains a text.
    ///
    /// # Errors
    ///
    /// Returns an error with all lines before the end of the output, if there is no such line.
    pub async fn output_line(&mut self, text: &str) -> io::Result<String> {
        line_with(&mut self.output, text).await
    }

    /// Waits for a line of the standard error that contains a text.
    ///
    /// # Errors
    ///
    /// Returns an error with all lines before the end of the output, if there is no such line.
    pub async fn error_line(&mut self, text: &str) -> io::Result<String> {
        line_with(&mut self.errors, text).await
    }

    /// Waits until the function ends.
    ///
    /// # Errors
    ///
    /// Returns an error if the process cannot be waited for.
    pub async fn ended(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Ends the function; gives all that it has written and that was not read, both streams one after the other.
    ///
    /// # Errors
    ///
    /// Returns an error if the streams cannot be read.
    pub async fn end(mut self) -> io::Result<String> {
        self.child.kill().await?;
        let mut rest = String::new();
        while let Some(line) = self.output.next_line().await? {
            rest.extend([&line, "\n"]);
        }
        while let Some(line) = self.errors.next_line().await? {
            rest.extend([&line, "\n"]);
        }
        Ok(rest)
    }
}

async fn line_with<R: tokio::io::AsyncBufRead + Unpin>(
    lines: &mut Lines<R>,
    text: &str,
) -> io::Result<String> {
    let mut others = String::new();
    while let Some(line) = lines.next_line().await? {
        if line.contains(text) {
            return Ok(line);
        }
        others.extend([&line, "\n"]);
    }
    Err(io::Error::other(format!("no line has `{text}`:\n{others}")))
}
