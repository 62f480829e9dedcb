//! The interfaces of a definition at Botpress.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Outcome;
use crate::botpress::{AdminClient, Reference};

/// The ids of the interfaces that a definition implements, by their keys: its own, or those of the hub. `progress` gets each
/// step.
///
/// # Errors
///
/// If the hub lacks one, or cannot be asked.
pub(crate) async fn interface_ids(
    client: &AdminClient,
    definition: &Value,
    mut progress: impl FnMut(&str),
) -> Result<BTreeMap<String, String>, Outcome> {
    let mut ids = BTreeMap::new();
    let mut missing = Vec::new();
    for (key, interface) in definition["interfaces"].as_object().into_iter().flatten() {
        let text = |name: &str| interface[name].as_str().unwrap_or_default();
        if !text("id").is_empty() {
            ids.insert(key.clone(), text("id").to_owned());
            continue;
        }
        let which = Reference::named(text("name"), text("version"));
        progress(&format!("looking up the interface {which}"));
        let found = client.find_interface(&which).await;
        let found = found.map_err(|error| error.outcome("an interface cannot be looked up"))?;
        match found.as_ref().and_then(|found| found["id"].as_str()) {
            Some(id) => drop(ids.insert(key.clone(), id.to_owned())),
            None => missing.push(format!("error: Botpress's hub has no interface {which}\n")),
        }
    }
    if missing.is_empty() {
        return Ok(ids);
    }
    let help = "help: `contexture add interface:NAME@VERSION` gets one of the hub; one of your own needs its `id`\n";
    Err(Outcome::failure(missing.concat() + help))
}
