//! Where every Rust name comes from.
//!
//! One rule makes a name: the words of the source, in the case that Rust wants.
//!
//! - `createIssue` is `CreateIssue` as a type and `create_issue` as a field or method.
//! - A name that Rust reserves is raw (`r#type`); the four that cannot be raw end in `_` (`self_`).
//! - A name that starts with a digit starts with `_` (`_12hour`).
//! - A source without a letter or a digit is spelled (`+` is `Plus`, the empty text is `Empty`).
//! - Values of one enum that differ in symbols alone are spelled too (`c` and `c++` are `C` and `CPlusPlus`).
//! - The type of a nested object is called after the type it stands in and its property (`CreateIssueInputLabel`);
//!   where two would have one name, the properties on the way are added from the inside out.
//!
//! What collides after that is a diagnostic, and `x-rust-name` mends it.

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::diagnostic::{Diagnostic, Files, Location, catalog};
use crate::model::{Module, Origin, TypeDef, TypeId};

/// A type, trait or variant: `createIssue` is `CreateIssue`.
pub(crate) fn upper_camel(source: &str) -> String {
    let name = words(source).to_upper_camel_case();
    if name == "Self" {
        "Self_".to_owned()
    } else {
        not_leading_digit(name)
    }
}

/// A field, method or module: `createIssue` is `create_issue`.
pub(crate) fn snake(source: &str) -> String {
    let name = not_leading_digit(words(source).to_snake_case());
    if syn::parse_str::<syn::Ident>(&name).is_ok() && name != "gen" {
        name
    } else if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else {
        format!("r#{name}")
    }
}

/// The variants of an enum, in the order of their values.
pub(crate) fn variants<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let folded: Vec<String> = values.clone().map(upper_camel).collect();
    values
        .zip(&folded)
        .map(|(value, name)| {
            let is_unique = folded.iter().filter(|other| *other == name).count() == 1;
            if is_unique {
                name.clone()
            } else {
                not_leading_digit(spelled(value).to_upper_camel_case())
            }
        })
        .collect()
}

/// What one of many is called: `labels` holds a `label`, and what has no singular holds an `item`.
pub(crate) fn singular(plural: &str, item: &str) -> String {
    let is_plural = |ending: &str| plural.len() > ending.len() + 1 && plural.ends_with(ending);
    if is_plural("ies") {
        format!("{}y", &plural[..plural.len() - 3])
    } else if ["sses", "shes", "ches", "xes"].into_iter().any(is_plural) {
        plural[..plural.len() - 2].to_owned()
    } else if is_plural("s")
        && !["ss", "us", "is"]
            .into_iter()
            .any(|ending| plural.ends_with(ending))
    {
        plural[..plural.len() - 1].to_owned()
    } else {
        format!("{plural} {item}")
    }
}

/// Keeps what an identifier may hold; a source with nothing of the kind is spelled.
fn words(source: &str) -> String {
    if source.contains(|c: char| c != '_' && unicode_ident::is_xid_continue(c)) {
        source
            .chars()
            .map(|c| {
                if unicode_ident::is_xid_continue(c) {
                    c
                } else {
                    ' '
                }
            })
            .collect()
    } else {
        spelled(source)
    }
}

fn spelled(source: &str) -> String {
    if source.is_empty() {
        return "empty".to_owned();
    }
    let mut spelled = String::new();
    for character in source.chars() {
        if unicode_ident::is_xid_continue(character) && character != '_' {
            spelled.push(character);
        } else {
            spelled.extend([" ", &symbol_name(character), " "]);
        }
    }
    spelled
}

