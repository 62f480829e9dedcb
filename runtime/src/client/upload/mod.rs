//! Uploads: a file is announced, and its content sent to the address that the answer names.

mod content;
#[cfg(feature = "http-client")]
mod reader;
mod settings;

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Uri};

use super::api::{ApiClient, own_headers};
use super::api_request::ApiRequest;
use super::entity::File;
use crate::ClientError;

pub use content::FileContent;
pub(super) use settings::FileSettings;

/// How long sending the content may take, unless [`Upload::timeout`] says otherwise.
const TIMEOUT: Duration = Duration::from_mins(10);

/// A file that is about to be announced.
#[derive(Clone, Debug)]
#[must_use = "a file is announced by `send`"]
pub struct Upsert {
    api: ApiClient,
    settings: FileSettings,
    size: u64,
}

/// A file that was announced, and the address that its content goes to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Upserted {
    /// The file.
    pub file: File,
    /// Where the content goes to, by `PUT`, with the file's `content-type` as header, and with
    /// `x-amz-tagging: public=true` when it is to be public at once. Whoever has it can upload.
    pub upload_url: String,
}

/// A file that is about to be uploaded.
#[derive(Debug)]
#[must_use = "a file is uploaded by `send`"]
pub struct Upload {
    api: ApiClient,
    settings: FileSettings,
    content: FileContent,
    timeout: Duration,
}

impl Upsert {
    pub(super) fn new(api: ApiClient, settings: FileSettings, size: u64) -> Self {
        Self {
            api,
            settings,
            size,
        }
    }

    /// Announces the file.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<Upserted, ClientError> {
        announce(&self.api, &self.settings, self.size).await
    }
}

impl Upload {
    pub(super) fn new(api: ApiClient, settings: FileSettings, content: FileContent) -> Self {
        Self {
            api,
            settings,
            content,
            timeout: TIMEOUT,
        }
    }

    /// Sets how long sending the content may take; otherwise 10 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Announces the file and sends its content.
    ///
    /// The content is read as it is sent. Where that fails it is sent again, unless it came from a
    /// reader, which can be read once.
    ///
    /// # Errors
    ///
    /// [`ClientError::Request`] when the content cannot be read; otherwise as any request to the API.
    /// When the content was not sent, the file is there all the same, without content.
    pub async fn send(mut self) -> Result<File, ClientError> {
        let size = self.content.size().await?;
        let Upserted {
            mut file,
            upload_url,
        } = announce(&self.api, &self.settings, size).await?;
        let address: Uri = upload_url
            .parse()
            .map_err(|_| ClientError::Decode("it holds no readable `uploadUrl`".to_owned()))?;
        let content_type = HeaderValue::from_str(&file.content_type)
            .map_err(|_| ClientError::Decode("it holds no readable `contentType`".to_owned()))?;
        let public = self.settings.is_public_at_once();
        let retries = self
            .api
            .retries_ref()
            .timeout(self.timeout)
            .budget(self.timeout);
        let again = self.content.is_repeatable();
        let retries = if again { retries } else { retries.retries(0) };
        let content = &mut self.content;
        let make = || {
            let mut request = Request::new(content.open(size));
            *request.method_mut() = Method::PUT;
            *request.uri_mut() = address.clone();
            let headers = request.headers_mut();
            headers.extend(own_headers());
            headers.insert(CONTENT_TYPE, content_type.clone());
            if public {
                headers.insert("x-amz-tagging", HeaderValue::from_static("public=true"));
            }
            request
        };
        self.api.send_elsewhere(&retries, true, make).await?;
        file.size = Some(size);
        Ok(file)
    }
}

async fn announce(
    api: &ApiClient,
    settings: &FileSettings,
    size: u64,
) -> Result<Upserted, ClientError> {
    let call = ApiRequest::put(["v1", "files"]).body(settings.body(size));
    let mut file = api.send(call).await?.take("file");
    let upload_url = file.get_mut("uploadUrl").map(serde_json::Value::take);
    let unreadable = |name: &str| ClientError::Decode(format!("it holds no readable `{name}`"));
    Ok(Upserted {
        upload_url: match upload_url {
            Some(serde_json::Value::String(url)) => url,
            _ => return Err(unreadable("uploadUrl")),
        },
        file: serde_json::from_value(file).map_err(|_| unreadable("file"))?,
    })
}
