//! Payloads of every shape: valid ones are unchanged after decoding and encoding, invalid ones are rejected with the
//! place.

use std::collections::BTreeSet;
use std::fmt::Debug;

use contexture::Payload;
use contexture_tests::crm::ContactEntity;
use contexture_tests::shapes::OnlyConfiguration;
use contexture_tests::shapes::actions::{
    DefaultsInput, DefaultsInputColor, EnumsInput, EnumsInputLanguage, EnumsInputSort,
    IntersectionsInput, IntersectionsOutput, MapsInput, MapsOutput, OptionalAndNullableInput,
    OptionalAndNullableOutput, RecursionInput, ReservedWordsInput, UnionsInput, UnionsOutput,
};
use serde_json::{Value, json};

/// Decodes a payload and asserts that it encodes to the same JSON.
#[track_caller]
fn round_trip<T: Payload + Debug>(value: &Value) -> T {
    let payload = match T::decode(value.to_string().as_bytes()) {
        Ok(payload) => payload,
        Err(violations) => panic!("{value} is rejected: {violations}"),
    };
    let encoded = payload.encode().unwrap();
    let encoded: Value = serde_json::from_slice(&encoded).unwrap();
    assert_eq!(&encoded, value);
    payload
}

/// Asserts violations at these places, in any order.
#[track_caller]
fn is_refused<T: Payload + Debug>(value: &Value, places: &[&str]) {
    let violations = T::from_value(value.clone()).unwrap_err();
    let found: BTreeSet<_> = violations
        .iter()
        .map(|one| one.instance_path.as_str())
        .collect();
    assert_eq!(found, places.iter().copied().collect(), "{value}");
}

/// An object with one more member.
fn with(mut object: Value, name: &str, member: Value) -> Value {
    object[name] = member;
    object
}

#[test]
fn null_differs_from_absent_if_the_schema_distinguishes_them() {
    let least = json!({ "required": "r", "nullable": null, "nullableByType": null });
    let payload: OptionalAndNullableInput = round_trip(&least);
    assert_eq!((payload.optional, payload.nullable), (None, None));
    assert_eq!(
        (payload.both, payload.nothing, payload.anything),
        (None, None, None)
    );

    let nulls = json!({
        "required": "r", "nullable": null, "nullableByType": null,
        "both": null, "anything": null, "nothing": null, "listOfNullable": [1.5, null],
    });
    let payload: OptionalAndNullableInput = round_trip(&nulls);
    assert_eq!((payload.both, payload.nothing), (Some(None), Some(())));
    assert_eq!(payload.anything, Some(Value::Null));

    let all = json!({
        "required": "r", "optional": "o", "nullable": "n", "nullableByType": "t",
        "both": 3, "anything": { "a": [1] }, "listOfNullable": [],
    });
    let payload: OptionalAndNullableInput = round_trip(&all);
    assert_eq!(payload.both, Some(Some(3)));

    is_refused::<OptionalAndNullableInput>(&with(least, "optional", Value::Null), &["/optional"]);
    is_refused::<OptionalAndNullableInput>(
        &json!({ "required": "r" }),
        &["/nullable", "/nullableByType"],
    );
}

#[test]
fn a_constant_is_no_other_value() {
    round_trip::<OptionalAndNullableOutput>(&json!({ "ok": true }));
    is_refused::<OptionalAndNullableOutput>(&json!({ "ok": false }), &["/ok"]);
    let wrong = OptionalAndNullableOutput::new(false).encode().unwrap_err();
    assert_eq!(wrong.iter().next().unwrap().instance_path, "/ok");
}

