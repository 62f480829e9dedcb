//! The files of the official command line: profiles, and the credentials of the last login.

use std::path::{Path, PathBuf};
use std::{fs, io};

use contexture::Secret;
use serde_json::{Map, Value, json};

use super::private_file::write_private;
use crate::Outcome;

/// The name of the profile that a login without a name writes.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// The folder of the official command line's files: `~/.botpress`.
#[derive(Clone, Debug)]
pub(crate) struct BotpressHome(PathBuf);

/// The credentials of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) api_url: String,
    pub(crate) token: Secret,
    pub(crate) workspace_id: String,
}

/// The credentials of the last login, as far as there are any.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastLogin {
    pub(crate) api_url: Option<String>,
    pub(crate) token: Option<Secret>,
    pub(crate) workspace_id: Option<String>,
    /// The name of its profile.
    pub(crate) profile: Option<String>,
}

impl BotpressHome {
    /// The folder that is named, or else `.botpress` in the home folder of the user.
    pub(crate) fn new(named: Option<&Path>, home: Option<PathBuf>) -> Result<Self, Outcome> {
        let beside_home = || home.map(|home| home.join(".botpress"));
        let folder = named.map(Path::to_owned).or_else(beside_home);
        folder.map(Self).ok_or_else(|| {
            Outcome::failure(
                "error: the folder with Botpress's profiles is unknown, since HOME is not set\n\
                 help: name it by `--botpress-home` or BP_BOTPRESS_HOME\n",
            )
        })
    }

    fn profiles_file(&self) -> PathBuf {
        self.0.join("profiles.json")
    }

    fn last_login_file(&self) -> PathBuf {
        self.0.join("global.cache.json")
    }

    /// The profiles, by name.
    pub(crate) fn profiles(&self) -> Result<Vec<(String, Profile)>, Outcome> {
        let read = read(&self.profiles_file())?;
        let profiles = read.iter().filter_map(|(name, profile)| {
            let text = |key: &str| profile[key].as_str().map(str::to_owned);
            let profile = Profile {
                api_url: text("apiUrl")?,
                token: Secret::from(text("token")?),
                workspace_id: text("workspaceId")?,
            };
            Some((name.clone(), profile))
        });
        Ok(profiles.collect())
    }

    /// The profile with a name.
    pub(crate) fn profile(&self, name: &str) -> Result<Profile, Outcome> {
        let profiles = self.profiles()?;
        let found = profiles.iter().find(|(known, _)| known == name);
        if let Some((_, profile)) = found {
            return Ok(profile.clone());
        }
        let names: Vec<_> = profiles.iter().map(|(name, _)| name.as_str()).collect();
        let file = self.profiles_file();
        let known = match names.as_slice() {
            [] => format!("{} has none", file.display()),
            names => format!("{} has: {}", file.display(), names.join(", ")),
        };
        Err(Outcome::failure(format!(
            "error: there is no profile `{name}`\n\
             help: {known}. `contexture login --profile {name}` makes it\n"
        )))
    }

    /// The credentials of the last login.
    pub(crate) fn last_login(&self) -> Result<LastLogin, Outcome> {
        let read = read(&self.last_login_file())?;
        let text = |key: &str| {
            let text = read.get(key).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Ok(LastLogin {
            api_url: text("apiUrl"),
            token: text("token").map(Secret::from),
            workspace_id: text("workspaceId"),
            profile: text("activeProfile"),
        })
    }

    /// Keeps the credentials of a login, also as a profile.
    pub(crate) fn keep(&self, name: &str, profile: &Profile) -> Result<(), Outcome> {
        fs::create_dir_all(&self.0).map_err(|error| unwritten(&self.0, &error))?;
        let members = json!({
            "apiUrl": profile.api_url,
            "token": profile.token.expose(),
            "workspaceId": profile.workspace_id,
        });
        let mut profiles = read(&self.profiles_file())?;
        profiles.insert(name.to_owned(), members.clone());
        write(&self.profiles_file(), &profiles)?;
        let mut cache = read(&self.last_login_file())?;
        if let Value::Object(members) = members {
            cache.extend(members);
        }
        cache.insert("activeProfile".to_owned(), name.into());
        write(&self.last_login_file(), &cache)
    }

    /// Forgets the credentials of the last login. Profiles stay, as they do with the official command line.
    pub(crate) fn forget(&self) -> Result<PathBuf, Outcome> {
        let file = self.last_login_file();
        if file.exists() {
            write(&file, &Map::new())?;
        }
        Ok(file)
    }
}

/// Reads a JSON object. A file that is missing is an empty one.
pub(super) fn read(file: &Path) -> Result<Map<String, Value>, Outcome> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Map::new()),
        Err(error) => {
            let file = file.display();
            return Err(Outcome::failure(format!(
                "error: cannot read {file}: {error}\n"
            )));
        }
    };
    // The reason may quote a token.
    serde_json::from_str(&text).map_err(|_| {
        let file = file.display();
        Outcome::failure(format!(
            "error: {file} is not a JSON object\nhelp: correct it, or remove it\n"
        ))
    })
}

