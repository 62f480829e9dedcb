//! The result of a load, and its diagnostics.

use super::{Folder, HEAD, check, findings};
use crate::definition::{DefinitionSet, SchemaAt, Settings};
use crate::diagnostic::Pointer;

#[test]
fn every_mistake_is_found_in_one_go() {
    check(
        "\
titel: Shop
states:
  cart: { type: usr, schema: { type: strng } }
events:
  sold:
    schema: { $ref: '#/entities/artcle' }
  sold: {}
entities:
  article: { schema: {} }
",
        &[
            "shop.yaml:3:1 C0101 unknown property `titel`",
            "shop.yaml:5:17 C0104 unknown value `usr` for `type`",
            "shop.yaml:5:38 C0301 unknown type `strng`",
            "shop.yaml:8:21 C0201 there is no entity `artcle`",
            "shop.yaml:9:3 C0003 the event `sold` is declared twice",
        ],
    );
}

#[test]
fn broken_syntax_is_the_only_finding() {
    check(
        "titel: a: b\n",
        &["shop.yaml:3:9 C0002 invalid YAML: mapping values are not allowed in this context"],
    );
}

#[test]
fn a_merge_key_or_an_alias_that_cannot_be_read_has_a_remedy() {
    for (text, help) in [
        (
            "title: Shop\n<<: 3\n",
            "give `<<` an object or a list of objects, as in `<<: *name`",
        ),
        (
            "entities: &all { a: *all }\n",
            "write a schema that contains itself with `$ref`",
        ),
    ] {
        let text = format!("name: shop\nversion: 1.0.0\n{text}");
        let loaded = Folder::new(&[("shop.yaml", text)]).load("shop.yaml");
        assert_eq!(loaded.diagnostics.to_json()[0]["help"], help);
    }
}

#[test]
fn a_missing_property_is_drawn_at_its_object() {
    check(
        "actions:\n  sell:\n    input: { schema: {} }\n",
        &["shop.yaml:4:3 C0103 the action `sell` has no `output`"],
    );
}

#[test]
fn a_mistake_in_an_alias_is_one_finding() {
    check(
        "entities:\n  a: { schema: &a { type: strng } }\n  b: { schema: *a }\n",
        &["shop.yaml:4:27 C0301 unknown type `strng`"],
    );
}

#[test]
fn references_that_lead_nowhere_are_refused() {
    check(
        "\
events:
  a: { schema: { $ref: item } }
  b: { schema: { $ref: 'https://example.com/a.json' } }
  c: { schema: { $ref: '#/definitions/a' } }
  d: { schema: { $ref: '#anchor' } }
  e: { schema: { $ref: '../secret.yaml' } }
  f: { schema: { $ref: 'missing.yaml#/a' } }
  g: { schema: { $ref: '#' } }
  h: { schema: { default: { $ref: item } } }
",
        &[
            "shop.yaml:4:24 C0204 the bare reference `item` is allowed in interfaces only",
            "shop.yaml:5:24 C0203 the reference `https://example.com/a.json` needs the network",
            "shop.yaml:6:24 C0202 the reference `#/definitions/a` cannot be resolved",
            "shop.yaml:7:24 C0202 the reference `#anchor` cannot be resolved",
            "shop.yaml:8:24 C0004 `../secret.yaml` is outside of the definition's folder",
            "shop.yaml:9:24 C0001 could not read `missing.yaml`: there is no such file",
            "shop.yaml:10:24 C0205 the reference `#` is circular",
        ],
    );
}

#[test]
fn a_schema_may_contain_itself() {
    check(
        "entities:\n  a: { schema: { properties: { next: { $ref: '#' } } } }\n",
        &[],
    );
}

#[test]
fn the_values_of_secrets_are_not_drawn() {
    let text = "\
secrets: { API_KEY: hunter2 }
configuration:
  schema:
    properties:
      token: { type: strng, default: hunter3, x-zui: { secret: true } }
";
    let folder = Folder::new(&[("shop.yaml", &format!("{HEAD}{text}"))]);
    let drawn = folder.load("shop.yaml").diagnostics.to_string();
    assert!(
        drawn.contains("`API_KEY` must be an object") && drawn.contains("unknown type `strng`"),
        "{drawn}"
    );
    assert!(!drawn.contains("hunter"), "{drawn}");
}

