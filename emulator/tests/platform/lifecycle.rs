use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::{
    NewInstance, PlatformError, PlatformOptions, RegistrationStatus,
};
use serde_json::json;
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::bench::{API_KEY, Bench, configuration};
use crate::scripted::{self, done, response};

#[tokio::test]
async fn an_installation_calls_register_and_is_registered() {
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    assert_eq!(
        instance.status,
        RegistrationStatus::Registered,
        "{:?}",
        instance.reason
    );
    assert!(instance.bot_id.starts_with("bot_"));
    assert!(instance.bot_user_id.starts_with("user_"));
    assert!(instance.webhook_id.starts_with("webhook_"));
    assert!(instance.integration_id.starts_with("devint_"));
    assert_eq!(instance.alias, "parity");
    assert_eq!(instance.configuration, configuration());

    let calls = bench.exchanges(ExchangeKind::Call);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].name, "register");
    let url = format!("http://{}/webhook/{}", bench.address, instance.webhook_id);
    assert_eq!(
        calls[0].request.body.text(),
        Some(json!({ "webhookUrl": url }).to_string().as_str())
    );
}

#[tokio::test]
async fn a_configuration_that_does_not_fit_is_refused_at_its_fields_before_any_call() {
    let bench = Bench::parity().await;
    let new = NewInstance {
        configuration: json!({ "region": "mars" }),
        ..NewInstance::default()
    };
    let refusal = bench.platform.install(new).await.unwrap_err();
    let PlatformError::InvalidConfiguration(violations) = refusal else {
        panic!("{refusal}");
    };
    let places: Vec<_> = violations
        .iter()
        .map(|violation| violation.instance_path.as_str())
        .collect();
    assert_eq!(places, ["/apiKey", "/region"]);
    assert!(bench.exchanges(ExchangeKind::Call).is_empty());
    assert!(bench.platform.instances().unwrap().is_empty());
}

#[tokio::test]
async fn another_configuration_or_type_registers_again() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let oauth = json!({ "clientId": "a", "clientSecret": "b-secret-b" });
    let refused = bench
        .platform
        .configure(&id, Some("oauth"), &json!({}))
        .await;
    assert!(matches!(
        refused,
        Err(PlatformError::InvalidConfiguration(_))
    ));
    assert_eq!(
        bench.platform.instance(&id).unwrap().configuration_type,
        None
    );

    let changed = bench
        .platform
        .configure(&id, Some("oauth"), &oauth)
        .await
        .unwrap();
    assert_eq!(changed.status, RegistrationStatus::Registered);
    assert_eq!(changed.configuration_type.as_deref(), Some("oauth"));
    let names: Vec<_> = bench
        .exchanges(ExchangeKind::Call)
        .into_iter()
        .map(|call| call.name)
        .collect();
    assert_eq!(names, ["register", "register"]);
    let hello = bench
        .platform
        .call_action(&id, "hello", &json!({ "name": "Ada" }))
        .await
        .unwrap();
    assert_eq!(hello.json()["output"]["configurationType"], "oauth");
}

#[tokio::test]
async fn a_refused_registration_has_its_reason_and_keeps_the_configuration() {
    let bench = Bench::parity().await;
    let address = scripted::serve(|_| async {
        response(
            400,
            r#"{"id":"err_1","code":400,"type":"Runtime","message":"the key is revoked"}"#,
        )
    })
    .await;
    bench.call_at(address);
    let instance = bench.install().await;
    assert_eq!(instance.status, RegistrationStatus::RegistrationFailed);
    assert_eq!(
        instance.reason.as_deref(),
        Some("the integration answered with Runtime (400 Bad Request): the key is revoked")
    );
    assert_eq!(instance.configuration, configuration());

    bench.call_at(scripted::serve(|_| async { done() }).await);
    let again = bench.platform.register(&instance.webhook_id).await.unwrap();
    assert_eq!(again.status, RegistrationStatus::Registered);
    assert_eq!(again.reason, None);
}

#[tokio::test]
async fn an_uninstalled_instance_is_gone_and_one_that_refuses_stays() {
    let bench = Bench::parity().await;
    let first = bench.install().await;
    let gone = bench.platform.uninstall(&first.webhook_id).await.unwrap();
    assert_eq!(gone.status, RegistrationStatus::Unregistered);
    assert!(matches!(
        bench.platform.instance(&first.webhook_id),
        Err(PlatformError::UnknownInstance(_))
    ));

    let second = bench.install().await;
    bench.call_at(scripted::serve(|_| async { response(500, "no") }).await);
    let kept = bench.platform.uninstall(&second.webhook_id).await.unwrap();
    assert_eq!(kept.status, RegistrationStatus::UnregistrationFailed);
    assert!(kept.reason.unwrap().contains("status 500"));
    bench.platform.remove(&second.webhook_id).unwrap();
    assert!(bench.platform.instances().unwrap().is_empty());
}

