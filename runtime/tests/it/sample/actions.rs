//! The actions: a trait and types for each.

use super::*;

pub trait Hello: Send + Sync + 'static {
    fn hello(
        &self,
        call: ActionCall<'_, Context>,
        input: HelloInput,
    ) -> impl Future<Output = Result<HelloOutput>> + Send;
}

pub trait Echo: Send + Sync + 'static {
    fn echo(
        &self,
        call: ActionCall<'_, Context>,
        input: EchoInput,
    ) -> impl Future<Output = Result<EchoOutput>> + Send;
}

pub trait Fail: Send + Sync + 'static {
    fn fail(
        &self,
        call: ActionCall<'_, Context>,
        input: FailInput,
    ) -> impl Future<Output = Result<FailOutput>> + Send;
}

#[derive(Clone, Debug, PartialEq)]
pub struct HelloInput {
    pub name: String,
}

object!(HelloInput, name: String = "name");

#[derive(Clone, Debug, PartialEq)]
pub struct HelloOutput {
    pub message: String,
    pub configuration_type: Option<String>,
}

object!(HelloOutput, message: String = "message", configuration_type: Option<String> = "configurationType");

#[derive(Clone, Debug, PartialEq)]
pub struct EchoInput {
    pub extra: Map<String, Value>,
}

object!(EchoInput; ..extra);

#[derive(Clone, Debug, PartialEq)]
pub struct EchoOutput {
    pub extra: Map<String, Value>,
}

object!(EchoOutput; ..extra);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Runtime,
    InvalidPayload,
    Forbidden,
    Unexpected,
    Explained,
    Panic,
    InvalidOutput,
}

strings!(
    How,
    Runtime = "runtime",
    InvalidPayload = "invalidPayload",
    Forbidden = "forbidden",
    Unexpected = "unexpected",
    Explained = "explained",
    Panic = "panic",
    InvalidOutput = "invalidOutput"
);

#[derive(Clone, Debug, PartialEq)]
pub struct FailInput {
    pub how: How,
    pub message: String,
}

object!(FailInput, how: How = "how", message: String = "message");

#[derive(Clone, Debug, PartialEq)]
pub struct FailOutput {
    pub left: i64,
}

object!(FailOutput, left: i64 = "left");
