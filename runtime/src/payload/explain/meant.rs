//! Selection of the union alternative that a value was meant to match.

use serde_json::Value;

use super::{
    applied::Rule,
    describe::{described, pattern_message, values},
    judge::{Judge, Verdict},
    node::{NodeId, Tag, Union},
    tree::Tree,
};

/// The presumed intention of a value that does not fit a union.
pub(super) enum Meant<'t> {
    /// It fits several alternatives of a union that allows only one.
    Several,
    /// One alternative, with a label for messages.
    Alternative { index: usize, label: Option<String> },
    /// The tag property is missing or has an unknown value.
    Tag {
        property: &'t str,
        is_there: bool,
        values: String,
    },
    /// No alternative is closer than the others.
    Unclear,
}

/// Selects the alternative that a value was most likely meant to match. The criteria, in this
/// order: it fits without undeclared properties, its tag, its type, its own assertions, and the
/// number of parts that do not fit.
pub(super) fn meant<'t>(judge: &mut Judge<'t>, union: &'t Union, value: &Value) -> Meant<'t> {
    let verdicts: Vec<_> = union
        .alternatives
        .iter()
        .map(|id| judge.judge(*id, value))
        .collect();
    if verdicts.contains(&Verdict::Fits) {
        return Meant::Several;
    }
    let tree = judge.tree;
    let by_verdict = verdicts
        .iter()
        .position(|verdict| *verdict == Verdict::WithoutUndeclared);
    if let Some(index) = by_verdict {
        return alternative(tree, union, index);
    }
    if let (Some(tag), Value::Object(members)) = (&union.tag, value) {
        let sent = members.get(&tag.property);
        let stands_for = tag.values.iter().find(|(value, _)| Some(value) == sent);
        return match stands_for {
            Some((_, index)) => alternative(tree, union, *index),
            None => tag.unmatched(sent.is_some()),
        };
    }
    match nearest(judge, union, value) {
        Some(index) => alternative(tree, union, index),
        None => Meant::Unclear,
    }
}

fn alternative<'t>(tree: &Tree, union: &Union, index: usize) -> Meant<'t> {
    Meant::Alternative {
        index,
        label: label(tree, union, index),
    }
}

/// Returns the label of an alternative, or `None` if no other alternative could have been meant.
fn label(tree: &Tree, union: &Union, index: usize) -> Option<String> {
    let others = union.alternatives.iter().enumerate().filter(|(other, id)| {
        *other != index && tree.accepts_type(**id, &Value::Null) != Some(true)
    });
    if others.count() == 0 {
        return None;
    }
    let tag = union.tag.as_ref().and_then(|tag| {
        let (value, _) = tag.values.iter().find(|(_, other)| *other == index)?;
        Some(format!("where {} is {value}", tag.property))
    });
    let number = index + 1;
    let title = &tree.node(union.alternatives[index]).title;
    tag.or_else(|| Some(format!("alternative {number}, {}", title.as_ref()?)))
        .or_else(|| Some(format!("alternative {number}")))
}

/// Returns the alternative that is closest to the value, if there is one.
fn nearest(judge: &mut Judge<'_>, union: &Union, value: &Value) -> Option<usize> {
    let tree = judge.tree;
    let all = union.alternatives.iter().copied().enumerate();
    let of_its_type: Vec<_> = all
        .filter(|(_, id)| tree.accepts_type(*id, value) != Some(false))
        .collect();
    if let [(only, _)] = of_its_type[..] {
        return Some(only);
    }
    let near = of_its_type
        .into_iter()
        .filter(|(_, id)| shallow(tree, *id, value).is_empty());
    near.map(|(index, id)| (unfit_parts(judge, id, value), index))
        .min()
        .map(|(_, index)| index)
}

/// Returns the number of parts of a value that do not fit the schema.
fn unfit_parts(judge: &mut Judge<'_>, id: NodeId, value: &Value) -> usize {
    let tree = judge.tree;
    let mut unfit = 0;
    for node in tree.conjunction(id) {
        for part in node.applied(value) {
            let fits = match part.rule {
                Rule::Schema(id) => judge.fits(id, part.value),
                Rule::Closed => false,
            };
            unfit += usize::from(!fits);
        }
    }
    unfit
}

/// Returns the messages of the assertions that a value violates, without those about its parts.
pub(super) fn shallow(tree: &Tree, id: NodeId, value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for node in tree.conjunction(id) {
        if node.never {
            texts.push("must not be there".to_owned());
        }
        for (_, property, message) in described(node, value) {
            texts.push(match property {
                Some(property) => format!("`{property}` {message}"),
                None => message,
            });
        }
        if let (Some(pattern), Value::String(text), false) =
            (&node.pattern, value, node.matches_pattern(value))
        {
            texts.push(pattern_message(pattern, text));
        }
    }
    texts
}

impl Tag {
    fn unmatched(&self, is_there: bool) -> Meant<'_> {
        let known: Vec<_> = self.values.iter().map(|(value, _)| value.clone()).collect();
        Meant::Tag {
            property: &self.property,
            is_there,
            values: values(&known),
        }
    }
}
