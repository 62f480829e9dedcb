//! Configurations and states of older versions of a definition.

use serde_json::Value;

use crate::{Payload, Result};

/// A conversion from a configuration or a state of an older version of the definition.
///
/// A definition names its older versions under `migratesFrom`. Generated code has a module for each of them, such as `v1`,
/// and needs this trait for each of their configurations and states that today's schema may refuse:
///
/// ```ignore
/// impl MigrateFrom<v1::Configuration> for Configuration {
///     fn migrate_from(old: v1::Configuration) -> Result<Self> {
///         match old {
///             v1::Configuration::Oauth(old) => Ok(Self::Oauth(OauthConfiguration::new(old.client_id))),
///             v1::Configuration::Token(_) => bail!("Tokens are no longer supported: choose OAuth."),
///         }
///     }
/// }
/// ```
///
/// The result is validated. Nothing is sent back to Botpress: it keeps a configuration as its owner typed it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not migrated from `{Old}`",
    label = "needs a migration",
    note = "write `impl MigrateFrom<{Old}> for {Self} {{ fn migrate_from(old: {Old}) -> Result<Self> {{ … }} }}`"
)]
pub trait MigrateFrom<Old>: Sized {
    /// Converts an old value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has no equivalent today. To tell the bot's owner what to do, create it with
    /// [`bail!`](crate::bail), [`Error::runtime`](crate::Error::runtime) or [`explain`](crate::Explain::explain).
    fn migrate_from(old: Old) -> Result<Self>;
}

/// A configuration of an older version, after its migration.
#[doc(hidden)]
#[derive(Debug)]
pub struct MigratedConfiguration<C> {
    /// The version that the value fits.
    pub version: &'static str,
    /// Today's configuration, which is not validated yet.
    pub configuration: Result<C>,
}

/// Migrates a stored value if it is one of an older version.
pub(crate) type ReadOlder<T> = fn(&Value) -> Option<Result<T>>;

/// Migrates a stored value if it fits the schema of `Old`.
#[doc(hidden)]
#[must_use]
pub fn read_older<Old: Payload, New: MigrateFrom<Old>>(value: &Value) -> Option<Result<New>> {
    Old::from_value(value.clone()).ok().map(New::migrate_from)
}

/// Converts a value of an older version to a type that has the same shape or accepts more.
#[doc(hidden)]
pub fn same_value<Old: Payload, New: Payload>(old: &Old) -> Result<New> {
    Ok(New::from_value(old.to_value()?)?)
}
