//! The definition as Botpress takes it.

mod dereference;

use std::path::PathBuf;

use serde_json::Value;

use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostics;
use crate::lower::definition_text;
use crate::sections::embedded_schemas;

/// The definition as Botpress takes it, for the command that publishes it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Publication {
    /// The definition as JSON: interfaces merged, texts of files read, and no reference to another file. It still has what
    /// Botpress does not take, such as the declarations of secrets.
    pub definition: Value,
    /// The places of schemas that still have references, since they contain themselves or would be too large without:
    /// `/actions/createTree/input/schema`.
    pub with_references: Vec<String>,
    /// The warnings.
    pub warnings: Diagnostics,
    /// Every file that was read, the definition first.
    pub read: Vec<PathBuf>,
}

/// The definition as JSON, and the places of schemas that still have references.
pub(crate) fn publish(set: &DefinitionSet) -> (Value, Vec<String>) {
    let text = definition_text(set);
    let schemas = text.schemas.iter();
    let mut whole: String = schemas
        .flat_map(|schema| [schema.before.as_str(), schema.text.as_str()])
        .collect();
    whole.push_str(&text.end);
    let mut definition: Value = serde_json::from_str(&whole).expect("a definition is plain JSON");
    let mut with_references = Vec::new();
    for place in embedded_schemas(&definition.clone()) {
        let Some(schema) = definition.pointer_mut(place.as_str()) else {
            continue;
        };
        match dereference::dereference(schema) {
            Some(whole) => *schema = whole,
            None => with_references.push(place.as_str().to_owned()),
        }
    }
    (definition, with_references)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Folder;

    #[test]
    fn schemas_of_entities_of_files_and_of_interfaces_stand_where_they_are_used() {
        let definition = json!({
            "name": "shop", "version": "1.0.0", "readme": { "file": "hub.md" },
            "entities": { "item": { "schema": { "type": "object", "properties": { "id": { "type": "string" } } } } },
            "actions": { "buy": {
                "input": { "schema": { "type": "object", "properties": { "item": { "$ref": "#/entities/item" } } } },
                "output": { "schema": { "$ref": "receipt.json" } },
            } },
        });
        let folder = Folder::new(&[
            ("shop.json", definition.to_string()),
            ("hub.md", "# Shop".to_owned()),
            ("receipt.json", json!({ "type": "object" }).to_string()),
        ]);
        let loaded = folder.load("shop.json").definition.expect("a definition");
        let (published, with_references) = publish(&DefinitionSet::new(&loaded));
        let buy = &published["actions"]["buy"];
        let item = &buy["input"]["schema"]["properties"]["item"];
        assert_eq!(*item, published["entities"]["item"]["schema"]);
        assert_eq!(buy["output"]["schema"], json!({ "type": "object" }));
        assert_eq!(published["readme"], "# Shop");
        assert_eq!(with_references, [""; 0]);
    }

    #[test]
    fn a_schema_that_contains_itself_keeps_its_references_and_is_named() {
        let tree =
            json!({ "type": "object", "properties": { "children": { "items": { "$ref": "#" } } } });
        let definition = json!({ "name": "shop", "version": "1.0.0", "entities": { "tree": { "schema": tree } } });
        let folder = Folder::new(&[("shop.json", definition.to_string())]);
        let loaded = folder.load("shop.json").definition.expect("a definition");
        let (published, with_references) = publish(&DefinitionSet::new(&loaded));
        assert_eq!(published["entities"]["tree"]["schema"], tree);
        assert_eq!(with_references, ["/entities/tree/schema"]);
    }
}
