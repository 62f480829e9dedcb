//! A page that is open follows what happens.

use contexture_browser::Tab;
use contexture_emulator::program::ProgramState;
use serde_json::json;

use super::{has_no_errors, installed, is_skipped, picture};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_open_shows_what_happens() {
    if is_skipped() {
        return;
    }
    let mut tab = Tab::on_this_machine();
    let (bench, _) = installed(&mut tab).await;
    let id = bench.platform.instances().unwrap().remove(0).webhook_id;
    tab.open(&format!("{}/inspector", bench.base));
    tab.wait_until("document.getElementById('live').innerText === 'Live'");
    tab.evaluate(
        "document.querySelector('#rows a').focus(); window.focused = document.activeElement",
    );
    let input = json!({ "number": "AT-1042" });
    bench
        .platform
        .call_action(&id, "trackParcel", &input)
        .await
        .unwrap();
    tab.wait_until("document.querySelectorAll('#rows tr').length === 2");
    tab.wait_until("document.querySelector('#rows tr:first-child .status.good') !== null");
    let keeps_focus = tab.evaluate("document.activeElement === window.focused");
    assert_eq!(keeps_focus, json!(true), "a row that stays keeps the focus");

    bench.program.set_state(ProgramState::Failed {
        output: "\u{1b}[1m\u{1b}[38;5;9merror[E0425]\u{1b}[0m\u{1b}[1m: cannot find value `parcel` in this scope\u{1b}[0m\n \
                 \u{1b}[1m\u{1b}[38;5;12m--> \u{1b}[0msrc/main.rs:42:9\n   \u{1b}[38;5;12m|\u{1b}[0m\n\u{1b}[38;5;12m42 |\u{1b}[0m         \
                 parcel.number\n   \u{1b}[38;5;12m|\u{1b}[0m         \u{1b}[1m\u{1b}[38;5;9m^^^^^^ not found in this scope\u{1b}[0m"
            .to_owned(),
        earlier_serves: true,
    });
    tab.wait_until("document.body.innerText.includes('cannot find value')");
    picture(&mut tab, "failed");
    bench.program.set_state(ProgramState::Serving);
    tab.wait_until("!document.body.innerText.includes('cannot find value')");
    bench.platform.unregister(&id).await.unwrap();
    tab.wait_until("document.querySelector('#navigation .dot').title === 'Unregistered'");
    has_no_errors(&mut tab);
}
