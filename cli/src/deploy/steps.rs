//! The steps of a deploy, in the order of the official command line.

use contexture_codegen::Publication;
use serde_json::Value;

use super::body::{BodyParts, Place, create_body};
use super::existing::Existing;
use super::interfaces::interface_ids;
use super::naming::{self, Naming};
use super::plan::{Plan, compare, render};
use super::secrets::{self, Sources, Steps};
use super::update::update_body;
use super::{DeployArguments, MOST_CODE_BYTES, after, deprecated};
use crate::Outcome;
use crate::botpress::{AdminClient, AdminError, Integration, Reference, Workspace};
use crate::call::Format;
use crate::dev::Style;
use crate::terminal::Terminal;

/// A deploy that runs.
pub(super) struct Session<'a> {
    pub(super) arguments: &'a DeployArguments,
    pub(super) client: AdminClient,
    pub(super) terminal: &'a mut dyn Terminal,
    pub(super) say: &'a mut dyn FnMut(&str),
    pub(super) style: Style,
    pub(super) shows_progress: bool,
}

/// The name under which the integration is published.
struct Named {
    name: String,
    workspace: Workspace,
    /// A handle that the workspace gets.
    claims: Option<String>,
}

/// What is sent, and what it does.
struct Prepared {
    named: Named,
    existing: Existing,
    body: Value,
    plan: Plan,
}

