//! Values as a reference describes them.

use super::kind::Kind;
use crate::docs::prose::Prose;

/// The values of a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::docs) struct Shape {
    pub(in crate::docs) kind: Kind,
    pub(in crate::docs) description: Option<Prose>,
    pub(in crate::docs) facts: Vec<Fact>,
    /// The fields of an object, or of the objects in a list or a map.
    pub(in crate::docs) fields: Vec<Field>,
    /// The alternatives of each union that a value has to fit.
    pub(in crate::docs) unions: Vec<Vec<Alternative>>,
    /// The place that describes the fields, if they are described elsewhere.
    pub(in crate::docs) same_as: Option<Link>,
    pub(in crate::docs) is_secret: bool,
    pub(in crate::docs) is_deprecated: bool,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Field {
    pub(in crate::docs) id: String,
    pub(in crate::docs) name: Name,
    /// Where it is in the whole value: `contact.phones[].number`.
    pub(in crate::docs) path: String,
    pub(in crate::docs) title: Option<Prose>,
    pub(in crate::docs) is_required: bool,
    pub(in crate::docs) shape: Shape,
}

/// The name of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::docs) enum Name {
    /// It has a name of its own.
    One(String),
    /// All fields whose names fit a pattern.
    Pattern(String),
    /// All fields that are not named.
    Other,
    /// The item of a list at a place: `[0]`.
    Item(String),
    /// All items of a list behind those.
    OtherItems,
}

/// One of several forms of a value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::docs) struct Alternative {
    pub(in crate::docs) id: String,
    pub(in crate::docs) label: Prose,
    pub(in crate::docs) path: String,
    pub(in crate::docs) shape: Shape,
}

/// Something that is known about a value: its default, its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::docs) struct Fact {
    pub(in crate::docs) label: String,
    pub(in crate::docs) text: Prose,
}

/// A place in the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::docs) struct Link {
    pub(in crate::docs) id: String,
    pub(in crate::docs) path: String,
}

impl Fact {
    pub(in crate::docs) fn new(label: impl Into<String>, text: Prose) -> Self {
        Self {
            label: label.into(),
            text,
        }
    }
}

impl Field {
    /// The title, unless it is the name in other letters.
    pub(in crate::docs) fn shown_title(&self) -> Option<&Prose> {
        let same = |text: &str| {
            let letters = text.chars().filter(|character| character.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        let title = self.title.as_ref()?;
        let is_same = matches!(&self.name, Name::One(name) if same(name) == same(title.as_str()));
        (!is_same).then_some(title)
    }
}

impl Shape {
    /// A value that is too deep inside of others to be described.
    pub(super) fn too_deep() -> Self {
        Self {
            facts: vec![Fact::new(
                "Further rules",
                Prose::ours("too deep to be shown, see the schema"),
            )],
            ..Self::default()
        }
    }

    /// Any string.
    pub(in crate::docs) fn of_string(description: Option<&str>) -> Self {
        Self {
            kind: Kind::named("string"),
            description: Prose::of(description),
            ..Self::default()
        }
    }

    /// An object with these fields.
    pub(in crate::docs) fn of_fields(fields: Vec<Field>) -> Self {
        Self {
            kind: Kind::named("object"),
            fields,
            ..Self::default()
        }
    }

    /// How many fields it has, those inside of others among them.
    pub(in crate::docs) fn count(&self) -> usize {
        let fields = self.fields.iter().map(|field| 1 + field.shape.count());
        let alternatives = self.unions.iter().flatten();
        let alternatives = alternatives.map(|alternative| 1 + alternative.shape.count());
        fields.sum::<usize>() + alternatives.sum::<usize>()
    }

    /// Whether there is nothing to say beside its kind.
    pub(in crate::docs) fn is_bare(&self) -> bool {
        let is_plain = !self.is_nested() && !self.is_secret && !self.is_deprecated;
        is_plain && self.facts.is_empty() && self.same_as.is_none() && self.description.is_none()
    }

    /// Whether it has parts.
    pub(in crate::docs) fn is_nested(&self) -> bool {
        !self.fields.is_empty() || !self.unions.is_empty()
    }
}
