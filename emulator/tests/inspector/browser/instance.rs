//! An instance is installed and configured.

use contexture_browser::{Screen, Tab};
use serde_json::json;

use super::{choose, has_no_errors, is_skipped, picture, sees, text_of, write};
use crate::bench::{API_KEY, Bench};
use crate::courier::REFUSED_KEY;

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_is_installed_and_configured_wrongly_and_rightly() {
    if is_skipped() {
        return;
    }
    let bench = Bench::start().await;
    let mut tab = Tab::on_this_machine();
    tab.screen(Screen::DESKTOP);
    tab.open(&bench.base);
    sees(&mut tab, "Nothing has happened yet.");
    tab.press("Install the integration");

    write(&mut tab, "field/apiKey", "short");
    write(&mut tab, "field/retries", "9");
    tab.press("Install");
    for field in ["apiKey", "region", "retries"] {
        let problem = tab.text(&format!(
            "document.getElementById('field/{field}-problem').innerText"
        ));
        assert!(!problem.is_empty(), "{field}");
    }
    assert_eq!(
        tab.text("document.getElementById('field/apiKey').value"),
        ""
    );
    assert_eq!(
        tab.text("document.getElementById('field/retries').value"),
        "9"
    );
    assert_eq!(bench.count(), 0);
    picture(&mut tab, "refused");

    write(&mut tab, "field/apiKey", REFUSED_KEY);
    write(&mut tab, "field/retries", "2");
    choose(&mut tab, "field/region", "eu");
    tab.press("Add");
    write(&mut tab, "field/apiKey", REFUSED_KEY);
    write(&mut tab, "field/depots/0/city", "Graz");
    tab.press("Install");
    sees(&mut tab, "Registration failed");
    sees(&mut tab, "the service refused the key");

    write(&mut tab, "field/apiKey", API_KEY);
    tab.press("Save and register");
    sees(&mut tab, "The configuration was saved");
    assert!(text_of(&mut tab, "#status").contains("Registered"));
    picture(&mut tab, "instance");
    tab.press("Ping");
    sees(&mut tab, "Ping: 200");
    let instance = bench.platform.instances().unwrap().remove(0);
    let expected =
        json!({ "apiKey": API_KEY, "region": "eu", "retries": 2, "depots": [{ "city": "Graz" }] });
    assert_eq!(instance.configuration, expected);

    tab.press("OAuth");
    write(&mut tab, "field/clientId", "client-1");
    write(&mut tab, "field/clientSecret", "hush-hush");
    tab.press("Save and register");
    let instance = bench.platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(instance.configuration_type.as_deref(), Some("oauth"));
    tab.press("Uninstall");
    assert!(bench.platform.instances().unwrap().is_empty());
    has_no_errors(&mut tab);
}
