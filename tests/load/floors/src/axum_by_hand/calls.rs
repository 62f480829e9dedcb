//! The bodies of the calls.
#![expect(dead_code, reason = "the handlers of a load test use few fields")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(tag = "type", content = "input", rename_all = "camelCase")]
pub(crate) enum Action {
    Hello(HelloInput),
}

#[derive(Deserialize)]
pub(crate) struct HelloInput {
    pub(crate) name: String,
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
pub(crate) struct MessageCall {
    #[serde(rename = "type")]
    kind: String,
    payload: FormMessage,
    conversation: Conversation,
    user: Tagged,
    message: Tagged,
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
    channel: String,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Tagged {
    id: String,
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FormMessage {
    subject: String,
    summary: String,
    description: String,
    reporter: String,
    assignee: String,
    department: String,
    location: String,
    address: String,
    phone: String,
    reference: String,
    email: String,
    reply_to: String,
    website: String,
    opened_at: String,
    due_at: String,
    request_id: String,
    order_number: String,
    priority: Priority,
    state: State,
    attempts: u32,
    quantity: u64,
    price: f64,
    score: f64,
    urgent: bool,
    archived: bool,
    labels: Vec<String>,
    measurements: Vec<f64>,
    lines: Vec<Line>,
    customer: Customer,
    attributes: BTreeMap<String, String>,
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
struct Line {
    sku: String,
    title: String,
    quantity: u64,
    price: f64,
}

#[derive(Deserialize)]
struct Customer {
    id: String,
    name: String,
    company: Option<String>,
}
