//! What the tunnel reports.

use crate::Outcome;
use crate::dev::session::{Ended, Session};
use crate::tunnel::TunnelEvent;

impl Session<'_> {
    pub(in crate::dev) fn tunnel(&mut self, event: TunnelEvent) -> Ended {
        let Some(cloud) = &mut self.cloud else {
            return Ok(());
        };
        match event {
            TunnelEvent::Connected => {
                cloud.is_connected = true;
                let is_again = std::mem::replace(&mut cloud.was_connected, true);
                self.say_connected(is_again);
                self.publish_if_wanted();
            }
            TunnelEvent::Disconnected { because, delay } => {
                cloud.is_connected = false;
                self.say_disconnected(&because, delay);
            }
            TunnelEvent::Lost(lost) => self.say_warning(&lost.to_string()),
            TunnelEvent::Warning(warning) => self.say_warning(&warning),
            TunnelEvent::Failed(reason) => {
                return Err(Outcome::failure(format!("error: {reason}\n")));
            }
        }
        Ok(())
    }
}
