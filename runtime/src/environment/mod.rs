//! The environment of a service: API URL, token, log, transport.

mod webhook_url;

use std::sync::Arc;

use http::Uri;

#[cfg(feature = "webhook-signatures")]
pub(crate) use self::webhook_url::interstitial;
use self::webhook_url::webhook_base_url;
use crate::logger::{Log, LogOutput, LogSettings, LogSink};
use crate::transport::{
    Clock, PLAIN_HTTP_VARIABLE, PlainHttp, RetryPolicy, Transport, check_plain_http,
};
use crate::value::{Secret, is_blank};

/// The default URL of the Botpress API.
const DEFAULT_API_URL: &str = "https://api.botpress.cloud";

/// The environment of a service: the API's URL and token, the log, the transport.
///
/// It is read from the environment variables once, when the service is created, or built in code:
///
/// ```
/// use contexture::Environment;
///
/// let environment = Environment::new().api_url("http://127.0.0.1:9000").token("test");
/// ```
///
/// Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Environment(Arc<EnvironmentInner>);

#[derive(Clone, Debug)]
struct EnvironmentInner {
    api_url: String,
    webhook_url: Option<String>,
    token: Option<Secret>,
    workspace_id: Option<String>,
    log: Log,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    retries: RetryPolicy,
    /// The hosts for which plain HTTP is allowed.
    plain_http: Vec<String>,
}

impl Environment {
    /// Creates an environment that ignores environment variables: the public API, no token, a plain
    /// text log on the standard streams, and the default transport.
    #[must_use]
    pub fn new() -> Self {
        #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
        let transport: Option<Arc<dyn Transport>> =
            Some(Arc::new(crate::transport::HttpTransport::new()));
        #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
        let clock: Option<Arc<dyn Clock>> = Some(Arc::new(crate::transport::TokioClock::new()));
        #[cfg(target_family = "wasm")]
        let transport: Option<Arc<dyn Transport>> = Some(Arc::new(crate::transport::HostTransport));
        #[cfg(target_family = "wasm")]
        let clock: Option<Arc<dyn Clock>> = Some(Arc::new(crate::transport::HostClock::new()));
        #[cfg(not(any(feature = "http-client", target_family = "wasm")))]
        let (transport, clock) = (None, None);
        Self(Arc::new(EnvironmentInner {
            api_url: DEFAULT_API_URL.to_owned(),
            webhook_url: None,
            token: None,
            workspace_id: None,
            log: Log::default(),
            transport,
            clock,
            retries: RetryPolicy::new(),
            plain_http: Vec::new(),
        }))
    }

    /// Reads the environment variables `BP_API_URL`, `BP_WEBHOOK_URL`, `BP_TOKEN`,
    /// `BP_WORKSPACE_ID`, `LOG_LEVEL`, `BP_LOG_FORMAT`, `CONTEXTURE_ACCESS_LOG` (`on` or `off`, see
    /// [`access_log`](Self::access_log)) and `CONTEXTURE_PLAIN_HTTP` (the hosts for
    /// [`plain_http`](Self::plain_http), separated by commas).
    ///
    /// Empty and blank variables are treated as unset. A warning is written to standard error if
    /// `LOG_LEVEL` is not a level, in which case all levels are logged, if `CONTEXTURE_ACCESS_LOG`
    /// is neither `on` nor `off`, in which case the access log is on, and if requests to
    /// `BP_API_URL` would be refused.
    #[must_use]
    pub fn from_env() -> Self {
        let (environment, warnings) = Self::from_variables(variable);
        for warning in warnings {
            environment
                .log_ref()
                .sink
                .write(LogOutput::Stderr, &warning);
        }
        environment
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> (Self, Vec<String>) {
        let variable = |name: &str| variable(name).filter(|value| !is_blank(value));
        let (log, log_warning) = LogSettings::read(
            variable("LOG_LEVEL").as_deref(),
            variable("BP_LOG_FORMAT").as_deref(),
        );
        let (access_log, access_warning) = read_access_log(variable(ACCESS_VARIABLE).as_deref());
        let mut environment = Self::new().log(log).access_log(access_log);
        let inner = Arc::make_mut(&mut environment.0);
        if let Some(api_url) = variable("BP_API_URL") {
            inner.api_url = api_url;
        }
        inner.webhook_url = variable("BP_WEBHOOK_URL");
        inner.token = variable("BP_TOKEN").map(Secret::new);
        inner.workspace_id = variable("BP_WORKSPACE_ID");
        let hosts = variable(PLAIN_HTTP_VARIABLE).unwrap_or_default();
        let hosts = hosts.split(',').map(str::trim);
        let hosts = hosts.filter(|host| !host.is_empty()).map(str::to_owned);
        inner.plain_http = hosts.collect();
        let api_warning = environment.api_warning();
        let warnings = [log_warning, access_warning, api_warning];
        (environment, warnings.into_iter().flatten().collect())
    }

    /// Sets the URL of the Botpress API.
    #[must_use]
    pub fn api_url(mut self, api_url: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).api_url = api_url.into();
        self
    }

