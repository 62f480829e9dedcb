//! The request that reads the pages of a list.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ClientError;
use crate::client::api::ApiClient;
use crate::client::api_request::{ApiRequest, Query};

/// The names of all filters, in the order in which the official client writes them.
const ORDER: [&str; 21] = [
    "nextToken",
    "pageSize",
    "sortField",
    "sortDirection",
    "type",
    "conversationId",
    "userId",
    "messageId",
    "workflowId",
    "status",
    "tags",
    "participantIds",
    "integrationName",
    "channel",
    "ids",
    "indexed",
    "afterDate",
    "beforeDate",
    "minMessageCount",
    "maxMessageCount",
    "rangeField",
];

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of the page.
    pub items: Vec<T>,
    /// The token for the next page; `None` on the last page.
    pub next_token: Option<String>,
}

/// The request that reads the pages of a list.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) api: ApiClient,
    pub(super) path: Vec<String>,
    /// The field of the response that contains the items.
    pub(super) field: &'static str,
    pub(super) query: Query,
}

impl Source {
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        next_token: Option<&str>,
    ) -> Result<Page<T>, ClientError> {
        let mut query = self.query.clone();
        if let Some(token) = next_token {
            query.set("nextToken", token);
        }
        let path = self.path.iter().map(String::as_str);
        let mut answer = self
            .api
            .send(ApiRequest::get(path).query(query.sorted(&ORDER)))
            .await?;
        let meta: Value = answer.take("meta");
        let next_token = meta.get("nextToken").and_then(Value::as_str);
        Ok(Page {
            next_token: next_token
                .filter(|token| !token.is_empty())
                .map(str::to_owned),
            items: answer.field(self.field)?,
        })
    }
}
