//! A run of `dev`: what happens after what.

use std::collections::VecDeque;
use std::time::Instant;

use contexture_emulator::platform::{Instance, Integration, PlatformError};
use contexture_emulator::program::ProgramState;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::DevArguments;
use super::build::{Built, build, read_definition};
use super::configuration::{self, Installed};
use super::dot_env::Variables;
use super::emulator::Emulator;
use super::event::{Event, wait_for_end, watch_registrations};
use super::package::Package;
use super::place::{DevFile, Place};
use super::program::{self, ProgramEvent, Running};
use super::screen::Screen;
use super::watch_paths::watched;
use super::{environment, ports, ready, report};
use crate::Outcome;
use crate::watch::Watch;

/// A run of `dev`.
pub(super) struct Session<'a> {
    pub(super) arguments: &'a DevArguments,
    pub(super) package: Package,
    place: Place,
    pub(super) screen: Screen<'a>,
    events: UnboundedSender<Event>,
    watch: Option<Watch>,
    pub(super) emulator: Emulator,
    /// The configuration that was given, until it is used.
    given: Option<Value>,
    building: Option<JoinHandle<()>>,
    /// Whether a change was told, and its result is awaited.
    is_change_told: bool,
    /// Whether files changed during the build.
    is_dirty: bool,
    number: u64,
    starting: Option<Starting>,
    serving: Option<Serving>,
    pub(super) is_introduced: bool,
    /// When the instance got the status that was told last.
    told: Option<u64>,
    /// The last lines of the program that was started last.
    pub(super) last_lines: VecDeque<String>,
}

/// A program that does not serve yet.
struct Starting {
    running: Running,
    built: Built,
    began: Instant,
}

/// The program that serves.
struct Serving {
    running: Running,
    built: Built,
}

/// Why a session ends before it is told to.
type Ended = Result<(), Outcome>;

impl<'a> Session<'a> {
    /// Runs until a signal comes. Without watching, a failure ends it, too.
    pub(super) async fn run(
        arguments: &'a DevArguments,
        package: Package,
        mut screen: Screen<'a>,
    ) -> Result<Outcome, Outcome> {
        let color = screen.style.is_colored();
        let (events, mut told) = unbounded_channel();
        tokio::spawn(wait_for_end(events.clone()));
        let mut watch = start_watch(arguments, &package, &events)?;
        let given = arguments.configuration.read()?;
        let definition = loop {
            match read_definition(&package, color) {
                Ok(definition) => break definition,
                Err(refusal) if arguments.no_watch => return Err(Outcome::failure(refusal)),
                Err(refusal) => screen.say(refusal + "waiting for a change of the definition\n"),
            }
            if !wait_for_change(&mut watch, &package, &mut told).await {
                return Ok(Outcome::default());
            }
        };
        configuration::check_type(&definition, &arguments.configuration)?;
        let place = Place::of(&package.folder);
        let listener = ports::listen(arguments.port).await?;
        let cannot =
            |error| Outcome::failure(format!("error: cannot write .contexture: {error}\n"));
        place.make().map_err(cannot)?;
        let data = arguments.data.clone().unwrap_or_else(|| place.data());
        let emulator = Emulator::start(&package, &data, definition, listener)?;
        let file = DevFile {
            address: emulator.address.clone(),
            pid: std::process::id().into(),
        };
        place.write(&file).map_err(cannot)?;
        let mut session = Self {
            arguments,
            package,
            place,
            screen,
            events,
            watch,
            emulator,
            given,
            building: None,
            is_change_told: false,
            is_dirty: false,
            number: 0,
            starting: None,
            serving: None,
            is_introduced: false,
            told: None,
            last_lines: VecDeque::new(),
        };
        let platform = session.emulator.platform.clone();
        tokio::spawn(watch_registrations(platform, session.events.clone()));
        session.open();
        session.build();
        let ended = session.work(told).await;
        session.end().await;
        ended.map(|()| Outcome::default())
    }