    /// Sets the base URL of webhooks. By default, it is derived from the URL of the API.
    #[must_use]
    pub fn webhook_url(mut self, webhook_url: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).webhook_url = Some(webhook_url.into());
        self
    }

    /// Sets the token for requests to the API.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).token = Some(Secret::new(token.into()));
        self
    }

    /// Sets the workspace id that is sent with requests to the API.
    #[must_use]
    pub fn workspace_id(mut self, workspace_id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).workspace_id = Some(workspace_id.into());
        self
    }

    /// Sets the log level and the log format.
    #[must_use]
    pub fn log(mut self, settings: LogSettings) -> Self {
        Arc::make_mut(&mut self.0).log.settings = settings;
        self
    }

    /// Sets whether each call has a line in the log, at the level `info` (default: yes). The line
    /// has the operation, what it is about, the status and the duration. It is for the owner of the
    /// integration only.
    #[must_use]
    pub fn access_log(mut self, is_on: bool) -> Self {
        Arc::make_mut(&mut self.0).log.access = is_on;
        self
    }

    /// Sets the destination of log lines.
    #[must_use]
    pub fn log_sink(mut self, sink: Arc<dyn LogSink>) -> Self {
        Arc::make_mut(&mut self.0).log.sink = sink;
        self
    }

    /// Sets the transport for HTTP requests.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        Arc::make_mut(&mut self.0).transport = Some(transport);
        self
    }

    /// Sets the clock of the client. Without the feature `http-client` there is no default clock;
    /// without a clock, requests have neither retries nor timeouts.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        Arc::make_mut(&mut self.0).clock = Some(clock);
        self
    }

    /// Sets the retry policy for requests to the API.
    #[must_use]
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        Arc::make_mut(&mut self.0).retries = retries;
        self
    }

    /// Allows plain HTTP requests to this host. Anyone on the network path can read and modify
    /// them, so use it only for hosts in a private network, such as `api.internal`. Specify the
    /// host without scheme and port, and an IPv6 address in brackets.
    ///
    /// All other requests must use HTTPS, including requests to upload URLs of the API, to key sets
    /// and to OAuth providers. Requests to the local machine (`localhost`, `127.0.0.0/8`, `[::1]`)
    /// are always allowed.
    #[must_use]
    pub fn plain_http(mut self, host: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).plain_http.push(host.into());
        self
    }

    /// Refuses a URL if plain HTTP is not allowed for its host.
    pub(crate) fn check_address(&self, address: &Uri) -> Result<(), PlainHttp> {
        check_plain_http(address, &self.0.plain_http)
    }

    /// Returns a warning for the operator if all requests to the API would be refused.
    fn api_warning(&self) -> Option<String> {
        // An invalid URL is reported when it is used.
        let address = self.0.api_url.parse().ok()?;
        let refused = self.check_address(&address).err()?;
        Some(format!("BP_API_URL: {refused}"))
    }

    pub(crate) fn api_url_ref(&self) -> &str {
        &self.0.api_url
    }

    /// Returns the base URL of webhooks, without a trailing slash.
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

    pub(crate) fn log_ref(&self) -> &Log {
        &self.0.log
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

/// The variable that turns the access log off.
const ACCESS_VARIABLE: &str = "CONTEXTURE_ACCESS_LOG";

/// Reads whether each call has a line in the log. Also returns a warning if the value is invalid.
fn read_access_log(value: Option<&str>) -> (bool, Option<String>) {
    let is = |name: &str| value.is_some_and(|value| value.eq_ignore_ascii_case(name));
    let is_known = value.is_none() || is("on") || is("off");
    let warning =
        (!is_known).then(|| format!("{ACCESS_VARIABLE} is not `on` or `off`: each call is logged"));
    (!is("off"), warning)
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
    use crate::logger::{LogFormat, LogLevel};

    fn read(variables: &'static [(&str, &str)]) -> (Environment, Vec<String>) {
        Environment::from_variables(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_means_the_public_api_without_a_token() {
        for variables in [&[("BP_TOKEN", "")], &[("BP_TOKEN", " \n")]] {
            let (environment, warnings) = read(variables);
            assert_eq!(environment.api_url_ref(), DEFAULT_API_URL);
            assert!(environment.token_ref().is_none());
            assert!(warnings.is_empty(), "{warnings:?}");
        }
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
        let log = environment.log_ref().settings;
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
        let (environment, warnings) = read(&[("LOG_LEVEL", "loud")]);
        assert_eq!(environment.log_ref().settings.level, None);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("LOG_LEVEL"), "{warnings:?}");
    }

    #[test]
    fn the_access_log_is_on_unless_it_is_turned_off() {
        for (variables, is_on, warned) in [
            (&[][..], true, 0),
            (&[("CONTEXTURE_ACCESS_LOG", "on")], true, 0),
            (&[("CONTEXTURE_ACCESS_LOG", "OFF")], false, 0),
            (&[("CONTEXTURE_ACCESS_LOG", " ")], true, 0),
            (&[("CONTEXTURE_ACCESS_LOG", "no")], true, 1),
        ] {
            let (environment, warnings) = read(variables);
            assert_eq!(
                environment.log_ref().has_access_log(),
                is_on,
                "{variables:?}"
            );
            assert_eq!(warnings.len(), warned, "{warnings:?}");
        }
        let (environment, _) = read(&[("LOG_LEVEL", "warn")]);
        assert!(!environment.log_ref().has_access_log());
    }

    #[test]
    fn an_api_over_plain_http_is_warned_about_unless_its_host_is_allowed() {
        let (_, warnings) = read(&[("BP_API_URL", "http://api.internal:9000/path")]);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("`api.internal`"), "{warnings:?}");
        let (environment, warnings) = read(&[
            ("BP_API_URL", "http://api.internal:9000"),
            ("CONTEXTURE_PLAIN_HTTP", "files.internal, api.internal,"),
        ]);
        assert!(warnings.is_empty(), "{warnings:?}");
        for (address, is_allowed) in [
            ("http://files.internal/x", true),
            ("http://other.internal", false),
            ("https://other.internal", true),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(environment.check_address(&address).is_ok(), is_allowed);
        }
    }

    #[test]
    fn the_token_does_not_show_in_debug() {
        let environment = Environment::new().token("token-1");
        assert!(!format!("{environment:?}").contains("token-1"));
    }
}
