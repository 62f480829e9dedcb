//! The work of a webhook handler: signatures, routes, queries, forms and pages.

use std::collections::BTreeMap;
use std::hint::black_box;

use contexture::Secret;
use contexture::webhook::signature::{
    Algorithm, Verifier, github, hubspot_v3, linear, shared_token, slack, standard_webhooks,
    stripe, twilio,
};
use contexture::webhook::{Cors, Html, Routes, Template, WebhookRequest};
use serde::Deserialize;

use crate::measure::Outcome;
use crate::{Kind, Prepare};

/// Makes a request of a size.
type Ask = fn(usize) -> WebhookRequest;

pub(super) fn kinds() -> Vec<Kind> {
    let mut kinds = vec![
        work("routes", PATHS, route),
        work("a query as a type", QUERIES, query),
    ];
    kinds.push(work("a field of a query", QUERIES, |request| {
        black_box(request.query_field("missing"));
    }));
    kinds.push(work("a form", FORMS, form));
    kinds.push(work("CORS", HEADERS, cors));
    kinds.push(work("a page", FORMS, page));
    for (name, verifier) in verifiers() {
        kinds.push(SIGNED.iter().fold(Kind::new(name), |kind, (name, ask)| {
            kind.candidate(name, signature(verifier, *ask))
        }));
    }
    kinds
}

fn work(name: &str, asks: &'static [(&'static str, Ask)], work: fn(&WebhookRequest)) -> Kind {
    asks.iter().fold(Kind::new(name), |kind, (name, ask)| {
        kind.candidate(
            name,
            Box::new(move |size| {
                let request = ask(size);
                Box::new(move || {
                    work(&request);
                    Outcome::default()
                })
            }),
        )
    })
}

fn signature(verifier: fn(&Secret) -> Verifier, ask: Ask) -> Prepare {
    Box::new(move |size| {
        let request = ask(size);
        let verifier = verifier(&Secret::from(SECRET));
        Box::new(move || match verifier.verify(request.clone()) {
            Ok(_) => Outcome::default(),
            Err(error) => Outcome {
                refusal: error.to_string().len(),
            },
        })
    })
}

/// Base64, which some schemes require.
const SECRET: &str = "c2VjcmV0";

/// A scheme, by its name.
type Scheme = (&'static str, fn(&Secret) -> Verifier);

fn verifiers() -> [Scheme; 8] {
    [
        ("signature: the body", |secret| github(secret)),
        ("signature: Slack", |secret| slack(secret)),
        ("signature: Stripe", |secret| stripe(secret)),
        ("signature: Standard Webhooks", |secret| {
            standard_webhooks(secret)
        }),
        ("signature: HubSpot", |secret| {
            hubspot_v3(secret, "https://a.test")
        }),
        ("signature: Linear", |secret| linear(secret)),
        ("signature: Twilio", |secret| {
            twilio(secret, "https://a.test")
        }),
        ("signature: a token", |secret| {
            shared_token("x-token", secret)
        }),
    ]
}

/// A request with the headers of every scheme, and as many signatures as fit in the size.
fn signed(signatures: usize, body: String, query: String) -> WebhookRequest {
    let now = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |since| since.as_secs());
    let tag = Algorithm::Sha256.sign(b"another", b"message");
    let several = |before: &str, text: &str, between: &str| {
        let one = format!("{before}{text}");
        vec![one; signatures.max(1)].join(between)
    };
    let stripe = format!("t={now},{}", several("v1=", &tag.hex(), ","));
    WebhookRequest::new("POST", "/")
        .with_query(query)
        .with_header("x-hub-signature-256", format!("sha256={}", tag.hex()))
        .with_header("x-slack-signature", format!("v0={}", tag.hex()))
        .with_header("x-slack-request-timestamp", now.to_string())
        .with_header("stripe-signature", stripe)
        .with_header("webhook-id", "msg_1")
        .with_header("webhook-timestamp", now.to_string())
        .with_header("webhook-signature", several("v1,", &tag.base64(), " "))
        .with_header("x-hubspot-signature-v3", tag.base64())
        .with_header("x-hubspot-request-timestamp", (now * 1000).to_string())
        .with_header("linear-signature", tag.hex())
        .with_header("x-twilio-signature", tag.base64())
        .with_header("x-token", "a".repeat(signatures * 64))
        .with_body(body)
}

