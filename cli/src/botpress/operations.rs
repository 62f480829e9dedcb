//! The operations of the admin API that the command uses.

use http::Method;
use serde_json::{Value, json};

use super::admin::{AdminClient, AdminRequest};
use super::answers::{AccessKey, Integration, LogPage, Workspace};
use super::error::AdminError;
use super::reference::Reference;

type Answer<T> = Result<T, AdminError>;

/// How many pages of a list are read at most.
const MOST_PAGES: usize = 1000;

/// What of an integration's log is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogFilter {
    /// The first and the last moment, as RFC 3339 writes them.
    pub(crate) from: String,
    pub(crate) until: String,
    /// Parameters of the API, such as `level`, `userId` and `messageContains`.
    pub(crate) parameters: Vec<(&'static str, String)>,
}

impl AdminClient {
    async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Answer<Value> {
        self.call(Method::GET, path, query, None).await
    }

    async fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer<Value> {
        let request = AdminRequest {
            method,
            path,
            query,
            body,
        };
        self.send(&request).await
    }

    /// All items of a list.
    async fn all(&self, path: &[&str], query: &[(&str, &str)], field: &str) -> Answer<Vec<Value>> {
        let mut items = Vec::new();
        let mut next: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut query = query.to_vec();
            query.extend(next.as_deref().map(|token| ("nextToken", token)));
            let mut page = self.get(path, &query).await?;
            if let Value::Array(page) = page[field].take() {
                items.extend(page);
            }
            next = page["meta"]["nextToken"].as_str().map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        Ok(items)
    }

    /// The workspace of the client.
    pub(crate) async fn workspace(&self) -> Answer<Workspace> {
        let json = self.get(&["workspaces", self.workspace_id()], &[]).await?;
        Ok(Workspace::new(&json))
    }

    /// The workspaces of the token.
    pub(crate) async fn workspaces(&self) -> Answer<Vec<Workspace>> {
        let all = self.all(&["workspaces"], &[], "workspaces").await?;
        Ok(all.iter().map(Workspace::new).collect())
    }

    /// The workspace with a handle, if it is one of the token's.
    pub(crate) async fn workspace_with_handle(&self, handle: &str) -> Answer<Option<Workspace>> {
        let json = self.get(&["workspaces"], &[("handle", handle)]).await?;
        Ok(json["workspaces"].get(0).map(Workspace::new))
    }

    /// Whether a handle is free; if it is not, similar ones that are.
    pub(crate) async fn is_handle_free(&self, handle: &str) -> Answer<(bool, Vec<String>)> {
        let path = ["workspaces", "handle-availability"];
        let body = json!({ "handle": handle });
        let json = self.call(Method::PUT, &path, &[], Some(&body)).await?;
        let suggestions = json["suggestions"].as_array().into_iter().flatten();
        let suggestions = suggestions.filter_map(Value::as_str).map(str::to_owned);
        Ok((json["available"] == true, suggestions.collect()))
    }

    /// Gives the workspace a handle.
    pub(crate) async fn claim_handle(&self, handle: &str) -> Answer<()> {
        let body = json!({ "handle": handle });
        let path = ["workspaces", self.workspace_id()];
        self.call(Method::PUT, &path, &[], Some(&body))
            .await
            .map(drop)
    }

    /// Whether the token may read the bots of the workspace.
    pub(crate) async fn test_login(&self) -> Answer<()> {
        self.get(&["bots"], &[]).await.map(drop)
    }

    /// An integration of the workspace, or else one of the hub; `None` if there is none.
    pub(crate) async fn find_integration(&self, which: &Reference) -> Answer<Option<Integration>> {
        match self.find_private(which).await? {
            Some(integration) => Ok(Some(integration)),
            None => self.find_public(which).await,
        }
    }

    /// An integration of the workspace.
    pub(crate) async fn find_private(&self, which: &Reference) -> Answer<Option<Integration>> {
        let path = [&["integrations"][..], &which.path()].concat();
        let found = optional(self.get(&path, &[]).await)?;
        Ok(found.map(|mut json| Integration::new(json["integration"].take(), self.workspace_id())))
    }

    /// An integration of the hub.
    pub(crate) async fn find_public(&self, which: &Reference) -> Answer<Option<Integration>> {
        let path = [&["hub", "integrations"][..], &which.path()].concat();
        let found = optional(self.get(&path, &[]).await)?;
        Ok(found.map(|mut json| Integration::new(json["integration"].take(), "")))
    }

