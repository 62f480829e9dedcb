//! A list that has not been read yet.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::pages::Pages;
use super::source::{Page, Source};
use crate::ClientError;
use crate::client::api::ApiClient;
use crate::client::api_request::Query;

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
    pub(super) source: Source,
    /// The error that occurred when a filter was serialized.
    pub(super) problem: Option<ClientError>,
    pub(super) item: PhantomData<fn() -> T>,
    pub(super) filters: PhantomData<fn() -> F>,
}

impl<T: DeserializeOwned + Send + 'static, F> List<T, F> {
    pub(in crate::client) fn new(api: &ApiClient, path: &[&str], field: &'static str) -> Self {
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

    pub(super) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.source.query.set(name, value);
        self
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
