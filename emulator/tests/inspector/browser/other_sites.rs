//! What pages of other sites cannot do.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use contexture_browser::Tab;
use serde_json::json;
use tokio::net::TcpListener;

use super::{is_skipped, sees};
use crate::bench::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_reaches_nothing() {
    if is_skipped() {
        return;
    }
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let ping = format!(
        "{}/inspector/instances/{}/ping",
        bench.base, instance.webhook_id
    );
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let page = format!(
        "<!doctype html><title>Other</title><form method=post action=\"{ping}\"><button>Go</button></form>"
    );
    let router = Router::new().route("/", get(|| async { Html(page) }));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let mut tab = Tab::on_this_machine();
    for site in [
        format!("http://evil.test:{port}/"),
        format!("http://127.0.0.1:{port}/"),
    ] {
        tab.open(&site);
        for request in [
            format!("fetch('{ping}', {{ method: 'POST', mode: 'no-cors' }})"),
            format!(
                "fetch('{ping}', {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: 'token=a' }})"
            ),
        ] {
            tab.resolve(&format!("{request}.catch(() => {{}})"));
        }
        let read = tab.resolve(&format!(
            "fetch('{}/inspector').then((answer) => answer.text()).catch(() => 'refused')",
            bench.base
        ));
        assert_eq!(read, json!("refused"));
        let framed = tab.resolve(&format!(
            "new Promise((resolve) => {{
                const frame = document.createElement('iframe');
                frame.onload = () => {{
                    try {{ resolve(frame.contentDocument === null ? 'closed' : 'open'); }} catch {{ resolve('closed'); }}
                }};
                frame.src = '{}/inspector';
                document.body.append(frame);
            }})",
            bench.base
        ));
        assert_eq!(framed, json!("closed"));
        tab.click("button");
        sees(&mut tab, "The inspector refuses requests of other sites.");
    }
    // A name of another site that leads to this machine.
    let (_, own_port) = bench.base.rsplit_once(':').unwrap();
    tab.open(&format!("http://evil.test:{own_port}/inspector"));
    sees(&mut tab, "The inspector answers on this machine only");
    assert_eq!(bench.count(), 1, "only the installation was a call");
}
