//! The credentials of a command: a profile, options, variables, or the last login.

use std::path::PathBuf;

use clap::Args;
use contexture::Secret;

use super::API_URL;
use super::files::{BotpressHome, DEFAULT_PROFILE};
use crate::Outcome;

/// The options with which a command finds its credentials.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct CredentialArguments {
    /// The profile of ~/.botpress/profiles.json to use. Without it: `BP_TOKEN`, or the last login.
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The address of Botpress's API, also as `BP_API_URL`; by default that of the last login, or Botpress's cloud.
    #[arg(long, value_name = "URL")]
    pub(crate) api_url: Option<String>,
    /// The workspace, also as `BP_WORKSPACE_ID`; by default that of the last login.
    #[arg(long, value_name = "ID")]
    pub(crate) workspace_id: Option<String>,
    /// The folder with the profiles, also as `BP_BOTPRESS_HOME`; by default ~/.botpress.
    #[arg(long, value_name = "DIR")]
    botpress_home: Option<PathBuf>,
}

/// The credentials of a command.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    pub(crate) api_url: String,
    pub(crate) token: Secret,
    /// It is missing only while a login asks for it.
    pub(crate) workspace_id: Option<String>,
    /// Where they are from: "the profile `work`".
    pub(crate) origin: String,
}

/// Reads a variable of the environment.
type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

impl CredentialArguments {
    /// Finds the credentials.
    ///
    /// # Errors
    ///
    /// If some are missing, or if an option and a variable differ.
    pub(crate) fn find(&self) -> Result<Credentials, Outcome> {
        self.find_with(&variable)
    }

    fn find_with(&self, variable: Variable) -> Result<Credentials, Outcome> {
        let home = self.home_with(variable)?;
        if let Some(name) = &self.profile {
            let profile = home.profile(name)?;
            self.refuse_beside_profile()?;
            return Ok(Credentials {
                api_url: profile.api_url,
                token: profile.token,
                workspace_id: Some(profile.workspace_id),
                origin: format!("the profile `{name}`"),
            });
        }
        let last = home.last_login()?;
        let given = variable("BP_TOKEN").map(Secret::from);
        let origin = match (&given, &last.profile) {
            (Some(_), _) => "BP_TOKEN".to_owned(),
            (None, Some(name)) => format!("the last login, with the profile `{name}`"),
            (None, None) => "the last login".to_owned(),
        };
        let token = given.or(last.token).ok_or_else(not_logged_in)?;
        let workspace = self.workspace_id_with(variable)?.or(last.workspace_id);
        Ok(Credentials {
            api_url: self
                .api_url_with(variable)?
                .or(last.api_url)
                .unwrap_or_else(|| API_URL.to_owned()),
            token,
            workspace_id: Some(workspace.ok_or_else(no_workspace)?),
            origin,
        })
    }

    /// The address of the API for a login.
    pub(crate) fn api_url(&self) -> Result<String, Outcome> {
        let given = self.api_url_with(&variable)?;
        Ok(given.unwrap_or_else(|| API_URL.to_owned()))
    }

    /// The workspace for a login, if it is given.
    pub(crate) fn workspace_id(&self) -> Result<Option<String>, Outcome> {
        self.workspace_id_with(&variable)
    }

    /// The name of the profile for a login.
    pub(crate) fn profile_name(&self) -> &str {
        self.profile.as_deref().unwrap_or(DEFAULT_PROFILE)
    }

    /// The folder with the profiles.
    pub(crate) fn home(&self) -> Result<BotpressHome, Outcome> {
        self.home_with(&variable)
    }

    fn home_with(&self, variable: Variable) -> Result<BotpressHome, Outcome> {
        let named = variable("BP_BOTPRESS_HOME").map(PathBuf::from);
        let named = self.botpress_home.clone().or(named);
        BotpressHome::new(named.as_deref(), std::env::home_dir())
    }

    fn api_url_with(&self, variable: Variable) -> Result<Option<String>, Outcome> {
        agreed("--api-url", self.api_url.as_ref(), "BP_API_URL", variable)
    }

    fn workspace_id_with(&self, variable: Variable) -> Result<Option<String>, Outcome> {
        let (option, name) = ("--workspace-id", "BP_WORKSPACE_ID");
        agreed(option, self.workspace_id.as_ref(), name, variable)
    }

