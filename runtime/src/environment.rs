//! What the process is told from outside: where the API is, who we are to it, how to log.

use std::sync::Arc;

use crate::client::{Clock, RetryPolicy, Transport};
use crate::log::{LogOutput, LogSettings, LogSink, StandardStreams};
use crate::secret::Secret;
use crate::webhook::webhook_base_url;

/// The address of the Botpress API, unless `BP_API_URL` says otherwise.
const DEFAULT_API_URL: &str = "https://api.botpress.cloud";

/// The surroundings of a service: the API's address and token, the log, the transport.
///
/// It is read from the process environment once, when the service is made, or put together by hand:
///
/// ```
/// use contexture::Environment;
///
/// let environment = Environment::new().api_url("http://127.0.0.1:9000").token("test");
/// ```
///
/// Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Environment(Arc<Surroundings>);

#[derive(Clone, Debug)]
struct Surroundings {
    api_url: String,
    webhook_url: Option<String>,
    token: Option<Secret>,
    workspace_id: Option<String>,
    log: LogSettings,
    log_sink: Arc<dyn LogSink>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    retries: RetryPolicy,
}

impl Environment {
    /// Makes an environment that does not look at the process: the public API, no token, a plain
    /// log on the standard streams, the default transport.
    #[must_use]
    pub fn new() -> Self {
        #[cfg(feature = "transport")]
        let transport: Option<Arc<dyn Transport>> =
            Some(Arc::new(crate::client::HttpTransport::new()));
        #[cfg(feature = "transport")]
        let clock: Option<Arc<dyn Clock>> = Some(Arc::new(crate::client::TokioClock::new()));
        #[cfg(not(feature = "transport"))]
        let (transport, clock) = (None, None);
        Self(Arc::new(Surroundings {
            api_url: DEFAULT_API_URL.to_owned(),
            webhook_url: None,
            token: None,
            workspace_id: None,
            log: LogSettings::default(),
            log_sink: Arc::new(StandardStreams),
            transport,
            clock,
            retries: RetryPolicy::new(),
        }))
    }

    /// Reads `BP_API_URL`, `BP_WEBHOOK_URL`, `BP_TOKEN`, `BP_WORKSPACE_ID`, `LOG_LEVEL` and `BP_LOG_FORMAT`.
    ///
    /// A variable that is empty counts as not set. A `LOG_LEVEL` that is none of the levels is
    /// warned about on the standard error stream, and nothing is filtered then.
    #[must_use]
    pub fn from_env() -> Self {
        let (environment, warning) = Self::from_variables(variable);
        if let Some(warning) = warning {
            environment
                .log_sink_ref()
                .write(LogOutput::Stderr, &warning);
        }
        environment
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> (Self, Option<String>) {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let (log, warning) = LogSettings::read(
            variable("LOG_LEVEL").as_deref(),
            variable("BP_LOG_FORMAT").as_deref(),
        );
        let mut environment = Self::new().log(log);
        let surroundings = Arc::make_mut(&mut environment.0);
        if let Some(api_url) = variable("BP_API_URL") {
            surroundings.api_url = api_url;
        }
        surroundings.webhook_url = variable("BP_WEBHOOK_URL");
        surroundings.token = variable("BP_TOKEN").map(Secret::new);
        surroundings.workspace_id = variable("BP_WORKSPACE_ID");
        (environment, warning)
    }

    /// Sets the address of the Botpress API.
    #[must_use]
    pub fn api_url(mut self, api_url: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).api_url = api_url.into();
        self
    }

