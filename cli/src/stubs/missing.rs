//! The handlers that a package lacks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contexture_codegen::{Handler, HandlerKind, HandlerMethod, Handlers, Migration};

use super::existing::{Existing, Implementation};

/// What a package lacks.
#[derive(Debug)]
pub(super) struct Missing {
    /// The handlers without an implementation.
    pub(super) handlers: Vec<Handler>,
    /// The migrations without an implementation.
    pub(super) migrations: Vec<Migration>,
    /// The type that has most of the implementations.
    pub(super) ty: Option<String>,
    /// What to tell: handlers of which some methods are missing, and files that were not read.
    pub(super) notes: String,
}

/// Compares the handlers of a definition with the implementations of a package.
pub(super) fn find(handlers: &Handlers, existing: &Existing) -> Missing {
    let mut missing = Missing {
        handlers: Vec::new(),
        migrations: Vec::new(),
        ty: common_type(handlers, existing),
        notes: String::new(),
    };
    for (file, reason) in &existing.unread {
        let file = file.display();
        _ = writeln!(
            missing.notes,
            "warning: {file} was not read, so its handlers count as missing: {reason}"
        );
    }
    for handler in &handlers.handlers {
        let found = existing
            .implementations
            .iter()
            .find(|one| is_of(one, handler, &handlers.module));
        match found {
            Some(found) => missing.notes.push_str(&lacking(handler, found)),
            None if handler.kind == HandlerKind::Channel && is_shared(handler, existing) => {}
            None => missing.handlers.push(handler.clone()),
        }
    }
    let migrations = handlers.migrations.iter();
    let lacking = migrations.filter(|one| {
        !existing
            .implementations
            .iter()
            .any(|found| migrates(found, one))
    });
    missing.migrations = lacking.cloned().collect();
    let all = handlers.handlers.len();
    let told = match missing.handlers.len() {
        0 if missing.notes.is_empty() => "no handler is missing".to_owned(),
        0 => "no other handler is missing".to_owned(),
        1 => format!("1 of {all} handlers is missing"),
        count => format!("{count} of {all} handlers are missing"),
    };
    _ = writeln!(missing.notes, "{told}");
    let all = handlers.migrations.len();
    match missing.migrations.len() {
        0 => {}
        1 => _ = writeln!(missing.notes, "1 of {all} migrations is missing"),
        count => _ = writeln!(missing.notes, "{count} of {all} migrations are missing"),
    }
    missing
}

/// Whether an implementation is that of a handler.
fn is_of(found: &Implementation, handler: &Handler, module: &str) -> bool {
    let mut wanted: Vec<&str> = handler.path.split("::").collect();
    if handler.kind == HandlerKind::Lifecycle {
        wanted.insert(0, module);
    }
    ends_in(&found.paths, &wanted)
}

/// Whether an implementation is that of a migration.
fn migrates(found: &Implementation, migration: &Migration) -> bool {
    ends_in(&found.paths, &["MigrateFrom"])
        && ends_in(&found.arguments, &[&migration.module, &migration.from])
        && found.ty == migration.into
}

fn ends_in(paths: &[Vec<String>], wanted: &[&str]) -> bool {
    paths.iter().any(|path| {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        path.ends_with(wanted)
    })
}

/// Whether all messages of a channel have a shared handler.
fn is_shared(channel: &Handler, existing: &Existing) -> bool {
    let handles = |found: &Implementation, message: &HandlerMethod| {
        let mut arguments = found.arguments.iter();
        ends_in(&found.paths, &["channels", "SharedMessage"])
            && arguments.any(|path| {
                path.last()
                    .is_some_and(|name| message.shared.contains(name))
            })
    };
    let is_handled = |message| {
        existing
            .implementations
            .iter()
            .any(|found| handles(found, message))
    };
    !channel.methods.is_empty() && channel.methods.iter().all(is_handled)
}

/// The methods that an implementation lacks: an item was added to a channel that has a handler.
fn lacking(handler: &Handler, found: &Implementation) -> String {
    let lacking = handler.methods.iter().filter(|method| {
        let name = &method.name;
        !found.methods.iter().any(|other| other == name)
    });
    let forms = lacking.map(form);
    let forms: Vec<_> = forms.map(|form| format!("    {form}\n")).collect();
    if forms.is_empty() {
        return String::new();
    }
    let (file, path) = (found.file.display(), &handler.path);
    format!(
        "{file}: the implementation of `{path}` lacks\n{}",
        forms.concat()
    )
}

/// A method as its author writes it.
fn form(method: &HandlerMethod) -> String {
    let parameters = method
        .parameters
        .iter()
        .map(|(name, ty)| format!("{name}: {ty}"));
    let parameters: Vec<_> = parameters.collect();
    format!(
        "async fn {}(&self, {}) -> Result<{}>",
        method.name,
        parameters.join(", "),
        method.output
    )
}

/// The type that most of the definition's traits are implemented for.
fn common_type(handlers: &Handlers, existing: &Existing) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in &existing.implementations {
        let is_one = handlers
            .handlers
            .iter()
            .any(|handler| is_of(found, handler, &handlers.module));
        if is_one && !found.ty.is_empty() {
            *counts.entry(&found.ty).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(ty, _)| ty.to_owned())
}
