use http::Method;
use serde_json::{Value, json};

use crate::bench::{Bench, id};
use crate::service::{body, deployed, install, parity};

#[tokio::test]
async fn the_logs_have_a_line_for_each_call_in_pages_and_by_filters() {
    let bench = Bench::new().await;
    let created = bench.create(&body()).await;
    let url = parity(&[created["signingSecret"].as_str().unwrap()]).await;
    let path = format!("/v1/admin/integrations/{}", id(&created));
    bench.done(Method::PUT, &path, &json!({ "url": url })).await;
    let platform = deployed(&bench, id(&created));
    let instance = install(&platform).await;
    let webhook = &instance.webhook_id;
    for number in 0..120 {
        bench.clock.advance(1000);
        let input = json!({ "name": number.to_string() });
        platform
            .call_action(webhook, "hello", &input)
            .await
            .unwrap();
    }
    let fails = json!({ "how": "runtime", "message": "not today" });
    platform
        .call_action(webhook, "fail", &fails)
        .await
        .unwrap_err();

    let logs = format!("{path}/logs?timeStart=2023-11-14T00:00:00Z");
    let first = bench.get(&logs).await;
    let lines = first["logs"].as_array().unwrap();
    assert_eq!(lines.len(), 100);
    assert!(
        lines[0]["message"]
            .as_str()
            .unwrap()
            .starts_with("register: status 200")
    );
    let token = first["nextToken"].as_str().unwrap();
    let second = bench.get(&format!("{logs}&nextToken={token}")).await;
    assert_eq!(second["logs"].as_array().unwrap().len(), 22);
    assert_eq!(second.get("nextToken"), None);

    let warned = bench.get(&format!("{logs}&level=warn")).await;
    assert_eq!(warned["logs"].as_array().unwrap().len(), 1);
    let contains = bench.get(&format!("{logs}&messageContains=fail")).await;
    assert_eq!(contains["logs"], warned["logs"]);
    let later = format!("{path}/logs?timeStart=2023-11-14T22:15:20Z");
    assert_eq!(bench.get(&later).await["logs"].as_array().unwrap().len(), 2);
    let earlier = format!("{logs}&timeEnd=2023-11-14T22:13:20.500Z");
    assert_eq!(
        bench.get(&earlier).await["logs"].as_array().unwrap().len(),
        1
    );
    let other = format!("{logs}&conversationId=conv_1");
    assert_eq!(bench.get(&other).await["logs"], json!([]));
    let (kind, _) = bench
        .refused(Method::GET, &format!("{path}/logs"), &Value::Null)
        .await;
    assert_eq!(kind, "InvalidQuery");
}
