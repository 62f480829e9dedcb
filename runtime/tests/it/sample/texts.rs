//! The document, which is empty, and the schemas of the payloads.

use super::*;

document!("sample", "1.0.0"; "{}",
    PrimaryConfiguration in super = r#"{"type":"object","properties":{"apiKey":{"type":"string","minLength":1,"x-zui":{"secret":true}},"region":{"type":"string","enum":["us","eu","asia"]},"debug":{"type":"boolean"}},"required":["apiKey","region"],"additionalProperties":false}"#,
    OauthConfiguration in super = r#"{"type":"object","properties":{"clientId":{"type":"string"},"clientSecret":{"type":"string","x-zui":{"secret":true}}},"required":["clientId","clientSecret"],"additionalProperties":false}"#,
    PersonalAccessTokenConfiguration in super = r#"{"type":"object","properties":{"token":{"type":"string","x-zui":{"secret":true}}},"required":["token"],"additionalProperties":false}"#,
    LastWebhookState in super = r#"{"type":"object","properties":{"botId":{"type":"string"},"timestamp":{"type":"string","minLength":1}},"required":["botId","timestamp"],"additionalProperties":false}"#,
    GreetedEvent in super = r#"{"type":"object","properties":{"name":{"type":"string"},"times":{"type":"integer","minimum":1}},"required":["name","times"],"additionalProperties":false}"#,
    AnyObject in super = r#"{"type":"object"}"#,
    HelloInput in actions = r#"{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}"#,
    HelloOutput in actions = r#"{"type":"object","properties":{"message":{"type":"string"},"configurationType":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["message","configurationType"],"additionalProperties":false}"#,
    EchoInput in actions = r#"{"type":"object","properties":{"value":{}}}"#,
    EchoOutput in actions = r#"{"type":"object","properties":{"value":{}}}"#,
    FailInput in actions = r#"{"type":"object","properties":{"how":{"type":"string","enum":["runtime","invalidPayload","forbidden","unexpected","explained","panic","invalidOutput"]},"message":{"type":"string"}},"required":["how","message"],"additionalProperties":false}"#,
    FailOutput in actions = r#"{"type":"object","properties":{"left":{"type":"integer","minimum":0}},"required":["left"],"additionalProperties":false}"#,
    ChannelTextMessage in channels = r#"{"type":"object","properties":{"text":{"type":"string","minLength":1}},"required":["text"],"additionalProperties":false}"#
);
