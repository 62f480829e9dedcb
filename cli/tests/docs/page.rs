//! The page in Chromium, opened from a file.

use std::fs;
use std::path::PathBuf;

use contexture_browser::{Screen, Tab, is_available};
use tempfile::TempDir;

use crate::{ALL, EVERYTHING, Made};

/// A narrow phone.
const NARROW: Screen = Screen {
    width: 360,
    height: 780,
    is_phone: true,
    is_dark: false,
};

/// A tab that shows pages from files, one after the other. To start a browser takes longer than to open a page.
struct Browser {
    tab: Tab,
    folder: TempDir,
}

impl Browser {
    /// Starts a browser, unless there is no Chromium.
    fn start() -> Option<Self> {
        is_available().then(|| Self {
            tab: Tab::on_this_machine(),
            folder: tempfile::tempdir().unwrap(),
        })
    }

    /// Opens a page on a screen, at an anchor or none: `#action-createTicket`.
    fn open(&mut self, html: &str, screen: Screen, anchor: &str) -> &mut Tab {
        let page = self.folder.path().join("reference.html");
        fs::write(&page, html).unwrap();
        self.tab.screen(screen);
        // From one anchor to another one of the same address, a browser does not load the page again.
        self.tab.open("about:blank");
        self.tab.open(&format!("file://{}{anchor}", page.display()));
        &mut self.tab
    }
}

/// Writes a picture into the folder that `CONTEXTURE_PICTURES` names, if it is set.
fn picture(tab: &mut Tab, name: &str) {
    if let Some(folder) = std::env::var_os("CONTEXTURE_PICTURES") {
        tab.picture(&PathBuf::from(folder).join(format!("docs-{name}.png")));
    }
}

/// The anchors of the items and fields that are seen.
fn seen(tab: &mut Tab, selector: &str) -> Vec<String> {
    let script = format!(
        "[...document.querySelectorAll('{selector}')].filter((element) => element.checkVisibility())
            .map((element) => element.id).join(' ')"
    );
    tab.text(&script)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Enters words into the search, which is empty.
fn enter(tab: &mut Tab, words: &str) {
    tab.evaluate("document.activeElement.blur()");
    tab.press_key("/");
    assert_eq!(tab.text("document.activeElement.id"), "search");
    tab.enter(words);
}

#[test]
fn a_search_shows_the_items_and_the_fields_that_fit_and_says_if_there_are_none() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let tab = browser.open(&EVERYTHING.html, Screen::DESKTOP, "");
    let all = seen(tab, "article");
    enter(tab, "PRIORITY");
    picture(tab, "search");
    assert_eq!(
        seen(tab, "article"),
        ["action-createTicket", "changes-3.0.0"]
    );
    let fields = seen(tab, "#action-createTicket [data-field]");
    assert_eq!(fields, ["action-createTicket-input-priority"]);
    assert_eq!(
        tab.text("document.getElementById('found').innerText"),
        "2 items"
    );
    assert_eq!(seen(tab, "nav a").len(), 0);
    let linked = tab.text("[...document.querySelectorAll('nav a')].filter((link) => link.checkVisibility()).map((link) => link.innerText).join(' ')");
    assert_eq!(linked, "Actions createTicket Changes 3.0.0");

    tab.press_key("Escape");
    assert_eq!(seen(tab, "article"), all);
    // A field inside of a field that is closed, by a word of it and one of its item.
    enter(tab, "createticket kind");
    assert!(
        seen(tab, "[data-field]")
            .contains(&"action-createTicket-input-attachments-text-kind".to_owned())
    );

    tab.press_key("Escape");
    enter(tab, "no such thing");
    assert_eq!(seen(tab, "article"), [""; 0]);
    assert!(tab.seen().contains("Nothing fits"), "{}", tab.seen());
    tab.press_key("Escape");
    assert_eq!(seen(tab, "article"), all);
    tab.press_key("Escape");
    assert_ne!(tab.text("document.activeElement.id"), "search");
    assert_eq!(tab.errors(), [""; 0]);
    assert_eq!(tab.blocked(), [""; 0]);
}

#[test]
fn an_anchor_leads_to_its_part_also_in_what_is_closed_or_was_not_found() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let tab = browser.open(&EVERYTHING.html, Screen::DESKTOP, "");
    tab.evaluate(
        "for (const details of document.querySelectorAll('main details')) details.open = false",
    );
    enter(tab, "closeTicket");
    let field = "action-createTicket-input-attachments-link-url";
    tab.evaluate(&format!("location.hash = '#{field}'"));
    tab.wait_until(&format!(
        "document.getElementById('{field}').checkVisibility()"
    ));
    let top = format!("document.getElementById('{field}').getBoundingClientRect().top");
    tab.wait_until(&format!("{top} >= 0 && {top} < innerHeight"));
    assert_eq!(tab.text("document.querySelector(':target').id"), field);
}

