//! Claims in Redis.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, ConnectionAddr, FromRedisValue, IntoConnectionInfo as _, RedisError};
use tokio::runtime::Handle;

use super::{Claim, Store, StoreError, StoreFuture};
use crate::environment::variable;
use crate::value::is_blank;

/// The variable with the URL, as hosting platforms set it.
const VARIABLE: &str = "REDIS_URL";

/// The timeout of a connection, and that of a response.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The longest time that is kept.
const LONGEST: Duration = Duration::from_hours(24 * 365);

/// Each key has a text: `h` or `d` (held, done) and the holder. A script runs atomically.
const CLAIM: &str = "
local known = redis.call('GET', KEYS[1])
if not known or known == 'h' .. ARGV[1] then
  redis.call('SET', KEYS[1], 'h' .. ARGV[1], 'PX', ARGV[2])
  return {0, 0}
end
if string.sub(known, 1, 1) == 'd' then return {2, 0} end
return {1, redis.call('PTTL', KEYS[1])}";

const COMPLETE: &str = "
local known = redis.call('GET', KEYS[1])
if known and string.sub(known, 2) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], 'd' .. ARGV[1], 'PX', ARGV[2])
return 1";

const RELEASE: &str = "
if redis.call('GET', KEYS[1]) == 'h' .. ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0";

/// Keeps claims in Redis (2.6.12 or newer) or a server that speaks its protocol, such as Valkey. All
/// processes that use the same Redis and prefix share them.
///
/// It is exact for as long as Redis keeps its data. Claims are lost if Redis restarts without
/// persistence, if a replica takes over that had not received them, and if Redis evicts keys: set
/// `maxmemory-policy noeviction`. What was lost can run again.
///
/// Each operation is one script. The connection is opened by the first operation and again after
/// it was lost, so a process starts without Redis. Connections and responses have a timeout of one
/// second. Operations need a tokio runtime. Clones share the connection.
///
/// TLS (`rediss://`) is not supported: keep Redis in a private network, or put a TLS proxy beside the
/// process. Keys contain ids of installations and deliveries. Values contain random texts, and no
/// token.
#[derive(Clone)]
pub struct RedisStore {
    prefix: Arc<str>,
    connection: Arc<Connection>,
}

struct Connection {
    client: Client,
    current: Mutex<Current>,
}

/// The present connection, and the number of those before it.
#[derive(Default)]
struct Current {
    manager: Option<ConnectionManager>,
    number: u64,
}

impl RedisStore {
    /// Takes the URL `redis://[user[:password]@]host[:port][/database]`, or `redis+unix:///path` for a
    /// socket. Opens no connection.
    ///
    /// # Errors
    ///
    /// Returns an error, which does not quote the URL, if it is malformed or begins with `rediss://`.
    pub fn new(url: &str) -> Result<Self, StoreError> {
        let malformed = |what: &str| {
            StoreError::new(format!(
                "{what}: expected redis://[user[:password]@]host[:port][/database]"
            ))
        };
        if url.trim_start().starts_with("rediss:") {
            return Err(StoreError::new(
                "Redis over TLS (rediss://) is not supported: use redis:// to a private network or to a \
                 TLS proxy on this machine",
            ));
        }
        let info = url.trim().into_connection_info();
        let info = info.map_err(|_| malformed("the URL of Redis is malformed"))?;
        if let ConnectionAddr::Tcp(host, _) = info.addr()
            && host.is_empty()
        {
            return Err(malformed("the URL of Redis has no host"));
        }
        let client = Client::open(info);
        let client = client.map_err(|_| malformed("the URL of Redis is malformed"))?;
        Ok(Self {
            prefix: "contexture:".into(),
            connection: Arc::new(Connection {
                client,
                current: Mutex::default(),
            }),
        })
    }

