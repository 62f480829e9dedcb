//! The bodies of the calls. Texts are borrowed from the body, unless they have an escape.
#![expect(dead_code, reason = "the handlers of a load test use few fields")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text of a list or a map: serde borrows there only what a type of its own borrows.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Configuration<'a> {
    #[serde(borrow)]
    api_key: Cow<'a, str>,
    region: Region,
    debug: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Region {
    Us,
    Eu,
    Asia,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "input", rename_all = "camelCase")]
pub(crate) enum Action<'a> {
    Hello(#[serde(borrow)] HelloInput<'a>),
}

#[derive(Deserialize)]
pub(crate) struct HelloInput<'a> {
    #[serde(borrow)]
    pub(crate) name: Cow<'a, str>,
}

#[derive(Serialize)]
pub(crate) struct Answer {
    pub(crate) output: HelloOutput,
    pub(crate) meta: Meta,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HelloOutput {
    pub(crate) message: String,
    pub(crate) configuration_type: Option<&'static str>,
}

#[derive(Serialize)]
pub(crate) struct Meta {
    pub(crate) cost: f64,
}

#[derive(Deserialize)]
pub(crate) struct MessageCall<'a, Payload> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    payload: Payload,
    #[serde(borrow)]
    conversation: Conversation<'a>,
    #[serde(borrow)]
    user: Tagged<'a>,
    #[serde(borrow)]
    message: Tagged<'a>,
}

#[derive(Deserialize)]
struct Conversation<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    channel: Cow<'a, str>,
    #[serde(borrow)]
    tags: BTreeMap<Text<'a>, Text<'a>>,
}

#[derive(Deserialize)]
struct Tagged<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    tags: BTreeMap<Text<'a>, Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormMessage<'a> {
    #[serde(borrow)]
    subject: Cow<'a, str>,
    #[serde(borrow)]
    summary: Cow<'a, str>,
    #[serde(borrow)]
    description: Cow<'a, str>,
    #[serde(borrow)]
    reporter: Cow<'a, str>,
    #[serde(borrow)]
    assignee: Cow<'a, str>,
    #[serde(borrow)]
    department: Cow<'a, str>,
    #[serde(borrow)]
    location: Cow<'a, str>,
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow)]
    phone: Cow<'a, str>,
    #[serde(borrow)]
    reference: Cow<'a, str>,
    #[serde(borrow)]
    email: Cow<'a, str>,
    #[serde(borrow)]
    reply_to: Cow<'a, str>,
    #[serde(borrow)]
    website: Cow<'a, str>,
    #[serde(borrow)]
    opened_at: Cow<'a, str>,
    #[serde(borrow)]
    due_at: Cow<'a, str>,
    #[serde(borrow)]
    request_id: Cow<'a, str>,
    #[serde(borrow)]
    order_number: Cow<'a, str>,
    priority: Priority,
    state: State,
    attempts: u32,
    quantity: u64,
    price: f64,
    score: f64,
    urgent: bool,
    archived: bool,
    #[serde(borrow)]
    labels: Vec<Text<'a>>,
    measurements: Vec<f64>,
    #[serde(borrow)]
    lines: Vec<Line<'a>>,
    #[serde(borrow)]
    customer: Customer<'a>,
    #[serde(borrow)]
    attributes: BTreeMap<Text<'a>, Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    New,
    Open,
    Waiting,
    Solved,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    sku: Cow<'a, str>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    quantity: u64,
    price: f64,
}

#[derive(Deserialize)]
struct Customer<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    company: Option<Text<'a>>,
}
