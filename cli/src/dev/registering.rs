//! The instance, and what becomes of its registration.

use contexture_emulator::platform::{Instance, PlatformError};

use super::configuration::{self, Installed};
use super::event::Event;
use super::session::{Ended, Session};
use crate::Outcome;

impl Session<'_> {
    pub(super) fn is_registered(&self) -> bool {
        let instances = self.emulator.platform.instances().unwrap_or_default();
        instances.first().is_some_and(configuration::is_registered)
    }

    pub(super) fn install(&mut self) {
        let platform = self.emulator.platform.clone();
        let kind = self.arguments.configuration.configuration_type.clone();
        let kind = kind.filter(|_| !self.is_introduced);
        let installing = configuration::install(platform, kind, self.given.take());
        let events = self.events.clone();
        tokio::spawn(async move {
            let installed = installing.await;
            let _ = events.send(Event::Installed(installed));
        });
    }

    pub(super) fn installed(&mut self, installed: Result<Installed, PlatformError>) -> Ended {
        match installed {
            Ok(Installed::Instance(instance)) => self.tell(&instance),
            Ok(Installed::Waits(reason)) => self.say_waiting(&reason),
            Err(error) if self.arguments.no_watch => {
                return Err(Outcome::failure(format!("error: {error}\n")));
            }
            Err(error) => self.say_waiting(&error.to_string()),
        }
        Ok(())
    }

    /// Reports what became of the instance after another session configured it.
    pub(super) fn registered(&mut self) {
        let instances = self.emulator.platform.instances().unwrap_or_default();
        if let Some(instance) = instances.first() {
            self.tell(instance);
        }
    }

    /// Tells a status once, since the instance has it.
    pub(super) fn tell(&mut self, instance: &Instance) {
        if self.told.replace(instance.updated) != Some(instance.updated) {
            self.say_instance(instance);
        }
    }
}
