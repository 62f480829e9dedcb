//! Calls of the generator that survive its panics.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use contexture_codegen::Generator;

/// The outcome of a definition.
#[derive(Clone, Debug)]
pub enum Fate {
    /// The generated file.
    Generated(String),
    /// The first error: its code, and it as a line.
    Refused {
        /// The code.
        code: String,
        /// The place and the message.
        message: String,
    },
    /// The generator panicked, with this message.
    Panicked(String),
}

/// Runs a generator and catches a panic.
#[must_use]
pub fn generate(generator: &Generator) -> Fate {
    match catch_panic(|| generator.generate()) {
        Ok(Ok(generated)) => Fate::Generated(generated.file.contents),
        Ok(Err(diagnostics)) => {
            let first = diagnostics
                .iter()
                .position(contexture_codegen::Diagnostic::is_error);
            let code = first.and_then(|index| diagnostics.iter().nth(index));
            let message =
                first.and_then(|index| diagnostics.one_line_each().into_iter().nth(index));
            Fate::Refused {
                code: code
                    .map(|finding| finding.code().to_owned())
                    .unwrap_or_default(),
                message: message.unwrap_or_default(),
            }
        }
        Err(message) => Fate::Panicked(message),
    }
}

/// A generator for a definition at a path. The folder replaces the address that the JSON Schema Test Suite uses.
#[must_use]
pub fn generator(path: &Path, remotes: Option<&Path>) -> Generator {
    let generator = Generator::new(path);
    match remotes {
        Some(folder) => generator.remote("http://localhost:1234/", folder),
        None => generator,
    }
}

/// The name of the module in a generated file.
#[must_use]
pub fn module_of(code: &str) -> &str {
    let line = code.lines().find_map(|line| line.strip_prefix("pub mod "));
    line.and_then(|line| line.split(' ').next())
        .unwrap_or_default()
}

/// Runs a function and catches a panic.
///
/// # Errors
///
/// Returns the message of a panic.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("a panic without a message").to_owned()
    })
}
