//! Lists, which are read page by page.

mod filters;
mod pages;

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::api::ApiClient;
use super::api_request::{ApiRequest, Query};
use crate::ClientError;

pub use filters::{
    Direction, OfConversations, OfEvents, OfFiles, OfMessages, OfUsers, SortBy, SortFilesBy,
    Unfiltered,
};
pub use pages::Pages;

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

/// A list of `T` that has not been read yet. The available filters depend on `F`.
///
/// ```
/// # use contexture::{ClientError, Definition, client::Client};
/// # async fn example<D: Definition>(client: Client<D>) -> Result<(), ClientError> {
/// // One item at a time; pages are requested as needed.
/// let mut users = client.users().list().stream();
/// while let Some(user) = users.next().await {
///     println!("{}", user?.id);
/// }
///
/// // One page.
/// let page = client.users().list().page_size(50).page(None).await?;
/// println!("{} users, next: {:?}", page.items.len(), page.next_token);
/// # Ok(())
/// # }
/// ```
#[must_use = "a list is read by `stream`, `collect` or `page`"]
pub struct List<T, F> {
    source: Source,
    /// The error that occurred when a filter was serialized.
    problem: Option<ClientError>,
    item: PhantomData<fn() -> T>,
    filters: PhantomData<fn() -> F>,
}

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
struct Source {
    api: ApiClient,
    path: Vec<String>,
    /// The field of the response that contains the items.
    field: &'static str,
    query: Query,
}

impl<T: DeserializeOwned + Send + 'static, F> List<T, F> {
    pub(super) fn new(api: &ApiClient, path: &[&str], field: &'static str) -> Self {
        Self::of(Source {
            api: api.clone(),
            path: path.iter().map(|segment| (*segment).to_owned()).collect(),
            field,
            query: Query::default(),
        })
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            problem: None,
            item: PhantomData,
            filters: PhantomData,
        }
    }

    /// Sets the number of items per page. By default, the API decides.
    pub fn page_size(self, items: u32) -> Self {
        self.set("pageSize", items.to_string())
    }

    /// Reads one page: the first, or the one for the `next_token` of the previous page.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn page(&self, next_token: Option<&str>) -> Result<Page<T>, ClientError> {
        match &self.problem {
            Some(problem) => Err(ClientError::Request(problem.to_string())),
            None => self.source.page(next_token).await,
        }
    }

    /// Returns a stream of the items. Pages are requested as needed.
    pub fn stream(self) -> Pages<T> {
        Pages::new(self.source, self.problem)
    }

    /// Reads all items of all pages into memory.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn collect(self) -> Result<Vec<T>, ClientError> {
        let mut pages = self.stream();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.source.query.set(name, value);
        self
    }
}

impl Source {
    async fn page<T: DeserializeOwned>(
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

impl<T, F> fmt::Debug for List<T, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("List")
            .field("field", &self.source.field)
            .field("query", &self.source.query)
            .finish_non_exhaustive()
    }
}
