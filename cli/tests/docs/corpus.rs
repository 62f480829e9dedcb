//! Properties of the references of all definitions.

use std::collections::BTreeSet;

use contexture_codegen::Generator;
use contexture_compare::sample::{Label, Labeler};
use serde_json::Value;

use crate::html::read;
use crate::{ALL, EVERYTHING, Made, docs, everything, made};

#[test]
fn every_link_of_a_page_has_its_target_and_every_id_is_there_once() {
    for Made { file, html, .. } in ALL.iter() {
        let page = read(html);
        let ids: Vec<_> = page.all("id").collect();
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{}", file.display());
        for link in page.all("href").filter_map(|link| link.strip_prefix('#')) {
            assert!(distinct.contains(&link), "{}: {link}", file.display());
        }
        for described in page.all("aria-describedby") {
            assert!(distinct.contains(&described), "{}", file.display());
        }
    }
}

#[test]
fn every_link_of_markdown_has_its_target() {
    for Made {
        file,
        markdown: text,
        ..
    } in ALL.iter()
    {
        let anchors: Vec<_> = parts(text, "<a id=\"", '"').collect();
        let distinct: BTreeSet<_> = anchors.iter().copied().collect();
        assert_eq!(anchors.len(), distinct.len(), "{}", file.display());
        for link in parts(text, "](#", ')') {
            assert!(distinct.contains(link), "{}: {link}", file.display());
        }
        // A line of a table has its three cells, whatever the texts are.
        for line in text.lines().filter(|line| line.starts_with("| ")) {
            let ends = line.replace("\\\\", "").replace("\\|", "");
            assert_eq!(ends.matches('|').count(), 4, "{}: {line}", file.display());
        }
    }
}

#[test]
fn every_example_is_valid() {
    let mut count = 0;
    let mut missing = Vec::new();
    for Made {
        file,
        markdown: text,
        ..
    } in ALL.iter()
    {
        let described = Generator::new(file).describe().unwrap();
        for (anchor, schema) in payloads(described.definition()) {
            let labeler = Labeler::new(schema).unwrap();
            match example(text, &anchor) {
                Some(example) => {
                    assert_eq!(labeler.label(&example), Label::Valid, "{anchor}: {example}");
                    count += 1;
                }
                // Nothing has to be shown of a value that may be empty.
                None if labeler.label(&Value::Object(serde_json::Map::new())) == Label::Valid => {}
                None => missing.push(format!("{}: {anchor}", file.display())),
            }
        }
    }
    assert!(count > 50, "{count}");
    assert_eq!(missing, [""; 0], "these have no example");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let [first, second] = [&EVERYTHING, &made(everything())];
    let folder = env!("CARGO_MANIFEST_DIR");
    for (one, other) in [
        (&first.html, &second.html),
        (&first.markdown, &second.markdown),
    ] {
        assert!(one == other, "{one}");
        assert!(!one.contains(folder), "a path of this machine");
    }
    let printed = docs(&[everything().to_str().unwrap()]);
    assert_eq!(printed.output, first.markdown);
}

/// The schemas that have examples, each with the anchor of its part.
fn payloads(definition: &Value) -> Vec<(String, &Value)> {
    let members = |section: &'static str| definition[section].as_object().into_iter().flatten();
    let mut payloads = Vec::new();
    for (name, action) in members("actions") {
        for word in ["input", "output"] {
            payloads.push((format!("action-{name}-{word}"), &action[word]["schema"]));
        }
    }
    for (name, event) in members("events") {
        payloads.push((format!("event-{name}-payload"), &event["schema"]));
    }
    for (channel, about) in members("channels") {
        for (name, message) in about["messages"].as_object().into_iter().flatten() {
            payloads.push((
                format!("message-{channel}-{name}-payload"),
                &message["schema"],
            ));
        }
    }
    payloads
}

/// The example of the part with an anchor, before the next part or heading.
fn example(text: &str, anchor: &str) -> Option<Value> {
    let anchor: String = anchor
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || "-_.".contains(sign) {
                sign
            } else {
                '-'
            }
        })
        .collect();
    let (_, rest) = text.split_once(&format!("\n<a id=\"{anchor}\"></a>**"))?;
    let end = rest.find("\n<a id=\"").unwrap_or(rest.len());
    let (_, code) = rest[..end].split_once("\n```json\n")?;
    let (code, _) = code.split_once("\n```\n").unwrap();
    Some(serde_json::from_str(code).unwrap())
}

/// The texts between a start and an end.
fn parts<'a>(text: &'a str, start: &'a str, end: char) -> impl Iterator<Item = &'a str> {
    text.split(start)
        .skip(1)
        .filter_map(move |rest| Some(rest.split_once(end)?.0))
}
