//! The file in which the official command line keeps what it made for a project.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use contexture::Secret;
use serde_json::Value;

use super::files::{read, write};
use crate::Outcome;

/// The folder of a project that the official command line writes.
const FOLDER: &str = ".botpress";

/// `.botpress/project.cache.json` of a project: the ids of its tunnel and of its dev integration, and secrets that were
/// entered. Other members stay as they are.
#[derive(Clone, Debug)]
pub(crate) struct ProjectCache(PathBuf);

impl ProjectCache {
    /// The cache of the project in a folder.
    pub(crate) fn of(project: &Path) -> Self {
        Self(project.join(FOLDER).join("project.cache.json"))
    }

    /// The id of the tunnel.
    pub(crate) fn tunnel_id(&self) -> Result<Option<String>, Outcome> {
        self.text("tunnelId")
    }

    /// The id of the dev integration.
    pub(crate) fn dev_id(&self) -> Result<Option<String>, Outcome> {
        self.text("devId")
    }

    /// The secrets that the official command line asked for, by their names without `SECRET_`.
    pub(crate) fn secrets(&self) -> Result<BTreeMap<String, Secret>, Outcome> {
        let members = read(&self.0)?;
        let secrets = members.get("secrets").and_then(Value::as_object);
        let secrets = secrets.into_iter().flatten().filter_map(|(name, value)| {
            let value = value.as_str()?;
            Some((name.clone(), Secret::from(value)))
        });
        Ok(secrets.collect())
    }

    /// Keeps the id of the tunnel.
    pub(crate) fn keep_tunnel_id(&self, id: &str) -> Result<(), Outcome> {
        self.keep("tunnelId", id)
    }

    /// Keeps the id of the dev integration.
    pub(crate) fn keep_dev_id(&self, id: &str) -> Result<(), Outcome> {
        self.keep("devId", id)
    }

    fn text(&self, name: &str) -> Result<Option<String>, Outcome> {
        let members = read(&self.0)?;
        let text = members.get(name).and_then(Value::as_str);
        Ok(text.filter(|text| !text.is_empty()).map(str::to_owned))
    }

    fn keep(&self, name: &str, value: &str) -> Result<(), Outcome> {
        let mut members = read(&self.0)?;
        if members.get(name).is_some_and(|kept| kept == value) {
            return Ok(());
        }
        members.insert(name.to_owned(), value.into());
        self.make_folder()?;
        write(&self.0, &members)
    }

    /// Makes the folder, which git then ignores.
    fn make_folder(&self) -> Result<(), Outcome> {
        let folder = self.0.parent().unwrap_or(Path::new(FOLDER));
        if folder.is_dir() {
            return Ok(());
        }
        let made =
            fs::create_dir_all(folder).and_then(|()| fs::write(folder.join(".gitignore"), "*\n"));
        made.map_err(|error| {
            let folder = folder.display();
            Outcome::failure(format!("error: cannot make {folder}: {error}\n"))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_kept_beside_what_the_official_command_line_wrote() {
        let project = tempfile::tempdir().unwrap();
        let folder = project.path().join(FOLDER);
        fs::create_dir(&folder).unwrap();
        let file = folder.join("project.cache.json");
        let before = json!({ "botId": "bot", "devId": "old", "secrets": { "API_KEY": "hunter2" } });
        fs::write(&file, before.to_string()).unwrap();
        let cache = ProjectCache::of(project.path());
        assert_eq!(cache.dev_id().unwrap().as_deref(), Some("old"));
        cache.keep_dev_id("new").unwrap();
        cache.keep_tunnel_id("t").unwrap();
        let after: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let expected = json!({
            "botId": "bot", "devId": "new", "secrets": { "API_KEY": "hunter2" }, "tunnelId": "t",
        });
        assert_eq!(after, expected);
        assert_eq!(cache.secrets().unwrap()["API_KEY"].expose(), "hunter2");
        assert!(
            !folder.join(".gitignore").exists(),
            "the folder was there before"
        );
    }

    #[test]
    fn a_project_without_a_cache_gets_one_that_git_ignores_and_only_its_owner_reads() {
        let project = tempfile::tempdir().unwrap();
        let cache = ProjectCache::of(project.path());
        assert_eq!(cache.tunnel_id().unwrap(), None);
        assert!(cache.secrets().unwrap().is_empty());
        cache.keep_tunnel_id("t").unwrap();
        assert_eq!(cache.tunnel_id().unwrap().as_deref(), Some("t"));
        let ignored = fs::read_to_string(project.path().join(".botpress/.gitignore")).unwrap();
        assert_eq!(ignored, "*\n");
    }

    #[test]
    fn a_cache_that_is_no_json_is_refused_without_being_quoted() {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join(FOLDER)).unwrap();
        fs::write(
            project.path().join(".botpress/project.cache.json"),
            "hunter2",
        )
        .unwrap();
        let refused = ProjectCache::of(project.path()).tunnel_id().unwrap_err();
        assert!(
            refused.errors.contains("is not a JSON object"),
            "{}",
            refused.errors
        );
        assert!(!refused.errors.contains("hunter2"), "{}", refused.errors);
    }
}
