//! A reference as plain data.

use serde_json::Value;

use crate::docs::prose::Prose;
use crate::docs::schema::Shape;

/// The reference of a definition.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Reference {
    pub(in crate::docs) name: String,
    pub(in crate::docs) version: String,
    pub(in crate::docs) title: Prose,
    pub(in crate::docs) description: Option<Prose>,
    /// The icon, as SVG.
    pub(in crate::docs) icon: Option<String>,
    /// The page of the integration, in the Markdown of its author.
    pub(in crate::docs) readme: Option<String>,
    /// The sections that have items.
    pub(in crate::docs) sections: Vec<Section>,
    /// The changes of each version, the newest first.
    pub(in crate::docs) changes: Vec<Step>,
}

impl Reference {
    /// The text of a link to its start.
    pub(in crate::docs) fn label(&self) -> Prose {
        let title = Some(self.title.clone()).filter(|title| !title.has_link());
        title.unwrap_or_else(|| Prose::code(&self.name))
    }
}

/// A section: the actions.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Section {
    pub(in crate::docs) id: String,
    pub(in crate::docs) title: &'static str,
    pub(in crate::docs) intro: Prose,
    pub(in crate::docs) items: Vec<Item>,
}

/// An item: an action.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::docs) struct Item {
    pub(in crate::docs) id: String,
    /// The name that programs use; empty if it has none.
    pub(in crate::docs) name: String,
    pub(in crate::docs) title: Option<Prose>,
    pub(in crate::docs) description: Option<Prose>,
    pub(in crate::docs) notes: Vec<Prose>,
    /// Lines of a list.
    pub(in crate::docs) list: Vec<Prose>,
    pub(in crate::docs) parts: Vec<Part>,
    /// Items of it: the messages of a channel.
    pub(in crate::docs) items: Vec<Item>,
}

impl Item {
    /// Whether it has neither a name nor a title, since its section says what it is.
    pub(in crate::docs) const fn is_untitled(&self) -> bool {
        self.name.is_empty() && self.title.is_none()
    }

    /// The text of a link to it.
    pub(in crate::docs) fn label(&self) -> Prose {
        if !self.name.is_empty() {
            return Prose::code(&self.name);
        }
        let title = self.title.clone().filter(|title| !title.has_link());
        title.unwrap_or_else(|| Prose::ours("Primary configuration"))
    }
}

/// A part of an item: the input of an action.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Part {
    pub(in crate::docs) id: String,
    pub(in crate::docs) title: &'static str,
    pub(in crate::docs) shape: Shape,
    pub(in crate::docs) example: Option<Value>,
}

/// The changes from a version to the next one.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Step {
    pub(in crate::docs) id: String,
    pub(in crate::docs) old: String,
    pub(in crate::docs) new: String,
    pub(in crate::docs) notes: Vec<Prose>,
    pub(in crate::docs) groups: Vec<Group>,
    /// What is not listed.
    pub(in crate::docs) rest: Option<Prose>,
}

/// Changes with the same verdict.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Group {
    pub(in crate::docs) title: &'static str,
    pub(in crate::docs) breaks: bool,
    pub(in crate::docs) lines: Vec<Line>,
}

/// A change, and what it means for others.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Line {
    pub(in crate::docs) text: Prose,
    pub(in crate::docs) effects: Vec<Prose>,
}
