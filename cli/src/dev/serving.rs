//! From a build to the program that serves.

use std::time::Instant;

use contexture_emulator::platform::Integration;
use contexture_emulator::program::ProgramState;

use super::build::Built;
use super::dot_env::Variables;
use super::event::Event;
use super::session::{Ended, Serving, Session, Starting};
use super::{environment, ports, program, ready, report};
use crate::Outcome;

impl Session<'_> {
    pub(super) async fn built(&mut self, built: Result<Built, String>) -> Ended {
        self.building = None;
        let built = built.and_then(|built| self.with_same_name(built));
        let built = match built {
            Ok(built) => built,
            Err(output) => return self.build_failed(&output),
        };
        if !built.warnings.is_empty() {
            self.screen.say(built.warnings.clone());
        }
        match &mut self.serving {
            Some(serving)
                if serving.built.program == built.program
                    && serving.built.variables == built.variables =>
            {
                let is_same = serving.built.definition.document() == built.definition.document();
                serving.built = built;
                self.set_state(ProgramState::Serving);
                if std::mem::take(&mut self.is_change_told) || !is_same {
                    self.say_unchanged(is_same);
                }
                if !is_same {
                    self.switch()?;
                    self.install_or_publish();
                }
            }
            _ => self.start(built).await?,
        }
        self.watch_sources();
        if self.is_dirty {
            self.build();
        }
        Ok(())
    }

    /// The name identifies the integration in the data.
    pub(super) fn with_same_name(&self, built: Built) -> Result<Built, String> {
        let known = self.emulator.platform.definition();
        if built.definition.name() == known.name() {
            return Ok(built);
        }
        Err(format!(
            "error: the integration was `{}` and is `{}` now\n\
             help: its data belongs to its name, so end `contexture dev` and start it again\n",
            known.name(),
            built.definition.name()
        ))
    }

    pub(super) fn build_failed(&mut self, output: &str) -> Ended {
        let earlier_serves = self.serving.is_some();
        self.set_state(ProgramState::Failed {
            output: anstream::adapter::strip_str(output).to_string(),
            earlier_serves,
        });
        if self.arguments.no_watch {
            return Err(Outcome::failure(format!(
                "{output}error: the build failed\n"
            )));
        }
        self.say_build_failed(output, earlier_serves);
        if self.is_dirty {
            self.build();
        }
        Ok(())
    }

    /// Starts a program on a port of its own, while the earlier one serves.
    pub(super) async fn start(&mut self, built: Built) -> Ended {
        if let Some(starting) = self.starting.take() {
            tokio::spawn(starting.running.end());
        }
        self.last_lines.clear();
        self.number += 1;
        let number = self.number;
        let cannot =
            |error| Outcome::failure(format!("error: cannot start the program: {error}\n"));
        let address = ports::free_address().await.map_err(cannot)?;
        let own = &built.variables;
        let variables = if let Some(cloud) = &self.cloud {
            cloud.variables(own, address)
        } else {
            let (platform, api) = (&self.emulator.platform, &self.emulator.address);
            environment::variables(own, platform, api, address)?
        };
        let events = self.events.clone();
        let tell = move |event| {
            // Without the session there is no listener.
            let _ = events.send(Event::Program(number, event));
        };
        let executable = built.program.clone();
        let running = program::start(number, &self.package, executable, &variables, address, tell);
        let running = running.map_err(cannot)?;
        self.starting = Some(Starting {
            running,
            built,
            began: Instant::now(),
        });
        let limit = std::time::Duration::from_secs(self.arguments.start_limit);
        let events = self.events.clone();
        tokio::spawn(async move {
            let ready = ready::wait(address, limit).await;
            let _ = events.send(Event::Ready(number, ready));
        });
        Ok(())
    }

    /// Switches to a program that is ready, or gives up on one that is not.
    pub(super) fn ready(&mut self, number: u64, ready: Result<(), String>) -> Ended {
        let is_awaited = |starting: &mut Starting| starting.running.number == number;
        let Some(starting) = self.starting.take_if(is_awaited) else {
            return Ok(());
        };
        if let Err(said) = ready {
            let (seconds, address) = (self.arguments.start_limit, starting.running.address);
            tokio::spawn(starting.running.end());
            return self.failed(&format!(
                "the program did not answer at http://{address} within {seconds} s ({said}); does it listen on CONTEXTURE_LISTEN \
                 or PORT?"
            ));
        }
        let Starting {
            running,
            built,
            began,
        } = starting;
        self.say_serving(&built, began.elapsed());
        let new = Serving { running, built };
        let needs_registration = match &self.serving {
            _ if self.cloud.is_some() => true,
            Some(earlier) => {
                new.built.variables != earlier.built.variables
                    || new.built.definition.document() != earlier.built.definition.document()
                    || !self.is_registered()
            }
            None => true,
        };
        let earlier = self.serving.replace(new);
        self.switch()?;
        if let Some(earlier) = earlier {
            tokio::spawn(earlier.running.end());
        }
        self.set_state(ProgramState::Serving);
        if needs_registration {
            self.install_or_publish();
        }
        Ok(())
    }

    /// Makes the new definition known where the program is called from.
    fn install_or_publish(&mut self) {
        if self.cloud.is_some() {
            self.publish();
        } else {
            self.install();
        }
    }

    /// Lets the platform call the program that serves.
    pub(super) fn switch(&self) -> Ended {
        let Some(serving) = &self.serving else {
            return Ok(());
        };
        let mut secrets = secrets(&serving.built.variables);
        if let Some(cloud) = &self.cloud {
            secrets.extend(cloud.secrets());
        }
        let integration = Integration {
            definition: serving.built.definition.clone(),
            address: format!("http://{}", serving.running.address),
            secrets,
        };
        let set = self.emulator.platform.set_integration(integration);
        set.map_err(|error| Outcome::failure(format!("error: {error}\n")))
    }

    pub(super) fn program_ended(&mut self, number: u64, reason: &str) -> Ended {
        if self
            .starting
            .take_if(|starting| starting.running.number == number)
            .is_some()
        {
            return self.failed(&format!("{reason}, before it served"));
        }
        let is_serving = |serving: &mut Serving| serving.running.number == number;
        if self.serving.take_if(is_serving).is_some() {
            return self.failed(reason);
        }
        Ok(())
    }

    /// A program ended or does not answer.
    pub(super) fn failed(&mut self, reason: &str) -> Ended {
        let with_lines = format!("{reason}{}", report::last_lines(&self.last_lines));
        if self.arguments.no_watch {
            return Err(Outcome::failure(format!("error: {reason}\n")));
        }
        let earlier_serves = self.serving.is_some();
        self.set_state(if earlier_serves {
            ProgramState::Failed {
                output: with_lines,
                earlier_serves,
            }
        } else {
            ProgramState::Ended { reason: with_lines }
        });
        self.say_failed(reason, earlier_serves);
        Ok(())
    }
}

fn secrets(variables: &Variables) -> Variables {
    environment::secrets(
        variables,
        std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }),
    )
}
