//! The places of a definition, as tables.

use super::Affected;
use super::Affected::{
    Callers, Consumers, Creators, Entities, Interfaces, Operators, Owners, People, Readers,
    Receivers, Senders, States, Tags, Webhooks,
};
use crate::report::Verdict;
use crate::report::Verdict::{Breaks, CannotTell, Caution, Safe};

/// A way in which values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the integration: it has to take all values of before.
    Taken,
    /// From the integration: others have to take all values of now.
    Given,
}

/// A place of schemas, with those who give or take the values.
#[derive(Debug)]
pub(crate) struct Payload {
    pub(crate) pattern: &'static str,
    pub(crate) ways: &'static [(Direction, Affected)],
}

/// A place of items that have names.
#[derive(Debug)]
pub(super) struct Items {
    pub(super) pattern: &'static str,
    pub(super) affected: Affected,
    /// The verdict on a new item, with the reason.
    pub(super) added: (Verdict, &'static str),
    /// The verdict on an item that is gone, with the reason.
    pub(super) removed: (Verdict, &'static str),
}

/// A place of a value that is no schema.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) pattern: &'static str,
    pub(super) affected: Affected,
    pub(super) verdict: Verdict,
    pub(super) why: &'static str,
}

use Direction::{Given, Taken};

#[rustfmt::skip]
pub(super) static PAYLOADS: &[Payload] = &[
    Payload { pattern: "configuration/schema", ways: &[(Taken, Owners)] },
    Payload { pattern: "configurations/*/schema", ways: &[(Taken, Owners)] },
    Payload { pattern: "actions/*/input/schema", ways: &[(Taken, Callers)] },
    Payload { pattern: "actions/*/output/schema", ways: &[(Given, Readers)] },
    Payload { pattern: "events/*/schema", ways: &[(Given, Consumers)] },
    Payload { pattern: "channels/*/messages/*/schema", ways: &[(Taken, Senders), (Given, Receivers)] },
    Payload { pattern: "states/*/schema", ways: &[(Taken, States)] },
    Payload { pattern: "entities/*/schema", ways: &[(Taken, Entities), (Given, Entities)] },
];

#[rustfmt::skip]
pub(super) static ITEMS: &[Items] = &[
    Items { pattern: "configuration", affected: Owners,
        added: (Safe, "owners can choose it"), removed: (Breaks, "bots that are installed with it are refused: beside `configurations` it is there only if it is declared") },
    Items { pattern: "configurations/*", affected: Owners,
        added: (Safe, "owners can choose it"), removed: (Breaks, "the configurations of owners who chose it are refused") },
    Items { pattern: "actions/*", affected: Callers,
        added: (Safe, "bots can call it"), removed: (Breaks, "calls of it fail") },
    Items { pattern: "events/*", affected: Consumers,
        added: (Safe, "bots that do not know it do not get it"), removed: (Breaks, "it no longer comes") },
    Items { pattern: "channels/*", affected: Senders,
        added: (Safe, "bots can use it"), removed: (Breaks, "its conversations and messages fail") },
    Items { pattern: "channels/*/messages/*", affected: Senders,
        added: (Safe, "bots can send it"), removed: (Breaks, "bots that send it are refused") },
    Items { pattern: "channels/*/conversation/tags/*", affected: Tags,
        added: (Safe, "bots can use it"), removed: (Breaks, "it cannot be set or found by any more") },
    Items { pattern: "channels/*/message/tags/*", affected: Tags,
        added: (Safe, "bots can use it"), removed: (Breaks, "it cannot be set or found by any more") },
    Items { pattern: "user/tags/*", affected: Tags,
        added: (Safe, "bots can use it"), removed: (Breaks, "it cannot be set or found by any more") },
    Items { pattern: "states/*", affected: States,
        added: (Safe, "nothing is stored in it yet"), removed: (Breaks, "what is stored in it is not read any more") },
    Items { pattern: "entities/*", affected: Entities,
        added: (Safe, "bots can use it"), removed: (Breaks, "interfaces with it no longer fit") },
    Items { pattern: "interfaces/*", affected: Interfaces,
        added: (Safe, "bots can use the integration through it"), removed: (Breaks, "bots no longer find the integration by it") },
    Items { pattern: "secrets/*", affected: Operators,
        added: (Caution, "a deployment has to set it"), removed: (Safe, "a deployment need not set it any more") },
    Items { pattern: "extraOperations/*", affected: Owners,
        added: (Safe, "the integration handles one more operation"), removed: (Caution, "the integration no longer handles it") },
];

#[rustfmt::skip]
pub(super) static VALUES: &[Plain] = &[
    plain("name", Owners, Breaks, "an integration with another name is another integration: no bot has it installed"),
    plain("states/*/type", States, Breaks, "what is stored belongs to another owner, and is not found"),
    plain("configuration/identifier/required", Owners, Caution, "installations without an identifier may stop to work"),
    plain("configurations/*/identifier/required", Owners, Caution, "installations without an identifier may stop to work"),
    plain("configuration/identifier/linkTemplateScript", Owners, CannotTell, "a script is not compared: where its link leads, owners have to be able to authorize"),
    plain("configurations/*/identifier/linkTemplateScript", Owners, CannotTell, "a script is not compared: where its link leads, owners have to be able to authorize"),
    plain("identifier/extractScript", Webhooks, CannotTell, "a script is not compared: it has to find the identifiers of all installations"),
    plain("identifier/fallbackHandlerScript", Webhooks, CannotTell, "a script is not compared: it answers requests without an identifier"),
    plain("channels/*/conversation/creation/enabled", Creators, Breaks, "bots cannot create a conversation any more"),
    plain("user/creation/enabled", Creators, Breaks, "bots cannot create a user any more"),
    plain("channels/*/conversation/creation/requiredTags", Creators, Breaks, "bots that do not set all of these tags are refused"),
    plain("user/creation/requiredTags", Creators, Breaks, "bots that do not set all of these tags are refused"),
    plain("interfaces/*/name", Interfaces, Caution, "bots find the integration by its interfaces"),
    plain("interfaces/*/id", Interfaces, Caution, "bots find the integration by its interfaces"),
    plain("interfaces/*/version", Interfaces, Caution, "bots find the integration by its interfaces"),
    plain("interfaces/*/*/*/name", Interfaces, Caution, "bots reach another item by the interface, or none"),
    plain("secrets/*/optional", Operators, Caution, "a deployment has to set it"),
    plain("actions/*/billable", Callers, Caution, "calls cost something else"),
    plain("actions/*/cacheable", Callers, Caution, "an output may be kept for equal calls, or no longer"),
    plain("extraOperations/*/enabled", Owners, Caution, "the integration handles other operations"),
    plain("public", Owners, Caution, "others can no longer find and install the integration"),
    plain("visibility", Owners, Caution, "others can no longer find and install the integration"),
];

/// Of a value that no row is for.
pub(super) static TEXT: Plain = plain("", People, Safe, "it changes no value");

const fn plain(
    pattern: &'static str,
    affected: Affected,
    verdict: Verdict,
    why: &'static str,
) -> Plain {
    Plain {
        pattern,
        affected,
        verdict,
        why,
    }
}
