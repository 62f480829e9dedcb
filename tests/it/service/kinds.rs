//! Schemas that other tools write: valid values are unchanged after decoding and encoding, invalid ones are rejected.

use std::fmt::Debug;

use contexture::Payload;
use contexture_tests::kinds::actions::{
    DefaultsElsewhereInput, DefaultsElsewhereInputPlace, DefaultsElsewhereInputTeam,
    LargeIntegersInput, LargeIntegersOutput, MixedDraftsInput, MixedDraftsOutput,
    NamesByPatternInput, NeverSpelledOutInput, NullableRecursionInput,
    NullableRecursionInputBranch, NullableRecursionOutput, OnlyOneInput, OnlyOneOutput,
    PatternsInput,
};
use contexture_tests::kinds::channels::{RoomChoiceMessage, RoomDropdownMessage, RoomMenuMessage};
use contexture_tests::kinds::{LastState, OfferEntity, OfferedEvent};
use serde_json::{Value, json};

/// Asserts that values are unchanged after decoding and encoding.
#[track_caller]
fn accepts<T: Payload + Debug>(values: &[Value]) {
    for value in values {
        let payload = match T::decode(value.to_string().as_bytes()) {
            Ok(payload) => payload,
            Err(violations) => panic!("{value} is rejected: {violations}"),
        };
        let encoded: Value = serde_json::from_slice(&payload.encode().unwrap()).unwrap();
        assert_eq!(&encoded, value);
    }
}

#[track_caller]
fn refuses<T: Payload + Debug>(values: &[Value]) {
    for value in values {
        let decoded = T::decode(value.to_string().as_bytes());
        assert!(decoded.is_err(), "{value} is {decoded:?}");
    }
}

#[test]
fn a_nullable_definition_is_null_wherever_it_is_found_inside_of_itself() {
    let leaf = json!({ "left": null });
    accepts::<NullableRecursionInput>(&[
        json!({ "root": null }),
        json!({ "root": leaf, "chain": null }),
        json!({ "root": { "left": leaf, "right": null }, "chain": [null, [], [null]] }),
        json!({ "root": { "left": null, "twigs": [null, leaf], "named": { "a": null, "b": leaf } } }),
        json!({ "root": { "left": null, "pair": ["a", null] } }),
        json!({ "root": { "left": null, "pair": ["a", leaf], "either": null, "both": null, "orNull": null } }),
        json!({ "root": { "left": null, "either": "a", "both": leaf, "orNull": leaf } }),
        json!({ "root": { "left": null, "either": leaf } }),
    ]);
    refuses::<NullableRecursionInput>(&[
        json!({}),
        json!({ "root": {} }),
        json!({ "root": { "left": 1 } }),
        json!({ "root": { "left": null, "pair": [null, null] } }),
        json!({ "root": { "left": null, "twigs": null } }),
        json!({ "root": null, "chain": [1] }),
    ]);
    accepts::<NullableRecursionOutput>(&[
        json!(null),
        json!({ "next": null }),
        json!({ "next": { "next": null } }),
    ]);
    refuses::<NullableRecursionOutput>(&[json!({}), json!({ "next": {} })]);
}

#[test]
fn a_recursive_value_can_be_built_because_it_ends_with_null() {
    let leaf = NullableRecursionInputBranch::new(None);
    let root = NullableRecursionInputBranch::new(Some(Box::new(leaf)));
    let input = NullableRecursionInput::new(Some(root));
    let encoded: Value = serde_json::from_slice(&input.encode().unwrap()).unwrap();
    assert_eq!(encoded, json!({ "root": { "left": { "left": null } } }));
}

#[test]
fn each_file_keeps_its_draft() {
    let sender = json!({ "name": "a", "city": "b" });
    accepts::<MixedDraftsInput>(&[
        json!({}),
        json!({ "size": [1, 2], "sender": sender }),
        json!({ "scale": { "most": 1, "kind": "metric", "marks": ["a", 1], "other": "abc" } }),
    ]);
    refuses::<MixedDraftsInput>(&[
        json!({ "size": [1, 2] }),
        json!({ "size": [1], "sender": sender }),
        json!({ "size": [1, 2, 3], "sender": sender }),
        json!({ "sender": { "name": "a" } }),
        json!({ "unknown": 1 }),
        json!({ "scale": { "most": 0 } }),
        json!({ "scale": { "most": 1, "kind": "other" } }),
        json!({ "scale": { "most": 1, "marks": ["a", 1, 2] } }),
    ]);
    accepts::<MixedDraftsOutput>(&[
        json!({ "scale": { "most": 1 } }),
        json!({ "scale": { "most": 1, "kind": "metric", "other": "abc" }, "prefix": ["a", 1, 2] }),
    ]);
    refuses::<MixedDraftsOutput>(&[
        json!({ "scale": { "most": 0 } }),
        json!({ "scale": { "most": 1 }, "prefix": ["a", "b"] }),
        json!({ "scale": { "most": 1 }, "prefix": [1] }),
        json!({ "scale": { "most": 1 }, "unknown": 1 }),
        json!({ "scale": { "most": 1, "unknown": 1 } }),
    ]);
}