const SIGNED: &[(&str, Ask)] = &[
    ("a large body", |size| {
        signed(1, "a".repeat(size), String::new())
    }),
    ("many signatures", |size| {
        signed(size / 70, "a".to_owned(), String::new())
    }),
    ("many signatures and a large body", |size| {
        signed(size / 200, "a".repeat(size / 2), String::new())
    }),
    ("a form of many fields", |size| {
        signed(1, "a=&".repeat(size / 3), String::new())
    }),
    ("a form of different fields", |size| {
        signed(1, fields(size), String::new())
    }),
    ("a long query", |size| {
        signed(1, String::new(), "%3a".repeat(size / 3))
    }),
    ("a query of many fields", |size| {
        signed(1, String::new(), fields(size))
    }),
    ("JSON with a time", |size| {
        signed(
            1,
            format!(
                "{{\"webhookTimestamp\":1,\"a\":[{}0]}}",
                "0,".repeat(size / 2)
            ),
            String::new(),
        )
    }),
];

fn fields(size: usize) -> String {
    let fields: Vec<_> = (0..size / 10)
        .map(|index| format!("k{index}={index}"))
        .collect();
    fields.join("&")
}

const FORMS: &[(&str, Ask)] = &[
    ("different fields", |size| {
        WebhookRequest::new("POST", "/").with_body(fields(size))
    }),
    ("the same field", |size| {
        WebhookRequest::new("POST", "/").with_body("tag=&".repeat(size / 5))
    }),
    ("escapes", |size| {
        WebhookRequest::new("POST", "/").with_body(format!("tag={}", "%3c".repeat(size / 3)))
    }),
    ("what is no text", |size| {
        WebhookRequest::new("POST", "/").with_body(format!("tag={}", "%ff".repeat(size / 3)))
    }),
    ("separators", |size| {
        WebhookRequest::new("POST", "/").with_body("&".repeat(size))
    }),
    ("brackets", |size| {
        WebhookRequest::new("POST", "/").with_body(format!("tag={}", "<\"&".repeat(size / 3)))
    }),
];

const QUERIES: &[(&str, Ask)] = &[
    ("different fields", |size| {
        WebhookRequest::new("GET", "/").with_query(fields(size))
    }),
    ("the same field", |size| {
        WebhookRequest::new("GET", "/").with_query("tag=&".repeat(size / 5))
    }),
    ("escapes", |size| {
        WebhookRequest::new("GET", "/").with_query(format!("tag={}", "%3c".repeat(size / 3)))
    }),
    ("a long name", |size| {
        WebhookRequest::new("GET", "/").with_query(format!("{}=1", "%ff".repeat(size / 3)))
    }),
];

const PATHS: &[(&str, Ask)] = &[
    ("slashes", |size| {
        WebhookRequest::new("GET", "/".repeat(size))
    }),
    ("segments", |size| {
        WebhookRequest::new("GET", "/a".repeat(size / 2))
    }),
    ("a long segment", |size| {
        WebhookRequest::new("GET", format!("/a/{}/c", "%41".repeat(size / 3)))
    }),
    ("what is no text", |size| {
        WebhookRequest::new("GET", format!("/a/{}/c", "%ff".repeat(size / 3)))
    }),
    ("a long method", |size| {
        WebhookRequest::new("G".repeat(size), "/a/b/c")
    }),
];

const HEADERS: &[(&str, Ask)] = &[
    ("many headers", |size| {
        let request = WebhookRequest::new("OPTIONS", "/");
        (0..size / 12).fold(request, |request, index| {
            request.with_header(format!("h{index}"), "1")
        })
    }),
    ("a long origin", |size| {
        WebhookRequest::new("OPTIONS", "/")
            .with_header("access-control-request-method", "POST")
            .with_header("origin", "a".repeat(size))
    }),
];

fn route(request: &WebhookRequest) {
    let routes = Routes::new()
        .get("/", 1)
        .post("/a/{name}/c", 2)
        .get("/a/{name}/c", 3)
        .on("DELETE", "/a/{other}/c", 4);
    let found = routes.find(request);
    black_box(found.map(|found| found.page).ok());
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    tag: Vec<String>,
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

fn query(request: &WebhookRequest) {
    let fields: Option<Fields> = request.query_as().ok();
    black_box(fields.map(|fields| (fields.tag.len(), fields.others.len())));
    let map: Option<BTreeMap<String, Vec<String>>> = request.query_as().ok();
    black_box(map.map(|map| map.len()));
}

fn form(request: &WebhookRequest) {
    let request = request.clone().assume_verified();
    let fields: Option<Fields> = request.form().ok();
    black_box(fields.map(|fields| (fields.tag.len(), fields.others.len())));
    let map: Option<BTreeMap<String, Vec<String>>> = request.form().ok();
    black_box(map.map(|map| map.len()));
}

fn cors(request: &WebhookRequest) {
    let cors = Cors::origins(["https://a.test", "https://b.test"]).methods(["POST"]);
    black_box(cors.preflight(request));
}

fn page(request: &WebhookRequest) {
    const PAGE: Template = Template::new("<p title=\"{{a}}\">{{b}}</p>{{a}}");
    let text = request.body.unverified_text();
    let page = PAGE.text("a", text).html("b", Html::text(text));
    black_box(page.render().is_ok());
}
