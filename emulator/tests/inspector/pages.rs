//! The pages, as markup.

use contexture_emulator::inspector;
use contexture_emulator::server::{bind, serve};
use http::StatusCode;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bench::{API_KEY, Bench, text};

#[tokio::test]
async fn the_root_leads_to_the_calls_which_are_empty_at_first() {
    let bench = Bench::start().await;
    let root = bench.get("/").await;
    assert_eq!(root.status(), StatusCode::SEE_OTHER);
    assert_eq!(root.headers()["location"], "/inspector");
    let page = bench.page("/inspector").await;
    assert!(page.contains("Nothing has happened yet."), "{page}");
    assert!(page.contains("href=\"/inspector/install\""), "{page}");
}

#[tokio::test]
async fn the_server_ends_although_a_page_listens() {
    let bench = Bench::start().await;
    let listener = bind(0).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let routes = inspector::routes(bench.platform.clone(), bench.program.clone());
    let api = bench.platform.parts().api.clone();
    let serving = tokio::spawn(serve(listener, api, routes, async { drop(ended.await) }));
    let mut page = TcpStream::connect(address).await.unwrap();
    let request = b"GET /inspector/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
    page.write_all(request).await.unwrap();
    let mut beginning = [0; 12];
    page.read_exact(&mut beginning).await.unwrap();
    assert_eq!(&beginning, b"HTTP/1.1 200");
    end.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn every_page_has_the_headers_that_protect_it() {
    let bench = Bench::start().await;
    for path in ["/inspector", "/inspector/style.css", "/inspector/nowhere"] {
        let answer = bench.get(path).await;
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(headers["x-frame-options"], "DENY");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn a_wrong_configuration_is_refused_at_its_fields_and_a_right_one_installs() {
    let bench = Bench::start().await;
    let wrong = [
        ("value:/apiKey", "short"),
        ("value:/retries", "many"),
        ("type", ""),
    ];
    let refused = text(&bench.post("/inspector/install", &wrong).await);
    for field in ["/apiKey", "/region", "/retries"] {
        assert!(
            refused.contains(&format!("id=\"field{field}-problem\"")),
            "{field}: {refused}"
        );
    }
    assert!(
        refused.contains("value=\"many\""),
        "what was entered stays: {refused}"
    );
    assert!(!refused.contains("short"), "a secret does not: {refused}");
    assert_eq!(bench.count(), 0, "nothing was called");
    assert!(bench.platform.instances().unwrap().is_empty());

    let right = [
        ("value:/apiKey", API_KEY),
        ("value:/region", "eu"),
        ("count:/depots", "1"),
        ("value:/depots/0/city", "Graz"),
        ("type", ""),
        ("alias", "shop"),
    ];
    let installed = bench.post("/inspector/install", &right).await;
    assert_eq!(installed.status(), StatusCode::SEE_OTHER);
    let instance = bench.platform.instances().unwrap().remove(0);
    assert_eq!(instance.alias, "shop");
    assert_eq!(
        instance.configuration,
        json!({ "apiKey": API_KEY, "region": "eu", "depots": [{ "city": "Graz" }] })
    );
}

#[tokio::test]
async fn a_stored_secret_is_on_no_page_and_is_kept_when_its_field_is_empty() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let address = format!("/inspector/instances/{}", instance.webhook_id);
    let register = bench.last();
    let pages = [
        address.clone(),
        "/inspector".to_owned(),
        format!("/inspector/calls/{}", register.id),
        format!("/inspector/calls/{}/request", register.id),
        format!("/inspector/calls/{}/edit", register.id),
        format!("{address}/webhook"),
    ];
    for page in pages {
        let shown = bench.page(&page).await;
        assert!(!shown.contains(API_KEY), "{page}: {shown}");
    }
    let changed = [("value:/region", "us"), ("type", "")];
    bench.post(&address, &changed).await;
    let configured = bench.platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(
        configured.configuration,
        json!({ "apiKey": API_KEY, "region": "us" })
    );
}

#[tokio::test]
async fn an_item_is_added_without_saving() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let address = format!("/inspector/instances/{}", instance.webhook_id);
    let fields = [
        ("type", ""),
        ("value:/region", "eu"),
        ("count:/depots", "1"),
        ("value:/depots/0/city", "Linz"),
        ("add", "/depots"),
    ];
    let page = text(&bench.post(&address, &fields).await);
    assert!(page.contains("name=\"value:/depots/1/city\""), "{page}");
    assert!(page.contains("value=\"Linz\""), "{page}");
    let unchanged = bench.platform.instance(&instance.webhook_id).unwrap();
    assert_eq!(unchanged.configuration, instance.configuration);
}

#[tokio::test]
async fn texts_of_a_conversation_cannot_become_markup() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let address = format!("/inspector/instances/{}/chat", instance.webhook_id);
    let text_of = "<img src=x onerror=alert(1)>";
    let begun = [
        ("channel", "chat"),
        ("tag:recipient", text_of),
        ("creator", "emulator"),
    ];
    let created = bench.post(&address, &begun).await;
    let conversation = created.headers()["location"].to_str().unwrap().to_owned();
    let sent = [("type", "text"), ("value:/text", text_of)];
    bench.post(&conversation, &sent).await;
    let id = bench.last().id;
    for page in [
        conversation,
        format!("/inspector/calls/{id}"),
        "/inspector".to_owned(),
    ] {
        let page = bench.page(&page).await;
        assert!(!page.contains("<img src=x"), "{page}");
    }
}

