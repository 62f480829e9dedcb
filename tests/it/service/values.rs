//! Values of generated types: how they are built, and the types of their fields.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use contexture::{Date, DateTime, Payload, Secret};
use contexture_tests::github::UserTags;
use contexture_tests::shapes::actions::{
    ConstraintsInput, ConstraintsOutput, DatesInput, DatesInputAtOrDay, DatesInputAtOrSeconds,
    DatesInputHoliday, DatesInputNewYear, DatesOutput,
};
use serde_json::{Value, json};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn date_time(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// A value with every date of the schema.
fn every_date() -> Value {
    json!({
        "at": "2026-01-31t08:30:00.000z", "day": "2024-02-29", "until": null,
        "birthday": "2000-01-01", "since": "2026-01-31T08:30:60+08:31", "days": ["0000-01-01", "9999-12-31"],
        "byName": { "a": "2026-01-31T08:30:00-00:00" }, "span": ["2026-01-31", "2026-01-31T08:30:00Z"],
        "atOrSeconds": "2016-12-31T23:59:60.123456789012Z", "atOrDay": "2026-01-31",
        "holiday": "2026-12-25", "newYear": "2027-01-01T00:00:00Z", "refined": "2026-01-31T08:30:00Z",
    })
}

#[test]
fn dates_have_a_type_wherever_they_stand() {
    let mut value = every_date();
    value["since"] = "2026-01-31T08:30:00+08:31".into();
    let input = DatesInput::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_string(&input).unwrap(), in_order(&value));
    let built = DatesInput::new(date_time("2026-01-31T08:30:00Z"), date("2024-02-29"))
        .with_until(None)
        .with_birthday(Secret::new(date("2000-01-01")))
        .with_since(date_time("2026-01-30T23:59:00Z"))
        .with_days(vec![date("0000-01-01"), date("9999-12-31")])
        .with_by_name(BTreeMap::from([(
            "a".to_owned(),
            date_time("2026-01-31T08:30:00Z"),
        )]))
        .with_span((date("2026-01-31"), date_time("2026-01-31T08:30:00Z")))
        .with_at_or_seconds(DatesInputAtOrSeconds::Moment(date_time(
            "2016-12-31T23:59:60.123456789012Z",
        )))
        .with_at_or_day(DatesInputAtOrDay::Day(date("2026-01-31")))
        .with_holiday(DatesInputHoliday::_2026_12_25)
        .with_new_year(DatesInputNewYear::_2027_01_01t00_00_00z)
        .with_refined(date_time("2026-01-31T08:30:00Z"));
    assert_eq!(input, built);
    assert!(!format!("{input:?}").contains("2000"));
}

#[test]
fn a_wrong_date_is_refused_where_it_stands() {
    let mut value = every_date();
    // This second is no leap second.
    value["since"] = "2026-01-31T08:30:60Z".into();
    value["days"][1] = "2025-02-29".into();
    let refused = DatesInput::from_value(value).unwrap_err();
    let places: BTreeSet<_> = refused
        .iter()
        .map(|one| one.instance_path.as_str())
        .collect();
    assert_eq!(places, BTreeSet::from(["/days/1", "/since"]));
}

#[test]
fn the_default_of_a_date_is_a_date() {
    let input = DatesInput::new(DateTime::now(), date("2026-01-31"));
    let since = SystemTime::from(input.since());
    assert_eq!(since, SystemTime::from(date_time("2025-12-31T23:00:00Z")));
}

#[test]
fn optional_fields_are_set_one_after_the_other() {
    let parent = ConstraintsInput::new("ada").with_with_age(true);
    let input = ConstraintsInput::new("bob")
        .with_age(36)
        .with_labels(vec!["a".to_owned()])
        .with_pin("1234")
        .with_parent(parent);
    assert_eq!(
        input.to_value().unwrap(),
        json!({
            "userName": "bob", "age": 36, "labels": ["a"], "pin": "1234",
            "parent": { "userName": "ada", "with_age": true },
        })
    );
    assert!(!input.get_with_age());
    assert_eq!(input.home_page(), "https://example.com/");
}

#[test]
fn tags_are_built_by_name() {
    let tags = UserTags::default().with_login("ada");
    assert_eq!(tags.login.as_deref(), Some("ada"));
}

#[test]
fn outputs_that_are_maps_and_lists_are_built_from_them() {
    assert_eq!(DatesOutput::default().to_value().unwrap(), json!({}));
    let output = DatesOutput::from(BTreeMap::from([("a".to_owned(), date("2026-01-31"))]));
    assert_eq!(output.to_value().unwrap(), json!({ "a": "2026-01-31" }));
    let output: ConstraintsOutput = vec!["a".to_owned()].into();
    assert_eq!(output.to_value().unwrap(), json!(["a"]));
}

/// The text of an object in the order of the type: required properties first, the others by name.
fn in_order(value: &Value) -> String {
    let Value::Object(members) = value else {
        panic!("{value} is not an object");
    };
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(name, _)| (!["at", "day"].contains(&name.as_str()), name.as_str()));
    let members: serde_json::Map<_, _> = members
        .into_iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Value::Object(members).to_string()
}
