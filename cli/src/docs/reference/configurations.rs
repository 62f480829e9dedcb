//! Configurations, and how the owner of a bot gets one.

use serde_json::Value;

use super::data::{Item, Section};
use super::items::item;
use super::reader::{Reader, members};
use crate::docs::prose::Prose;
use crate::docs::schema::Shape;

pub(super) fn section(reader: &mut Reader) -> Section {
    let mut items = Vec::new();
    let others = reader.definition["configurations"].as_object();
    let others = others.map_or(0, serde_json::Map::len);
    if let primary @ Value::Object(_) = &reader.definition["configuration"] {
        let mut read = configuration(reader, &["configuration"], "", primary);
        read.title = read
            .title
            .or_else(|| Some(Prose::ours("Primary configuration")));
        if others > 0 {
            let note = "This one counts unless the owner chooses another one.";
            read.notes.insert(0, Prose::ours(note));
        }
        items.push(read);
    }
    for (name, about) in members(&reader.definition["configurations"]) {
        items.push(configuration(
            reader,
            &["configurations", name],
            name,
            about,
        ));
    }
    Section {
        id: "configurations".to_owned(),
        title: "Configuration",
        intro: Prose::ours(match items.len() {
            0 => "The integration needs no configuration: the owner of a bot installs it, and has nothing to enter."
                .to_owned(),
            1 => "The owner of a bot installs the integration with this configuration.".to_owned(),
            count => format!(
                "The owner of a bot installs the integration with exactly one of these {count} configurations."
            ),
        }),
        items,
    }
}

fn configuration(reader: &mut Reader, pointer: &[&str], name: &str, about: &Value) -> Item {
    let id = reader.anchor(pointer).unwrap_or_default().to_owned();
    let mut read = item(&id, name, about);
    let mut fields = None;
    if let schema @ Value::Object(_) = &about["schema"] {
        fields = Some(reader.part("Fields", &id, "fields", schema, false));
    }
    let shape = fields.as_ref().map(|part| &part.shape);
    let step = match name {
        "" => "install the integration in Botpress",
        _ => "choose it when you install the integration in Botpress",
    };
    read.notes = vec![how(step, &about["identifier"], shape)];
    // An object without fields is described by its note.
    read.parts
        .extend(fields.filter(|part| part.shape.count() > 0));
    read
}

/// How the owner gets the configuration.
fn how(step: &str, identifier: &Value, shape: Option<&Shape>) -> Prose {
    let fields = shape.map_or(&[][..], |shape| &shape.fields);
    let entered = match fields.iter().filter(|field| field.is_required).count() {
        _ if shape.is_none_or(|shape| shape.count() == 0) => "there is nothing to enter",
        0 => "all fields are optional",
        required if required == fields.len() => "enter all fields",
        _ => "enter the fields that are required, and others as needed",
    };
    let has_link = identifier["linkTemplateScript"].is_string();
    let is_required = identifier["required"] == true;
    Prose::ours(match (has_link, is_required) {
        (true, true) => format!(
            "**How to get it:** {step}, and authorize it by the link that Botpress shows. It works only after that. In the \
             configuration, {entered}."
        ),
        (true, false) => format!(
            "**How to get it:** {step}; {entered}. Botpress shows a link by which the owner authorizes the integration."
        ),
        (false, true) => format!(
            "**How to get it:** {step}; {entered}. It works as soon as the service is connected to this installation."
        ),
        (false, false) => format!("**How to get it:** {step}; {entered}."),
    })
}
