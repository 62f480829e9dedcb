//! Texts with places to fill in: `{{name}}`.

/// Fills in a text. Every place has to be known.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, place, after)) = next_place(rest) {
        filled.push_str(before);
        match values.iter().find(|(name, _)| *name == place) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{{", place, "}}"]),
        }
        rest = after;
    }
    filled + rest
}

/// The text before the next place, its name, and the text after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_is_not_filled_in_itself() {
        let values = [("a", "{{b}}"), ("b", "c")];
        assert_eq!(fill("{{a}} {{b}} {{c}} {{", &values), "{{b}} c {{c}} {{");
    }
}
