//! Who may go on with a wizard.

use contexture::store::{Claim, MemoryStore, Store, StoreError, StoreFuture};

use super::*;

const VALUES: [(&str, &str); 2] = [("apiKey", "secret-1"), ("region", "eu")];

fn cookie_of(answer: &Answer) -> &str {
    header(answer, "set-cookie").split(';').next().unwrap()
}

#[tokio::test]
async fn a_form_without_its_cookie_or_its_proof_is_refused() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let whole = visitor.submit(&page, &VALUES);
    let of_stranger = Visitor::new().submit(&page, &VALUES);
    is_refused(&setup.send(&of_stranger).await, FOREIGN);
    let body = whole.body.unverified_text();
    let (_, proof) = body.split_once("proof=").unwrap();
    let (proof, _) = proof.split_once('&').unwrap();
    for forged in [
        body.replace(proof, ""),
        body.replace(proof, "x"),
        body.replace("proof=", "other="),
    ] {
        let forged = whole.clone().with_body(forged);
        is_refused(&setup.send(&forged).await, FOREIGN);
    }
    let elsewhere = WebhookRequest {
        path: "/oauth/wizard/later".to_owned(),
        ..whole.clone()
    };
    is_refused(&setup.send(&elsewhere).await, FOREIGN);
    assert!(setup.ctx.requests().is_empty());
    assert_eq!(setup.send(&whole).await.status(), 303);
}

#[tokio::test]
async fn a_cookie_that_was_changed_or_made_elsewhere_is_refused() {
    let setup = Setup::new();
    let page = setup.open(&mut Visitor::new(), START).await;
    let other_key = Setup {
        sessions: Sessions::signed_with(&Secret::from("another key")),
        ..Setup::new()
    };
    let of_other_key = other_key.open(&mut Visitor::new(), START).await;
    let (name, value) = cookie_of(&page).split_once('=').unwrap();
    let (_, other_value) = cookie_of(&of_other_key).split_once('=').unwrap();
    let later = |cookie: &str| {
        Visitor::new()
            .open("/oauth/wizard/later?state=webhook-1")
            .with_header("cookie", cookie)
    };
    for cookie in [
        String::new(),
        format!("{name}="),
        format!("{name}={other_value}"),
        format!("{name}=9{value}"),
        format!("x{name}={value}"),
        cookie_of(&of_other_key).to_owned(),
    ] {
        is_refused(&setup.send(&later(&cookie)).await, FOREIGN);
    }
    // Another site of the domain may have set one of the same name.
    let both = format!("a=b; {name}=forged; {name}={value}");
    assert_eq!(setup.send(&later(&both)).await.status(), 200);
}

#[tokio::test]
async fn the_cookie_of_another_webhook_is_refused() {
    let setup = Setup::new();
    let elsewhere = Setup {
        ctx: testing::ContextBuilder::new(setup.ctx.configuration.clone())
            .webhook_id("webhook-2")
            .build(),
        ..Setup::new()
    };
    let start = "/oauth/wizard/start?state=webhook-2";
    let of_other = elsewhere.open(&mut Visitor::new(), start).await;
    let (other_name, value) = cookie_of(&of_other).split_once('=').unwrap();
    let page = setup.open(&mut Visitor::new(), START).await;
    let (name, _) = cookie_of(&page).split_once('=').unwrap();
    assert_ne!(name, other_name);
    let later = Visitor::new().open("/oauth/wizard/later?state=webhook-1");
    let later = later.with_header("cookie", format!("{name}={value}"));
    is_refused(&setup.send(&later).await, FOREIGN);
    is_refused(&setup.send(&Visitor::new().open(start)).await, FOREIGN);
}

#[tokio::test]
async fn a_form_is_accepted_once() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let invalid = visitor.submit(&page, &[]);
    assert_eq!(
        setup.send(&invalid).await.status(),
        200,
        "a form with problems is sent again"
    );
    let sent = visitor.submit(&page, &VALUES);
    assert_eq!(setup.send(&sent).await.status(), 303);
    is_refused(&setup.send(&sent).await, USED);
    is_refused(
        &setup
            .send(&visitor.open("/oauth/wizard/later?state=webhook-1"))
            .await,
        USED,
    );
    assert_eq!(setup.ctx.requests().len(), 1);
    assert!(
        setup.log().contains("the session was already used"),
        "{}",
        setup.log()
    );
    // The link begins another session.
    let page = setup.open(&mut visitor, START).await;
    let sent = visitor.submit(&page, &VALUES);
    assert_eq!(setup.send(&sent).await.status(), 303);
}

