//! Responses of real providers, as their documentation and bug reports show them.

use std::time::{Duration, SystemTime};

use contexture::Secret;
use contexture::oauth::{OauthError, RefusalKind, TokenManager, TokenStore as _, Tokens};
use http::StatusCode;
use serde_json::{Value, json};

use super::{Memory, app, back, context, form_of, state_of};

use RefusalKind::{AuthorizeAgain, Misconfigured, TryAgainLater, Unknown};

async fn exchange(status: u16, answer: &Value) -> Result<Tokens, OauthError> {
    let ctx = context();
    ctx.answer(StatusCode::from_u16(status).unwrap(), answer);
    let request = back(&state_of(&app().authorize("webhook-1")));
    app().exchange(&ctx, &request).await
}

async fn refresh(status: u16, answer: &Value) -> Result<Tokens, OauthError> {
    let ctx = context();
    ctx.answer(StatusCode::from_u16(status).unwrap(), answer);
    app().refresh(&ctx, &Secret::from("refresh-1")).await
}

#[tokio::test]
async fn refusals_have_the_kind_that_the_provider_means() {
    #[rustfmt::skip]
    let refusals = [
        // Again: the code or the refresh token is used up, expired or revoked.
        ("Google", 400, json!({ "error": "invalid_grant", "error_description": "Token has been expired or revoked." }), AuthorizeAgain),
        ("Microsoft", 400, json!({ "error": "interaction_required", "error_codes": [50076], "suberror": "basic_action" }), AuthorizeAgain),
        ("GitHub", 200, json!({ "error": "bad_refresh_token", "error_uri": "https://docs.github.com" }), AuthorizeAgain),
        ("GitHub, code", 200, json!({ "error": "bad_verification_code" }), AuthorizeAgain),
        ("Slack", 200, json!({ "ok": false, "error": "invalid_refresh_token" }), AuthorizeAgain),
        ("Slack, code", 200, json!({ "ok": false, "error": "code_already_used" }), AuthorizeAgain),
        ("HubSpot", 400, json!({ "status": "BAD_REFRESH_TOKEN", "message": "missing or invalid refresh token", "correlationId": "c" }), AuthorizeAgain),
        ("Atlassian", 403, json!({ "error": "unauthorized_client", "error_description": "refresh_token is invalid" }), AuthorizeAgain),
        ("X", 400, json!({ "error": "invalid_request", "error_description": "Value passed for the token was invalid." }), AuthorizeAgain),
        ("Zoom", 400, json!({ "reason": "Invalid Token!", "error": "invalid_request" }), AuthorizeAgain),
        ("Shopify", 400, json!({ "error": "invalid_request", "error_description": "The authorization code was not found or was already used" }), AuthorizeAgain),
        ("Meta", 400, json!({ "error": { "message": "Error validating access token: Session has expired on Thursday", "type": "OAuthException", "code": 190, "error_subcode": 463 } }), AuthorizeAgain),
        ("Fitbit", 401, json!({ "errors": [{ "errorType": "invalid_grant", "message": "Refresh token invalid: x" }], "success": false }), AuthorizeAgain),
        ("Twitch", 400, json!({ "status": 400, "message": "Invalid refresh token" }), AuthorizeAgain),
        ("Yahoo", 400, json!({ "error": "INVALID_REFRESH_TOKEN", "error_description": "No valid refresh token found in the request" }), AuthorizeAgain),
        ("Webex", 400, json!({ "message": "The request was rejected", "errors": [{ "description": "The refresh token is expired" }], "trackingId": "t" }), AuthorizeAgain),
        ("LinkedIn", 400, json!({ "error": "invalid_request", "error_description": "The provided authorization grant or refresh token is invalid, expired or revoked." }), AuthorizeAgain),
        ("Zoho", 200, json!({ "error": "invalid_code" }), AuthorizeAgain),
        ("Salesforce", 400, json!({ "error": "invalid_grant", "error_description": "expired access/refresh token" }), AuthorizeAgain),
        ("Notion", 401, json!({ "object": "error", "status": 401, "code": "unauthorized", "message": "API token is invalid." }), AuthorizeAgain),
        // Misconfigured: the application is wrong.
        ("Microsoft, secret", 401, json!({ "error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided." }), Misconfigured),
        ("GitHub, secret", 200, json!({ "error": "incorrect_client_credentials" }), Misconfigured),
        ("GitHub, redirect", 200, json!({ "error": "redirect_uri_mismatch" }), Misconfigured),
        ("Slack, secret", 200, json!({ "ok": false, "error": "bad_client_secret" }), Misconfigured),
        ("Twitch, secret", 403, json!({ "status": 403, "message": "invalid client secret" }), Misconfigured),
        ("Meta, secret", 400, json!({ "error": { "message": "Error validating client secret.", "type": "OAuthException", "code": 1 } }), Misconfigured),
        ("Discord", 401, json!({ "error": "invalid_client" }), Misconfigured),
        ("Shopify, app", 400, json!({ "error": "application_cannot_be_found" }), Misconfigured),
        ("Google, app", 401, json!({ "error": "deleted_client" }), Misconfigured),
        ("Reddit", 401, json!({ "message": "Unauthorized", "error": 401 }), Misconfigured),
        ("any", 400, json!({ "error": "unsupported_grant_type" }), Misconfigured),
        ("any, scope", 400, json!({ "error": "invalid_scope" }), Misconfigured),
        // Later: the provider is busy.
        ("Slack, rate", 429, json!({ "ok": false, "error": "ratelimited" }), TryAgainLater),
        ("Zoho, rate", 400, json!({ "error": "Access Denied", "error_description": "You have made too many requests continuously. Please try again after some time.", "status": "failure" }), TryAgainLater),
        ("Meta, rate", 400, json!({ "error": { "message": "(#4) Application request limit reached", "type": "OAuthException", "code": 4 } }), TryAgainLater),
        ("Google, busy", 500, json!({ "error": "internal_failure" }), TryAgainLater),
        ("any, busy", 503, json!({ "error": "temporarily_unavailable" }), TryAgainLater),
        // Nothing says why.
        ("Reddit, token", 400, json!({ "message": "Bad Request", "error": 400 }), Unknown),
        ("any, new", 400, json!({ "error": "something_new" }), Unknown),
    ];
    for (provider, status, answer, expected) in refusals {
        for refused in [
            exchange(status, &answer).await,
            refresh(status, &answer).await,
        ] {
            match refused {
                Err(OauthError::Refused { kind, .. }) => assert_eq!(kind, expected, "{provider}"),
                other => panic!("{provider}: {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_response_without_a_token_type_or_with_a_list_of_scopes_has_tokens() {
    #[rustfmt::skip]
    let answers = [
        ("Shopify", 200, json!({ "access_token": "t", "scope": "write_orders", "expires_in": 86399, "associated_user": { "id": 9 } })),
        ("Twitch", 200, json!({ "access_token": "t", "expires_in": 14124, "refresh_token": "r", "scope": ["chat:read", "chat:edit"], "token_type": "bearer" })),
        ("Slack", 200, json!({ "ok": true, "access_token": "t", "token_type": "bot", "team": { "id": "T1" }, "authed_user": { "id": "U1" } })),
        ("created", 201, json!({ "access_token": "t", "token_type": 1, "expires_in": "3600.5", "scope": null })),
        ("wrapped", 200, json!({ "code": 0, "msg": "ok", "data": { "access_token": "t", "refresh_token": "r", "expires_in": 7200 } })),
    ];
    for (provider, status, answer) in answers {
        let tokens = exchange(status, &answer).await;
        let tokens = tokens.unwrap_or_else(|error| panic!("{provider}: {error}"));
        assert_eq!(tokens.access_token, Secret::from("t"), "{provider}");
        assert!(refresh(status, &answer).await.is_ok(), "{provider}");
    }
}

#[tokio::test]
async fn the_other_fields_of_a_response_are_kept_and_not_shown() {
    let answer = json!({
        "ok": true, "access_token": "hunter-a", "refresh_token": "hunter-b", "expires_in": 60, "scope": ["a"],
        "id_token": "hunter-c", "team": { "id": "T1", "name": "Acme" },
    });
    let tokens = exchange(200, &answer).await.unwrap();
    assert_eq!(tokens.extra["team"]["id"], "T1");
    assert_eq!(tokens.extra["scope"], json!(["a"]));
    assert_eq!(tokens.extra["id_token"], "hunter-c");
    assert!(!tokens.extra.contains_key("access_token"));
    assert!(!tokens.extra.contains_key("refresh_token"));
    assert!(!format!("{tokens:?}").contains("hunter"), "{tokens:?}");
    let stored = serde_json::to_value(&tokens).unwrap();
    assert_eq!(stored.get("extra"), None);
}

#[tokio::test]
async fn an_empty_refresh_token_never_replaces_a_good_one() {
    for empty in [json!(""), json!(" "), json!(null), json!(0), json!({})] {
        let answer = json!({ "access_token": "t", "token_type": "bearer", "refresh_token": empty });
        let refreshed = refresh(200, &answer).await.unwrap();
        assert_eq!(
            refreshed.refresh_token,
            Some(Secret::from("refresh-1")),
            "{empty}"
        );
        assert_eq!(
            exchange(200, &answer).await.unwrap().refresh_token,
            None,
            "{empty}"
        );
    }
}

#[tokio::test]
async fn a_lifetime_that_is_not_repeated_is_kept() {
    for (stated, expected) in [(Some(7200), 7200), (None, 3600)] {
        let ctx = context();
        let store = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
        store.edit(|tokens| tokens.lifetime = stated.map(Duration::from_secs));
        let before = SystemTime::now();
        ctx.answer(
            StatusCode::OK,
            &json!({ "access_token": "access-2", "token_type": "bearer" }),
        );
        TokenManager::new()
            .access_token(&ctx, &app(), &store)
            .await
            .unwrap();
        let kept = store.load().await.unwrap().unwrap();
        let lasts = kept.expires_at.unwrap().duration_since(before).unwrap();
        assert_eq!(lasts.as_secs(), expected);
        assert_eq!(kept.lifetime, Some(Duration::from_secs(expected)));
    }
}

#[tokio::test]
async fn tokens_that_never_expired_do_not_begin_to() {
    let ctx = context();
    let store = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
    store.edit(|tokens| tokens.expires_at = None);
    let token = TokenManager::new().access_token(&ctx, &app(), &store).await;
    assert_eq!(token.unwrap(), Secret::from("access-1"));
    assert!(ctx.requests().is_empty());
}

#[tokio::test]
async fn only_a_used_up_token_asks_for_a_new_authorization() {
    for (answer, again) in [
        (
            json!({ "ok": false, "error": "invalid_refresh_token" }),
            true,
        ),
        (json!({ "error": "invalid_client" }), false),
        (json!({ "error": "temporarily_unavailable" }), false),
        (json!({ "error": "something_new" }), false),
    ] {
        let ctx = context();
        let store = Memory::with("access-1", Some("refresh-1"), Duration::ZERO);
        ctx.answer(StatusCode::OK, &answer);
        let error = TokenManager::new()
            .access_token(&ctx, &app(), &store)
            .await
            .unwrap_err();
        assert_eq!(
            matches!(error, OauthError::NotAuthorized),
            again,
            "{answer}: {error}"
        );
    }
}

#[tokio::test]
async fn proof_keys_are_left_out_for_providers_that_reject_them() {
    let app = app().without_pkce();
    let url = app.authorize("webhook-1");
    assert!(!url.contains("code_challenge"), "{url}");
    let ctx = context();
    ctx.answer(StatusCode::OK, &json!({ "access_token": "t" }));
    app.exchange(&ctx, &back(&state_of(&url))).await.unwrap();
    let body = form_of(&ctx.requests()[0]);
    assert!(body.contains("code=code-1"), "{body}");
    assert!(!body.contains("code_verifier"), "{body}");
}
