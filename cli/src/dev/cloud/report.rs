//! What a session says about the real Botpress.

use std::time::Duration;

use super::dev_integration::Published;
use crate::dev::session::Session;

impl Session<'_> {
    pub(super) fn say_connected(&mut self, is_again: bool) {
        let style = self.screen.style;
        let again = if is_again { " again" } else { "" };
        let connected = style.green("connected");
        self.screen
            .say(format!("the tunnel is {connected}{again}\n"));
    }

    pub(super) fn say_disconnected(&mut self, because: &str, delay: Duration) {
        let next = if delay.is_zero() {
            "connecting again".to_owned()
        } else {
            format!("connecting again in {:.1} s", delay.as_secs_f64())
        };
        self.say_warning(&format!("the tunnel is not connected: {because}; {next}"));
    }

    /// Says that the dev integration is up to date; the first time, where everything is.
    pub(super) fn say_published(&mut self, published: &Published) {
        let style = self.screen.style;
        let Published {
            id,
            name,
            version,
            is_new,
        } = published;
        let done = style.green(if *is_new { "created" } else { "up to date" });
        if self.is_introduced {
            return self.screen.say(format!("the dev integration is {done}\n"));
        }
        self.is_introduced = true;
        let Some(cloud) = &self.cloud else { return };
        let workspace = cloud
            .credentials
            .workspace_id
            .as_deref()
            .unwrap_or_default();
        let text = format!(
            "\n  integration  {name} {version} (dev) is {done}: {id}, in the workspace {workspace}\n  \
               tunnel       {}\n  \
               calls        {}/\n  \
               API          {}/v1\n\n  \
             install it in a bot of the workspace; it is listed as a dev integration\n\n",
            cloud.address.public_url(),
            self.emulator.address,
            cloud.credentials.api_url,
        );
        self.screen.say(text);
    }

    /// Says why the dev integration is not up to date.
    pub(super) fn say_not_published(&mut self, errors: &str) {
        let style = self.screen.style;
        let text = format!(
            "{errors}{} Botpress has the definition of before; the next build tries again\n",
            style.yellow("warning:")
        );
        self.screen.say(text);
    }
}
