//! The allowed differences from the official responses.
//!
//! Each rule looks at the request, not only at the responses. A difference without a reason in the request is a
//! disagreement. `DIFFERENCES.md` has the reasons.

mod body;
mod call;
mod names;
mod transport;

use super::exchange::Exchange;

/// A deliberate difference.
pub(super) struct Rule {
    /// Its heading in `DIFFERENCES.md`.
    pub(super) name: &'static str,
    /// Whether the rule applies to an exchange with different responses.
    pub(super) holds: fn(&Exchange) -> bool,
}

/// The differences, in the order in which a server reads a request.
pub(super) const RULES: &[Rule] = &[
    rule("The host is not looked at", transport::host),
    rule("A path is taken as it came", transport::path),
    rule(
        "A header that is missing or empty is named",
        call::missing_header,
    ),
    rule(
        "A header that is not UTF-8 is refused",
        call::header_not_utf8,
    ),
    rule("A header is read as UTF-8", call::header_utf8),
    rule(
        "A configuration that cannot be read is refused",
        call::unreadable_configuration,
    ),
    rule(
        "A configuration that does not fit is refused",
        call::unfit_configuration,
    ),
    rule("An empty configuration type is none", call::empty_type),
    rule("The older name of the webhook is known", call::older_name),
    rule("Characters are whole", transport::split_character),
    rule("The parser has words of its own", body::not_json),
    rule("A body is UTF-8", body::not_utf8),
    rule("Half a character is none", body::lone_surrogate),
    rule("Numbers are finite", body::infinite),
    rule("Nesting has a limit", body::too_deep),
    rule("A body has the shape of its operation", body::shape),
    rule("A payload fits its schema", body::payload),
    rule(
        "Names are only those that are declared",
        names::of_every_object,
    ),
    rule(
        "A conversation is of a channel that is declared",
        names::undeclared_channel,
    ),
    rule("Names from outside are shown in part", names::shortened),
    rule("Tags are those that are declared", body::tags),
    rule(
        "A webhook request has its fields and no others",
        body::webhook_request,
    ),
    rule("Numbers are exact", body::exact_numbers),
];

const fn rule(name: &'static str, holds: fn(&Exchange) -> bool) -> Rule {
    Rule { name, holds }
}
