//! What forms take, and what they show again.

use contexture::wizard::Input;

use super::*;

#[tokio::test]
async fn problems_are_shown_at_their_fields_with_the_other_values() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let values = [("apiKey", " "), ("region", "mars"), ("debug", "true")];
    let again = setup.submit(&mut visitor, &page, &values).await;
    let shown = text(&again);
    assert_eq!(again.status(), 200);
    for expected in [
        "<title>Error: Connect Acme</title>",
        "role=\"alert\"",
        "<a href=\"#field-0\">Api key is required.</a>",
        "id=\"field-0-problem\"><p>Api key is required.</p>",
        "aria-describedby=\"field-0-problem\" aria-invalid=\"true\"",
        "Region must be one of &quot;us&quot;, &quot;eu&quot;, &quot;asia&quot;.",
        "id=\"field-2\" name=\"field.debug\" value=\"true\" checked",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(!shown.contains("mars"), "{shown}");
}

#[tokio::test]
async fn a_step_refuses_a_value_and_a_secret_is_not_shown_again() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let values = [("apiKey", "unknown"), ("region", "eu")];
    let again = setup.submit(&mut visitor, &page, &values).await;
    let shown = text(&again);
    assert!(shown.contains("Acme does not know this key."), "{shown}");
    assert!(shown.contains("<option value=\"eu\" selected>"), "{shown}");
    assert!(!shown.contains("unknown"), "{shown}");
    let log = setup.log();
    assert!(!log.contains("unknown"), "{log}");
    // The page that is shown again works.
    let values = [("apiKey", "secret-1"), ("region", "asia")];
    assert_eq!(
        setup.submit(&mut visitor, &again, &values).await.status(),
        303
    );
}

#[tokio::test]
async fn a_step_that_is_opened_by_its_address_gets_no_values() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    setup.open(&mut visitor, START).await;
    let opened = setup
        .send(&visitor.open("/oauth/wizard/save?state=webhook-1"))
        .await;
    let shown = text(&opened);
    assert_eq!(opened.status(), 200);
    assert!(shown.contains("<title>Connect Acme</title>"), "{shown}");
    assert!(!shown.contains("role=\"alert\""), "{shown}");
    assert!(setup.ctx.requests().is_empty());
}

#[tokio::test]
async fn choices_and_inputs_come_back() {
    let setup = Setup::new();
    let read = |form: fn() -> Form<Step>, values: Vec<(&'static str, &'static str)>| {
        let setup = &setup;
        async move {
            let mut visitor = Visitor::new();
            let start = visitor.open(START);
            let page = setup
                .wizard
                .handle(&setup.ctx, &setup.sessions, &start, |_| async {
                    Ok(Page::new("A page").form(form()).into())
                });
            let page = answer(page.await.unwrap());
            visitor.keep(&page);
            let sent = visitor.submit(&page, &values);
            let mut seen = String::new();
            let handled = setup
                .wizard
                .handle(&setup.ctx, &setup.sessions, &sent, |visit| {
                    seen = format!(
                        "{:?} {:?} {:?}",
                        visit.choice(),
                        visit.choices(),
                        visit.input()
                    );
                    async { Ok(Reply::done()) }
                });
            assert_eq!(handled.await.unwrap().status, 303);
            seen
        }
    };
    let one = || {
        Form::choice(
            "Which?",
            [("a", "The first"), ("b", "The second")],
            Step::Save,
        )
    };
    assert_eq!(
        read(one, vec![("choice", "b")]).await,
        r#"Some("b") ["b"] None"#
    );
    assert_eq!(read(one, Vec::new()).await, "None [] None");
    let many = || {
        Form::choices(
            "Which?",
            [("a", "The first"), ("b", "The second")],
            Step::Save,
        )
    };
    let sent = vec![("choice", "a"), ("choice", "b")];
    assert_eq!(read(many, sent).await, r#"Some("a") ["a", "b"] None"#);
    let input = || Form::input("Name", Input::Text, Step::Save).value("input", "Ada");
    assert_eq!(
        read(input, vec![("input", "Bob")]).await,
        r#"None [] Some("Bob")"#
    );
    assert_eq!(read(input, vec![("input", " ")]).await, "None [] None");
}
