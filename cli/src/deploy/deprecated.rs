//! Features that Botpress has deprecated, and refuses for new integrations.

use serde_json::Value;

use crate::Outcome;

/// The places of deprecated features in a definition.
pub(super) fn places(definition: &Value) -> Vec<String> {
    let is_on = |item: &Value| item["creation"]["enabled"] == true;
    let user = is_on(&definition["user"]).then(|| "user.creation".to_owned());
    let channels = definition["channels"].as_object().into_iter().flatten();
    let channels = channels
        .filter(|(_, channel)| is_on(&channel["conversation"]))
        .map(|(name, _)| format!("channels.{name}.conversation.creation"));
    user.into_iter().chain(channels).collect()
}

/// Whether a new version may have them, since an earlier one could have: the step between both is not a major one.
pub(super) fn are_inherited(version: &str, previous: Option<&str>) -> bool {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    previous.is_some_and(|previous| major(previous) == major(version))
}

/// The refusal of a new integration.
pub(super) fn refusal(places: &[String]) -> Outcome {
    Outcome::failure(format!(
        "error: Botpress has deprecated {}\n\
         help: remove it, and implement the interfaces `proactive-user` and `proactive-conversation`; or pass \
         `--allow-deprecated`\n",
        places.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn creation_that_is_on_is_found_and_one_that_is_off_is_not() {
        let on = json!({ "creation": { "enabled": true } });
        let off = json!({ "creation": { "enabled": false } });
        let definition = json!({
            "user": on, "channels": { "a": { "conversation": off }, "b": { "conversation": on } },
        });
        let expected = ["user.creation", "channels.b.conversation.creation"];
        assert_eq!(places(&definition), expected);
    }

    #[test]
    fn they_are_inherited_within_a_major_version() {
        assert!(are_inherited("1.2.0", Some("1.1.9")));
        assert!(!are_inherited("2.0.0", Some("1.1.9")));
        assert!(!are_inherited("1.0.0", None));
    }
}
