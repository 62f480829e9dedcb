//! A wizard of the runtime, at the shared OAuth address of the emulator.

use std::sync::Arc;

use contexture::testing::LogRecorder;
use contexture::{Environment, Server};
use contexture_emulator::exchange::ExchangeKind;

use crate::bench::{Bench, parity_definition};
use crate::connects::{Connects, TEAM, walk};

#[tokio::test]
async fn a_wizard_is_walked_from_its_link_to_the_page_at_the_end() {
    let bench = Bench::of(parity_definition()).await;
    let environment = Environment::new()
        .log_sink(Arc::new(LogRecorder::new()))
        .api_url(format!("http://{}", bench.address))
        .token(bench.platform.token().to_owned())
        .webhook_url(bench.platform.webhook_base_url());
    let service = parity::parity::service(Connects).environment(environment);
    let server = Server::new(service).listen(([127, 0, 0, 1], 0));
    let server = server.bind().await.unwrap();
    bench.call_at(server.address());
    tokio::spawn(server.run_until(std::future::pending()));
    let instance = bench.install().await;

    let start = format!(
        "{}/oauth/wizard/start?state={}",
        bench.platform.webhook_base_url(),
        instance.webhook_id
    );
    let (shown, cookie) = walk(&start).await;
    assert!(shown.contains("Connected"), "{shown}");

    let identifier = bench.platform.identifier(&instance).unwrap();
    assert_eq!(identifier.as_deref(), Some(TEAM));
    // The identifier was set, so the instance is registered again.
    let calls = bench.exchanges(ExchangeKind::Call);
    let calls: Vec<_> = calls.iter().map(|call| call.name.as_str()).collect();
    let received = "webhook_received";
    assert_eq!(calls, ["register", received, received, "register"]);
    let recorded = bench.exchanges(ExchangeKind::Webhook);
    let shown = format!(
        "{:?}",
        recorded
            .iter()
            .map(|webhook| &webhook.request.headers)
            .collect::<Vec<_>>()
    );
    assert!(!shown.contains(&cookie), "{shown}");
}
