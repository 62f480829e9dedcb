//! Reads from the environment how calls are verified.

use super::{SigningVariableError, VerifyCallsLayer};
use crate::{environment::variable, value::is_blank};

impl VerifyCallsLayer {
    /// Creates the layer from the environment variables that the server reads: `BP_SIGNING_SECRET` (one secret, or
    /// several that are separated by commas) and `CONTEXTURE_UNSIGNED_CALLS` (`reject`, or `warn` for
    /// [`only_warn`](Self::only_warn)). Returns `None` if there is no secret: calls are not verified then. Blank variables
    /// count as unset.
    ///
    /// # Errors
    ///
    /// Returns an error that names the variable if its value is invalid. It does not show the secrets.
    pub fn from_env() -> Result<Option<Self>, SigningVariableError> {
        read_signing(variable)
    }
}

/// Reads the signing secrets and the mode from environment variables.
fn read_signing(
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<VerifyCallsLayer>, SigningVariableError> {
    let variable = |name: &str| variable(name).filter(|value| !is_blank(value));
    let only_warns = match variable("CONTEXTURE_UNSIGNED_CALLS").as_deref() {
        None | Some("reject") => false,
        Some("warn") => true,
        Some(other) => {
            return Err(SigningVariableError::Mode(other.to_owned()));
        }
    };
    let Some(secrets) = variable("BP_SIGNING_SECRET") else {
        return Ok(None);
    };
    let layer = VerifyCallsLayer::new(secrets.split(','))?;
    Ok(Some(if only_warns { layer.only_warn() } else { layer }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether calls are verified, and whether they are only warned about.
    fn read(variables: &[(&str, &str)]) -> Result<Option<bool>, String> {
        let signing = read_signing(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        let only_warns = signing.map(|layer| layer.map(|layer| layer.only_warns()));
        only_warns.map_err(|error| error.to_string())
    }

    #[test]
    fn calls_are_verified_if_a_secret_is_set() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[("BP_SIGNING_SECRET", " \n")]), Ok(None));
        assert_eq!(read(&[("BP_SIGNING_SECRET", "bmV3")]), Ok(Some(false)));
        assert_eq!(
            read(&[("BP_SIGNING_SECRET", "bmV3, b2xk\n")]),
            Ok(Some(false))
        );
        let warn = ("CONTEXTURE_UNSIGNED_CALLS", "warn");
        assert_eq!(read(&[("BP_SIGNING_SECRET", "bmV3"), warn]), Ok(Some(true)));
        let reject = ("CONTEXTURE_UNSIGNED_CALLS", "reject");
        assert_eq!(
            read(&[("BP_SIGNING_SECRET", "bmV3"), reject]),
            Ok(Some(false))
        );
    }

    #[test]
    fn an_unusable_secret_is_named_by_its_position_and_not_shown() {
        let error = read(&[("BP_SIGNING_SECRET", "bmV3,hunter 2")]).unwrap_err();
        let expected = "BP_SIGNING_SECRET: signing secret 2 is not base64url text";
        assert_eq!(error, expected);
        let error = read(&[("BP_SIGNING_SECRET", "bmV3,")]).unwrap_err();
        assert_eq!(error, expected);
    }

    #[test]
    fn an_unknown_mode_is_refused_even_without_a_secret() {
        let error = read(&[("CONTEXTURE_UNSIGNED_CALLS", "warning")]).unwrap_err();
        assert!(error.contains("expected `reject` or `warn`"), "{error}");
    }
}
