//! Contexts for unit tests.

use contexture::testing::{ContextBuilder, context};

use crate::sample::{Configuration, Context, Definition};
use crate::support::{configuration, secrets};

fn token(ctx: &Context) -> String {
    match &ctx.configuration {
        Configuration::Primary(primary) => primary.api_key.expose().clone(),
        Configuration::Oauth(oauth) => oauth.client_secret.expose().clone(),
        Configuration::PersonalAccessToken(pat) => pat.token.expose().clone(),
    }
}

#[test]
fn a_test_context_is_taken_where_a_context_is() {
    let ctx = context::<Definition>(configuration());
    assert_eq!(token(&ctx), "token-1");
    assert_eq!((ctx.bot_id.as_str(), ctx.trace_id()), ("bot-1", None));
}

#[test]
fn a_test_context_does_not_show_secrets() {
    let ctx = ContextBuilder::<Definition>::new(configuration())
        .secrets(secrets())
        .build();
    assert_eq!(ctx.secrets().webhook_secret.expose(), "shared");
    let shown = format!("{ctx:?}");
    assert!(
        !shown.contains("token-1") && !shown.contains("shared") && !shown.contains("test-token")
    );
}

#[test]
#[should_panic(expected = "the test context has no secrets")]
fn secrets_that_were_not_given_are_missed_loudly() {
    let _ = context::<Definition>(configuration()).secrets();
}