/// Writes a JSON object that only its owner can read.
pub(super) fn write(file: &Path, members: &Map<String, Value>) -> Result<(), Outcome> {
    let text = format!("{:#}", Value::Object(members.clone()));
    write_private(file, &text).map_err(|error| unwritten(file, &error))
}

fn unwritten(file: &Path, error: &io::Error) -> Outcome {
    Outcome::failure(format!("error: cannot write {}: {error}\n", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, BotpressHome) {
        let folder = tempfile::tempdir().unwrap();
        let home = BotpressHome::new(None, Some(folder.path().to_owned())).unwrap();
        (folder, home)
    }

    fn profile(token: &str) -> Profile {
        Profile {
            api_url: "https://api.test".to_owned(),
            token: Secret::from(token),
            workspace_id: "w".to_owned(),
        }
    }

    #[test]
    fn a_login_is_kept_beside_what_the_official_command_wrote() {
        let (folder, home) = home();
        let files = folder.path().join(".botpress");
        fs::create_dir(&files).unwrap();
        let theirs = r#"{"work":{"apiUrl":"https://a","token":"t","workspaceId":"w","more":1}}"#;
        fs::write(files.join("profiles.json"), theirs).unwrap();
        fs::write(
            files.join("global.cache.json"),
            r#"{"token":"old","other":true}"#,
        )
        .unwrap();
        home.keep("default", &profile("new")).unwrap();
        assert_eq!(home.profile("work").unwrap().token, Secret::from("t"));
        assert_eq!(home.profile("default").unwrap(), profile("new"));
        let last = home.last_login().unwrap();
        assert_eq!(last.token, Some(Secret::from("new")));
        assert_eq!(last.profile.as_deref(), Some("default"));
        let text = fs::read_to_string(files.join("profiles.json")).unwrap();
        assert!(text.contains("\"more\": 1"), "{text}");
        let text = fs::read_to_string(files.join("global.cache.json")).unwrap();
        assert!(text.contains("\"other\": true"), "{text}");
    }

    #[test]
    fn after_a_logout_the_profiles_are_left() {
        let (_folder, home) = home();
        home.keep("default", &profile("t")).unwrap();
        home.forget().unwrap();
        assert_eq!(home.last_login().unwrap().token, None);
        assert_eq!(home.profile("default").unwrap(), profile("t"));
    }

    #[test]
    fn a_profile_that_is_not_there_is_told_with_those_that_are() {
        let (_folder, home) = home();
        home.keep("work", &profile("t")).unwrap();
        let told = home.profile("home").unwrap_err().errors;
        assert!(told.contains("has: work"), "{told}");
    }

    #[test]
    fn a_broken_file_is_told_without_its_text() {
        let (folder, home) = home();
        let files = folder.path().join(".botpress");
        fs::create_dir(&files).unwrap();
        fs::write(files.join("global.cache.json"), "{\"token\": hunter2").unwrap();
        let told = home.last_login().unwrap_err().errors;
        assert!(told.contains("global.cache.json"), "{told}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}
