//! A plan as text.

use std::fmt::Write as _;

use super::Plan;
use super::changes::{Change, Kind};
use crate::deploy::body::Place;
use crate::deploy::secrets::Step;
use crate::dev::Style;

/// How many new things are listed before they are only counted.
const MOST_ADDED: usize = 40;

/// Prints a plan.
pub(in crate::deploy) fn render(plan: &Plan, style: Style) -> String {
    let mut text = head(plan, style);
    let relative = match (&plan.previous, &plan.id) {
        (Some(previous), None) => {
            format!("compared with {previous}, which bots use until they update:\n")
        }
        (None, None) => "new:\n".to_owned(),
        _ if plan.changes.is_empty() => "nothing of the definition changes\n".to_owned(),
        _ => "bots that use this version get these changes at once:\n".to_owned(),
    };
    text += "\n";
    text += &relative;
    text += &changes(&plan.changes, style);
    text += &secrets(plan, style);
    for warning in &plan.warnings {
        let _ = writeln!(text, "{}: {warning}", style.yellow("warning"));
    }
    text
}

fn head(plan: &Plan, style: Style) -> String {
    let verb = if plan.id.is_some() {
        "updates"
    } else {
        "creates"
    };
    let mut text = format!(
        "{verb} {} {} in {} at {}\n",
        style.bold(&plan.name),
        plan.version,
        plan.workspace,
        plan.api_url
    );
    if let Some(handle) = &plan.claims {
        let _ = writeln!(
            text,
            "  the workspace gets the handle `{handle}`, which it keeps"
        );
    }
    let _ = match &plan.place {
        Place::Url(url) => writeln!(text, "  runs at {url}"),
        Place::Code(code) => writeln!(
            text,
            "  runs at Botpress: {} kB of JavaScript",
            code.len().div_ceil(1000)
        ),
        Place::Unchanged => writeln!(text, "  runs where it ran before"),
    };
    let _ = writeln!(text, "  is {}", plan.visibility);
    text
}

fn changes(changes: &[Change], style: Style) -> String {
    let mut text = String::new();
    let mut added = 0;
    for change in changes {
        added += usize::from(change.kind == Kind::Added);
        if change.kind == Kind::Added && added > MOST_ADDED {
            continue;
        }
        let thing = change.thing.trim_start_matches("the ");
        let line = match change.kind {
            Kind::Added => style.green(&format!("+ {thing}")),
            Kind::Changed => style.yellow(&format!("~ {thing}")),
            Kind::Removed => style.red(&format!("- {thing}")),
            Kind::Kept => {
                format!("= {thing}: not declared any more, but an update cannot remove it")
            }
        };
        let _ = writeln!(text, "  {line}");
        for detail in &change.details {
            let _ = writeln!(text, "      {detail}");
        }
        if !change.effect.is_empty() {
            let _ = writeln!(text, "      {} {}", style.dim("→"), change.effect);
        }
    }
    if added > MOST_ADDED {
        let _ = writeln!(
            text,
            "  {}",
            style.green(&format!("+ {} more", added - MOST_ADDED))
        );
    }
    text
}

/// The names of secrets, and what happens to them.
fn secrets(plan: &Plan, style: Style) -> String {
    if plan.secrets.is_empty() {
        return String::new();
    }
    let mut text = "secrets:\n".to_owned();
    for (name, step) in &plan.secrets {
        let _ = match step {
            Step::Set(_, origin) => writeln!(
                text,
                "  {} from {origin}",
                style.green(&format!("+ {name}"))
            ),
            Step::Unchanged => writeln!(text, "    {name} stays as it is"),
            Step::Unassigned => writeln!(text, "    {name} has no value; it is optional"),
            Step::Missing => writeln!(text, "  {} has no value", style.red(&format!("! {name}"))),
            Step::Deleted => writeln!(text, "  {}", style.red(&format!("- {name}"))),
            Step::Left => writeln!(text, "    {name} is not declared any more, and stays"),
        };
    }
    text
}
