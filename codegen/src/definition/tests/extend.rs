//! Interfaces that come into a definition.

use serde_json::{Value, json};

use super::{Folder, HEAD, findings};
use crate::definition::{DefinitionSet, Loaded, LoadedDefinition};
use crate::diagnostic::Pointer;

const LISTABLE: &str = "\
name: listable
version: 0.1.0
entities:
  item: { schema: { type: object, properties: { id: { type: string } }, required: [id] } }
actions:
  list:
    title: List
    input: { schema: { type: object, properties: { token: { type: string, x-zui: {} } } } }
    output:
      schema:
        $schema: http://json-schema.org/draft-07/schema#
        type: object
        properties:
          items: { type: array, items: { allOf: [{ $ref: item }, { required: [id] }] } }
          first: { $ref: item, description: The first one. }
          name: { $ref: types.yaml#/name }
events:
  deleted:
    schema: { type: object, properties: { id: { type: string } }, required: [id], additionalProperties: false }
channels:
  talk:
    messages: { text: { schema: { type: object, properties: { about: { $ref: item } } } } }
";

const ISSUE: &str = "{ type: object, properties: { id: { type: string }, title: { type: string } }, additionalProperties: false }";

fn load(definition: &str) -> Loaded {
    let definition = format!("{HEAD}entities: {{ issue: {{ schema: {ISSUE} }} }}\n{definition}");
    let folder = Folder::new(&[
        ("shop.yaml", definition.as_str()),
        ("interfaces/listable.yaml", LISTABLE),
        (
            "interfaces/types.yaml",
            "name: { type: string, maxLength: 5 }\n",
        ),
    ]);
    folder.load("shop.yaml")
}

fn resolve(definition: &str) -> LoadedDefinition {
    let loaded = load(definition);
    assert_eq!(findings(&loaded), Vec::<String>::new());
    loaded.definition.expect("a definition")
}

/// A value of the definition, as Botpress would print it.
fn printed(definition: &LoadedDefinition, pointer: &str) -> Value {
    let document = serde_json::to_value(&definition.document).expect("JSON");
    document.pointer(pointer).cloned().unwrap_or_default()
}

#[track_caller]
fn refuses(definition: &str, expected: &[&str]) {
    let loaded = load(definition);
    assert_eq!(findings(&loaded), expected);
}

#[test]
fn parts_of_an_interface_come_with_the_entities_of_the_integration() {
    let definition = resolve(
        "extends:\n  - interface: interfaces/listable.yaml\n    entities: { item: issue }\n    \
         actions: { list: { name: issueList, description: Lists issues. } }\n",
    );
    let issue = printed(&definition, "/entities/issue/schema");
    let open = json!({ "type": "object", "properties": issue["properties"] });
    assert_eq!(
        printed(&definition, "/actions"),
        json!({ "issueList": {
            "name": "issueList",
            "title": "List",
            "description": "Lists issues.",
            "input": { "schema": { "type": "object", "properties": { "token": { "type": "string" } } } },
            "output": { "schema": { "type": "object", "properties": {
                "items": { "type": "array", "items": { "allOf": [open, { "required": ["id"] }] } },
                "first": issue,
                "name": printed(&definition, "/actions/issueList/output/schema/properties/name"),
            } } },
        } })
    );
    assert_eq!(
        printed(&definition, "/interfaces"),
        json!({ "listable<issue>": {
            "id": "", "name": "listable", "version": "0.1.0",
            "entities": { "item": { "name": "issue" } },
            "actions": { "list": { "name": "issueList" } },
            "events": { "deleted": { "name": "deleted" } },
            "channels": { "talk": { "name": "talk" } },
        } })
    );
    assert_eq!(printed(&definition, "/extends"), Value::Null);
}

#[test]
fn what_an_interface_refers_to_is_beside_the_interface() {
    let definition = resolve(
        "extends: [{ interface: { file: interfaces/listable.yaml }, entities: { item: issue } }]\n",
    );
    let set = DefinitionSet::new(&definition);
    let at = Pointer::parse("/actions/list/output/schema").expect("a pointer");
    let name = set.schema_at(at).child("properties").child("name");
    let reference = set.schema(&name)["$ref"].as_str().expect("a reference");
    let target = set.resolve(&name, reference).expect("a schema");
    assert_eq!(
        set.schema(&target),
        &json!({ "type": "string", "maxLength": 5 })
    );
}

#[test]
fn what_both_declare_is_merged_and_the_interface_has_the_last_word() {
    let definition = resolve(
        "\
extends: [{ interface: interfaces/listable.yaml, entities: { item: issue } }]
events:
  deleted:
    title: Deleted
    schema:
      type: object
      properties: { id: { type: number }, reason: { $ref: '#/definitions/reason' } }
      required: [id, reason]
      definitions: { reason: { type: string } }
actions:
  list:
    title: My list
    input: { schema: { $ref: '#/entities/issue' } }
    output: { schema: { type: object, properties: { count: { type: integer } } } }
channels:
  talk:
    title: Talk
    messages: { image: { schema: { type: object } } }
    conversation: { tags: { ticket: {} } }
",
    );
    assert_eq!(
        printed(&definition, "/events/deleted"),
        json!({ "title": "Deleted", "schema": {
            "type": "object",
            "properties": { "id": { "type": "string" }, "reason": { "$ref": "#/definitions/reason" } },
            "required": ["reason", "id"],
            "additionalProperties": false,
            "definitions": { "reason": { "type": "string" } },
        } })
    );
    let names = |pointer: &str| {
        let value = printed(&definition, pointer);
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(printed(&definition, "/actions/list/title"), "List");
    assert_eq!(
        names("/actions/list/input/schema/properties"),
        ["id", "title", "token"]
    );
    assert_eq!(
        names("/actions/list/output/schema/properties"),
        ["count", "first", "items", "name"]
    );
    assert_eq!(names("/channels/talk/messages"), ["image", "text"]);
    assert_eq!(names("/channels/talk/conversation/tags"), ["ticket"]);
}

#[test]
fn maps_are_merged_to_maps_of_what_fits_both() {
    let folder = Folder::new(&[
        (
            "shop.yaml",
            "name: shop\nversion: 1.0.0\nextends: [{ interface: i.yaml }]\nevents:\n  \
                 a: { schema: { type: object, additionalProperties: { type: string } } }\n",
        ),
        (
            "i.yaml",
            "name: i\nversion: 1.0.0\nevents:\n  a: { schema: { type: object, additionalProperties: { minLength: 1 } } }\n",
        ),
    ]);
    let loaded = folder.load("shop.yaml");
    assert_eq!(findings(&loaded), Vec::<String>::new());
    assert_eq!(
        printed(
            &loaded.definition.expect("a definition"),
            "/events/a/schema"
        ),
        json!({ "type": "object", "additionalProperties": { "allOf": [{ "type": "string" }, { "minLength": 1 }] } })
    );
}

#[test]
fn an_entity_that_refers_within_itself_is_referred_to() {
    let folder = Folder::new(&[
        (
            "shop.yaml",
            "name: shop\nversion: 1.0.0\nextends: [{ interface: i.yaml, entities: { node: tree } }]\nentities:\n  \
                 tree: { schema: { type: object, properties: { next: { $ref: '#' } } } }\n",
        ),
        (
            "i.yaml",
            "name: i\nversion: 1.0.0\nentities: { node: { schema: {} } }\nevents:\n  a: { schema: { $ref: node } }\n",
        ),
    ]);
    let definition = folder.load("shop.yaml").definition.expect("a definition");
    assert_eq!(
        printed(&definition, "/events/a/schema"),
        json!({ "$ref": "#/entities/tree" })
    );
}

#[test]
fn every_name_that_is_missing_is_found() {
    refuses(
        "\
extends:
  - interface: interfaces/listable.yaml
    entities: { itm: isue }
    actions: { lst: { name: issueList } }
    events: { delete: { name: issueDeleted } }
    channels: { chat: {} }
  - interface: interfaces/missing.yaml
",
        &[
            "shop.yaml:5:16 C0802 the entity `item` of the interface `listable` is not mapped",
            "shop.yaml:6:17 C0801 the interface `listable` has no entity `itm`",
            "shop.yaml:6:22 C0201 there is no entity `isue`",
            "shop.yaml:7:16 C0801 the interface `listable` has no action `lst`",
            "shop.yaml:8:15 C0801 the interface `listable` has no event `delete`",
            "shop.yaml:9:17 C0801 the interface `listable` has no channel `chat`",
            "shop.yaml:10:16 C0001 could not read `interfaces/missing.yaml`: there is no such file",
        ],
    );
}

#[test]
fn schemas_of_two_kinds_are_not_merged() {
    refuses(
        "\
extends: [{ interface: interfaces/listable.yaml, entities: { item: issue } }]
events: { deleted: { schema: { type: object, additionalProperties: {} } } }
actions:
  list:
    input: { schema: { type: object, minProperties: 1 } }
    output: { schema: { anyOf: [{}] } }
",
        &[
            "shop.yaml:5:22 C0803 the schema cannot be merged with that of the interface",
            "shop.yaml:8:14 C0803 the schema cannot be merged with that of the interface",
            "shop.yaml:9:15 C0803 the schema cannot be merged with that of the interface",
        ],
    );
}

#[test]
fn an_interface_is_implemented_once_with_an_entity() {
    refuses(
        "\
extends:
  - { interface: interfaces/listable.yaml, entities: { item: issue } }
  - { interface: interfaces/listable.yaml, entities: { item: issue } }
",
        &["shop.yaml:6:18 C0804 the interface `listable<issue>` is implemented twice"],
    );
}

#[test]
fn a_mistake_in_an_interface_is_drawn_there() {
    let interface = "\
name: i
version: 1.0.0
titel: I
entities: { item: { schema: {} } }
events:
  a: { schema: { type: objekt } }
  b: { schema: { properties: { c: { $ref: itm } } } }
  d: { schema: { properties: { e: { $ref: '#/nowhere' } } } }
";
    let folder = Folder::new(&[
        (
            "shop.yaml",
            "name: shop\nversion: 1.0.0\nextends: [{ interface: i.yaml, entities: { item: thing } }]\n\
                 entities: { thing: { schema: { type: strng } } }\nevents: { d: { schema: { type: object } } }\n",
        ),
        ("i.yaml", interface),
    ]);
    assert_eq!(
        findings(&folder.load("shop.yaml")),
        [
            "shop.yaml:4:38 C0301 unknown type `strng`",
            "shop.yaml:5:16 C0803 the schema cannot be merged with that of the interface",
            "i.yaml:3:1 C0101 unknown property `titel`",
            "i.yaml:6:24 C0301 unknown type `objekt`",
            "i.yaml:7:43 C0801 the interface `i` has no entity `itm`",
        ]
    );
}
