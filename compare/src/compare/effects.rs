//! The effects of changes on those who give or take the values.

use serde_json::Value;

use crate::ask::Answer;
use crate::definition::{Affected, Direction, Payload};
use crate::report::{Effect, Verdict};
use crate::schema::{Edit, Kind, Rest};

/// The effect of a change that is proved to be safe.
pub(super) fn safe(affected: Affected, direction: Direction) -> Effect {
    let why = match direction {
        Direction::Taken => "all values of before are still taken",
        Direction::Given => "all values of now were possible before",
    };
    effect(affected, Verdict::Safe, why)
}

/// The effect of a change, by the answer to the question about it.
pub(super) fn of_answer(
    affected: Affected,
    direction: Direction,
    kind: &Kind,
    answer: &Answer,
) -> Effect {
    match answer {
        Answer::Yes => safe(affected, direction),
        Answer::Unknown { reason } => effect(affected, Verdict::CannotTell, reason),
        Answer::No { value } => {
            let (verdict, why) = match direction {
                Direction::Taken => taken(affected, kind),
                Direction::Given => read(kind),
            };
            Effect {
                value: Some(value.clone()),
                ..effect(affected, verdict, why)
            }
        }
    }
}

/// The effect of all changes of a schema, where none of them explains it.
pub(super) fn together(
    affected: Affected,
    direction: Direction,
    answer: &Answer,
) -> Option<Effect> {
    let kind = Kind::Shape {
        old: String::new(),
        new: String::new(),
    };
    let effect = of_answer(affected, direction, &kind, answer);
    (effect.verdict != Verdict::Safe).then_some(effect)
}

/// What a refused value means for those who give it.
const fn taken(affected: Affected, kind: &Kind) -> (Verdict, &'static str) {
    match kind {
        // All that is refused has this property, which was not declared.
        Kind::Added {
            is_required: false,
            rest: Rest::Anything,
            ..
        } => (
            Verdict::Caution,
            "only a value that has this property already, which was not declared, may be refused",
        ),
        _ => (Verdict::Breaks, refused(affected)),
    }
}

/// What a refused value means.
const fn refused(affected: Affected) -> &'static str {
    match affected {
        Affected::Owners => "a stored configuration like this is refused",
        Affected::Callers => "a call with this input fails",
        Affected::Senders => "a message like this is refused",
        Affected::States => "a stored state like this is not read any more",
        _ => "a value like this is refused",
    }
}

/// What a value that is new where it is read means for readers.
const fn read(kind: &Kind) -> (Verdict, &'static str) {
    match kind {
        Kind::Added {
            rest: Rest::Nothing,
            ..
        }
        | Kind::Closed { is_closed: false } => (
            Verdict::Safe,
            "only readers that refuse properties they do not know notice it",
        ),
        // All that is new has this property, which is not declared any more.
        Kind::Removed {
            was_required: false,
            rest: Rest::Anything,
            ..
        } => (
            Verdict::Caution,
            "readers of this property, which could be left out before, have no promise of its kind any more",
        ),
        Kind::Values { removed, .. } if removed.is_empty() => (
            Verdict::Caution,
            "readers that list the values get one that they do not know",
        ),
        Kind::Alternative { is_added: true, .. } => (
            Verdict::Caution,
            "readers that list the alternatives get one that they do not know",
        ),
        _ => (
            Verdict::Breaks,
            "readers get a value like this, which was not possible before",
        ),
    }
}

/// The effects of a change that takes and refuses nothing.
pub(super) fn of_annotation(payload: &Payload, edit: &Edit) -> Vec<Effect> {
    let Kind::Annotation { name, old, new } = &edit.kind else {
        return Vec::new();
    };
    let why = match name.as_str() {
        "default" => "where it is left out, another value counts",
        "x-zui" if is_secret(old.as_ref()) && !is_secret(new.as_ref()) => {
            "it is no longer hidden as a secret"
        }
        _ => {
            return vec![effect(
                Affected::People,
                Verdict::Safe,
                "it takes and refuses no value",
            )];
        }
    };
    let of = |(_, affected): &(Direction, Affected)| effect(*affected, Verdict::Caution, why);
    payload.ways.iter().map(of).collect()
}

/// Whether a value of `x-zui` marks a secret.
fn is_secret(mark: Option<&Value>) -> bool {
    mark.is_some_and(|mark| mark["secret"] == true)
}

fn effect(affected: Affected, verdict: Verdict, why: &str) -> Effect {
    Effect {
        affected,
        verdict,
        why: why.to_owned(),
        value: None,
        migration: None,
    }
}
