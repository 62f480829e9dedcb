//! The handlers that a definition asks for, as data.

mod migrations;

use std::path::PathBuf;

pub use self::migrations::Migration;
use crate::emit::Signature;
use crate::model::{Action, Channel, Docs, Message, Model, Shape, Types};

/// The handlers that a definition asks for, for tools that write them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Handlers {
    /// The name of the generated module: `github`.
    pub module: String,
    /// The name of the integration: `acme/github`.
    pub name: String,
    /// The name of the definition's file without its extension, which `include_definition!` takes.
    pub stem: String,
    /// The lifecycle, then the actions, then the channels, sorted by name.
    pub handlers: Vec<Handler>,
    /// The migrations that an author writes, from the newest version to the oldest.
    pub migrations: Vec<Migration>,
    /// The variables of the environment with the integration's secrets.
    pub secrets: Vec<SecretVariable>,
    /// Every file that was read, the definition first.
    pub read: Vec<PathBuf>,
}

/// A trait of the generated module that an author implements.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Handler {
    /// What the trait is for.
    pub kind: HandlerKind,
    /// The name in the definition: `createIssue`. It is empty for the lifecycle.
    pub name: String,
    /// The name in snake case, which no other handler of the kind has: `create_issue`.
    pub snake: String,
    /// The title and the description in the definition, as rustdoc has them.
    pub docs: String,
    /// The path of the trait in the generated module: `actions::CreateIssue`.
    pub path: String,
    /// The methods without a default.
    pub methods: Vec<HandlerMethod>,
}

/// What a handler is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandlerKind {
    /// Registration, webhooks, and what else every integration may handle. All methods have defaults.
    Lifecycle,
    /// A call of an action.
    Action,
    /// The messages of a channel.
    Channel,
}

/// A method of a handler: an `async fn` with `&self` and these parameters, whose result is a `Result<output>`.
///
/// Types are named as in a file that imports `Context`, `actions` and `channels` of the generated module, and the prelude of
/// the runtime.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HandlerMethod {
    /// The name of the method, which may be raw: `r#type`.
    pub name: String,
    /// The name of the action or of the message in the definition.
    pub wire: String,
    /// The title and the description of the message in the definition; empty for an action.
    pub docs: String,
    /// The names and the types of the parameters after `&self`.
    pub parameters: Vec<(String, String)>,
    /// The type in the `Result`: `actions::CreateIssueOutput`.
    pub output: String,
    /// The names of the payload's type, if a `SharedMessage` of that type handles the message, too.
    pub shared: Vec<String>,
}

/// A secret of the integration itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretVariable {
    /// The variable of the environment: `SECRET_WEBHOOK_SECRET`.
    pub variable: String,
    /// The field of the generated `Secrets`: `webhook_secret`.
    pub field: String,
    /// Whether the integration runs without it.
    pub is_optional: bool,
}

/// The handlers of a definition that was lowered.
pub(crate) fn handlers(model: &Model, stem: &str, read: Vec<PathBuf>) -> Handlers {
    let actions = model.actions.iter().map(|one| action(model, one));
    let channels = model.channels.iter().map(|one| channel(model, one));
    let secrets = model.secrets.iter().map(|secret| SecretVariable {
        variable: format!("SECRET_{}", secret.wire),
        field: secret.field.clone(),
        is_optional: secret.optional,
    });
    Handlers {
        module: model.module.clone(),
        name: model.name.clone(),
        stem: stem.to_owned(),
        handlers: std::iter::once(lifecycle())
            .chain(actions)
            .chain(channels)
            .collect(),
        migrations: migrations::migrations(model),
        secrets: secrets.collect(),
        read,
    }
}

fn lifecycle() -> Handler {
    Handler {
        kind: HandlerKind::Lifecycle,
        name: String::new(),
        snake: "lifecycle".to_owned(),
        docs: String::new(),
        path: "Integration".to_owned(),
        methods: Vec::new(),
    }
}

fn action(model: &Model, action: &Action) -> Handler {
    let signature = Signature::of_action(model, action);
    Handler {
        kind: HandlerKind::Action,
        name: action.wire.clone(),
        snake: action.call.clone(),
        docs: text(&action.docs),
        path: format!("actions::{}", action.trait_name),
        methods: vec![method(
            &signature,
            "actions::",
            &action.wire,
            String::new(),
            Vec::new(),
        )],
    }
}

fn channel(model: &Model, channel: &Channel) -> Handler {
    let methods = channel.messages.iter().map(|message| {
        let signature = Signature::of_message(model, channel, message);
        let shared = if channel.is_shared {
            names(&model.types, message)
        } else {
            Vec::new()
        };
        method(
            &signature,
            "channels::",
            &message.wire,
            text(&message.docs),
            shared,
        )
    });
    Handler {
        kind: HandlerKind::Channel,
        name: channel.wire.clone(),
        snake: channel.call.clone(),
        docs: text(&channel.docs),
        path: format!("channels::{}", channel.trait_name),
        methods: methods.collect(),
    }
}

fn method(
    signature: &Signature,
    prefix: &str,
    wire: &str,
    docs: String,
    shared: Vec<String>,
) -> HandlerMethod {
    let parameters = signature.parameters(prefix).into_iter();
    HandlerMethod {
        name: signature.name.clone(),
        wire: wire.to_owned(),
        docs,
        parameters: parameters.map(|(name, ty)| (name.to_owned(), ty)).collect(),
        output: signature.output(prefix),
        shared,
    }
}

/// The names of the type of a message: its own, and that of the type that it stands for.
fn names(types: &Types, message: &Message) -> Vec<String> {
    let ty = types.get(message.ty);
    let target = match &ty.shape {
        Shape::Alias(target) => Some(types.get(*target)),
        _ => None,
    };
    let named = std::iter::once(ty).chain(target);
    named.map(|ty| ty.name.clone()).collect()
}

fn text(docs: &Docs) -> String {
    docs.lines().join("\n")
}