    /// Says where the emulator is, and opens it.
    fn open(&mut self) {
        self.say_opened();
        if !self.arguments.no_open && std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            // Without a browser, the address is on the screen.
            let _ = open::that_detached(&self.emulator.address);
        }
    }

    async fn work(&mut self, mut told: UnboundedReceiver<Event>) -> Ended {
        while let Some(event) = told.recv().await {
            match event {
                Event::Stop => break,
                Event::Files(events) => self.files(events),
                Event::Progress(line) => self.say_progress(&line),
                Event::Built(built) => self.built(*built).await?,
                Event::Program(number, ProgramEvent::Line(line)) => self.line(number, &line),
                Event::Program(number, ProgramEvent::Ended(status)) => {
                    self.program_ended(number, &program::describe(&status))?;
                }
                Event::Ready(number, ready) => self.ready(number, ready)?,
                Event::Installed(installed) => self.installed(installed)?,
                Event::Registered => self.registered(),
            }
            if self.screen.is_closed {
                break;
            }
        }
        Ok(())
    }

    fn line(&mut self, number: u64, line: &str) {
        if number == self.number {
            report::keep_line(&mut self.last_lines, line);
        }
        let is_later = |serving: &Serving| number < serving.running.number;
        let is_replaced = self.serving.as_ref().is_some_and(is_later);
        self.say_line(line, is_replaced);
    }

    /// Ends everything that runs.
    async fn end(self) {
        if let Some(building) = self.building {
            building.abort();
        }
        if let Some(starting) = self.starting {
            starting.running.end().await;
        }
        if let Some(serving) = self.serving {
            serving.running.end().await;
        }
        self.emulator.end().await;
        self.place.forget();
    }

    fn files(&mut self, events: crate::watch::Events) {
        let Some(watch) = &mut self.watch else { return };
        let changed = watch.changed(events);
        let changed = match changed {
            Ok(changed) if changed.is_empty() => return,
            Ok(changed) => changed,
            Err(error) => return self.say_warning(&format!("cannot watch the files: {error}")),
        };
        self.watch_sources();
        if self.building.is_some() {
            self.is_dirty = true;
            return;
        }
        self.say_changed(&changed);
        self.is_change_told = true;
        self.build();
    }

    /// Watches what the next build is made of.
    fn watch_sources(&mut self) {
        let program = self
            .serving
            .as_ref()
            .map(|serving| serving.running.executable.file.as_path());
        let paths = watched(&self.package, program);
        if let Some(watch) = &mut self.watch
            && let Err(error) = watch.set(&paths)
        {
            self.say_warning(&format!("cannot watch all files: {error}"));
        }
    }

    fn build(&mut self) {
        self.is_dirty = false;
        self.set_state(ProgramState::Building {
            earlier_serves: self.serving.is_some(),
        });
        let (progress, mut lines) = unbounded_channel();
        let building = build(
            self.package.clone(),
            self.screen.style.is_colored(),
            progress,
        );
        let events = self.events.clone();
        self.building = Some(tokio::spawn(async move {
            let told = events.clone();
            let passing = tokio::spawn(async move {
                while let Some(line) = lines.recv().await {
                    let _ = told.send(Event::Progress(line));
                }
            });
            let built = building.await;
            let _ = passing.await;
            let _ = events.send(Event::Built(Box::new(built)));
        }));
    }

    async fn built(&mut self, built: Result<Built, String>) -> Ended {
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
                    self.install();
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
    fn with_same_name(&self, built: Built) -> Result<Built, String> {
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

    fn build_failed(&mut self, output: &str) -> Ended {
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
    async fn start(&mut self, built: Built) -> Ended {
        if let Some(starting) = self.starting.take() {
            tokio::spawn(starting.running.end());
        }
        self.last_lines.clear();
        self.number += 1;
        let number = self.number;
        let cannot =
            |error| Outcome::failure(format!("error: cannot start the program: {error}\n"));
        let address = ports::free_address().await.map_err(cannot)?;
        let (platform, api) = (&self.emulator.platform, &self.emulator.address);
        let variables = environment::variables(&built.variables, platform, api, address)?;
        let events = self.events.clone();
        let tell = move |event| {
            // Without the session nobody is told.
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
    fn ready(&mut self, number: u64, ready: Result<(), String>) -> Ended {
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
            Some(earlier) => {
                new.built.variables != earlier.built.variables
                    || new.built.definition.document() != earlier.built.definition.document()
                    || !self.is_registered()
            }
            None => true,
        };
        if let Some(earlier) = self.serving.replace(new) {
            tokio::spawn(earlier.running.end());
        }
        self.switch()?;
        self.set_state(ProgramState::Serving);
        if needs_registration {
            self.install();
        }
        Ok(())
    }

    /// Lets the platform call the program that serves.
    fn switch(&self) -> Ended {
        let Some(serving) = &self.serving else {
            return Ok(());
        };
        let integration = Integration {
            definition: serving.built.definition.clone(),
            address: format!("http://{}", serving.running.address),
            secrets: secrets(&serving.built.variables),
        };
        let set = self.emulator.platform.set_integration(integration);
        set.map_err(|error| Outcome::failure(format!("error: {error}\n")))
    }

    fn is_registered(&self) -> bool {
        let instances = self.emulator.platform.instances().unwrap_or_default();
        instances.first().is_some_and(configuration::is_registered)
    }

    fn install(&mut self) {
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

    fn installed(&mut self, installed: Result<Installed, PlatformError>) -> Ended {
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

    /// Tells what became of the instance when somebody else has configured it.
    fn registered(&mut self) {
        let instances = self.emulator.platform.instances().unwrap_or_default();
        if let Some(instance) = instances.first() {
            self.tell(instance);
        }
    }

    /// Tells a status once, since the instance has it.
    fn tell(&mut self, instance: &Instance) {
        if self.told.replace(instance.updated) != Some(instance.updated) {
            self.say_instance(instance);
        }
    }

    fn program_ended(&mut self, number: u64, reason: &str) -> Ended {
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
    fn failed(&mut self, reason: &str) -> Ended {
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

    fn set_state(&self, state: ProgramState) {
        self.emulator.program.set_state(state);
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

fn start_watch(
    arguments: &DevArguments,
    package: &Package,
    events: &UnboundedSender<Event>,
) -> Result<Option<Watch>, Outcome> {
    if arguments.no_watch {
        return Ok(None);
    }
    let events = events.clone();
    let watch = Watch::new(&watched(package, None), move |told| {
        let _ = events.send(Event::Files(told));
    });
    let watch = watch.map_err(|error| {
        Outcome::failure(format!(
            "error: cannot watch the files: {error}\nhelp: `--no-watch` runs without it\n"
        ))
    })?;
    Ok(Some(watch))
}

/// Waits for a change before there is a session; `false` if it is to end.
async fn wait_for_change(
    watch: &mut Option<Watch>,
    package: &Package,
    told: &mut UnboundedReceiver<Event>,
) -> bool {
    while let Some(event) = told.recv().await {
        match (event, &mut *watch) {
            (Event::Stop, _) => return false,
            (Event::Files(events), Some(watch)) => {
                let is_changed = watch
                    .changed(events)
                    .is_ok_and(|changed| !changed.is_empty());
                if is_changed {
                    // A file that cannot be watched is told by the session.
                    let _ = watch.set(&watched(package, None));
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