#[test]
fn integers_are_exact_up_to_the_greatest_that_a_schema_names() {
    accepts::<LargeIntegersInput>(&[
        json!({ "list": [0, 9_223_372_036_854_775_808_u64, u64::MAX], "total": u64::MAX }),
        json!({ "list": [], "either": u64::MAX, "named": { "a": u64::MAX, "b": 1 } }),
        json!({ "list": [], "either": true, "pair": ["a", u64::MAX], "usual": i64::MIN }),
        json!({ "list": [], "pair": ["a", null], "signed": -1 }),
        json!({ "list": [], "signed": u64::MAX }),
    ]);
    refuses::<LargeIntegersInput>(&[
        json!({ "list": [], "total": -1 }),
        json!({ "list": [1.5] }),
        json!({ "list": [], "either": -1 }),
        json!({ "list": [], "named": { "a": 2 } }),
        json!({ "list": [], "signed": -2 }),
        json!({ "list": [], "usual": u64::MAX }),
    ]);
    accepts::<LargeIntegersOutput>(&[json!(0), json!(u64::MAX)]);
    let read = LargeIntegersInput::decode(br#"{ "list": [1e19, 1.0] }"#).unwrap();
    assert_eq!(read.list, [10_000_000_000_000_000_000, 1]);
    assert_eq!((read.total(), read.usual()), (u64::MAX, 1));
}

#[test]
fn a_schema_that_nothing_fits_closes_an_object_however_it_is_written() {
    accepts::<NeverSpelledOutInput>(&[
        json!({}),
        json!({ "empty": {}, "noValue": { "id": "a" }, "noType": {}, "reference": { "id": "a" } }),
        json!({ "pair": ["a", true], "choice": "a" }),
    ]);
    refuses::<NeverSpelledOutInput>(&[
        json!({ "a": 1 }),
        json!({ "empty": { "a": 1 } }),
        json!({ "noValue": { "a": 1 } }),
        json!({ "noType": { "a": "b" } }),
        json!({ "reference": { "a": { "a": "x" } } }),
        json!({ "pair": ["a", true, 1] }),
        json!({ "choice": 1 }),
    ]);
}

#[test]
fn properties_by_pattern_have_types() {
    accepts::<NamesByPatternInput>(&[
        json!({ "numbers": { "n1": 1 }, "several": { "n1": 1, "s": "a" }, "dotted": { "é": 1 } }),
        json!({ "beside": { "mode": "a", "n1": 1, "x": true }, "open": { "n": 1, "x": [] } }),
    ]);
    refuses::<NamesByPatternInput>(&[
        json!({ "numbers": { "x": 1 } }),
        json!({ "numbers": { "n": "a" } }),
        json!({ "several": { "s": 1 } }),
        json!({ "beside": { "mode": "a", "x": 1 } }),
        json!({ "open": { "n": "a" } }),
        json!({ "dotted": { "\r": 1 } }),
    ]);
    let value = json!({ "numbers": { "n1": 1 } });
    let input = NamesByPatternInput::from_value(value).unwrap();
    assert_eq!(input.numbers.unwrap()["n1"], 1_i64);
}

#[test]
fn patterns_mean_what_they_mean_in_javascript() {
    accepts::<PatternsInput>(&[
        json!({ "xml": "a\t😀", "face": "😀", "any": "\n" }),
        json!({ "nul": "\0", "again": "aba", "word": "ab", "any": "😀" }),
        json!({ "id": "2eb8aa08-aa98-11ea-b4aa-73b441d16380" }),
    ]);
    refuses::<PatternsInput>(&[
        json!({ "xml": "\u{1}" }),
        json!({ "xml": "\u{ffff}" }),
        json!({ "face": "🚀" }),
        json!({ "any": "" }),
        json!({ "nul": "0" }),
        json!({ "again": "abc" }),
        json!({ "word": "é" }),
        json!({ "id": "2eb8aa08" }),
    ]);
    let refused = PatternsInput::from_value(json!({ "any": "" })).unwrap_err();
    assert!(refused.to_string().ends_with("^[^]$"), "{refused}");
}

#[test]
fn a_pattern_that_backtracks_without_end_refuses_the_value() {
    accepts::<PatternsInput>(&[json!({ "slow": "aaaa" })]);
    let endless = json!({ "slow": format!("{}!", "a".repeat(60)) });
    let refused = PatternsInput::from_value(endless).unwrap_err();
    assert!(refused.to_string().contains("too much work"), "{refused}");
}

#[test]
fn a_default_of_a_target_is_a_default() {
    let input = DefaultsElsewhereInput::default();
    assert_eq!(input.team(), DefaultsElsewhereInputTeam::Support);
    assert_eq!(input.part(), DefaultsElsewhereInputTeam::Support);
    assert_eq!(input.own(), DefaultsElsewhereInputTeam::Sales);
    assert_eq!(input.place(), DefaultsElsewhereInputPlace::new("Bern"));
}

#[test]
fn a_payload_may_be_a_union_of_one_schema() {
    accepts::<OnlyOneInput>(&[json!("a"), json!({ "sum": ["a", { "sum": [] }] })]);
    refuses::<OnlyOneInput>(&[json!(1), json!({ "sum": [1] }), json!({})]);
    let offer = [
        json!({ "text": "a" }),
        json!({ "text": "a", "options": ["b"] }),
    ];
    accepts::<OnlyOneOutput>(&offer);
    accepts::<OfferedEvent>(&offer);
    accepts::<LastState>(&offer);
    accepts::<OfferEntity>(&offer);
}

#[test]
fn messages_that_are_one_entity_have_types_of_their_own() {
    let offer = [json!({ "text": "a", "options": [] })];
    accepts::<RoomChoiceMessage>(&offer);
    accepts::<RoomDropdownMessage>(&offer);
    accepts::<RoomMenuMessage>(&offer);
    refuses::<RoomMenuMessage>(&[json!({ "options": [] })]);
}