    /// Sets the address under which webhooks are reached; otherwise it is the one that belongs to the address of the
    /// API.
    #[must_use]
    pub fn webhook_url(mut self, webhook_url: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).webhook_url = Some(webhook_url.into());
        self
    }

    /// Sets the token that authorizes calls of the API.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).token = Some(Secret::new(token.into()));
        self
    }

    /// Sets the workspace that calls of the API name.
    #[must_use]
    pub fn workspace_id(mut self, workspace_id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).workspace_id = Some(workspace_id.into());
        self
    }

    /// Sets which lines are logged, and in which format.
    #[must_use]
    pub fn log(mut self, settings: LogSettings) -> Self {
        Arc::make_mut(&mut self.0).log = settings;
        self
    }

    /// Sets where log lines go.
    #[must_use]
    pub fn log_sink(mut self, sink: Arc<dyn LogSink>) -> Self {
        Arc::make_mut(&mut self.0).log_sink = sink;
        self
    }

    /// Sets what carries requests to the API.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        Arc::make_mut(&mut self.0).transport = Some(transport);
        self
    }

    /// Sets what keeps time for the client; without the feature `transport` nobody does otherwise, so that
    /// no request is sent again, and none times out.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        Arc::make_mut(&mut self.0).clock = Some(clock);
        self
    }

    /// Sets when requests to the API are sent again.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        Arc::make_mut(&mut self.0).retries = retries;
        self
    }

    pub(crate) fn api_url_ref(&self) -> &str {
        &self.0.api_url
    }

    /// The address under which webhooks are reached, without a slash at its end.
    pub(crate) fn webhook_base_url(&self) -> Option<String> {
        let set = self.0.webhook_url.as_deref();
        let set = set.map(|url| url.trim_end_matches('/').to_owned());
        set.or_else(|| webhook_base_url(&self.0.api_url))
    }

    pub(crate) fn token_ref(&self) -> Option<&Secret> {
        self.0.token.as_ref()
    }

    pub(crate) fn workspace_id_ref(&self) -> Option<&str> {
        self.0.workspace_id.as_deref()
    }

    pub(crate) fn log_settings(&self) -> LogSettings {
        self.0.log
    }

    pub(crate) fn log_sink_ref(&self) -> &Arc<dyn LogSink> {
        &self.0.log_sink
    }

    pub(crate) fn clock_ref(&self) -> Option<&Arc<dyn Clock>> {
        self.0.clock.as_ref()
    }

    pub(crate) fn retries_ref(&self) -> RetryPolicy {
        self.0.retries
    }

    pub(crate) fn transport_ref(&self) -> Option<&Arc<dyn Transport>> {
        self.0.transport.as_ref()
    }
}

/// A variable of the process's environment.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the runtime meets the process's environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Default for Environment {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{LogFormat, LogLevel};

    fn read(variables: &'static [(&str, &str)]) -> (Environment, Option<String>) {
        Environment::from_variables(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_means_the_public_api_without_a_token() {
        let (environment, warning) = read(&[("BP_TOKEN", "")]);
        assert_eq!(environment.api_url_ref(), DEFAULT_API_URL);
        assert!(environment.token_ref().is_none());
        assert_eq!(warning, None);
    }

    #[test]
    fn every_variable_is_read() {
        let (environment, _) = read(&[
            ("BP_API_URL", "http://localhost:1"),
            ("BP_TOKEN", "token-1"),
            ("BP_WORKSPACE_ID", "workspace-1"),
            ("LOG_LEVEL", "WARN"),
            ("BP_LOG_FORMAT", "json"),
        ]);
        assert_eq!(environment.api_url_ref(), "http://localhost:1");
        assert_eq!(
            environment.token_ref().map(Secret::expose),
            Some(&"token-1".to_owned())
        );
        assert_eq!(environment.workspace_id_ref(), Some("workspace-1"));
        let log = environment.log_settings();
        assert_eq!(log.level, Some(LogLevel::Warn));
        assert_eq!(log.format, LogFormat::Json);
    }

    #[test]
    fn the_address_of_webhooks_is_set_or_that_of_the_api() {
        let (environment, _) = read(&[]);
        let derived = "https://webhook.botpress.cloud".to_owned();
        assert_eq!(environment.webhook_base_url(), Some(derived));
        let (environment, _) = read(&[
            ("BP_WEBHOOK_URL", "https://hooks.test/"),
            ("BP_API_URL", "x"),
        ]);
        let set = "https://hooks.test".to_owned();
        assert_eq!(environment.webhook_base_url(), Some(set));
        let (environment, _) = read(&[("BP_API_URL", "http://127.0.0.1:9000")]);
        assert_eq!(environment.webhook_base_url(), None);
    }

    #[test]
    fn a_bad_log_level_is_warned_about_once_and_filters_nothing() {
        let (environment, warning) = read(&[("LOG_LEVEL", "loud")]);
        assert_eq!(environment.log_settings().level, None);
        assert!(warning.is_some_and(|warning| warning.contains("LOG_LEVEL")));
    }

    #[test]
    fn the_token_does_not_show_in_debug() {
        let environment = Environment::new().token("token-1");
        assert!(!format!("{environment:?}").contains("token-1"));
    }
}
