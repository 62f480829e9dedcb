//! The nearest name for a misspelt one.

/// How alike two names have to be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// A help line: the name that may be meant, and all names.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    if known.is_empty() {
        return "help: the definition has none\n".to_owned();
    }
    let all = known.join(", ");
    match nearest(name, &known) {
        Some(nearest) => format!("help: did you mean `{nearest}`? There are: {all}\n"),
        None => format!("help: there are: {all}\n"),
    }
}

fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase();
    let alike = |other: &&str| strsim::jaro_winkler(&name, &other.to_lowercase());
    let best = known
        .iter()
        .copied()
        .max_by(|one, other| alike(one).total_cmp(&alike(other)))?;
    (alike(&best) >= ALIKE).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_misspelt_name_has_a_nearest_one_and_a_strange_one_has_none() {
        let known = ["createIssue", "closeIssue"];
        let near = did_you_mean("createIsue", known);
        assert!(near.contains("did you mean `createIssue`?"), "{near}");
        assert!(did_you_mean("createissue", known).contains("`createIssue`"));
        assert_eq!(
            did_you_mean("xyz", known),
            "help: there are: createIssue, closeIssue\n"
        );
        assert!(did_you_mean("xyz", []).contains("has none"));
    }
}