#[test]
fn an_address_with_an_anchor_that_is_not_there_leaves_the_page_as_it_is() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for anchor in ["#nothing", "#100%", "#%E3%81"] {
        let tab = browser.open(&EVERYTHING.html, Screen::DESKTOP, anchor);
        assert_eq!(tab.errors(), [""; 0], "{anchor}");
        // The last thing that the script does at the start.
        let script = "[...document.querySelectorAll('.copy')].every((button) => !button.hidden)";
        assert_eq!(tab.text(script), "true", "{anchor}");
    }
}

#[test]
fn a_page_needs_no_network_and_breaks_no_rule_of_its_policy() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for Made { file, html, .. } in ALL.iter() {
        let tab = browser.open(html, Screen::DESKTOP, "");
        let name = file.display();
        assert_eq!(tab.text("performance.getEntriesByType('resource').filter((entry) => !entry.name.startsWith('data:')).length"), "0", "{name}");
        assert_eq!(tab.errors(), [""; 0], "{name}");
        assert_eq!(tab.blocked(), [""; 0], "{name}");
        tab.screen(NARROW);
        let overhang = tab.text("document.documentElement.scrollWidth - innerWidth");
        assert_eq!(overhang, "0", "{name} at {} pixels", NARROW.width);
    }
    let script = "const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.body.append(script);";
    browser.tab.evaluate(script);
    assert_eq!(browser.tab.text("typeof window.ran"), "undefined");
    assert_ne!(browser.tab.blocked(), [""; 0]);
}

#[test]
fn texts_are_readable_in_light_and_dark_and_the_page_is_printed_open() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for (name, screen) in [
        ("desktop", Screen::DESKTOP),
        ("desktop-dark", Screen::DESKTOP.dark()),
        ("narrow", NARROW),
        ("narrow-dark", NARROW.dark()),
    ] {
        let tab = browser.open(&EVERYTHING.html, screen, "");
        picture(tab, name);
        let faint = tab.text(CONTRAST);
        assert_eq!(faint, "", "{name}");
        tab.evaluate(
            "for (const details of document.querySelectorAll('main details')) details.open = false;
             addEventListener('beforeprint', () => {
                 window.closed_on_paper = document.querySelectorAll('main details:not([open])').length;
             });",
        );
        assert!(tab.print().starts_with(b"%PDF-"));
        assert_eq!(tab.text("window.closed_on_paper"), "0", "{name}");
        assert_ne!(
            tab.text("document.querySelectorAll('main details:not([open])').length"),
            "0",
            "{name}: after it is printed"
        );
        tab.paper();
        picture(tab, &format!("{name}-paper"));
        let is_seen = tab.text("document.querySelector('header').checkVisibility()");
        assert_eq!(is_seen, "false", "{name}: the contents on paper");
        let after = "[...document.querySelectorAll('main a[href^=http]')]
            .map((link) => getComputedStyle(link, '::after').content)
            .map((content) => content === 'none' ? 'none' : 'address').join(' ')";
        assert_eq!(
            tab.text(after),
            "address address none",
            "{name}: a link has its address behind it, unless it is one"
        );
        let hidden = tab.text(
            "[...document.querySelectorAll('main details li')].filter((field) => field.getBoundingClientRect().height === 0).length",
        );
        assert_eq!(
            hidden, "0",
            "{name}: fields that are hidden on paper without a script"
        );
    }
}

#[test]
fn a_screen_reader_finds_landmarks_headings_and_names() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let tab = browser.open(&EVERYTHING.html, Screen::DESKTOP, "");
    let accessible = tab.accessible();
    let has = |role: &str, name: &str| {
        accessible
            .iter()
            .any(|(is, called)| is == role && called.starts_with(name))
    };
    for (role, name) in [
        ("main", ""),
        ("navigation", "Contents"),
        ("search", ""),
        ("searchbox", "Search the reference"),
        ("heading", "Acme Desk"),
        ("heading", "createTicket"),
        ("link", "Link to createTicket"),
    ] {
        assert!(has(role, name), "{role} {name}: {accessible:?}");
    }
    let levels = tab.text("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => +heading.tagName[1]).reduce((last, level) => level <= last + 1 ? level : 99, 0) < 99");
    assert_eq!(levels, "true", "no level of headings is skipped");
}

/// The texts whose contrast with what is behind them is below 4.5.
const CONTRAST: &str = "(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const bytes = (color) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const light = (color) => {
        const [r, g, b] = [...bytes(color)].slice(0, 3).map((byte) => byte / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            if (bytes(color)[3] === 255) return color;
        }
        return 'white';
    };
    const faint = new Set();
    for (const element of document.querySelectorAll('body *')) {
        const has = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!has || !element.checkVisibility({ opacityProperty: true })) continue;
        const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < 4.5) faint.add(element.outerHTML.slice(0, 80) + ' ' + contrast.toFixed(2));
    }
    return [...faint].join('\\n');
})()";
