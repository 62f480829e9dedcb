//! The markup of pages.

use contexture::webhook::Html;
use contexture::wizard::Input;

use super::*;

/// Renders a page at the start of a wizard.
async fn shown(page: Page<Step>) -> String {
    let setup = Setup::new();
    let request = Visitor::new().open(START);
    let handled = setup
        .wizard
        .handle(&setup.ctx, &setup.sessions, &request, |_| async move {
            Ok(page.into())
        });
    let response = handled.await.unwrap();
    String::from_utf8(response.body.to_vec()).unwrap()
}

/// Texts that would be markup, attributes or scripts.
const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "</textarea></style></title><script>",
    "&lt;script&gt;&#x3c;",
    "javascript:alert(1)\r\n\u{0}\u{202e}",
];

#[tokio::test]
async fn no_text_becomes_markup() {
    let plain = page_of("a text").await;
    let tags = |page: &str| page.matches('<').count();
    let quotes = |page: &str| page.matches('"').count();
    let hostile = HOSTILE.map(str::to_owned);
    for text in hostile.into_iter().chain(mixed_texts()) {
        let page = page_of(&text).await;
        assert_eq!(tags(&page), tags(&plain), "{page}");
        assert_eq!(quotes(&page), quotes(&plain), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{page}"
        );
    }
}

/// Texts of characters that have a meaning in markup, from a fixed sequence of numbers.
fn mixed_texts() -> impl Iterator<Item = String> {
    let characters: Vec<char> = "<>&\"'/=;!-?` \n\t\u{0}\u{feff}aé😀".chars().collect();
    let mut number: u64 = 1;
    (0..100).map(move |length| {
        let text = (0..=length % 24).map(|_| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let index = usize::try_from(number >> 33).unwrap() % characters.len();
            characters[index]
        });
        text.collect()
    })
}

/// A page with a text in each place that takes one.
async fn page_of(text: &str) -> String {
    let page = Page::new(text)
        .language(text)
        .text(text)
        .button(Button::step(text, Step::Later));
    let choice = Form::choice(text, [(text, text)], Step::Save).value("choice", text);
    let many = Form::choices(text, [(text, text)], Step::Save).value("choice", text);
    let mut whole = String::new();
    for form in [choice, many].into_iter().chain(
        [
            Input::Text,
            Input::LongText,
            Input::Secret,
            Input::Number,
            Input::Email,
            Input::Url,
        ]
        .map(|input| Form::input(text, input, Step::Save).value("input", text)),
    ) {
        whole += &shown(page.clone().form(form.button(text))).await;
    }
    whole
}

#[tokio::test]
async fn what_was_sent_does_not_become_markup() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    for text_sent in HOSTILE {
        let values = [
            ("apiKey", text_sent),
            ("region", text_sent),
            (text_sent, text_sent),
        ];
        let again = setup.submit(&mut visitor, &page, &values).await;
        assert_eq!(again.status(), 200);
        for piece in ["<script>alert", "<img src", "onfocus='"] {
            assert!(!text(&again).contains(piece), "{}", text(&again));
        }
    }
}

#[tokio::test]
async fn an_address_that_could_run_a_script_is_an_error() {
    let setup = Setup::new();
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://elsewhere.test",
        "/relative",
        "x y",
    ] {
        let request = Visitor::new().open(START);
        let handled = setup
            .wizard
            .handle(&setup.ctx, &setup.sessions, &request, |_| async {
                Ok(Page::new("A page").button(Button::url("Open", url)).into())
            });
        let location = handled.await.unwrap().headers[0].1.clone();
        assert!(location.contains("success=false"), "{url}: {location}");
        let handled = setup
            .wizard
            .handle(&setup.ctx, &setup.sessions, &request, |_| async {
                Ok(Reply::url(url))
            });
        let location = handled.await.unwrap().headers[0].1.clone();
        assert!(location.contains("success=false"), "{url}: {location}");
    }
    let page =
        shown(Page::new("A page").button(Button::url("Open", "https://acme.test/?a=b&c=\"d")))
            .await;
    assert!(!page.contains("c=\"d"), "{page}");
}

#[tokio::test]
async fn a_page_says_what_a_browser_and_botpress_may_do_with_it() {
    let setup = Setup::new();
    let page = setup.open(&mut Visitor::new(), START).await;
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-bp-disable-interstitial", "true"),
    ] {
        assert_eq!(header(&page, name), value, "{name}");
    }
    let policy = header(&page, "content-security-policy");
    for part in [
        "default-src 'none'",
        "form-action 'self' https:;",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    let shown = text(&page);
    for part in [
        "<html lang=\"en\">",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "<label for=\"field-0\">Api key</label>",
        "type=\"password\" id=\"field-0\"",
        "<input type=\"checkbox\" id=\"field-2\"",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("<script"), "{shown}");
}

#[tokio::test]
async fn markup_of_the_author_is_shown_as_it_is() {
    let page = Page::new("A page").html(Html::from("<p>Write <code>/newbot</code></p>"));
    assert!(
        shown(page)
            .await
            .contains("<p>Write <code>/newbot</code></p>")
    );
}
