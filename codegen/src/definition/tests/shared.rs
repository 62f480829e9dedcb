//! Shared schemas and built-in messages.

use serde_json::{Value, json};

use super::{HEAD, check, findings};
use crate::definition::DefinitionSet;
use crate::testing::Folder;

#[test]
fn every_schema_can_refer_to_a_shared_one() {
    check(
        "definitions:\n\
         \x20 price: { type: object, properties: { tax: { $ref: '#/definitions/tax' }, self: { $ref: '#/definitions/price' } } }\n\
         \x20 tax: { anyOf: [{ type: number }, { $ref: '#/definitions/price/properties/tax' }] }\n\
         entities:\n\
         \x20 item: { schema: { type: object, properties: { price: { $ref: '#/definitions/price' } } } }\n",
        &[
            "shop.yaml:4:53 C0205 the reference `#/definitions/tax` is circular",
            "shop.yaml:5:44 C0205 the reference `#/definitions/price/properties/tax` is circular",
        ],
    );
}

#[test]
fn a_definition_of_the_schema_itself_comes_first() {
    let definition = format!(
        "{HEAD}definitions: {{ size: {{ type: string }} }}\n\
         events:\n\
         \x20 sold: {{ schema: {{ $ref: '#/definitions/size', definitions: {{ size: {{ type: integer }} }} }} }}\n\
         \x20 kept: {{ schema: {{ $ref: '#/definitions/size', definitions: {{ other: true }} }} }}\n"
    );
    let loaded = Folder::new(&[("shop.yaml", &definition)]).load("shop.yaml");
    assert_eq!(findings(&loaded), [""; 0]);
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    let found = |event: &str| {
        let at = crate::diagnostic::Pointer::parse(&format!("/events/{event}/schema"));
        let at = set.schema_at(at.expect("a pointer"));
        let target = set.resolve(&at, "#/definitions/size").expect("a target");
        set.schema(&target)["type"].clone()
    };
    assert_eq!([found("sold"), found("kept")], ["integer", "string"]);
}

#[test]
fn a_shared_schema_is_checked_where_it_stands() {
    check(
        "definitions:\n\
         \x20 size: { type: strng }\n\
         \x20 color: 5\n\
         events: { sold: { schema: { $ref: '#/definitions/sizes' } } }\n",
        &[
            "shop.yaml:4:17 C0301 unknown type `strng`",
            "shop.yaml:5:10 C0102 `color` must be a schema, found a number",
            "shop.yaml:6:35 C0202 the reference `#/definitions/sizes` cannot be resolved",
        ],
    );
}

#[test]
fn a_shared_schema_of_a_similar_name_is_suggested() {
    for (definitions, help) in [
        (
            "definitions: { size: true }",
            "did you mean `#/definitions/size`?",
        ),
        (
            "",
            "declare `sizes` under `definitions` of the schema or of the file",
        ),
    ] {
        let schema = "{ schema: { $ref: '#/definitions/sizes/items' } }";
        let definition = format!("{HEAD}events: {{ sold: {schema} }}\n{definitions}\n");
        let loaded = Folder::new(&[("shop.yaml", &definition)]).load("shop.yaml");
        assert_eq!(loaded.diagnostics.to_json()[0]["help"], help);
    }
}

/// The definition of a shop that implements an interface.
fn extended(interface: &str, definition: &str) -> (Value, Vec<String>) {
    let definition = format!("{HEAD}extends: [{{ interface: chat.yaml }}]\n{definition}");
    let interface = format!("name: chat\nversion: 1.0.0\n{interface}");
    let folder = Folder::new(&[("shop.yaml", definition), ("chat.yaml", interface)]);
    let loaded = folder.load("shop.yaml");
    let found = findings(&loaded);
    (
        loaded.definition.expect("a definition").published().clone(),
        found,
    )
}

#[test]
fn the_shared_schemas_of_an_interface_come_along() {
    let (published, found) = extended(
        "definitions:\n\
         \x20 line: { type: object, properties: { user: { $ref: '#/definitions/user' } } }\n\
         \x20 user: { type: strng }\n\
         events:\n\
         \x20 said: { schema: { $ref: '#/definitions/line' } }\n\
         \x20 left: { schema: { type: object, properties: { by: { $ref: '#/definitions/user' } } } }\n",
        "definitions: { user: { type: integer } }\n",
    );
    let events = &published["events"];
    let user = json!({ "type": "strng" });
    assert_eq!(events["said"]["schema"]["type"], "object");
    assert_eq!(
        events["said"]["schema"]["definitions"],
        json!({ "user": user })
    );
    assert_eq!(
        events["left"]["schema"]["definitions"],
        json!({ "user": user })
    );
    assert_eq!(found[0], "chat.yaml:5:17 C0301 unknown type `strng`");
}

#[test]
fn a_list_of_built_in_messages_declares_them() {
    let definition = format!(
        "{HEAD}channels:\n  dm: {{ messages: {{ $defaults: [text], note: {{ schema: {{}} }} }} }}\n"
    );
    let loaded = Folder::new(&[("shop.yaml", &definition)]).load("shop.yaml");
    assert_eq!(findings(&loaded), [""; 0]);
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    let messages = &set.published()["channels"]["dm"]["messages"];
    let text = json!({
        "type": "object", "properties": { "text": { "type": "string", "minLength": 1 } }, "required": ["text"],
        "additionalProperties": false,
    });
    assert_eq!(
        *messages,
        json!({ "note": { "schema": {} }, "text": { "schema": text } })
    );
}

#[test]
fn a_built_in_message_that_does_not_exist_is_refused() {
    check(
        "channels:\n\
         \x20 dm: { messages: { $defaults: [text, imge, text] } }\n\
         \x20 sms: { messages: { $defaults: text } }\n",
        &[
            "shop.yaml:4:39 C0104 unknown value `imge` for `$defaults`",
            "shop.yaml:4:45 C0108 the message `text` is there already",
            "shop.yaml:5:33 C0102 `$defaults` must be a list, found a string",
        ],
    );
}

#[test]
fn the_built_in_message_of_a_channel_is_merged_with_that_of_an_interface() {
    let (published, found) = extended(
        "channels: { dm: { messages: { $defaults: [text, image] } } }\n",
        "channels:\n  dm:\n    messages:\n      $defaults: [text]\n      \
         image: { schema: { type: object, properties: { alt: { type: string } } } }\n",
    );
    assert_eq!(found, [""; 0]);
    let messages = &published["channels"]["dm"]["messages"];
    let names = |message: &str| -> Vec<&String> {
        let properties = messages[message]["schema"]["properties"].as_object();
        properties.expect("properties").keys().collect()
    };
    assert_eq!(names("text"), ["text"]);
    assert_eq!(names("image"), ["alt", "imageUrl", "title"]);
}
