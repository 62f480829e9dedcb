//! Scripts in the form that integrations have.

use contexture_vrl::{VrlError, check, run};
use serde_json::{Value, json};

#[test]
fn an_identifier_is_taken_from_a_body() {
    let script = "to_string!(parse_json!(.body).installation.id)";
    let body = json!({ "installation": { "id": 123 } }).to_string();
    assert_eq!(run(script, json!({ "body": body })), Ok(json!("123")));
    let failed = run(script, json!({ "body": "no JSON" }));
    assert!(matches!(failed, Err(VrlError::Run(_))), "{failed:?}");
}

#[test]
fn a_form_and_a_query_are_read() {
    let script = r#"parse_json!(replace(decode_percent!(.body), "payload=", "")).team_id"#;
    let body = "payload=%7B%22team_id%22%3A%22T1%22%7D";
    assert_eq!(run(script, json!({ "body": body })), Ok(json!("T1")));
    let script = r#"parse_query_string!(.query)."hub.challenge""#;
    let query = "hub.mode=subscribe&hub.challenge=42";
    assert_eq!(run(script, json!({ "query": query })), Ok(json!("42")));
}

#[test]
fn a_link_is_made_by_a_template() {
    let script = "webhookId = to_string!(.webhookId)\nwebhookUrl = to_string!(.webhookUrl)\n\n\
                  \"{{ webhookUrl }}/oauth/wizard/start?state={{ webhookId }}\"\n";
    let input = json!({ "webhookId": "wh_1", "webhookUrl": "https://webhook.test" });
    let link = "https://webhook.test/oauth/wizard/start?state=wh_1";
    assert_eq!(run(script, input), Ok(json!(link)));
}

#[test]
fn an_answer_to_a_challenge_has_a_status_and_a_body() {
    let script = r#"
        if parse_query_string!(.query)."hub.verify_token" == .secrets.VERIFY_TOKEN {
            { "status": 200, "headers": { "content-type": "text/plain" }, "body": "ok" }
        } else {
            { "status": 403 }
        }"#;
    let input = |token: &str| json!({ "query": format!("hub.verify_token={token}"), "secrets": { "VERIFY_TOKEN": "t" } });
    let answer = run(script, input("t")).unwrap();
    assert_eq!(answer["status"], 200);
    assert_eq!(answer["headers"], json!({ "content-type": "text/plain" }));
    assert_eq!(run(script, input("x")), Ok(json!({ "status": 403 })));
}

#[test]
fn a_script_that_does_not_compile_shows_the_place() {
    let failed = check("parse_jsn!(.body)").unwrap_err();
    let shown = failed.to_string();
    assert!(shown.contains("parse_jsn"), "{shown}");
    assert_eq!(check(".body"), Ok(()));
}

/// `CONTEXTURE_CORPUS` names a folder with definitions, as `bp read --json` prints them.
#[test]
fn the_scripts_of_real_definitions_compile() {
    let Some(folder) = std::env::var_os("CONTEXTURE_CORPUS") else {
        let in_ci = std::env::var("CI").as_deref() == Ok("true");
        assert!(!in_ci, "CONTEXTURE_CORPUS names no folder");
        return;
    };
    let folder = std::path::PathBuf::from(folder).join("integrations");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let definition: Value = serde_json::from_str(&text).unwrap();
        for script in scripts(&definition) {
            check(script).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
    println!("{count} scripts");
}

fn scripts(definition: &Value) -> Vec<&str> {
    let named = definition["configurations"]
        .as_object()
        .into_iter()
        .flatten();
    let configurations = named
        .map(|(_, configuration)| configuration)
        .chain([&definition["configuration"]]);
    let links = configurations.map(|one| &one["identifier"]["linkTemplateScript"]);
    let identifier = &definition["identifier"];
    let own = [
        &identifier["extractScript"],
        &identifier["fallbackHandlerScript"],
    ];
    links.chain(own).filter_map(Value::as_str).collect()
}