#[tokio::test]
async fn two_tabs_share_a_session() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let first = setup.open(&mut visitor, START).await;
    let second = setup.open(&mut visitor, START).await;
    assert_ne!(header(&first, "set-cookie"), "");
    assert_eq!(header(&second, "set-cookie"), "");
    let end = setup.submit(&mut visitor, &first, &VALUES).await;
    assert_eq!(end.status(), 303);
    let late = setup.submit(&mut visitor, &second, &VALUES).await;
    is_refused(&late, FOREIGN);
}

#[tokio::test]
async fn a_key_can_be_rotated() {
    let setup = Setup::new();
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let new_key = Secret::from("the next key");
    let rotated = Setup {
        sessions: Sessions::signed_with(&new_key).or_signed_with(&key()),
        ..setup
    };
    let end = rotated.submit(&mut visitor, &page, &VALUES).await;
    assert_eq!(end.status(), 303);
    assert!(header(&end, "set-cookie").starts_with(cookie_of(&page).split('=').next().unwrap()));
    let page = rotated.open(&mut visitor, START).await;
    let without = Setup {
        sessions: Sessions::signed_with(&new_key),
        ..rotated
    };
    assert_eq!(
        without.submit(&mut visitor, &page, &VALUES).await.status(),
        303
    );
}

#[tokio::test]
async fn a_wizard_without_a_key_does_not_open() {
    let setup = Setup::new();
    let blank = Sessions::signed_with(&Secret::from(" "));
    let request = Visitor::new().open(START);
    let handled = setup
        .wizard
        .handle(&setup.ctx, &blank, &request, |visit| run(&setup.ctx, visit));
    let error = handled.await.unwrap_err().to_string();
    assert_eq!(error, "the wizard has no key for its sessions");
}

#[tokio::test]
async fn a_session_can_be_kept_in_a_state() {
    let mut setup = Setup::new();
    let state = setup.ctx.client().states().n();
    setup.sessions = Sessions::signed_with(&key()).kept_in(state);
    let visitor = Visitor::new();
    let later = visitor.open("/oauth/wizard/later?state=webhook-1");
    is_refused(&setup.send(&later).await, FOREIGN);
    let page = setup.send(&visitor.open(START)).await;
    assert_eq!(
        (page.status().as_u16(), header(&page, "set-cookie")),
        (200, "")
    );
    assert_eq!(setup.send(&later).await.status(), 200);
    let sent = visitor.submit(&page, &VALUES);
    assert_eq!(setup.send(&sent).await.status(), 303);
    is_refused(&setup.send(&sent).await, FOREIGN);
}

#[tokio::test]
async fn a_wizard_can_ask_for_a_key_in_its_link() {
    let setup = Setup::with(Wizard::new("start", Step::Start).only_with_key());
    let link = |key: &Secret, seconds| {
        let sessions = Sessions::signed_with(key);
        let time = Duration::from_secs(seconds);
        setup.wizard.start_url(&setup.ctx, &sessions, time).unwrap()
    };
    let good = link(&key(), 60);
    for bad in [
        START.to_owned(),
        format!("{START}&key="),
        link(&key(), 0),
        link(&Secret::from("another key"), 60),
        good.replace("&key=", "&key=9"),
    ] {
        is_refused(
            &setup.send(&Visitor::new().open(&bad)).await,
            "This link is not valid",
        );
    }
    let mut visitor = Visitor::new();
    assert_eq!(setup.open(&mut visitor, &good).await.status(), 200);
    assert_eq!(
        setup.open(&mut visitor, START).await.status(),
        200,
        "it has begun"
    );
    // A link that was created before the key was rotated is valid, too.
    let sessions = Sessions::signed_with(&Secret::from("a new key")).or_signed_with(&key());
    let setup = Setup { sessions, ..setup };
    let opened = setup.open(&mut Visitor::new(), &good).await;
    assert_eq!(opened.status(), 200);
}