impl Session<'_> {
    /// Publishes an integration.
    pub(super) async fn deploy(
        &mut self,
        publication: &Publication,
        place: Place,
    ) -> Result<Outcome, Outcome> {
        let prepared = self.prepare(publication, place).await?;
        if self.arguments.format == Format::Human {
            (self.say)(&render(&prepared.plan, self.style));
        }
        if self.arguments.dry_run {
            return self.validate(&prepared).await;
        }
        if let Some(aborted) = self.confirm(&prepared)? {
            return Ok(aborted);
        }
        self.carry_out(prepared).await
    }

    /// Finds all that is needed, and sends nothing.
    async fn prepare(
        &mut self,
        publication: &Publication,
        place: Place,
    ) -> Result<Prepared, Outcome> {
        let definition = &publication.definition;
        let text = |name: &str| definition[name].as_str().unwrap_or_default().to_owned();
        let (name, version) = (text("name"), text("version"));
        let named = self.name(&name).await?;
        let existing = self.find(&named, &version).await?;
        if existing.same.is_none() && place == Place::Unchanged {
            return Err(no_place(&named.name, &version));
        }
        let client = self.client.clone();
        let interface_ids = interface_ids(&client, definition, |step| self.progress(step)).await?;
        let deprecated = self.deprecated(definition, &version, &existing)?;
        let secrets = self.secrets(definition, &existing)?;
        let visibility = self.visibility(definition, existing.same.as_ref());
        let parts = BodyParts {
            name: &named.name,
            interface_ids: &interface_ids,
            place: &place,
            visibility: Some(&visibility),
        };
        let create = create_body(definition, &parts);
        let there = existing.current();
        let there = there.map_or(&Value::Null, |integration| &integration.json);
        let mut plan = Plan {
            name: named.name.clone(),
            version,
            api_url: self.client.api_url().to_owned(),
            workspace: named.workspace.clone(),
            id: existing.same.as_ref().map(|same| same.id().to_owned()),
            previous: existing
                .previous
                .as_ref()
                .map(|previous| previous.version().to_owned()),
            claims: named.claims.clone(),
            changes: compare(&create, there),
            place,
            url_before: url_of(existing.same.as_ref()),
            visibility,
            visibility_before: existing
                .same
                .as_ref()
                .map(|same| same.visibility().to_owned()),
            secrets,
            warnings: Vec::new(),
        };
        plan.warnings = warnings(&plan, publication, &existing, &deprecated);
        let mut body = match &existing.same {
            Some(same) => update_body(&create, &same.json),
            None => create,
        };
        if let Some(secrets) = secrets::of_body(&plan.secrets) {
            body["secrets"] = secrets;
        }
        Ok(Prepared {
            named,
            existing,
            body,
            plan,
        })
    }

    fn progress(&mut self, step: &str) {
        if self.shows_progress {
            let line = self.style.dim(&format!("{step}…"));
            (self.say)(&format!("{line}\n"));
        }
    }

    /// Brings the name and the handle of the workspace together.
    async fn name(&mut self, name: &str) -> Result<Named, Outcome> {
        self.progress("reading the workspace");
        let workspace = self.client.workspace().await;
        let workspace = workspace.map_err(|error| error.outcome("the workspace cannot be read"))?;
        let is_botpress = naming::is_botpress(self.client.workspace_id());
        let named = |name: String, claims| Named {
            name,
            workspace: workspace.clone(),
            claims,
        };
        match naming::decide(name, workspace.handle.as_deref(), is_botpress)? {
            Naming::Right => Ok(named(name.to_owned(), None)),
            Naming::Prefixed(name) => Ok(named(name, None)),
            Naming::OtherWorkspace(handle) => {
                let other = self.other_workspace(&workspace, &handle).await?;
                self.client = self.client.in_workspace(&other.id);
                Ok(Named {
                    name: name.to_owned(),
                    workspace: other,
                    claims: None,
                })
            }
            Naming::Claimed(handle) => {
                if let Some(taken) = self.taken(&handle).await? {
                    return Err(taken);
                }
                Ok(named(name.to_owned(), Some(handle)))
            }
            Naming::Unknown => {
                let handle = self.ask_handle(name).await?;
                Ok(named(format!("{handle}/{name}"), Some(handle)))
            }
        }
    }

    /// The workspace of a handle. It is used in place of the one of the login, if that is confirmed.
    async fn other_workspace(
        &mut self,
        own: &Workspace,
        handle: &str,
    ) -> Result<Workspace, Outcome> {
        let other = self.client.workspace_with_handle(handle).await;
        let other = other.map_err(|error| error.outcome("the workspaces cannot be listed"))?;
        let own_handle = own.handle.as_deref().unwrap_or_default();
        let Some(other) = other else {
            return Err(Outcome::failure(format!(
                "error: no workspace of yours has the handle `{handle}` of the integration's name\n\
                 help: the handle of {own} is `{own_handle}`; change `name` in the definition, or log in elsewhere\n"
            )));
        };
        let question = format!(
            "The handle `{handle}` is that of {other}, and you are logged in to {own}. Deploy to the former?"
        );
        let is_confirmed = self.arguments.yes
            || self.terminal.is_interactive() && self.terminal.confirm(&question);
        if is_confirmed {
            return Ok(other);
        }
        Err(Outcome::failure(format!(
            "error: the handle `{handle}` is that of {}, not of {}\n\
             help: pass `--workspace-id {}`, or `--yes`\n",
            other, own, other.id
        )))
    }

    /// Why a handle cannot be claimed, if it cannot.
    async fn taken(&self, handle: &str) -> Result<Option<Outcome>, Outcome> {
        let answer = self.client.is_handle_free(handle).await;
        let (is_free, suggestions) =
            answer.map_err(|error| error.outcome("the handle cannot be looked up"))?;
        if is_free {
            return Ok(None);
        }
        let free = match suggestions.as_slice() {
            [] => String::new(),
            some => format!("help: these are free: {}\n", some.join(", ")),
        };
        Ok(Some(Outcome::failure(format!(
            "error: the handle `{handle}` is another workspace's\n{free}"
        ))))
    }

    /// Asks for a handle until one is free.
    async fn ask_handle(&mut self, name: &str) -> Result<String, Outcome> {
        if self.arguments.yes || !self.terminal.is_interactive() {
            return Err(Outcome::failure(format!(
                "error: your workspace has no handle, without which nothing can be published\n\
                 help: choose one by `name: HANDLE/{name}` in the definition; deploying claims it\n"
            )));
        }
        (self.say)(
            "Your workspace has no handle yet. It is part of the names of its integrations.\n",
        );
        loop {
            let Some(handle) = self.terminal.ask("Handle: ") else {
                return Err(Outcome::failure("error: nothing was deployed\n"));
            };
            match self.taken(&handle).await? {
                None => return Ok(handle),
                Some(taken) => (self.say)(&taken.errors),
            }
        }
    }

    /// Looks the integration up, and the version before it.
    async fn find(&mut self, named: &Named, version: &str) -> Result<Existing, Outcome> {
        let name = &named.name;
        self.progress(&format!("looking up {name} {version}"));
        let existing = Existing::find(&self.client, name, version).await;
        let existing =
            existing.map_err(|error| error.outcome("the integration cannot be looked up"))?;
        if let Some(same) = &existing.same
            && same.workspace_id != self.client.workspace_id()
        {
            return Err(Outcome::failure(format!(
                "error: {name} {version} belongs to another workspace\n\
                 help: give the integration another name in the definition\n"
            )));
        }
        Ok(existing)
    }

    /// The deprecated features of the definition, unless they are refused.
    fn deprecated(
        &self,
        definition: &Value,
        version: &str,
        existing: &Existing,
    ) -> Result<Vec<String>, Outcome> {
        let places = deprecated::places(definition);
        let previous = existing.previous.as_ref().map(Integration::version);
        let are_taken = places.is_empty()
            || existing.same.is_some()
            || self.arguments.allow_deprecated
            || deprecated::are_inherited(version, previous);
        if are_taken {
            return Ok(places);
        }
        Err(deprecated::refusal(&places))
    }

    fn secrets(&mut self, definition: &Value, existing: &Existing) -> Result<Steps, Outcome> {
        let known = existing.current();
        let known = known.map(Integration::secrets).unwrap_or_default();
        let asks = self.terminal.is_interactive() && !self.arguments.yes;
        let sources = Sources {
            assignments: &self.arguments.secrets,
            variable: &|name| std::env::var(name).ok(),
            terminal: if asks {
                Some(&mut *self.terminal)
            } else {
                None
            },
            deletes: self.arguments.yes,
            is_dry_run: self.arguments.dry_run,
        };
        secrets::settle(&secrets::declared(definition), &known, sources)
    }

    fn visibility(&self, definition: &Value, same: Option<&Integration>) -> String {
        let given = self.arguments.visibility.map(super::Visibility::as_str);
        let declared = definition["visibility"].as_str();
        let public = (definition["public"] == true).then_some("public");
        let before = same.map(Integration::visibility);
        let first = given.or(declared).or(public).or(before);
        first.unwrap_or("private").to_owned()
    }

    /// Asks whether the plan is right; an outcome, if it is not.
    fn confirm(&mut self, prepared: &Prepared) -> Result<Option<Outcome>, Outcome> {
        if self.arguments.yes {
            return Ok(None);
        }
        if !self.terminal.is_interactive() {
            return Err(Outcome::failure(
                "error: nothing was deployed: there is no terminal to confirm the plan on\n\
                 help: pass `--yes` to confirm it, or `--dry-run` to have Botpress check it\n",
            ));
        }
        let Plan { name, version, .. } = &prepared.plan;
        let question = match prepared.existing.same {
            Some(_) => format!("Update {name} {version}?"),
            None => format!("Create {name} {version}?"),
        };
        if self.terminal.confirm(&question) {
            return Ok(None);
        }
        Ok(Some(Outcome::told("nothing was deployed\n")))
    }

    /// Has Botpress check the body.
    async fn validate(&mut self, prepared: &Prepared) -> Result<Outcome, Outcome> {
        self.progress("having Botpress check it");
        let Plan { name, version, .. } = &prepared.plan;
        let answer = match &prepared.existing.same {
            Some(same) => self.client.validate_update(same.id(), &prepared.body).await,
            None => self.client.validate_creation(&prepared.body).await,
        };
        answer
            .map_err(|error| error.outcome(&format!("Botpress would not take {name} {version}")))?;
        Ok(match self.arguments.format {
            Format::Json => after::json(prepared.plan.json(), true, None, &[]),
            Format::Human => Outcome::told(format!(
                "Botpress would take {name} {version}. Nothing was changed.\n"
            )),
        })
    }

    /// Sends the body, and does what belongs to it.
    async fn carry_out(&mut self, prepared: Prepared) -> Result<Outcome, Outcome> {
        if let Some(handle) = &prepared.named.claims {
            self.progress(&format!("claiming the handle {handle}"));
            let claimed = self.client.claim_handle(handle).await;
            claimed.map_err(|error| error.outcome("the handle cannot be claimed"))?;
        }
        let mut integration = self.send(&prepared).await?;
        if self.arguments.files.rotate_signing_secret && prepared.existing.same.is_some() {
            self.progress("making a new signing secret");
            let secret = self.client.rotate_signing_secret(integration.id()).await;
            let secret = secret.map_err(|error| {
                error.outcome("it was updated, but its signing secret cannot be rotated")
            })?;
            integration.signing_secret = Some(secret);
        }
        let mut key = None;
        if self.arguments.files.mint_key {
            self.progress("making an access key");
            let minted = self
                .client
                .mint_key(integration.id(), "contexture deploy")
                .await;
            let failed = |error: AdminError| {
                let (arguments, plan) = (self.arguments, &prepared.plan);
                after::key_failed(arguments, plan, &self.client, &integration, &error)
            };
            key = Some(minted.map_err(failed)?);
        }
        after::finish(
            self.arguments,
            &prepared.plan,
            &self.client,
            &integration,
            key.as_ref(),
        )
    }

    async fn send(&mut self, prepared: &Prepared) -> Result<Integration, Outcome> {
        let Plan { name, version, .. } = &prepared.plan;
        self.progress(&format!("sending {name} {version}"));
        if let Some(same) = &prepared.existing.same {
            let updated = self.client.update(same.id(), &prepared.body).await;
            return updated
                .map_err(|error| error.outcome(&format!("{name} {version} cannot be updated")));
        }
        match self.client.create(&prepared.body).await {
            Ok(created) => Ok(created),
            Err(error) => Err(self.not_created(&prepared.plan, &error).await),
        }
    }

    /// An integration that was not created, or that was although the answer is lost.
    async fn not_created(&self, plan: &Plan, error: &AdminError) -> Outcome {
        let Plan { name, version, .. } = plan;
        let outcome = error.outcome(&format!("{name} {version} cannot be created"));
        let which = Reference::named(name, version);
        if !error.may_have_succeeded() {
            return outcome;
        }
        match self.client.find_private(&which).await {
            Ok(Some(created)) => Outcome::failure(format!(
                "{}note: it is there all the same, as {}: an earlier attempt succeeded, and its answer is lost\n\
                 help: run the command again with `--rotate-signing-secret`, since the signing secret was in that answer\n",
                outcome.errors,
                created.id()
            )),
            _ => outcome,
        }
    }
}