    /// The interface of the hub with a name and a version.
    pub(crate) async fn find_interface(&self, which: &Reference) -> Answer<Option<Value>> {
        let path = [&["hub", "interfaces"][..], &which.path()].concat();
        let found = optional(self.get(&path, &[]).await)?;
        Ok(found.map(|mut json| json["interface"].take()))
    }

    /// Creates an integration.
    pub(crate) async fn create(&self, body: &Value) -> Answer<Integration> {
        let json = self
            .call(Method::POST, &["integrations"], &[], Some(body))
            .await?;
        Ok(self.integration_of(json))
    }

    /// Asks Botpress whether an integration could be created.
    pub(crate) async fn validate_creation(&self, body: &Value) -> Answer<()> {
        let path = ["integrations", "validate"];
        self.call(Method::POST, &path, &[], Some(body))
            .await
            .map(drop)
    }

    /// Updates an integration.
    pub(crate) async fn update(&self, id: &str, body: &Value) -> Answer<Integration> {
        let path = ["integrations", id];
        let json = self.call(Method::PUT, &path, &[], Some(body)).await?;
        Ok(self.integration_of(json))
    }

    /// Asks Botpress whether an integration could be updated.
    pub(crate) async fn validate_update(&self, id: &str, body: &Value) -> Answer<()> {
        let path = ["integrations", id, "validate"];
        self.call(Method::PUT, &path, &[], Some(body))
            .await
            .map(drop)
    }

    /// Deletes an integration.
    pub(crate) async fn delete(&self, id: &str) -> Answer<()> {
        let path = ["integrations", id];
        self.call(Method::DELETE, &path, &[], None).await.map(drop)
    }

    /// Makes a key by which an integration reaches the API.
    pub(crate) async fn mint_key(&self, id: &str, note: &str) -> Answer<AccessKey> {
        let body = json!({ "integrationId": id, "note": note });
        let path = ["integrations", "iaks"];
        let json = self.call(Method::POST, &path, &[], Some(&body)).await?;
        Ok(AccessKey {
            id: json["id"].as_str().unwrap_or_default().to_owned(),
            value: json["value"].as_str().unwrap_or_default().into(),
        })
    }

    /// Makes a new secret that signs the calls of an integration. The old ones are valid for 24 hours more.
    pub(crate) async fn rotate_signing_secret(&self, id: &str) -> Answer<contexture::Secret> {
        let path = ["integrations", id, "signing-secrets", "rotate"];
        let json = self.call(Method::POST, &path, &[], None).await?;
        Ok(json["newSigningSecret"].as_str().unwrap_or_default().into())
    }

    /// The integrations of the workspace.
    pub(crate) async fn integrations(&self, query: &[(&str, &str)]) -> Answer<Vec<Value>> {
        self.all(&["integrations"], query, "integrations").await
    }

    /// The integrations of the hub.
    pub(crate) async fn public_integrations(&self, query: &[(&str, &str)]) -> Answer<Vec<Value>> {
        self.all(&["hub", "integrations"], query, "integrations")
            .await
    }

    /// A page of an integration's log.
    pub(crate) async fn logs(
        &self,
        id: &str,
        filter: &LogFilter,
        next: Option<&str>,
    ) -> Answer<LogPage> {
        let mut query = vec![
            ("timeStart", filter.from.as_str()),
            ("timeEnd", filter.until.as_str()),
        ];
        let parameters = filter.parameters.iter();
        query.extend(parameters.map(|(name, value)| (*name, value.as_str())));
        query.extend(next.map(|token| ("nextToken", token)));
        let mut json = self.get(&["integrations", id, "logs"], &query).await?;
        Ok(LogPage {
            next: json["nextToken"].as_str().map(str::to_owned),
            lines: match json["logs"].take() {
                Value::Array(lines) => lines,
                _ => Vec::new(),
            },
        })
    }

    fn integration_of(&self, mut json: Value) -> Integration {
        Integration::new(json["integration"].take(), self.workspace_id())
    }
}

/// The answer to a request for something that may not exist.
fn optional(answer: Answer<Value>) -> Answer<Option<Value>> {
    match answer {
        Ok(json) => Ok(Some(json)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
