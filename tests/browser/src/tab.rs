//! A tab, and what a person does in it.

use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::chromium::{Chromium, Site};

/// A tab of a browser with a fresh profile.
pub struct Tab(Chromium);

/// A screen: its size in CSS pixels, and whether its owner prefers dark pages.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Whether it is a touch screen.
    pub is_phone: bool,
    /// Whether dark pages are preferred.
    pub is_dark: bool,
}

impl Screen {
    /// A phone of 390 × 844 pixels.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        is_phone: true,
        is_dark: false,
    };
    /// A window of 1280 × 800 pixels.
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
        is_phone: false,
        is_dark: false,
    };

    /// The same screen with dark pages.
    #[must_use]
    pub const fn dark(mut self) -> Self {
        self.is_dark = true;
        self
    }
}

impl Tab {
    /// Opens an empty tab, whose requests go to `site`.
    ///
    /// # Panics
    ///
    /// Panics if Chromium is not installed ([`is_available`](crate::is_available)) or fails, as all
    /// methods do.
    #[must_use]
    pub fn new(site: Site) -> Self {
        Self(Chromium::start(Some(site)))
    }

    /// Opens an empty tab, whose requests go to servers of this machine, whatever host they name.
    ///
    /// # Panics
    ///
    /// Panics if Chromium is not installed.
    #[must_use]
    pub fn on_this_machine() -> Self {
        Self(Chromium::start(None))
    }

    /// Opens an address, as from a link of another site, and waits for the page.
    pub fn open(&mut self, url: &str) {
        self.0.call("Page.navigate", &json!({ "url": url }));
        self.0.wait_for("Page.loadEventFired");
    }

    /// Returns the text of the page that a person sees.
    pub fn seen(&mut self) -> String {
        self.text("document.body.innerText")
    }

    /// Returns the markup of the page.
    pub fn markup(&mut self) -> String {
        self.text("document.documentElement.outerHTML")
    }