#[tokio::test]
async fn an_unregistered_instance_is_not_called() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    bench.platform.unregister(&id).await.unwrap();
    let refused = bench.platform.call_action(&id, "hello", &json!({})).await;
    assert!(matches!(
        refused,
        Err(PlatformError::WrongStatus {
            status: RegistrationStatus::Unregistered,
            ..
        })
    ));
    let webhook = bench.get(&format!("/webhook/{id}")).await;
    assert_eq!(webhook.status(), 404);
    let names: Vec<_> = bench
        .exchanges(ExchangeKind::Call)
        .into_iter()
        .map(|call| call.name)
        .collect();
    assert_eq!(names, ["register", "unregister"]);
}

#[tokio::test]
async fn an_alias_is_unique_within_a_bot_and_fit_for_a_header() {
    let bench = Bench::parity().await;
    let new = |bot_id: &str, alias: &str| NewInstance {
        bot_id: Some(bot_id.to_owned()),
        alias: Some(alias.to_owned()),
        configuration: configuration(),
        ..NewInstance::default()
    };
    let first = bench.platform.install(new("bot_1", "me/parity")).await;
    let other = bench.platform.install(new("bot_1", "other")).await;
    assert_eq!(first.unwrap().bot_user_id, other.unwrap().bot_user_id);
    bench
        .platform
        .install(new("bot_2", "me/parity"))
        .await
        .unwrap();
    let taken = bench.platform.install(new("bot_1", "me/parity")).await;
    assert!(matches!(taken, Err(PlatformError::AliasTaken(_))));
    for alias in ["", "a b", "ä", "a\nb"] {
        let refused = bench.platform.install(new("bot_3", alias)).await;
        assert!(
            matches!(refused, Err(PlatformError::InvalidAlias)),
            "{alias}"
        );
    }
}

#[tokio::test]
async fn instances_and_the_identity_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let open = || async {
        let storage = contexture_emulator::storage::Storage::open(&file).unwrap();
        let definition = crate::bench::parity_definition();
        Bench::in_storage(storage, definition, PlatformOptions::default()).await
    };
    let first = open().await;
    first
        .serve_parity(&first.platform.signing_secrets().unwrap())
        .await;
    let instance = first.install().await;

    let second = open().await;
    assert_eq!(
        second.platform.instances().unwrap(),
        std::slice::from_ref(&instance)
    );
    assert_eq!(second.platform.token(), first.platform.token());
    assert_eq!(
        second.platform.signing_secrets().unwrap(),
        first.platform.signing_secrets().unwrap()
    );
    assert_eq!(second.platform.integration_id(), instance.integration_id);
}

#[tokio::test]
async fn a_configuration_of_an_older_definition_is_sent_as_it_is_stored_and_the_integration_judges_it()
 {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let mut changed = bench.platform.definition().document().clone();
    changed["configuration"]["schema"]["properties"]["region"]["enum"] = json!(["mars"]);
    bench
        .platform
        .set_integration(contexture_emulator::platform::Integration {
            definition: contexture_emulator::definition::Definition::new(changed),
            address: bench.platform.address(),
            ..Default::default()
        })
        .unwrap();
    let judged = bench.platform.register(&id).await.unwrap();
    assert_eq!(judged.status, RegistrationStatus::Registered);
    assert_eq!(bench.exchanges(ExchangeKind::Call).len(), 2);
    bench.call_at(
        scripted::serve(|_| async {
            response(
                400,
                r#"{"id":"err_1","code":400,"type":"InvalidPayload","message":"at /region"}"#,
            )
        })
        .await,
    );
    let refused = bench.platform.register(&id).await.unwrap();
    assert_eq!(refused.status, RegistrationStatus::RegistrationFailed);
    assert!(refused.reason.unwrap().contains("/region"));
}

