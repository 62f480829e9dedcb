//! Requests of the integration to the API, which are recorded.

use bytes::Bytes;
use http::{HeaderMap, Request, Response};

use super::Platform;
use super::data::sent_response;
use super::error::PlatformError;
use super::instance::Instance;
use super::instances;
use crate::exchange::{
    ExchangeKind, NewExchange, RunningExchange, SentBody, SentRequest, TRACEPARENT, header_texts,
    trace_id,
};

/// Where the contents of files are uploaded and read. They are not recorded.
const CONTENTS: [&str; 2] = ["/uploads/", "/contents/"];

impl Platform {
    /// Answers a request of the integration to the API, and records it. It belongs to the call with its trace.
    #[must_use]
    pub fn answer_api(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let running = self.begin_api(request);
        let response = self.api().answer(request);
        // The integration gets its answer, whether it can be recorded or not.
        if let Ok((mut running, is_content)) = running {
            let mut sent = sent_response(&response);
            if is_content {
                sent.body = SentBody::LeftOut(response.body().len() as u64);
            } else {
                running.hide(self.api_secrets(request.uri().path(), response.body()));
            }
            let _ = running.answered(&sent);
        }
        response
    }

    fn begin_api(
        &self,
        request: &Request<Bytes>,
    ) -> Result<(RunningExchange, bool), PlatformError> {
        let headers = request.headers();
        let path = request.uri().path();
        let is_content = CONTENTS.iter().any(|prefix| path.starts_with(prefix));
        let instance = self.instance_of_headers(headers)?;
        let secrets = match &instance {
            Some(instance) => self.secrets_of(instance),
            None => self.all_secrets(),
        };
        let secrets = secrets.and(self.api_secrets(path, request.body()));
        let trace = text(headers, TRACEPARENT).and_then(trace_id);
        let parent = match trace {
            Some(trace) => self.recorder().call_of_trace(trace)?,
            None => None,
        };
        let whole = request.uri().path_and_query();
        let sent = SentRequest {
            method: request.method().to_string(),
            path: whole.map_or(path, |whole| whole.as_str()).to_owned(),
            headers: header_texts(headers),
            body: if is_content {
                SentBody::LeftOut(request.body().len() as u64)
            } else {
                request.body().clone().into()
            },
        };
        let name = format!("{} {path}", request.method());
        let new = NewExchange::new(ExchangeKind::Api, name, sent, secrets)
            .of_instance(instance.map(|instance| instance.webhook_id))
            .within(parent)
            .in_trace(trace.map(str::to_owned));
        Ok((self.recorder().begin(new)?, is_content))
    }

    /// The instance that a request names. Without an alias it is the only one of the bot.
    fn instance_of_headers(&self, headers: &HeaderMap) -> Result<Option<Instance>, PlatformError> {
        let Some(bot_id) = text(headers, "x-bot-id") else {
            return Ok(None);
        };
        if let Some(alias) = text(headers, "x-integration-alias") {
            let integration_id = self.integration_id();
            return self.storage().read(|connection| {
                Ok(instances::with_alias(
                    connection,
                    integration_id,
                    bot_id,
                    alias,
                )?)
            });
        }
        let instances = self.instances()?.into_iter();
        let mut of_bot = instances.filter(|instance| instance.bot_id == bot_id);
        let only = of_bot.next();
        Ok(only.filter(|_| of_bot.next().is_none()))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    str::from_utf8(headers.get(name)?.as_bytes()).ok()
}
