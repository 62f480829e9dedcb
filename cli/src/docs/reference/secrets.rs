//! The secrets of the integration: names and descriptions alone.

use super::data::{Item, Part, Section};
use super::reader::{Reader, members};
use crate::docs::prose::Prose;
use crate::docs::schema::{Field, Name, Shape};

pub(super) fn section(reader: &mut Reader) -> Option<Section> {
    let item = reader.anchors.take(&["secret"]);
    let id = reader.anchors.take(&["secret", "names"]);
    let fields = members(&reader.definition["secrets"]).map(|(name, secret)| Field {
        id: reader.anchors.take(&["secret", name]),
        name: Name::One(name.to_owned()),
        path: name.to_owned(),
        title: Prose::line(secret["title"].as_str()),
        is_required: secret["optional"] != true,
        shape: Shape::of_string(secret["description"].as_str()),
    });
    let fields: Vec<_> = fields.collect();
    (!fields.is_empty()).then(|| Section {
        id: "secrets".to_owned(),
        title: "Secrets",
        intro: Prose::ours(
            "The operator of the integration sets these, for example as the variable `SECRET_` and the name. Owners of bots do \
             not need them.",
        ),
        items: vec![Item {
            id: item,
            parts: vec![Part {
                id,
                title: "Names",
                shape: Shape::of_fields(fields),
                example: None,
            }],
            ..Item::default()
        }],
    })
}
