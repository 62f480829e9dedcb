//! The inspector in Chromium: what a person does with it, and what pages of other sites cannot do.

mod calls;
mod chat;
mod every_page;
mod instance;
mod live;
mod other_sites;

use std::io::Write as _;
use std::path::Path;

use contexture_browser::{Screen, Tab, is_available};
use serde_json::json;

use crate::bench::Bench;

fn is_skipped() -> bool {
    if is_available() {
        return false;
    }
    let mut stream = std::io::stdout();
    writeln!(stream, "inspector: skipped, because there is no Chromium").unwrap();
    true
}

/// Writes a picture of the page into the folder of the variable `CONTEXTURE_PICTURES`, if it is set.
fn picture(tab: &mut Tab, name: &str) {
    if let Some(folder) = std::env::var_os("CONTEXTURE_PICTURES") {
        tab.picture(&Path::new(&folder).join(format!("{name}.png")));
    }
}

/// Writes into a field, in the place of what it has.
fn write(tab: &mut Tab, id: &str, text: &str) {
    let id = json!(id);
    tab.evaluate(&format!(
        "document.getElementById({id}).focus(); document.getElementById({id}).select()"
    ));
    tab.enter(text);
}

fn choose(tab: &mut Tab, id: &str, value: &str) {
    let (id, value) = (json!(id), json!(value));
    tab.evaluate(&format!("document.getElementById({id}).value = {value}"));
}

fn text_of(tab: &mut Tab, selector: &str) -> String {
    let selector = json!(selector);
    tab.text(&format!(
        "document.querySelector({selector})?.innerText ?? ''"
    ))
}

fn sees(tab: &mut Tab, text: &str) {
    let seen = tab.seen();
    assert!(seen.contains(text), "{text:?} is not in:\n{seen}");
}

async fn installed(tab: &mut Tab) -> (Bench, String) {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    tab.screen(Screen::DESKTOP);
    let address = format!("{}/inspector/instances/{}", bench.base, instance.webhook_id);
    (bench, address)
}

fn has_no_errors(tab: &mut Tab) {
    assert_eq!(tab.errors(), [] as [String; 0]);
    assert_eq!(tab.blocked(), [] as [String; 0]);
}
