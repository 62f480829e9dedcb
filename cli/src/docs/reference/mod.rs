//! From a definition and its changes to a reference.

mod changes;
mod channels;
mod configurations;
mod data;
mod interfaces;
mod items;
mod reader;
mod secrets;
mod states;
mod tags;

pub(super) use data::{Item, Part, Reference, Section, Step};

use contexture_codegen::markdown::clean;
use serde_json::Value;

use self::reader::Reader;
use super::history::History;
use super::prose::Prose;

/// Makes the reference of a definition, whose schemas are self-contained.
pub(super) fn reference(definition: &Value, history: &History) -> Reference {
    let mut reader = Reader::new(definition);
    let sections = [
        Some(configurations::section(&mut reader)),
        items::actions(&mut reader),
        items::events(&mut reader),
        channels::section(&mut reader),
        tags::section(&mut reader),
        states::section(&mut reader),
        items::entities(&mut reader),
        interfaces::section(&mut reader),
        secrets::section(&mut reader),
    ];
    let text = |name: &str| definition[name].as_str().unwrap_or_default().to_owned();
    let name = text("name");
    let title = Prose::line(definition["title"].as_str());
    Reference {
        title: title
            .or_else(|| Prose::line(Some(&name)))
            .unwrap_or_default(),
        version: text("version"),
        description: Prose::of(definition["description"].as_str()),
        icon: definition["icon"].as_str().and_then(svg),
        readme: Some(clean(&text("readme"))).filter(|readme| !readme.trim().is_empty()),
        sections: sections.into_iter().flatten().collect(),
        changes: changes::steps(&mut reader, history),
        name,
    }
}

/// An icon, if it is an SVG.
fn svg(icon: &str) -> Option<String> {
    let is_svg = icon.contains("<svg") && icon.trim_start().starts_with('<');
    is_svg.then(|| icon.to_owned())
}
