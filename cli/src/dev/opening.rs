//! What a session begins with.

use contexture_emulator::definition::Definition;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::cloud::Cloud;
use super::emulator::Emulator;
use super::event::Event;
use super::package::Package;
use super::place::{DevFile, Place};
use super::screen::Screen;
use super::watch_paths::watched;
use super::{DevArguments, configuration, ports};
use crate::watch::Watch;
use crate::{Outcome, definition_file};

/// The definition, as soon as it is accepted; `None` if the session is to end before.
pub(super) async fn definition(
    arguments: &DevArguments,
    package: &Package,
    screen: &mut Screen<'_>,
    watch: &mut Option<Watch>,
    told: &mut UnboundedReceiver<Event>,
) -> Result<Option<Definition>, Outcome> {
    loop {
        match definition_file::read(&package.definition, screen.style.is_colored()) {
            Ok(definition) => {
                configuration::check_type(&definition, &arguments.configuration)?;
                return Ok(Some(definition));
            }
            Err(refusal) if arguments.no_watch => return Err(Outcome::failure(refusal)),
            Err(refusal) => screen.say(refusal + "waiting for a change of the definition\n"),
        }
        if !wait_for_change(watch, package, told).await {
            return Ok(None);
        }
    }
}

/// What is needed for the calls of the real Botpress, if it is to call the program.
pub(super) async fn cloud(
    arguments: &DevArguments,
    package: &Package,
    definition: &Definition,
    events: &UnboundedSender<Event>,
) -> Result<Option<Cloud>, Outcome> {
    if !arguments.tunnel.tunnel {
        return Ok(None);
    }
    let cloud = Cloud::find(&arguments.tunnel, package, definition, events).await?;
    Ok(Some(cloud))
}

/// Starts the emulator, and writes where it is.
pub(super) async fn emulator(
    arguments: &DevArguments,
    package: &Package,
    definition: Definition,
    cloud: Option<&Cloud>,
) -> Result<(Place, Emulator), Outcome> {
    let place = Place::of(&package.folder);
    let listener = ports::listen(arguments.port).await?;
    let cannot = |error| Outcome::failure(format!("error: cannot write .contexture: {error}\n"));
    place.make().map_err(cannot)?;
    let usual = || {
        if arguments.tunnel.tunnel {
            place.tunnel_data()
        } else {
            place.data()
        }
    };
    let data = arguments.data.clone().unwrap_or_else(usual);
    let elsewhere = cloud.map(Cloud::instances_elsewhere);
    let emulator = Emulator::start(package, &data, definition, listener, elsewhere)?;
    let file = DevFile {
        address: emulator.address.clone(),
        pid: std::process::id().into(),
    };
    place.write(&file).map_err(cannot)?;
    Ok((place, emulator))
}

pub(super) fn watch(
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
                    // The session reports a file that cannot be watched.
                    let _ = watch.set(&watched(package, None));
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
