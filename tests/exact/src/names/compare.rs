//! The comparison of generated code before and after an addition.

use std::collections::BTreeSet;

use super::items::{Items, Shown};

/// The names of before that are missing after it or mean something else.
pub(super) fn lost(before: &Items, after: &Items) -> Vec<String> {
    let mut comparison = Comparison {
        before,
        after,
        seen: BTreeSet::new(),
        lost: Vec::new(),
    };
    for path in before.keys() {
        comparison.compare(path, path);
    }
    comparison.lost
}

struct Comparison<'a> {
    before: &'a Items,
    after: &'a Items,
    /// The pairs that were compared, or are being compared.
    seen: BTreeSet<(String, String)>,
    lost: Vec<String>,
}

impl Comparison<'_> {
    /// Compares an item of before with one of after, whatever names they have.
    fn compare(&mut self, path: &str, counterpart: &str) {
        let Some(old) = resolved(self.before, path) else {
            return;
        };
        let Some(new) = resolved(self.after, counterpart) else {
            self.lost.push(format!("{path} is missing"));
            return;
        };
        if !self.seen.insert((old.0.clone(), new.0.clone())) {
            return;
        }
        let ((old_path, old), (new_path, new)) = (old, new);
        if old.kind != new.kind {
            self.lost
                .push(format!("{path} was a {}, and is a {}", old.kind, new.kind));
            return;
        }
        for (name, words) in &old.members {
            let Some(others) = new.members.get(name) else {
                self.lost.push(format!("{path} has no {name}"));
                continue;
            };
            if words.len() != others.len() {
                self.lost.push(format!(
                    "{path}.{name} was {}, and is {}",
                    words.join(" "),
                    others.join(" ")
                ));
                continue;
            }
            for (word, other) in words.iter().zip(others) {
                self.compare_words(
                    (&old_path, word),
                    (&new_path, other),
                    &format!("{path}.{name}"),
                );
            }
        }
    }

    fn compare_words(&mut self, old: (&str, &str), new: (&str, &str), at: &str) {
        let named = find(self.before, old.0, old.1).zip(find(self.after, new.0, new.1));
        match named {
            Some((old, new)) => self.compare(&old, &new),
            None if old.1 != new.1 => {
                self.lost.push(format!("{at}: {} became {}", old.1, new.1));
            }
            None => {}
        }
    }
}

/// An item and its path, through aliases.
fn resolved<'a>(items: &'a Items, path: &str) -> Option<(String, &'a Shown)> {
    let shown = items.get(path)?;
    if shown.kind == "alias"
        && let Some([target]) = shown.members.get("").map(Vec::as_slice)
        && let Some(target) = find(items, path, target)
    {
        return resolved(items, &target);
    }
    Some((path.to_owned(), shown))
}

/// The path of the item that a name means in the module of another item.
fn find(items: &Items, from: &str, name: &str) -> Option<String> {
    let module = ["actions::", "channels::"]
        .into_iter()
        .find(|module| from.starts_with(module));
    let modules = [module.unwrap_or_default(), "", "actions::", "channels::"];
    let paths = modules.map(|module| format!("{module}{name}"));
    // No path of generated code names a trait of an inner module.
    let is_type = |path: &String| items.get(path).is_some_and(|found| found.kind != "trait");
    paths.into_iter().find(is_type)
}

#[cfg(test)]
mod tests {
    use super::super::items::items;
    use super::lost;

    fn compare(before: &str, after: &str) -> Vec<String> {
        let items = |code: &str| items(&format!("pub mod shop {{ {code} }}")).expect("Rust");
        lost(&items(before), &items(after))
    }

    #[test]
    fn what_is_added_is_no_difference() {
        let before = "pub struct A { pub x: B } pub enum B { One }";
        let after =
            "pub struct A { pub x: B, pub y: Option<C> } pub enum B { One, Two } pub type C = B;";
        assert_eq!(compare(before, after), [""; 0]);
    }

    #[test]
    fn an_alias_is_the_type_that_it_names() {
        let before = "pub struct A { pub x: i64 } pub type B = A; pub struct C { pub b: B }";
        let after = "pub type A = B; pub struct B { pub x: i64 } pub struct C { pub b: A }";
        assert_eq!(compare(before, after), [""; 0]);
    }

    #[test]
    fn what_is_gone_or_means_something_else_is_found() {
        let before = "pub struct A { pub x: B } pub enum B { One }";
        assert_eq!(compare(before, "pub enum B { One }"), ["A is missing"]);
        assert_eq!(
            compare(before, "pub struct A { pub x: B } pub enum B { Two }"),
            ["B has no One"]
        );
        let other = "pub struct A { pub x: B } pub struct B { pub y: i64 }";
        assert_eq!(compare(before, other), ["B was a enum, and is a struct"]);
    }
}