#[tokio::test]
async fn a_registration_that_the_end_of_the_process_interrupts_has_failed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.sqlite");
    let open = || async {
        let storage = contexture_emulator::storage::Storage::open(&file).unwrap();
        let definition = crate::bench::parity_definition();
        Bench::in_storage(storage, definition, PlatformOptions::default()).await
    };
    let first = open().await;
    let (sender, mut arrived) = tokio::sync::mpsc::unbounded_channel();
    let address = scripted::serve(move |_| {
        let _ = sender.send(());
        std::future::pending()
    })
    .await;
    first.call_at(address);
    let platform = first.platform.clone();
    // It waits until the end of the test, as if its process were killed.
    let _installing = tokio::spawn(async move {
        let new = NewInstance {
            configuration: configuration(),
            ..NewInstance::default()
        };
        platform.install(new).await
    });
    arrived.recv().await.unwrap();
    let pending = first.platform.instances().unwrap();
    assert_eq!(pending[0].status, RegistrationStatus::RegistrationPending);

    let second = open().await;
    let failed = second.platform.instances().unwrap();
    assert_eq!(failed[0].status, RegistrationStatus::RegistrationFailed);
    assert!(
        failed[0]
            .reason
            .as_ref()
            .unwrap()
            .contains("emulator ended")
    );
}

/// An integration whose first call waits, and is then refused.
async fn with_a_slow_first_call(bench: &Bench) -> (UnboundedReceiver<()>, Arc<Notify>) {
    let (sender, arrived) = tokio::sync::mpsc::unbounded_channel();
    let go_on = Arc::new(Notify::new());
    let (calls, waiting) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&go_on));
    let address = scripted::serve(move |_| {
        let is_first = calls.fetch_add(1, Ordering::SeqCst) == 0;
        let _ = sender.send(());
        let waiting = Arc::clone(&waiting);
        async move {
            if is_first {
                waiting.notified().await;
                return response(500, "no");
            }
            done()
        }
    })
    .await;
    bench.call_at(address);
    (arrived, go_on)
}

#[tokio::test]
async fn a_registration_that_was_overtaken_does_not_change_the_status() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    for unregisters in [false, true] {
        let (mut arrived, go_on) = with_a_slow_first_call(&bench).await;
        let (platform, webhook_id) = (bench.platform.clone(), id.clone());
        let slow = tokio::spawn(async move { platform.register(&webhook_id).await });
        arrived.recv().await.unwrap();
        let expected = if unregisters {
            bench.platform.unregister(&id).await.unwrap();
            RegistrationStatus::Unregistered
        } else {
            let other = json!({ "apiKey": API_KEY, "region": "us" });
            bench.platform.configure(&id, None, &other).await.unwrap();
            RegistrationStatus::Registered
        };
        go_on.notify_one();
        let overtaken = slow.await.unwrap().unwrap();
        assert_eq!((overtaken.status, overtaken.reason), (expected, None));
    }
}

#[tokio::test]
async fn a_registration_whose_caller_goes_away_has_failed() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let (mut arrived, _go_on) = with_a_slow_first_call(&bench).await;
    let (platform, webhook_id) = (bench.platform.clone(), id.clone());
    let slow = tokio::spawn(async move { platform.register(&webhook_id).await });
    arrived.recv().await.unwrap();
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled());
    let failed = bench.platform.instance(&id).unwrap();
    assert_eq!(failed.status, RegistrationStatus::RegistrationFailed);
    assert!(failed.reason.unwrap().contains("canceled"));
}

#[tokio::test]
async fn the_largest_configuration_reaches_the_integration() {
    let bench = Bench::parity().await;
    let around = json!({ "apiKey": "", "region": "eu" }).to_string().len();
    let configured = |length: usize| NewInstance {
        configuration: json!({ "apiKey": "k".repeat(length), "region": "eu" }),
        alias: Some(format!("a{length}")),
        ..NewInstance::default()
    };
    let largest = 20_480 - around;
    let instance = bench.platform.install(configured(largest)).await.unwrap();
    assert_eq!(
        instance.status,
        RegistrationStatus::Registered,
        "{:?}",
        instance.reason
    );
    let refused = bench.platform.install(configured(largest + 1)).await;
    assert!(matches!(
        refused,
        Err(PlatformError::ConfigurationTooLarge { .. })
    ));
}

#[tokio::test]
async fn an_integration_can_schedule_its_registration() {
    const HOUR: u64 = 60 * 60 * 1000;
    let bench = Bench::parity().await;
    let instance = bench.install().await;
    bench.clock.advance(2 * HOUR);
    assert!(bench.platform.register_due().await.unwrap().is_empty());
    let body = json!({ "scheduleRegisterCall": "hourly" });
    let path = "/v1/chat/integrations/configure";
    bench.api(&instance, "POST", path, &body).await;
    let registered = bench.platform.register_due().await.unwrap();
    assert_eq!(registered.len(), 1);
    assert_eq!(registered[0].status, RegistrationStatus::Registered);
    bench.clock.advance(HOUR - 1);
    assert!(bench.platform.register_due().await.unwrap().is_empty());
    bench.clock.advance(1);
    assert_eq!(bench.platform.register_due().await.unwrap().len(), 1);
}