    fn refuse_beside_profile(&self) -> Result<(), Outcome> {
        if self.api_url.is_none() && self.workspace_id.is_none() {
            return Ok(());
        }
        Err(Outcome::wrong_usage(
            "error: `--profile` has an address and a workspace of its own\n\
             help: leave out `--api-url` and `--workspace-id`, or `--profile`\n",
        ))
    }
}

/// The value of an option or of a variable. With the official command line the variable wins, with others the option: if
/// they differ, it is not guessed where something is published.
fn agreed(
    option: &str,
    given: Option<&String>,
    name: &str,
    variable: Variable,
) -> Result<Option<String>, Outcome> {
    match (given, variable(name)) {
        (Some(given), Some(set)) if *given != set => Err(Outcome::wrong_usage(format!(
            "error: `{option}` is `{given}`, and {name} is `{set}`\nhelp: leave out one of them\n"
        ))),
        (given, set) => Ok(given.cloned().or(set)),
    }
}

/// A variable of the environment that is not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn not_logged_in() -> Outcome {
    Outcome::failure(
        "error: you are not logged in to Botpress\n\
         help: run `contexture login`, or set BP_TOKEN and BP_WORKSPACE_ID\n",
    )
}

fn no_workspace() -> Outcome {
    Outcome::failure(
        "error: the workspace is unknown\nhelp: set BP_WORKSPACE_ID, or run `contexture login`\n",
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::botpress::files::Profile;

    fn arguments(home: &Path) -> CredentialArguments {
        CredentialArguments {
            botpress_home: Some(home.to_owned()),
            ..CredentialArguments::default()
        }
    }

    fn logged_in() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let home = BotpressHome::new(Some(folder.path()), None).unwrap();
        let profile = |token: &str| Profile {
            api_url: format!("https://{token}.test"),
            token: Secret::from(token),
            workspace_id: format!("w-{token}"),
        };
        home.keep("work", &profile("work")).unwrap();
        home.keep("default", &profile("last")).unwrap();
        folder
    }

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn a_profile_wins_over_variables_and_these_over_the_last_login() {
        let folder = logged_in();
        let mut arguments = arguments(folder.path());
        let found = arguments.find_with(&none).unwrap();
        assert_eq!(
            (found.token.expose().as_str(), found.api_url.as_str()),
            ("last", "https://last.test")
        );
        assert_eq!(found.origin, "the last login, with the profile `default`");
        let variables =
            |name: &str| (name != "BP_BOTPRESS_HOME").then(|| format!("https://{name}"));
        let found = arguments.find_with(&variables).unwrap();
        assert_eq!(found.token.expose(), "https://BP_TOKEN");
        assert_eq!(
            found.workspace_id.as_deref(),
            Some("https://BP_WORKSPACE_ID")
        );
        arguments.profile = Some("work".to_owned());
        let found = arguments.find_with(&variables).unwrap();
        assert_eq!(
            (found.token.expose().as_str(), found.workspace_id.as_deref()),
            ("work", Some("w-work"))
        );
    }

    #[test]
    fn an_option_and_a_variable_that_differ_are_refused() {
        let folder = logged_in();
        let mut arguments = arguments(folder.path());
        arguments.api_url = Some("https://a.test".to_owned());
        let variables = |name: &str| (name == "BP_API_URL").then(|| "https://b.test".to_owned());
        let refused = arguments.find_with(&variables).unwrap_err();
        assert_eq!(refused.status, 2);
        assert!(
            refused.errors.contains("https://b.test"),
            "{}",
            refused.errors
        );
        assert_eq!(
            arguments.find_with(&none).unwrap().api_url,
            "https://a.test"
        );
    }

    #[test]
    fn without_a_login_the_command_says_how_to_log_in() {
        let folder = tempfile::tempdir().unwrap();
        let refused = arguments(folder.path()).find_with(&none).unwrap_err();
        assert!(
            refused.errors.contains("contexture login"),
            "{}",
            refused.errors
        );
        let token = |name: &str| (name == "BP_TOKEN").then(|| "t".to_owned());
        let refused = arguments(folder.path()).find_with(&token).unwrap_err();
        assert!(
            refused.errors.contains("BP_WORKSPACE_ID"),
            "{}",
            refused.errors
        );
    }
}
