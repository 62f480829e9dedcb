//! The actions: a trait and the types of each.

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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde", deny_unknown_fields)]
pub struct HelloInput {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde", deny_unknown_fields)]
pub struct HelloOutput {
    pub message: String,
    #[serde(rename = "configurationType")]
    pub configuration_type: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde")]
pub struct EchoInput {
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde")]
pub struct EchoOutput {
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde", deny_unknown_fields)]
pub struct FailInput {
    pub how: How,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "contexture::codegen::serde", deny_unknown_fields)]
pub struct FailOutput {
    pub left: i64,
}

payload!(
    HelloInput,
    r#"{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}"#
);
payload!(
    HelloOutput,
    r#"{"type":"object","properties":{"message":{"type":"string"},"configurationType":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["message","configurationType"],"additionalProperties":false}"#
);
payload!(EchoInput, r#"{"type":"object","properties":{"value":{}}}"#);
payload!(EchoOutput, r#"{"type":"object","properties":{"value":{}}}"#);
payload!(
    FailInput,
    r#"{"type":"object","properties":{"how":{"type":"string","enum":["runtime","invalidPayload","forbidden","unexpected","explained","panic","invalidOutput"]},"message":{"type":"string"}},"required":["how","message"],"additionalProperties":false}"#
);
payload!(
    FailOutput,
    r#"{"type":"object","properties":{"left":{"type":"integer","minimum":0}},"required":["left"],"additionalProperties":false}"#
);

schemas!(
    HelloInput,
    HelloOutput,
    EchoInput,
    EchoOutput,
    FailInput,
    FailOutput
);