    /// Reads the URL from the variable `REDIS_URL`. Returns `None` if it is not set or blank.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`new`](Self::new).
    pub fn from_env() -> Result<Option<Self>, StoreError> {
        let url = variable(VARIABLE).filter(|url| !is_blank(url));
        let store = url.map(|url| Self::new(&url)).transpose();
        store.map_err(|error| StoreError::new(format!("{VARIABLE}: {error}")))
    }

    /// Sets the text before all keys (default: `contexture:`). Integrations with the same Redis need
    /// no prefix of their own: keys contain the ids of their installations.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = prefix.into();
        self
    }

    async fn run<T: FromRedisValue>(
        &self,
        script: &str,
        key: &str,
        holder: &str,
        time: Duration,
    ) -> Result<T, StoreError> {
        let mut command = redis::cmd("EVAL");
        command.arg(script).arg(1);
        command.arg([&self.prefix, key].concat()).arg(holder);
        let time = time.clamp(Duration::from_millis(1), LONGEST).as_millis();
        command.arg(time.to_string());
        let result = match self.query(&command).await {
            // The connection was lost while it was idle. All scripts can be repeated.
            Err(error) if is_lost(&error) => self.query(&command).await,
            result => result,
        };
        result.map_err(|error| StoreError::new(describe(&error)))
    }

    async fn query<T: FromRedisValue>(&self, command: &redis::Cmd) -> Result<T, RedisError> {
        let (mut manager, number) = self.connection.get()?;
        let result = command.query_async(&mut manager).await;
        // A server that became a replica refuses to write until the connection leads to another one.
        if let Err(error) = &result
            && (error.is_timeout() || error.code().is_some())
        {
            self.connection.drop_number(number);
        }
        result
    }
}

impl Connection {
    fn get(&self) -> Result<(ConnectionManager, u64), RedisError> {
        let mut current = self.current();
        let number = current.number;
        if let Some(manager) = &current.manager {
            return Ok((manager.clone(), number));
        }
        // The store is asked again by the next operation, which the caller decides about.
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let manager = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        current.manager = Some(manager.clone());
        Ok((manager, number))
    }

    /// Drops a connection without responses. The network may have lost it without a notice.
    fn drop_number(&self, number: u64) {
        let mut current = self.current();
        if current.number == number {
            current.manager = None;
            current.number += 1;
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        // The data is consistent even after a panic.
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_lost(error: &RedisError) -> bool {
    !error.is_timeout() && (error.is_io_error() || error.is_connection_dropped())
}

/// What happened, without texts of the server: it may quote the arguments of a command.
fn describe(error: &RedisError) -> String {
    if error.is_timeout() {
        return format!("Redis did not respond within {} s", TIMEOUT.as_secs());
    }
    if error.is_io_error() {
        return format!("cannot reach Redis: {error}");
    }
    match error.code() {
        Some(code) => format!("Redis refused the command: {code}"),
        None => format!("Redis failed: {}", error.category()),
    }
}

impl Store for RedisStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        Box::pin(async move {
            let (claim, ends_in): (u8, i64) = self.run(CLAIM, key, holder, lease).await?;
            Ok(match claim {
                0 => Claim::Claimed,
                1 => {
                    let ends_in = Duration::from_millis(u64::try_from(ends_in).unwrap_or_default());
                    Claim::Held { ends_in }
                }
                _ => Claim::Done,
            })
        })
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        Box::pin(self.run(COMPLETE, key, holder, retention))
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        let (store, key, holder) = (self.clone(), key.to_owned(), holder.to_owned());
        Box::pin(async move {
            let release = async move {
                store
                    .run::<u8>(RELEASE, &key, &holder, Duration::ZERO)
                    .await
            };
            // It goes on although the future is dropped, but not in a runtime that has ended.
            let stopped = || StoreError::new("the runtime shut down");
            let runtime = Handle::try_current().map_err(|_| stopped())?;
            let released = runtime.spawn(release).await;
            released.map_err(|_| stopped())?.map(|_| ())
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RedisStore")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