#[tokio::test]
async fn a_form_that_is_being_handled_elsewhere_is_not_handled_here() {
    let store = MemoryStore::new();
    let setup = Setup::with(Wizard::new("start", Step::Start).store(Elsewhere(store)));
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let refused = setup.submit(&mut visitor, &page, &VALUES).await;
    assert_eq!(refused.status(), 409);
    assert!(text(&refused).contains("This form was already sent"));
    assert!(setup.ctx.requests().is_empty());
}

/// A store in which another process claims each key first.
#[derive(Debug)]
struct Elsewhere(MemoryStore);

impl Store for Elsewhere {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        Box::pin(async move {
            self.0.claim(key, "another", lease).await?;
            self.0.claim(key, holder, lease).await
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, bool> {
        self.0.renew(key, holder, lease)
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        self.0.complete(key, holder, retention)
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        self.0.release(key, holder)
    }
}

#[tokio::test]
async fn other_addresses_and_methods_are_refused() {
    let setup = Setup::new();
    let unknown = setup
        .send(&Visitor::new().open("/oauth/wizard/nowhere?state=webhook-1"))
        .await;
    assert_eq!(unknown.status(), 404);
    for (method, path) in [
        ("HEAD", "/oauth/wizard/start"),
        ("PUT", "/oauth/wizard/start"),
        ("POST", "/oauth"),
    ] {
        let refused = setup.send(&WebhookRequest::new(method, path)).await;
        assert_eq!(refused.status(), 405, "{method} {path}");
    }
    for path in ["/", "/oauth2", "/oauth/other"] {
        assert!(
            !setup
                .wizard
                .is_visited_by(&WebhookRequest::new("GET", path)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn copies_that_share_a_store_accept_a_form_and_an_answer_once() {
    let store = MemoryStore::new();
    let copy = || Setup::with(Wizard::new("start", Step::Start).store(store.clone()));
    let (one, other) = (copy(), copy());
    let mut visitor = Visitor::new();
    let page = one.open(&mut visitor, START).await;
    let invalid = visitor.submit(&page, &[]);
    assert_eq!(one.send(&invalid).await.status(), 200);
    let sent = visitor.submit(&page, &VALUES);
    assert_eq!(other.send(&sent).await.status(), 303);
    is_refused(&one.send(&sent).await, USED);

    let mut visitor = Visitor::new();
    one.open(&mut visitor, START).await;
    one.open(&mut visitor, "/oauth/wizard/connect?state=webhook-1")
        .await;
    let answer = visitor.open("/oauth?error=access_denied&state=webhook-1");
    assert_eq!(other.send(&answer).await.status(), 303);
    is_refused(&one.send(&answer).await, USED);
}

#[tokio::test]
async fn a_form_is_refused_while_the_store_is_down() {
    let setup = Setup::with(Wizard::new("start", Step::Start).store(DownStore));
    let mut visitor = Visitor::new();
    let page = setup.open(&mut visitor, START).await;
    let refused = setup.submit(&mut visitor, &page, &VALUES).await;
    assert_eq!(refused.status(), 503);
    assert!(setup.ctx.requests().is_empty());
    assert!(setup.log().contains("the store of used sessions is down"));
}

/// A store that does not answer.
#[derive(Debug)]
struct DownStore;

fn down<T>() -> StoreFuture<'static, T> {
    Box::pin(async { Err(StoreError::new("the store is down")) })
}

impl Store for DownStore {
    fn claim<'a>(&'a self, _: &'a str, _: &'a str, _: Duration) -> StoreFuture<'a, Claim> {
        down()
    }

    fn renew<'a>(&'a self, _: &'a str, _: &'a str, _: Duration) -> StoreFuture<'a, bool> {
        down()
    }

    fn complete<'a>(&'a self, _: &'a str, _: &'a str, _: Duration) -> StoreFuture<'a, bool> {
        down()
    }

    fn release<'a>(&'a self, _: &'a str, _: &'a str) -> StoreFuture<'a, ()> {
        down()
    }
}
