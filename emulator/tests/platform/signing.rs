use contexture_emulator::platform::{CallProblem, PlatformError};

use crate::bench::Bench;

const DAY: u64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn an_old_secret_remains_valid_for_a_day_after_a_rotation() {
    let bench = Bench::parity().await;
    let old = bench.platform.signing_secrets().unwrap();
    assert_eq!(old.len(), 1);
    let id = bench.install().await.webhook_id;

    let new = bench.platform.rotate_signing_secret().unwrap();
    assert_ne!(new, old[0]);
    assert_eq!(
        bench.platform.signing_secrets().unwrap(),
        [new.clone(), old[0].clone()]
    );
    // The integration still has the old one alone.
    bench.platform.ping(&id).await.unwrap();
    bench.serve_parity(std::slice::from_ref(&new)).await;
    bench.platform.ping(&id).await.unwrap();

    bench.clock.advance(DAY + 1);
    assert_eq!(bench.platform.signing_secrets().unwrap(), [new]);
    bench.platform.ping(&id).await.unwrap();
    bench.serve_parity(&old).await;
    assert!(is_unauthorized(&bench, &id).await);
}

#[tokio::test]
async fn a_call_has_at_most_five_signatures() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    let mut newest = String::new();
    for _ in 0..7 {
        newest = bench.platform.rotate_signing_secret().unwrap();
    }
    assert_eq!(bench.platform.signing_secrets().unwrap().len(), 5);
    bench.serve_parity(&[newest]).await;
    bench.platform.ping(&id).await.unwrap();
}

#[tokio::test]
async fn an_integration_with_another_secret_refuses_and_the_error_says_what_to_do() {
    let bench = Bench::parity().await;
    let id = bench.install().await.webhook_id;
    bench
        .serve_parity(&["YW5vdGhlciBzZWNyZXQ".to_owned()])
        .await;
    assert!(is_unauthorized(&bench, &id).await);
}

async fn is_unauthorized(bench: &Bench, id: &str) -> bool {
    match bench.platform.ping(id).await {
        Err(PlatformError::Call(failed)) => {
            let says_what_to_do = failed.to_string().contains("BP_SIGNING_SECRET");
            failed.problem == CallProblem::Unauthorized && says_what_to_do
        }
        _ => false,
    }
}
