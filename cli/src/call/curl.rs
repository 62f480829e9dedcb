//! Calls as commands of curl.

use std::fmt::Write as _;

use contexture_emulator::control::BASE;
use serde_json::Value;

use super::direct::DirectCall;
use super::operation::Operation;
use crate::Outcome;
use crate::control::Control;

/// The signature of a body, made by openssl.
const SIGNATURE: &str = r#"TIME=$(date +%s000)
KEY=$( (printf %s "$BP_SIGNING_SECRET" | tr _- /+; printf ==) | base64 -d 2>/dev/null | od -An -v -tx1 | tr -d ' \n')
SIGNATURE=$(printf %s.%s "$TIME" "$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64 | tr /+ _- | tr -d =)
"#;

/// A call by the emulator: a webhook is sent to its address, everything else is asked of the emulator.
pub(super) fn of_control(
    control: &Control,
    operation: &Operation,
    body: &Value,
) -> Result<Outcome, Outcome> {
    if matches!(operation, Operation::Webhook(_)) {
        return webhook(control, body);
    }
    let url = format!("{}{BASE}/call", control.address());
    Ok(printed(format!(
        "curl -sS -X POST {url} \\\n  -H 'content-type: application/json' \\\n  --data-raw {}\n",
        quoted(&body.to_string())
    )))
}

fn webhook(control: &Control, body: &Value) -> Result<Outcome, Outcome> {
    let signed = control.post("/sign", body)?;
    let state = control.state()?;
    let instances = state["instances"].as_array().into_iter().flatten();
    let mut instances = instances.filter(|instance| instance["webhookId"] == body["instance"]);
    let base = instances
        .next()
        .and_then(|instance| instance["webhookUrl"].as_str());
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let path = text("path").trim_end_matches('/');
    let query = match text("query") {
        "" => String::new(),
        query => format!("?{query}"),
    };
    let url = format!("{}{path}{query}", base.unwrap_or_default());
    let mut command = format!("curl -sS -X {} {}", quoted(text("method")), quoted(&url));
    for header in signed["headers"].as_array().into_iter().flatten() {
        let part = |at: usize| header[at].as_str().unwrap_or_default();
        push_header(&mut command, part(0), part(1));
    }
    let data = quoted(signed["body"].as_str().unwrap_or_default());
    // Writing to a string cannot fail.
    let _ = writeln!(command, " \\\n  --data-raw {data}");
    Ok(printed(command))
}

/// A header in quotes of the shell. If its value is the secret itself, that is a variable.
fn shown_header(name: &str, value: &str) -> String {
    if name.eq_ignore_ascii_case("x-telegram-bot-api-secret-token") {
        format!("\"{name}: $WEBHOOK_SECRET\"")
    } else {
        quoted(&format!("{name}: {value}"))
    }
}

/// A call of an address. The configuration and the signing secret are variables.
pub(super) fn of_direct(call: &DirectCall, url: &str, is_signed: bool) -> Outcome {
    let mut command = format!("BODY={}\n", quoted(&call.body));
    command
        .push_str("BP_CONFIGURATION=$(base64 < config.json | tr -d '\\n')  # the configuration\n");
    if is_signed {
        command.push_str(SIGNATURE);
    }
    let _ = write!(command, "curl -sS -X POST {}", quoted(url));
    for (name, value) in &call.headers {
        push_header(&mut command, name, value);
    }
    command.push_str(" \\\n  -H \"x-bp-configuration: $BP_CONFIGURATION\"");
    if is_signed {
        command.push_str(" \\\n  -H \"x-bp-signature: $TIME,$SIGNATURE\"");
    }
    command.push_str(" \\\n  --data-raw \"$BODY\"\n");
    printed(command)
}

fn push_header(command: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = write!(command, " \\\n  -H {}", shown_header(name, value));
}

/// A text in quotes of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn printed(output: String) -> Outcome {
    Outcome {
        output,
        ..Outcome::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_a_body_are_kept_from_the_shell() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn the_secret_of_telegram_is_a_variable() {
        let shown = shown_header("x-telegram-bot-api-secret-token", "hunter2");
        assert_eq!(
            shown,
            "\"x-telegram-bot-api-secret-token: $WEBHOOK_SECRET\""
        );
        assert_eq!(shown_header("x-a", "b"), "'x-a: b'");
    }
}
