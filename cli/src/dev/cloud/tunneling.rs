//! What the tunnel reports.

use tokio::sync::mpsc::UnboundedReceiver;

use crate::Outcome;
use crate::dev::event::Event;
use crate::dev::session::{Ended, Session};
use crate::tunnel::TunnelEvent;

impl Session<'_> {
    /// Ends the tunnel, and tells what is lost by that.
    pub(in crate::dev) async fn end_tunnel(&mut self, told: &mut UnboundedReceiver<Event>) {
        let Some(cloud) = &mut self.cloud else { return };
        cloud.end().await;
        while let Ok(event) = told.try_recv() {
            if let Event::Tunnel(TunnelEvent::Lost(lost)) = event {
                self.say_warning(&lost.to_string());
            }
        }
    }

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
