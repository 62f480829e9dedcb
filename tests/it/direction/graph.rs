//! The graph of files: upward imports, and cycles.

use std::collections::{BTreeMap, BTreeSet};

use super::references::Import;

/// Returns the files that are not in the order, and the imports of a file from a higher level.
pub(super) fn upward(
    files: &BTreeSet<&str>,
    imports: &BTreeSet<Import>,
    order: &[&[&str]],
) -> Vec<String> {
    let level = |file: &str| {
        let top = file.split('/').next().unwrap_or(file);
        let top = top.strip_suffix(".rs").unwrap_or(top);
        order.iter().position(|row| row.contains(&top))
    };
    let unknown = files.iter().filter(|file| level(file).is_none());
    let unknown = unknown.map(|file| format!("{file} is not in the order"));
    let upward = imports
        .iter()
        .filter(|import| level(&import.from) < level(&import.to))
        .map(|import| format!("upward: {import}"));
    unknown.chain(upward).collect()
}

/// Returns the cycles among files, each as the list of all imports between its files.
pub(super) fn circles(imports: &BTreeSet<Import>) -> Vec<String> {
    let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        targets.entry(&import.from).or_default().insert(&import.to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = targets
        .keys()
        .map(|from| (*from, reachable(from, &targets)))
        .collect();
    let is_mutual = |one: &str, other: &str| {
        let leads = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
        leads(one, other) && leads(other, one)
    };
    let mut circles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for import in imports {
        if is_mutual(&import.from, &import.to) {
            let first = reached[import.from.as_str()]
                .iter()
                .find(|file| is_mutual(file, &import.from));
            let first = first.expect("a file of a cycle reaches itself");
            circles.entry(first).or_default().push(import.to_string());
        }
    }
    circles
        .into_values()
        .map(|imports| format!("circle: {}", imports.join(", ")))
        .collect()
}

/// Returns the files that a file imports directly or indirectly.
fn reachable<'a>(
    from: &'a str,
    targets: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for target in targets.get(file).into_iter().flatten() {
            if reached.insert(*target) {
                open.push(target);
            }
        }
    }
    reached
}
