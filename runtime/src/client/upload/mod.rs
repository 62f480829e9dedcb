//! Uploads: register a file, then send its content to the upload URL of the response.

mod content;
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
mod reader;
mod setters;
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

/// The default timeout for sending the content.
const TIMEOUT: Duration = Duration::from_mins(10);

/// A builder that registers a file without uploading its content.
#[derive(Clone, Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct Upsert {
    api: ApiClient,
    settings: FileSettings,
    size: u64,
}

/// A registered file, and the URL for the upload of its content.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Upserted {
    /// The file.
    pub file: File,
    /// The URL for the upload. Send the content with `PUT` and the file's content type as the
    /// header `content-type`. If the content must be public immediately, also send `x-amz-tagging:
    /// public=true`. Anyone who knows this URL can upload content.
    pub upload_url: String,
}

/// A builder that uploads a file.
#[derive(Debug)]
#[must_use = "the file is uploaded only when `send` is called"]
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

    /// Registers the file.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
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

    /// Sets the timeout for sending the content. The default is 10 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Registers the file and uploads its content.
    ///
    /// The content is streamed. A failed upload is retried, unless the content is a reader or a
    /// body, which can be read only once.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Request`] if the content cannot be read, and any other
    /// [`ClientError`] if a request fails. If the upload fails, the registered file remains,
    /// without content.
    pub async fn send(mut self) -> Result<File, ClientError> {
        let size = self.content.size().await?;
        let Upserted {
            mut file,
            upload_url,
        } = announce(&self.api, &self.settings, size).await?;
        let address: Uri = upload_url
            .parse()
            .map_err(|_| ClientError::Decode("missing or invalid field `uploadUrl`".to_owned()))?;
        let content_type = HeaderValue::from_str(&file.content_type).map_err(|_| {
            ClientError::Decode("missing or invalid field `contentType`".to_owned())
        })?;
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
    let unreadable = |name: &str| ClientError::Decode(format!("missing or invalid field `{name}`"));
    Ok(Upserted {
        upload_url: match upload_url {
            Some(serde_json::Value::String(url)) => url,
            _ => return Err(unreadable("uploadUrl")),
        },
        file: serde_json::from_value(file).map_err(|_| unreadable("file"))?,
    })
}
