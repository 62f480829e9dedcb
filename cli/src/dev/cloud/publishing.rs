//! When the dev integration is updated.

use super::dev_integration::Published;
use crate::Outcome;
use crate::dev::event::Event;
use crate::dev::session::{Ended, Session};

impl Session<'_> {
    /// Updates the dev integration, as soon as the tunnel is connected and the update before has ended.
    pub(in crate::dev) fn publish(&mut self) {
        if let Some(cloud) = &mut self.cloud {
            cloud.publication.is_wanted = true;
            self.publish_if_wanted();
        }
    }

    pub(super) fn publish_if_wanted(&mut self) {
        let Some(cloud) = &mut self.cloud else { return };
        let publication = &mut cloud.publication;
        if !publication.is_wanted || publication.runs || !cloud.is_connected {
            return;
        }
        publication.is_wanted = false;
        publication.runs = true;
        let (integration, events) = (cloud.integration.clone(), self.events.clone());
        tokio::spawn(async move {
            let published = integration.publish().await;
            let _ = events.send(Event::Published(published));
        });
    }

    pub(in crate::dev) fn published(&mut self, published: Result<Published, Outcome>) -> Ended {
        let Some(cloud) = &mut self.cloud else {
            return Ok(());
        };
        cloud.publication.runs = false;
        match published {
            Ok(published) => {
                cloud.cache.keep_dev_id(&published.id)?;
                cloud.integration.id = Some(published.id.clone());
                self.say_published(&published);
            }
            Err(refused) if self.arguments.no_watch => return Err(refused),
            Err(refused) => self.say_not_published(&refused.errors),
        }
        self.publish_if_wanted();
        Ok(())
    }
}