/// What is not an error, and should be known.
fn warnings(
    plan: &Plan,
    publication: &Publication,
    existing: &Existing,
    deprecated: &[String],
) -> Vec<String> {
    let mut warnings = Vec::new();
    let is_public = |integration: &Integration| integration.visibility() != "private";
    if existing.same.as_ref().is_some_and(is_public) {
        warnings.push(
            "this version is public, and Botpress does not change public versions; raise `version` in the definition"
                .to_owned(),
        );
    } else if plan.visibility == "public" {
        warnings.push("a public version cannot be changed any more".to_owned());
    }
    if !deprecated.is_empty() {
        warnings.push(format!("Botpress has deprecated {}", deprecated.join(", ")));
    }
    for place in &publication.with_references {
        warnings.push(format!(
            "the schema at {place} contains itself, or is too large; it is sent with references, which the official \
             command line never sends"
        ));
    }
    match &plan.place {
        Place::Code(code) if code.len() > MOST_CODE_BYTES => warnings.push(format!(
            "the code has {} bytes, and Botpress takes {MOST_CODE_BYTES}",
            code.len()
        )),
        Place::Url(url) if !url.starts_with("https://") => {
            warnings.push(
                "the address does not start with https: calls could be read and changed on the way"
                    .to_owned(),
            );
        }
        _ => {}
    }
    warnings
}

/// The address where an integration runs.
fn url_of(integration: Option<&Integration>) -> Option<String> {
    let url = integration.map(|integration| integration.text("url"));
    url.filter(|url| !url.is_empty()).map(str::to_owned)
}

fn no_place(name: &str, version: &str) -> Outcome {
    Outcome::wrong_usage(format!(
        "error: {name} {version} is new, and it is not known where it runs\n\
         help: pass `--url` with its public address, or `--hosted` if Botpress is to run it\n"
    ))
}