#[test]
fn references_are_followed_from_file_to_file() {
    let definition = format!(
        "{HEAD}entities:\n  item: {{ schema: {{ type: object, $defs: {{ id: {{ type: string }} }} }} }}\nevents:\n  \
         sold: {{ schema: {{ $ref: 'types/sale.yaml#/sale' }} }}\n"
    );
    let types = "sale:\n  type: object\n  properties:\n    item: { $ref: '../shop.yaml#/entities/item' }\n    \
                 price: { $ref: '#/price' }\nprice: { type: number }\n";
    let folder = Folder::new(&[
        ("shop.yaml", definition.as_str()),
        ("types/sale.yaml", types),
    ]);
    let loaded = folder.load("shop.yaml");
    assert_eq!(findings(&loaded), Vec::<String>::new());
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    let event = set.schema_at(Pointer::parse("/events/sold/schema").expect("a pointer"));
    let sale = set
        .resolve(&event, "types/sale.yaml#/sale")
        .expect("a schema");
    assert_eq!((sale.root.as_str(), sale.pointer.as_str()), ("", "/sale"));
    let price = set
        .resolve(&sale.child("properties").child("price"), "#/price")
        .expect("a schema");
    assert_eq!(set.schema(&price)["type"], "number");
    let item = set
        .resolve(&sale, "../shop.yaml#/entities/item")
        .expect("a schema");
    assert_eq!(item, set.entity("item"));
    let id = set.resolve(&item, "#/$defs/id").expect("a schema");
    assert_eq!(
        id,
        SchemaAt {
            pointer: item.pointer.child("$defs").child("id"),
            ..item
        }
    );
    assert_eq!(set.stem(), "shop");
}

#[test]
fn a_mistake_in_another_file_is_drawn_there_once() {
    let definition = format!(
        "{HEAD}events:\n  a: {{ schema: {{ $ref: 't.json#/a' }} }}\n  b: {{ schema: {{ $ref: 't.json#/a' }} }}\n"
    );
    let folder = Folder::new(&[
        ("shop.yaml", definition.as_str()),
        ("t.json", "{\n\t\"a\": {\"type\": \"strng\"}\n}"),
    ]);
    assert_eq!(
        findings(&folder.load("shop.yaml")),
        ["t.json:2:16 C0301 unknown type `strng`"]
    );
}

#[test]
fn long_texts_are_read_and_every_file_is_remembered() {
    let definition = format!("{HEAD}readme: {{ file: README.md }}\nicon: {{ file: icon.svg }}\n");
    let folder = Folder::new(&[("shop.yaml", definition.as_str()), ("README.md", "# Shop")]);
    let loaded = folder.load("shop.yaml");
    assert_eq!(
        findings(&loaded),
        ["shop.yaml:4:15 C0001 could not read `icon.svg`: there is no such file"]
    );
    assert_eq!(
        loaded
            .definition
            .expect("a definition")
            .document
            .readme
            .expect("a text")
            .as_str(),
        "# Shop"
    );
    let names: Vec<_> = loaded
        .read
        .iter()
        .filter_map(|path| path.file_name())
        .collect();
    assert_eq!(names, ["shop.yaml", "icon.svg", "README.md"]);
}

#[test]
fn a_root_may_be_wider_than_the_folder() {
    let definition = format!("{HEAD}readme: {{ file: ../README.md }}\n");
    let folder = Folder::new(&[
        ("shop/shop.yaml", definition.as_str()),
        ("README.md", "# Shop"),
    ]);
    assert_eq!(
        findings(&folder.load("shop/shop.yaml")),
        ["shop.yaml:3:17 C0004 `../README.md` is outside of the definition's folder"]
    );
    let settings = Settings {
        root: Some(".".into()),
        ..Settings::default()
    };
    let loaded = folder.load_with("shop/shop.yaml", &settings);
    assert_eq!(findings(&loaded), Vec::<String>::new());
}

#[test]
fn the_document_keeps_what_is_right() {
    let folder = Folder::new(&[("shop.yaml", &format!("{HEAD}titel: Shop\ndescription: 1\n"))]);
    let loaded = folder.load("shop.yaml");
    assert_eq!(loaded.diagnostics.summary(), "2 errors");
    let document = loaded.definition.expect("a definition").document;
    assert_eq!(
        (document.name.as_str(), document.description),
        ("shop", None)
    );
}
