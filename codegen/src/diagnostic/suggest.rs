//! Suggestions of similar words, and lists of words in a sentence.

/// The candidate that is most similar to a word, if one is similar enough.
#[must_use]
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    nearest_within(word, candidates, limit)
}

/// The candidate that is most similar to a word, with at most so many wrong letters.
#[must_use]
pub(crate) fn nearest_within<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    limit: usize,
) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Words as code, in a sentence: `` `a`, `b` or `c` ``.
#[must_use]
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelled_word_is_recognized() {
        assert_eq!(nearest("strng", ["string", "number"]), Some("string"));
        assert_eq!(nearest("tilte", ["title", "type"]), Some("title"));
        assert_eq!(nearest("String", ["string"]), Some("string"));
    }

    #[test]
    fn a_word_like_no_other_gets_no_suggestion() {
        assert_eq!(nearest("icon", ["title", "description"]), None);
        assert_eq!(nearest("", ["a_long_one"]), None);
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        assert_eq!(list(["a"], "or"), "`a`");
        assert_eq!(list(["a", "b"], "or"), "`a` or `b`");
        assert_eq!(list(["a", "b", "c"], "and"), "`a`, `b` and `c`");
    }
}
