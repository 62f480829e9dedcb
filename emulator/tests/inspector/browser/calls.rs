//! An action is called, replayed and edited.

use contexture_browser::Tab;

use super::{choose, has_no_errors, installed, is_skipped, picture, sees, text_of, write};

#[tokio::test(flavor = "multi_thread")]
async fn an_action_is_called_replayed_and_edited() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, address) = installed(&mut tab).await;
    tab.open(&format!("{address}/actions"));
    tab.press("Track a parcel");
    write(&mut tab, "field/number", "AT-1042");
    choose(&mut tab, "field/withHistory", "true");
    tab.press("Call");
    assert!(text_of(&mut tab, ".result").contains("\"status\": \"delivered\""));
    assert_eq!(
        tab.text("document.getElementById('field/number').value"),
        "AT-1042"
    );
    picture(&mut tab, "action");

    tab.press("Show the call");
    for text in [
        "the parcel was delivered",
        "asking the service",
        "POST /v1/chat/events",
    ] {
        sees(&mut tab, text);
    }
    picture(&mut tab, "call");
    let first = tab.text("location.pathname");
    tab.press("Replay");
    let second = tab.text("location.pathname");
    assert_ne!(first, second, "the page of the new run");
    sees(&mut tab, "Replay of");

    tab.press("Edit and replay");
    write(
        &mut tab,
        "body",
        r#"{"type":"trackParcel","input":{"number":"AT-9"}}"#,
    );
    tab.press("Replay");
    assert!(text_of(&mut tab, "[aria-labelledby=request]").contains("AT-9"));
    let edited = bench.last();
    assert_eq!(
        edited.request.body.text(),
        Some(r#"{"type":"trackParcel","input":{"number":"AT-9"}}"#)
    );

    tab.open(&format!("{address}/actions/cancelParcel?json=1"));
    write(&mut tab, "json", "{\"number\": \"AT-1\"}");
    tab.press("Call");
    sees(&mut tab, "The parcel was picked up already.");
    has_no_errors(&mut tab);
}
