//! `contexture dev --tunnel`, with a Botpress and a tunnel of this machine.

use std::{fs, io};

use contexture_emulator::admin::NewWorkspace;
use contexture_emulator::platform::{Instance, NewInstance, Platform, RegistrationStatus};
use contexture_emulator::server::{Emulator, EmulatorOptions};
use contexture_tunnel::TunnelServer;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::author::Author;
use crate::dev::Dev;
use crate::steps::{DEFINITION, GREET, HANDLER};

/// The personal access token of the author.
const TOKEN: &str = "bp_pat_correct-horse-battery-staple";

/// A Botpress in which the author has a workspace, and its tunnel.
struct Botpress {
    runtime: Runtime,
    emulator: Emulator,
    tunnel: TunnelServer,
    home: tempfile::TempDir,
}

impl Botpress {
    fn start() -> io::Result<Self> {
        let runtime = Runtime::new()?;
        let options = EmulatorOptions {
            token: TOKEN.to_owned(),
            workspace: NewWorkspace {
                name: "Acme".to_owned(),
                handle: Some("acme".to_owned()),
            },
            ..EmulatorOptions::default()
        };
        let emulator = runtime.block_on(Emulator::start(options));
        Ok(Self {
            emulator: emulator.map_err(io::Error::other)?,
            tunnel: runtime.block_on(TunnelServer::start())?,
            home: tempfile::tempdir()?,
            runtime,
        })
    }

    /// The command with what leads to this Botpress.
    fn arguments<'a>(&'a self, arguments: &[&'a str], tunnel: &'a str) -> Vec<&'a str> {
        let home = self.home.path().to_str().unwrap_or_default();
        let own = [
            "dev",
            "--no-open",
            "--port",
            "0",
            "--tunnel",
            "--tunnel-url",
            tunnel,
            "--api-url",
            &self.emulator.address,
            "--workspace-id",
            &self.emulator.workspace_id,
            "--botpress-home",
            home,
        ];
        [&own, arguments].concat()
    }

    /// The dev integration, as this Botpress calls it.
    fn integration(&self, id: &str) -> io::Result<Platform> {
        let found = self.emulator.admin.integrations().find(id);
        found.ok_or_else(|| io::Error::other(format!("there is no integration {id}")))
    }

    fn install(&self, integration: &Platform) -> io::Result<Instance> {
        let new = NewInstance {
            configuration: json!({ "webhookSecret": "a secret" }),
            ..NewInstance::default()
        };
        let installed = self.runtime.block_on(integration.install(new));
        let installed = installed.map_err(io::Error::other)?;
        check(
            installed.status == RegistrationStatus::Registered,
            &format!(
                "the instance is {} {:?}",
                installed.status, installed.reason
            ),
        )?;
        Ok(installed)
    }

    /// Greets Ada through the tunnel.
    fn greet(&self, integration: &Platform, instance: &Instance) -> io::Result<String> {
        let input = json!({ "name": "Ada" });
        let answer = integration.call_action(&instance.webhook_id, "greet", &input);
        let answer = self.runtime.block_on(answer).map_err(io::Error::other)?;
        println!("# Botpress calls greet: {}", answer.json());
        Ok(answer.json()["output"]["greeting"]
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }
}

/// Goes through all steps.
pub(crate) fn run(author: &Author) -> io::Result<()> {
    println!("\n# a Botpress and a tunnel of this machine");
    let botpress = Botpress::start()?;
    let url = botpress.tunnel.url();
    let secrets = [("BP_TOKEN", TOKEN)];
    let dev = Dev::start_with(author, &botpress.arguments(&[], &url), &secrets)?;
    dev.wait_for("Botpress calls this through http://")?;
    dev.wait_for("(dev) is created: devint_")?;
    let (id, tunnel_id) = kept(author)?;
    let integration = botpress.integration(&id)?;
    check(
        integration.definition().name() == "acme/hello",
        "the name has no handle",
    )?;
    let instance = botpress.install(&integration)?;
    let greets = |expected: &str| {
        let greeting = botpress.greet(&integration, &instance)?;
        check(
            greeting == expected,
            &format!("{greeting:?}, expected {expected:?}"),
        )
    };
    greets("Hello, Ada!")?;
    author
        .run(&["log", "--kind", "call"])?
        .expect(0, "action_triggered greet")?;
    author
        .run(&GREET)?
        .expect(1, "with `--tunnel`, Botpress calls the program")?;

    author.edit(HANDLER, "{}, {}!", "{}, dear {}!")?;
    author.edit(DEFINITION, "title: Greet\n", "title: Greet somebody\n")?;
    dev.wait_for("the dev integration is up to date")?;
    while integration.definition().document()["actions"]["greet"]["title"] != "Greet somebody" {
        dev.wait_for("the dev integration is up to date")?;
    }
    greets("Hello, dear Ada!")?;

    println!("\n# the tunnel restarts");
    botpress.runtime.block_on(botpress.tunnel.stop());
    dev.wait_for("the tunnel is not connected")?;
    botpress.runtime.block_on(botpress.tunnel.resume())?;
    dev.wait_for("the tunnel is connected again")?;
    greets("Hello, dear Ada!")?;

    let status = dev.end()?;
    check(status.success(), &format!("dev ended with {status}"))?;
    let record = botpress.tunnel.record();
    check(
        record.closed_by_tails == [(1000, String::new())],
        "the tunnel was not closed",
    )?;
    check(
        record.violations.is_empty(),
        &format!("{:?}", record.violations),
    )?;
    check(
        botpress.greet(&integration, &instance).is_err(),
        "something still answers",
    )?;
    refusals(author, &botpress, &url, &tunnel_id)
}

/// What cannot begin says why, and ends.
fn refusals(author: &Author, botpress: &Botpress, url: &str, tunnel_id: &str) -> io::Result<()> {
    botpress.tunnel.take(tunnel_id);
    let arguments = botpress.arguments(&["--no-watch"], url);
    let taken = Dev::start_with(author, &arguments, &[("BP_TOKEN", TOKEN)])?;
    taken.wait_for("is in use: another `contexture dev --tunnel` or `bp dev` has it")?;
    check(!taken.wait()?.success(), "dev went on without its tunnel")?;
    author
        .run(&arguments)?
        .expect(1, "you are not logged in to Botpress")?;
    author.run(&["dev", "--profile", "work"])?.expect(
        2,
        "without `--tunnel`, `contexture dev` needs no credentials",
    )
}

/// The ids of the dev integration and of the tunnel, where the official command line finds them.
fn kept(author: &Author) -> io::Result<(String, String)> {
    let text = fs::read_to_string(author.project().join(".botpress/project.cache.json"))?;
    let kept: Value = serde_json::from_str(&text)?;
    let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    Ok((text("devId"), text("tunnelId")))
}

fn check(is_so: bool, problem: &str) -> io::Result<()> {
    if is_so {
        Ok(())
    } else {
        Err(io::Error::other(problem.to_owned()))
    }
}