    /// Evaluates a script, and returns its value as text.
    pub fn text(&mut self, script: &str) -> String {
        match self.evaluate(script) {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    /// Evaluates a script.
    ///
    /// # Panics
    ///
    /// Panics if the script throws.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let parameters = json!({ "expression": script, "returnByValue": true });
        let result = self.0.call("Runtime.evaluate", &parameters);
        let thrown = &result["exceptionDetails"];
        assert!(thrown.is_null(), "{script}: {thrown}");
        result["result"]["value"].clone()
    }

    /// Moves the focus to the next control, as the tabulator key does.
    pub fn tab_key(&mut self) {
        self.key("Tab", 9, "");
    }

    /// Enters text where the focus is.
    pub fn enter(&mut self, text: &str) {
        self.0.call("Input.insertText", &json!({ "text": text }));
    }

    /// Presses the key for the main action, and waits for the next page.
    pub fn enter_key(&mut self) {
        self.key("Enter", 13, "\r");
        self.0.wait_for("Page.loadEventFired");
    }

    /// Clicks on what a selector finds, and waits for the next page.
    pub fn click(&mut self, selector: &str) {
        let selector = json!(selector);
        self.evaluate(&format!("document.querySelector({selector}).click()"));
        self.0.wait_for("Page.loadEventFired");
    }

    /// Clicks on the link or the button with a text, and waits for the next page.
    pub fn press(&mut self, text: &str) {
        self.evaluate(&pressing(text));
        self.0.wait_for("Page.loadEventFired");
    }

    /// Clicks on the link with a text, and goes to the new tab that it opens.
    pub fn press_for_new_tab(&mut self, text: &str) {
        self.0.go_to_new_tab(&pressing(text));
    }

    /// Closes the tab of [`press_for_new_tab`](Self::press_for_new_tab), and goes back to the first one.
    pub fn close_new_tab(&mut self) {
        self.0.close_new_tab();
    }

    /// Waits until a script returns `true`.
    ///
    /// # Panics
    ///
    /// Panics if it does not within half a minute.
    pub fn wait_until(&mut self, script: &str) {
        let condition = format!(
            "new Promise((resolve) => {{
                const end = Date.now() + 30000;
                const look = () => {{
                    if ({script}) resolve(true);
                    else if (Date.now() > end) resolve(false);
                    else setTimeout(look, 20);
                }};
                look();
            }})"
        );
        let parameters =
            json!({ "expression": condition, "returnByValue": true, "awaitPromise": true });
        let result = self.0.call("Runtime.evaluate", &parameters);
        let is_so = result["result"]["value"] == true;
        assert!(is_so, "{script} does not become true:\n{}", self.seen());
    }

    /// Evaluates a script that returns a promise, and returns its value.
    pub fn resolve(&mut self, script: &str) -> Value {
        let parameters =
            json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let result = self.0.call("Runtime.evaluate", &parameters);
        result["result"]["value"].clone()
    }

    /// Returns the roles and the names of what a screen reader reads, without plain text.
    pub fn accessible(&mut self) -> Vec<(String, String)> {
        let tree = self.0.call("Accessibility.getFullAXTree", &json!({}));
        let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
        let shown = nodes.iter().filter(|node| node["ignored"] == false);
        let named = shown.map(|node| {
            let text = |part: &str| node[part]["value"].as_str().unwrap_or_default().to_owned();
            (text("role"), text("name"))
        });
        let plain = ["StaticText", "InlineTextBox", "generic", "none"];
        named
            .filter(|(role, _)| !plain.contains(&role.as_str()))
            .collect()
    }

    /// Returns the cookies of the browser: names, values and attributes, in the form of the
    /// debugging protocol.
    pub fn cookies(&mut self) -> Vec<Value> {
        let cookies = self.0.call("Storage.getCookies", &json!({}));
        cookies["cookies"].as_array().cloned().unwrap_or_default()
    }

    /// Sets a cookie of [`cookies`](Self::cookies).
    pub fn set_cookie(&mut self, cookie: &Value) {
        self.0
            .call("Storage.setCookies", &json!({ "cookies": [cookie] }));
    }

    /// Removes all cookies.
    pub fn clear_cookies(&mut self) {
        self.0.call("Storage.clearCookies", &json!({}));
    }

    /// Returns what the browser has blocked so far because of a content security policy.
    pub fn blocked(&mut self) -> &[String] {
        // Messages come in order, so that those before the answer were read.
        self.evaluate("0");
        &self.0.blocked
    }

    /// Returns the errors that the console has told so far.
    pub fn errors(&mut self) -> &[String] {
        self.evaluate("0");
        &self.0.errors
    }

    /// Changes the screen.
    pub fn screen(&mut self, screen: Screen) {
        let scheme = if screen.is_dark { "dark" } else { "light" };
        let scheme = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.0.call(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [scheme] }),
        );
        let size = json!({
            "width": screen.width,
            "height": screen.height,
            "deviceScaleFactor": 2,
            "mobile": screen.is_phone,
        });
        self.0.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Writes a picture of the page to a file.
    ///
    /// # Panics
    ///
    /// Panics if the file cannot be written.
    pub fn picture(&mut self, file: &Path) {
        let picture = self
            .0
            .call("Page.captureScreenshot", &json!({ "format": "png" }));
        let picture = BASE64_STANDARD.decode(picture["data"].as_str().unwrap_or_default());
        let picture = picture.expect("a picture is base64");
        std::fs::write(file, picture).expect("the picture can be written");
    }

    /// Prints the page; returns the bytes of the PDF.
    ///
    /// # Panics
    ///
    /// Panics if Chromium does not print it.
    pub fn print(&mut self) -> Vec<u8> {
        let printed = self.0.call("Page.printToPDF", &json!({}));
        let printed = BASE64_STANDARD.decode(printed["data"].as_str().unwrap_or_default());
        printed.expect("a PDF is base64")
    }

    /// Shows the page as it is on paper.
    pub fn paper(&mut self) {
        self.0
            .call("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// Presses a key, and does not wait for another page: `/`, `Escape`.
    pub fn press_key(&mut self, key: &str) {
        let text = if key.len() == 1 { key } else { "" };
        self.key(key, 0, text);
    }

    fn key(&mut self, key: &str, code: u32, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code,
            });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            self.0.call("Input.dispatchKeyEvent", &event);
        }
    }
}

/// A script that clicks on the link or the button with a text.
fn pressing(text: &str) -> String {
    let text = json!(text);
    format!(
        "[...document.querySelectorAll('a, button')]
            .find((element) => element.innerText.trim() === {text}).click()"
    )
}

impl fmt::Debug for Tab {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tab").finish_non_exhaustive()
    }
}