#[test]
fn names_that_rust_reserves_keep_their_names_on_the_wire() {
    let all = json!({
        "type": "t", "self": "s", "Super": "u", "gen": "g", "ref": "r", "@id": "i", "2fa": true,
        "kebab-case": "k", "extra": "e", "fooBar": "1", "foo_bar": "2",
        "unknown": { "kept": [null] },
    });
    let payload: ReservedWordsInput = round_trip(&all);
    assert_eq!(
        (payload.r#type.as_str(), payload.self_.as_str()),
        ("t", "s")
    );
    assert_eq!(payload.first_foo_bar.as_deref(), Some("1"));
    assert_eq!(payload.foo_bar.as_deref(), Some("2"));
    assert_eq!(payload.extra_.as_deref(), Some("e"));
    let kept = payload.extra.get("unknown");
    assert_eq!(kept, Some(&json!({ "kept": [null] })));
}

#[test]
fn enums_take_each_of_their_values() {
    for clock in ["12hour", "24hour"] {
        round_trip::<EnumsInput>(&json!({ "clock": clock }));
    }
    for language in ["c", "c++", "go", ""] {
        round_trip::<EnumsInput>(&json!({ "clock": "12hour", "language": language }));
    }
    for (sort, variant) in [
        ("+name", EnumsInputSort::NameUp),
        ("-name", EnumsInputSort::NameDown),
    ] {
        let payload: EnumsInput = round_trip(&json!({ "clock": "12hour", "sort": sort }));
        assert_eq!((payload.sort, variant.as_str()), (Some(variant), sort));
    }
    for (property, value) in [("only", "fixed"), ("cursor", "first"), ("cursor", "last")] {
        round_trip::<EnumsInput>(&with(json!({ "clock": "12hour" }), property, json!(value)));
    }
    assert_eq!(EnumsInputLanguage::CPlusPlus.as_str(), "c++");
    is_refused::<EnumsInput>(
        &json!({ "clock": "36hour", "only": "free" }),
        &["/clock", "/only"],
    );
}

#[test]
fn maps_take_any_name() {
    let all = json!({
        "counts": { "a": 1, "": -2 },
        "people": { "ada": { "name": "Ada" } },
        "open": { "x": [1, { "y": null }] },
        "typedRest": { "id": "i", "height": 1.75, "weight": 60.5 },
    });
    let payload: MapsInput = round_trip(&all);
    assert_eq!(
        payload.typed_rest.unwrap().extra["height"].to_string(),
        "1.75"
    );
    round_trip::<MapsInput>(&json!({ "counts": {} }));
    round_trip::<MapsOutput>(&json!({ "any": "text" }));
    let wrong = json!({ "counts": { "a/b": "1" }, "typedRest": { "id": "i", "rest": "text" } });
    is_refused::<MapsInput>(&wrong, &["/counts/a~1b", "/typedRest/rest"]);
}

#[test]
fn unions_take_each_of_their_alternatives() {
    let text = json!({ "type": "text", "text": "hi" });
    for by_const in [
        text.clone(),
        json!({ "type": "image", "url": "https://image.test/1" }),
        json!({ "type": "empty" }),
    ] {
        round_trip::<UnionsInput>(&json!({ "byConst": by_const }));
    }
    for (property, value) in [
        ("byDiscriminator", json!({ "kind": "cat", "lives": 9 })),
        (
            "byDiscriminator",
            json!({ "kind": "dog", "good": true, "name": "Rex" }),
        ),
        ("byZui", json!({ "op": "add", "value": null })),
        ("byZui", json!({ "op": "add", "value": [1, "two"] })),
        ("byZui", json!({ "op": "remove" })),
        ("scalar", json!("text")),
        ("scalar", json!(2.5)),
        ("stringOrList", json!("text")),
        ("stringOrList", json!(["a", "b"])),
        ("stringOrList", json!([])),
        ("byRequired", json!({ "email": "ada@mail.test" })),
        ("byRequired", json!({ "phone": "1" })),
        ("nullableUnion", json!("text")),
        ("nullableUnion", json!(false)),
        ("nullableUnion", Value::Null),
    ] {
        round_trip::<UnionsInput>(&with(json!({ "byConst": text }), property, value));
    }
    round_trip::<UnionsOutput>(&json!("text"));
    round_trip::<UnionsOutput>(&json!(3));
}

#[test]
fn a_value_that_fits_no_alternative_is_rejected_at_its_place() {
    let text = json!({ "type": "text", "text": "hi" });
    for (property, value) in [
        ("byDiscriminator", json!({ "kind": "cow" })),
        ("byZui", json!({ "op": "remove", "value": 1 })),
        ("scalar", json!([1])),
        ("byRequired", json!({ "email": 1 })),
        ("nullableUnion", json!(3)),
    ] {
        let refused = UnionsInput::from_value(with(json!({ "byConst": text }), property, value));
        let violations = refused.unwrap_err();
        let place = format!("/{property}");
        for violation in &violations {
            assert!(violation.instance_path.starts_with(&place), "{violations}");
        }
    }
}

#[test]
fn an_intersection_has_the_fields_of_all_its_parts() {
    let all = json!({ "id": "i", "name": "n", "shared": "s", "more": 1 });
    let payload: IntersectionsInput = round_trip(&all);
    assert_eq!((payload.id.as_str(), payload.name.as_str()), ("i", "n"));
    is_refused::<IntersectionsInput>(&json!({ "id": "i", "shared": "" }), &["/shared", "/name"]);
    round_trip::<IntersectionsOutput>(&json!({ "described": { "x": 1.5, "y": -2.5 } }));
}

#[test]
fn a_schema_may_contain_itself() {
    let leaf = json!({ "value": "leaf" });
    let all = json!({
        "value": "root",
        "children": [leaf, { "value": "branch", "children": [leaf] }],
        "parent": { "value": "above", "parent": leaf },
        "tree": { "left": { "right": {} } },
        "list": [[], [[]]],
    });
    let payload: RecursionInput = round_trip(&all);
    assert_eq!(payload.children.unwrap()[1].value, "branch");
    let wrong =
        json!({ "value": "root", "children": [{ "value": "v", "parent": { "value": 1 } }] });
    is_refused::<RecursionInput>(&wrong, &["/children/0/parent/value"]);

    let manager = json!({ "id": "2", "name": "Grace", "office": "B" });
    let contact = json!({ "id": "1", "name": "Ada", "manager": manager });
    let contact: ContactEntity = round_trip(&contact);
    assert_eq!(contact.manager.unwrap().extra["office"], "B");
}

#[test]
fn a_default_is_read_and_never_invented() {
    let payload: DefaultsInput = round_trip(&json!({}));
    assert_eq!((payload.name(), payload.count()), ("nobody", -1));
    assert_eq!(
        (payload.ratio().to_string().as_str(), payload.verbose()),
        ("0.5", false)
    );
    assert_eq!(payload.color(), DefaultsInputColor::Green);
    assert_eq!(payload, DefaultsInput::default());

    let all = json!({ "name": "ada", "count": 2, "ratio": 1.5, "verbose": true, "color": "red" });
    let payload: DefaultsInput = round_trip(&all);
    assert_eq!(
        (payload.name(), payload.count(), payload.verbose()),
        ("ada", 2, true)
    );
    assert_eq!(payload.color(), DefaultsInputColor::Red);
}

#[test]
fn an_integer_may_be_written_as_a_float() {
    let payload = DefaultsInput::decode(br#"{ "count": 1e2 }"#).unwrap();
    assert_eq!(payload.count, Some(100));
    is_refused::<DefaultsInput>(&json!({ "count": 1.5 }), &["/count"]);
}

#[test]
fn a_payload_is_strict_about_undeclared_properties() {
    is_refused::<DefaultsInput>(&json!({ "nmae": "ada" }), &["/nmae"]);
}

#[test]
fn secrets_stay_secrets_at_any_depth() {
    let value = json!({ "token": "hunter2", "keys": ["hunter3", "hunter4"] });
    let configuration: OnlyConfiguration = round_trip(&value);
    let shown = format!("{configuration:?}");
    assert!(!shown.contains("hunter"), "{shown}");
    assert_eq!(configuration.token.expose(), "hunter2");

    for wrong in [
        json!({ "token": ["hunter2"] }),
        json!({ "token": "t", "keys": "hunter2" }),
        json!({ "token": "t", "keys": [{ "hunter2": "hunter2" }] }),
    ] {
        let violations = OnlyConfiguration::from_value(wrong).unwrap_err();
        assert!(
            !format!("{violations} {violations:?}").contains("hunter"),
            "{violations}"
        );
    }
}
