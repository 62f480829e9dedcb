//! A stand-in of AWS Lambda for tests: its Runtime API, the events of a function URL, and the process of a function.
//!
//! The paths, headers and variables are those of "Using the Lambda runtime API for custom runtimes" and "Invoking Lambda
//! function URLs" of AWS's documentation.

mod event;
mod process;
mod runtime_api;

pub use self::event::Event;
pub use self::process::FunctionProcess;
pub use self::runtime_api::{Answer, Outcome, RuntimeApi};