#[tokio::test]
async fn the_state_of_a_program_that_cannot_be_built_is_on_each_page() {
    let bench = Bench::start().await;
    bench
        .program
        .set_state(contexture_emulator::program::ProgramState::Failed {
            output: "\u{1b}[1m\u{1b}[38;5;9merror[E0425]\u{1b}[0m: cannot find value `<x>`"
                .to_owned(),
            earlier_serves: true,
        });
    for path in ["/inspector", "/inspector/log", "/inspector/install"] {
        let page = bench.page(path).await;
        assert!(
            page.contains("error[E0425]</span>: cannot find value `&lt;x&gt;`"),
            "{page}"
        );
        assert!(page.contains("The build before still serves."), "{page}");
    }
}

#[tokio::test]
async fn states_are_shown_without_their_secrets() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let input = json!({ "number": "AT-1042" });
    bench
        .platform
        .call_action(&instance.webhook_id, "trackParcel", &input)
        .await
        .unwrap();
    let page = bench
        .page(&format!(
            "/inspector/instances/{}/data/states",
            instance.webhook_id
        ))
        .await;
    assert!(page.contains("AT-1042"), "{page}");
    assert!(!page.contains("session-token-1"), "{page}");
}

#[tokio::test]
async fn a_webhook_is_signed_with_a_secret_of_the_configuration() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let mut configuration = crate::bench::configuration();
    configuration["signingKey"] = json!("webhook-key-1");
    bench
        .platform
        .configure(&instance.webhook_id, None, &configuration)
        .await
        .unwrap();
    let address = format!("/inspector/instances/{}/webhook", instance.webhook_id);
    let fields = [
        ("method", "POST"),
        ("path", "/events"),
        ("headers", "x-github-event: push"),
        ("body", "{\"a\":1}"),
        ("provider", "github"),
        ("known", "/signingKey"),
    ];
    let sent = bench.post(&address, &fields).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{}", text(&sent));
    let webhook = bench.last();
    assert_eq!(webhook.response.as_ref().unwrap().status, 202);
    let names: Vec<_> = webhook
        .request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(names.contains(&"x-hub-signature-256"), "{names:?}");
    let page = bench
        .page(sent.headers()["location"].to_str().unwrap())
        .await;
    assert!(page.contains("got &quot;/events&quot;"), "{page}");

    let unsigned = [("provider", "github"), ("body", "{}")];
    let refused = text(&bench.post(&address, &unsigned).await);
    assert!(refused.contains("Choose the secret"), "{refused}");
}

#[tokio::test]
async fn a_file_is_downloaded_and_not_shown() {
    let bench = Bench::start().await;
    let instance = bench.install().await;
    let body = json!({ "key": "a/<b>.html", "size": 14, "contentType": "text/html" }).to_string();
    let request = http::Request::put("/v1/files")
        .header(
            "authorization",
            format!("Bearer {}", bench.platform.token()),
        )
        .header("x-bot-id", &instance.bot_id)
        .header("x-integration-id", &instance.integration_id)
        .header("x-integration-alias", &instance.alias)
        .body(body.into());
    let created = bench.send(request.unwrap()).await;
    let created: serde_json::Value = serde_json::from_slice(created.body()).unwrap();
    let url = created["file"]["uploadUrl"].as_str().unwrap();
    let (_, path) = url.split_once("//").unwrap().1.split_once('/').unwrap();
    let upload = http::Request::put(format!("/{path}")).body("<script></script>"[..14].into());
    bench.send(upload.unwrap()).await;
    let id = created["file"]["id"].as_str().unwrap();
    let content = bench
        .get(&format!(
            "/inspector/instances/{}/files/{id}",
            instance.webhook_id
        ))
        .await;
    assert_eq!(
        content.headers()["content-type"],
        "application/octet-stream"
    );
    assert_eq!(
        content.headers()["content-disposition"],
        "attachment; filename*=UTF-8''%3Cb%3E.html"
    );
    assert_eq!(content.body().len(), 14);
    let page = bench
        .page(&format!(
            "/inspector/instances/{}/data/files",
            instance.webhook_id
        ))
        .await;
    assert!(page.contains("a/&lt;b&gt;.html"), "{page}");
    let public = bench
        .get(
            created["file"]["url"]
                .as_str()
                .unwrap()
                .strip_prefix(&bench.base)
                .unwrap(),
        )
        .await;
    assert_eq!(public.headers()["content-security-policy"], "sandbox");
}
