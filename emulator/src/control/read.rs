//! The record: lists of exchanges, and an exchange with what belongs to it.

use std::time::Duration;

use serde_json::{Value, json};

use super::Control;
use super::body::Refusal;
use super::exchange::{exchange_json, line_json};
use crate::exchange::{Exchange, ExchangeFilter, ExchangeKind};
use crate::platform::PlatformError;
use crate::program::{LogLine, ProgramState};

/// How long the line of a call may come after its answer.
const LATE_LINE: Duration = Duration::from_millis(250);

/// How often is looked for it.
const LOOK: Duration = Duration::from_millis(5);

impl Control {
    /// Exchanges, by the parameters of a query.
    pub(super) fn exchanges(&self, query: &str) -> Result<Value, Refusal> {
        let (filter, since) = read_filter(query)?;
        let exchanges = self.platform.recorder().list(&filter)?;
        // Ids sort by the time of their creation.
        let is_new = |exchange: &&Exchange| match &since {
            Some(since) => exchange.id > *since,
            None => true,
        };
        let shown = exchanges.iter().take_while(is_new).map(exchange_json);
        Ok(json!({ "exchanges": shown.collect::<Vec<_>>() }))
    }

    /// An exchange with its calls, API requests and log lines.
    pub(super) fn exchange(&self, id: &str) -> Result<Value, Refusal> {
        let exchange = self.find(id)?;
        let mut shown = exchange_json(&exchange);
        shown["children"] = self.children(id)?;
        shown["lines"] = lines_json(&self.lines(&exchange));
        Ok(shown)
    }

    /// The same, after the line of the call was written.
    pub(super) async fn ended_exchange(&self, id: &str) -> Result<Value, Refusal> {
        let exchange = self.find(id)?;
        if self.program.state() != ProgramState::Unknown && exchange.trace.is_some() {
            let is_written = async {
                while !self.lines(&exchange).iter().any(is_line_of_call) {
                    tokio::time::sleep(LOOK).await;
                }
            };
            // Without an access log there is none.
            let _ = tokio::time::timeout(LATE_LINE, is_written).await;
        }
        self.exchange(id)
    }

    fn find(&self, id: &str) -> Result<Exchange, Refusal> {
        let unknown = || PlatformError::UnknownExchange(id.to_owned());
        let found = self.platform.recorder().find(id)?;
        Ok(found.ok_or_else(unknown)?)
    }

    /// The exchanges that belong to one, the oldest first: a webhook has a call, and a call has API requests.
    fn children(&self, id: &str) -> Result<Value, Refusal> {
        let filter = ExchangeFilter {
            parent: Some(id.to_owned()),
            ..ExchangeFilter::default()
        };
        let mut children = Vec::new();
        for child in self.platform.recorder().list(&filter)?.iter().rev() {
            let mut shown = exchange_json(child);
            shown["children"] = self.children(&child.id)?;
            children.push(shown);
        }
        Ok(children.into())
    }

    fn lines(&self, exchange: &Exchange) -> Vec<LogLine> {
        match &exchange.trace {
            Some(trace) => self.program.lines(Some(trace)),
            None => Vec::new(),
        }
    }
}

/// Whether a line ends a call in the access log.
fn is_line_of_call(line: &LogLine) -> bool {
    let fields = line.fields.as_ref();
    fields.is_some_and(|fields| fields.get("durationMs").is_some())
}

fn lines_json(lines: &[LogLine]) -> Value {
    lines.iter().map(line_json).collect::<Vec<_>>().into()
}

/// Reads which exchanges are listed, and the id after which they began.
fn read_filter(query: &str) -> Result<(ExchangeFilter, Option<String>), Refusal> {
    let mut filter = ExchangeFilter::default();
    let mut since = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let value = value.into_owned();
        match name.as_ref() {
            "kind" => {
                let kind = ExchangeKind::from_name(&value);
                let unknown = || Refusal::wrong("`kind` is `call`, `webhook` or `api`");
                filter.kind = Some(kind.ok_or_else(unknown)?);
            }
            "instance" => filter.instance = Some(value),
            "parent" => filter.parent = Some(value),
            "roots" => filter.without_parent = value == "true",
            "since" => since = Some(value),
            "limit" => {
                let limit = value.parse();
                filter.limit = limit.map_err(|_| Refusal::wrong("`limit` is a number"))?;
            }
            other => {
                return Err(Refusal::wrong(format!(
                    "there is no parameter `{other}`: kind, instance, parent, roots, since, limit"
                )));
            }
        }
    }
    Ok((filter, since))
}
