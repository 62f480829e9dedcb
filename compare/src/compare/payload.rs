//! The changes of one schema.

use serde_json::Value;

use super::effects::{of_annotation, of_answer, safe, together};
use super::item;
use super::secret::Secrets;
use crate::ask::{Answer, Judge, Question};
use crate::definition::{Affected, Direction, Schemas};
use crate::report::{Change, Effect, Verdict};
use crate::schema::{Edit, Kind, edits};

/// The changes of a schema, each with its effects.
pub(super) fn changes(schemas: &Schemas, secrets: &Secrets, judge: &dyn Judge) -> Vec<Change> {
    let edits = edits(schemas.old, schemas.new);
    let (constraints, annotations): (Vec<Edit>, Vec<Edit>) = edits
        .into_iter()
        .partition(|edit| edit.kind.is_constraint());
    let mut changes = if constraints.is_empty() {
        Vec::new()
    } else {
        of_constraints(schemas, &constraints, secrets, judge)
    };
    changes.extend(annotations.iter().map(|edit| {
        let effects = of_annotation(schemas.payload, edit);
        let is_text = |effect: &Effect| effect.verdict == Verdict::Safe;
        Change {
            is_functional: !effects.iter().all(is_text),
            effects,
            ..change(schemas, edit, secrets)
        }
    }));
    changes
}

/// The changes that may refuse or take other values. The same values in other words are no change, unless all that changed is
/// which properties are declared.
fn of_constraints(
    schemas: &Schemas,
    edits: &[Edit],
    secrets: &Secrets,
    judge: &dyn Judge,
) -> Vec<Change> {
    let ask = |direction| judge.ask(&whole(schemas, direction));
    let (taken, given) = (ask(Direction::Taken), ask(Direction::Given));
    let is_declared = edits.iter().all(|edit| edit.kind.is_declaration());
    if (&taken, &given) == (&Answer::Yes, &Answer::Yes) && !is_declared {
        return Vec::new();
    }
    let mut changes: Vec<_> = edits
        .iter()
        .map(|edit| change(schemas, edit, secrets))
        .collect();
    let mut rest = Vec::new();
    for (direction, affected) in schemas.payload.ways {
        let answer = match direction {
            Direction::Taken => &taken,
            Direction::Given => &given,
        };
        let way = Way {
            schemas,
            direction: *direction,
            affected: *affected,
        };
        let effects = way.effects(edits, answer, judge);
        let is_explained = effects
            .iter()
            .any(|effect| effect.verdict != Verdict::Safe || effect.value.is_some());
        for (change, effect) in changes.iter_mut().zip(effects) {
            change.effects.push(effect);
        }
        if !is_explained {
            rest.extend(together(*affected, *direction, answer));
        }
    }
    if !rest.is_empty() {
        changes.push(Change {
            item: item::item(&schemas.at),
            what: "its changes together".to_owned(),
            old: Some(schemas.at.clone()),
            new: Some(schemas.at.clone()),
            is_guess: false,
            is_functional: true,
            effects: rest,
        });
    }
    changes
}

/// A schema, with one way in which its values go.
struct Way<'a> {
    schemas: &'a Schemas<'a>,
    direction: Direction,
    affected: Affected,
}

impl Way<'_> {
    /// The effect of each change. If all of them together are not safe, each is asked about alone.
    fn effects(&self, edits: &[Edit], all: &Answer, judge: &dyn Judge) -> Vec<Effect> {
        let of = |edit: &Edit| match (all, edits) {
            (Answer::Yes, _) => safe(self.affected, self.direction),
            (answer, [_]) => of_answer(self.affected, self.direction, &edit.kind, answer),
            _ => {
                let answer = judge.ask(&self.alone(edit));
                of_answer(self.affected, self.direction, &edit.kind, &answer)
            }
        };
        edits.iter().map(of).collect()
    }

    /// The question about one change alone. A value that it refuses has to be refused by all changes together, too.
    fn alone(&self, edit: &Edit) -> Question {
        let (old, new) = (self.schemas.old, self.schemas.new);
        match self.direction {
            Direction::Taken => question(old, &edit.forward.apply(old, new), Some(new)),
            Direction::Given => question(new, &edit.backward.apply(new, old), Some(old)),
        }
    }
}

fn whole(schemas: &Schemas, direction: Direction) -> Question {
    match direction {
        Direction::Taken => question(schemas.old, schemas.new, None),
        Direction::Given => question(schemas.new, schemas.old, None),
    }
}

fn question(from: &Value, to: &Value, beyond: Option<&Value>) -> Question {
    Question {
        from: from.clone(),
        to: to.clone(),
        beyond: beyond.cloned(),
    }
}

fn change(schemas: &Schemas, edit: &Edit, secrets: &Secrets) -> Change {
    let at = &schemas.at;
    let is_gone = matches!(
        edit.kind,
        Kind::Removed { .. }
            | Kind::Alternative {
                is_added: false,
                ..
            }
    );
    Change {
        item: item::item(at),
        what: edit.words(&|value| secrets.masked(value)),
        old: Some(format!("{at}{}", edit.old)),
        new: (!is_gone).then(|| format!("{at}{}", edit.new)),
        is_guess: matches!(edit.kind, Kind::Renamed { .. }),
        is_functional: true,
        effects: Vec::new(),
    }
}