fn symbol_name(symbol: char) -> String {
    let name = match symbol {
        ' ' => "space",
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '|' => "pipe",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

fn not_leading_digit(name: String) -> String {
    if name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("_{name}")
    }
}

/// A name that an item other than a payload type needs.
pub(crate) struct FixedName {
    pub(crate) module: Module,
    pub(crate) name: String,
    pub(crate) location: Location,
}

/// Gives every type its name, those of the contract first, the others in this order.
pub(crate) fn allocate(
    types: &mut [TypeDef],
    order: &[TypeId],
    others: Vec<FixedName>,
    files: &Files,
) -> Vec<Diagnostic> {
    let mut names = Allocator::default();
    let mut fixed = others;
    for ty in types.iter_mut() {
        if let Origin::Fixed(name) = &ty.origin {
            ty.name.clone_from(name);
            fixed.push(FixedName {
                module: ty.module,
                name: name.clone(),
                location: ty.location.clone(),
            });
        }
    }
    // Of two that need one name, the first is the one that the author wrote first.
    fixed.sort_by_key(|name| files.position(&name.location));
    for name in &fixed {
        names.claim(name.module, &name.name, &name.location);
    }
    let mut order = order.to_vec();
    order.sort_by_key(|id| depth(&types[id.0]));
    for id in order {
        let ty = &mut types[id.0];
        if let Origin::Nested { prefixes, labels } = &ty.origin {
            ty.name = names.nest(ty.module, prefixes, labels, &ty.location);
        }
    }
    names.diagnostics
}

/// How deep a type stands in its payload; what is further out has the first say in names.
fn depth(ty: &TypeDef) -> usize {
    match &ty.origin {
        Origin::Fixed(_) => 0,
        Origin::Nested { labels, .. } => labels.len(),
    }
}

#[derive(Default)]
struct Allocator {
    taken: HashMap<(Module, String), Location>,
    /// The items that have one name, from which the names of all that is in them follow.
    equal: Vec<[Location; 2]>,
    diagnostics: Vec<Diagnostic>,
}

impl Allocator {
    fn claim(&mut self, module: Module, name: &str, location: &Location) {
        if is_reserved(module, name) {
            self.diagnostics
                .push(catalog::names::reserved_name(location.clone(), name));
        } else if let Some(first) = self.taken.get(&(module, name.to_owned())) {
            let pair = [first.clone(), location.clone()];
            if !self.equal.iter().any(|equal| is_within(&pair, equal)) {
                let [first, second] = pair.clone();
                let finding = catalog::names::same_type_name(first, second, name);
                self.diagnostics.push(finding);
                self.equal.push(pair);
            }
        } else {
            self.taken
                .insert((module, name.to_owned()), location.clone());
        }
    }

    fn nest(
        &mut self,
        module: Module,
        prefixes: &[String],
        labels: &[String],
        location: &Location,
    ) -> String {
        let tails = (0..labels.len()).rev().map(|start| &labels[start..]);
        let mut wanted = prefixes
            .iter()
            .flat_map(|prefix| tails.clone().map(|tail| nested_name(prefix, tail)));
        let name = wanted
            .find(|name| self.is_free(module, name))
            .unwrap_or_else(|| nested_name(&prefixes[1], labels));
        self.claim(module, &name, location);
        name
    }

    /// A nested name is nobody else's in its own module, nor in one that sees it or that it sees.
    fn is_free(&self, module: Module, name: &str) -> bool {
        let seen: &[Module] = match module {
            Module::Root => &[Module::Root, Module::Actions, Module::Channels],
            Module::Actions => &[Module::Root, Module::Actions],
            Module::Channels => &[Module::Root, Module::Channels],
        };
        !is_reserved(Module::Root, name)
            && seen
                .iter()
                .all(|scope| !self.taken.contains_key(&(*scope, name.to_owned())))
    }
}

/// Whether two places are in two items, one each.
fn is_within(places: &[Location; 2], items: &[Location; 2]) -> bool {
    places.iter().zip(items).all(|(place, item)| {
        let pointers = place.pointer().zip(item.pointer());
        place.file == item.file && pointers.is_some_and(|(place, item)| place.is_within(item))
    })
}

fn nested_name(prefix: &str, labels: &[String]) -> String {
    let mut name = prefix.to_owned();
    for label in labels {
        name.push_str(upper_camel(label).trim_start_matches('_'));
    }
    not_leading_digit(name)
}

/// Says whether a name of the definition's own choice would hide one that the generated file needs.
///
/// In the inner modules, whose traits are called as the author called them, `emit` writes what they hide in full.
fn is_reserved(module: Module, name: &str) -> bool {
    const ROOT: &[&str] = &[
        "Client",
        "Configuration",
        "ConfigurationType",
        "Context",
        "DEFINITION",
        "Definition",
        "Events",
        "Handlers",
        "Integration",
        "Secrets",
        "States",
    ];
    // serde is told of `Option` in a text, which cannot be written in full.
    name == "Option" || module == Module::Root && (ROOT.contains(&name) || IMPORTED.contains(&name))
}

/// What generated code imports: from the runtime, and what Rust itself imports everywhere.
pub(crate) const IMPORTED: &[&str] = &[
    "ActionAnswer",
    "ActionCall",
    "ActionRequest",
    "BTreeMap",
    "Box",
    "ChannelMessage",
    "Clone",
    "ConfigurationError",
    "ConversationUpdate",
    "Copy",
    "Debug",
    "Default",
    "DefinitionDocument",
    "Deserialize",
    "Drop",
    "Eq",
    "EventsClient",
    "Future",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "MessageCall",
    "MessageRequest",
    "MessageUpdate",
    "Number",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Payload",
    "RawRequest",
    "Result",
    "Secret",
    "SecretReader",
    "Send",
    "Serialize",
    "State",
    "StatesClient",
    "String",
    "Sync",
    "TagMap",
    "UnknownConfigurationType",
    "UnreadableConfiguration",
    "Value",
    "Vec",
    "WebhookRequest",
    "WebhookResponse",
];

#[cfg(test)]
mod tests {
    use super::{singular, snake, upper_camel, variants};

    #[test]
    fn a_name_takes_the_case_of_its_place() {
        assert_eq!(upper_camel("createIssue"), "CreateIssue");
        assert_eq!(upper_camel("manualPAT"), "ManualPat");
        assert_eq!(snake("issueOpened"), "issue_opened");
        assert_eq!(snake("image_24"), "image_24");
        assert_eq!(upper_camel("sharepoint-excel"), "SharepointExcel");
    }

    #[test]
    fn a_reserved_word_is_raw_where_it_can_be() {
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(snake("self"), "self_");
        assert_eq!(upper_camel("self"), "Self_");
    }

    #[test]
    fn digits_and_symbols_make_identifiers() {
        assert_eq!(upper_camel("12hour"), "_12hour");
        assert_eq!(upper_camel("+"), "Plus");
        assert_eq!(upper_camel(""), "Empty");
        assert_eq!(upper_camel("-1"), "_1");
        assert_eq!(snake("@type"), "r#type");
    }

    #[test]
    fn values_that_differ_in_symbols_are_spelled() {
        assert_eq!(
            variants(["c", "c++", "go"].into_iter()),
            ["C", "CPlusPlus", "Go"]
        );
        assert_eq!(variants(["1", "-1"].into_iter()), ["_1", "Minus1"]);
    }

    #[test]
    fn an_item_is_called_by_the_singular() {
        assert_eq!(singular("labels", "item"), "label");
        assert_eq!(singular("entries", "item"), "entry");
        assert_eq!(singular("boxes", "item"), "box");
        assert_eq!(singular("status", "item"), "status item");
    }
}
