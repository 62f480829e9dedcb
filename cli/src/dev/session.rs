//! A run of `dev`: what happens after what.

use std::collections::VecDeque;
use std::time::Instant;

use contexture_emulator::program::ProgramState;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::DevArguments;
use super::build::{Built, build};
use super::cloud::Cloud;
use super::emulator::Emulator;
use super::event::{Event, wait_for_end, watch_registrations};
use super::package::Package;
use super::place::Place;
use super::program::{self, ProgramEvent, Running};
use super::screen::Screen;
use super::watch_paths::watched;
use super::{opening, report};
use crate::Outcome;
use crate::watch::Watch;

/// A run of `dev`.
pub(super) struct Session<'a> {
    pub(super) arguments: &'a DevArguments,
    pub(super) package: Package,
    pub(super) place: Place,
    pub(super) screen: Screen<'a>,
    pub(super) events: UnboundedSender<Event>,
    pub(super) watch: Option<Watch>,
    pub(super) emulator: Emulator,
    /// What there is if the real Botpress calls the program, in the place of the emulator.
    pub(super) cloud: Option<Cloud>,
    /// The configuration that was given, until it is used.
    pub(super) given: Option<Value>,
    pub(super) building: Option<JoinHandle<()>>,
    /// Whether a change was told, and its result is awaited.
    pub(super) is_change_told: bool,
    /// Whether files changed during the build.
    pub(super) is_dirty: bool,
    pub(super) number: u64,
    pub(super) starting: Option<Starting>,
    pub(super) serving: Option<Serving>,
    pub(super) is_introduced: bool,
    /// When the instance got the status that was told last.
    pub(super) told: Option<u64>,
    /// The last lines of the program that was started last.
    pub(super) last_lines: VecDeque<String>,
}

/// A program that does not serve yet.
pub(super) struct Starting {
    pub(super) running: Running,
    pub(super) built: Built,
    pub(super) began: Instant,
}

/// The program that serves.
pub(super) struct Serving {
    pub(super) running: Running,
    pub(super) built: Built,
}

/// Why a session ends before it is asked to.
pub(super) type Ended = Result<(), Outcome>;

impl<'a> Session<'a> {
    /// Runs until a signal comes. Without watching, a failure ends it, too.
    pub(super) async fn run(
        arguments: &'a DevArguments,
        package: Package,
        mut screen: Screen<'a>,
    ) -> Result<Outcome, Outcome> {
        let (events, mut told) = unbounded_channel();
        tokio::spawn(wait_for_end(events.clone()));
        let mut watch = opening::watch(arguments, &package, &events)?;
        let given = arguments.configuration.read()?;
        let definition =
            opening::definition(arguments, &package, &mut screen, &mut watch, &mut told).await?;
        let Some(definition) = definition else {
            return Ok(Outcome::default());
        };
        let mut cloud = opening::cloud(arguments, &package, &definition, &events).await?;
        let (place, emulator) =
            opening::emulator(arguments, &package, definition, cloud.as_ref()).await?;
        if let Some(cloud) = &mut cloud {
            cloud.open(&emulator.platform, &emulator.program, &events);
        }
        let registrations = watch_registrations(emulator.platform.clone(), events.clone());
        tokio::spawn(registrations);
        let mut session = Self {
            arguments,
            package,
            place,
            screen,
            events,
            watch,
            emulator,
            cloud,
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
        session.open();
        session.build();
        let ended = session.work(&mut told).await;
        session.end(&mut told).await;
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

    async fn work(&mut self, told: &mut UnboundedReceiver<Event>) -> Ended {
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
                Event::Tunnel(event) => self.tunnel(event)?,
                Event::Waits(line) => self.say_warning(&line),
                Event::Published(published) => self.published(published)?,
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
    async fn end(mut self, told: &mut UnboundedReceiver<Event>) {
        self.end_tunnel(told).await;
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
    pub(super) fn watch_sources(&mut self) {
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

    pub(super) fn build(&mut self) {
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

    pub(super) fn set_state(&self, state: ProgramState) {
        self.emulator.program.set_state(state);
    }
}
