//! The variants of an enum.

use super::{identifier, joined, spelled, upper_camel};

/// Names the values of an enum. A name that the author chose comes first.
///
/// The words of a value are its name. If several values have the same name:
///
/// 1. values that differ in symbols are spelled: `c` and `c++` are `C` and `CPlusPlus`;
/// 2. of values that differ in case only, the first keeps its name, also when others are added later, and
///    the others say how they are written: `it` and `IT` are `It` and `UpperIt` (`Lower`, `Upper`, `Capitalized`,
///    `Mixed`);
/// 3. a symbol beside the word for it is marked: `plus` and `+` are `Plus` and `PlusSymbol`, `empty` and the
///    empty text are `Empty` and `EmptyText`.
///
/// Names that are still equal are refused.
pub(crate) fn variants(values: &[(&str, Option<&str>)]) -> Vec<String> {
    let mut naming = Naming {
        values,
        names: values
            .iter()
            .map(|(_, chosen)| chosen.map(upper_camel))
            .collect(),
    };
    naming.give_unique(|value| Some(upper_camel(value)));
    naming.give_unique(|value| Some(identifier(&joined(&spelled(value)))));
    naming.give_first(upper_camel);
    naming.give_unique(styled);
    let names = naming.names.into_iter().zip(values);
    names
        .map(|(name, (value, _))| name.unwrap_or_else(|| upper_camel(value)))
        .collect()
}

struct Naming<'a> {
    values: &'a [(&'a str, Option<&'a str>)],
    names: Vec<Option<String>>,
}

impl Naming<'_> {
    /// Gives every value without a name the one of a form, unless another has it or would get it.
    fn give_unique(&mut self, form: impl Fn(&str) -> Option<String>) {
        let mut names = self.names.clone();
        let candidates: Vec<Option<String>> = self
            .names
            .iter()
            .zip(self.values)
            .map(|(name, (value, _))| name.clone().or_else(|| form(value)))
            .collect();
        let mut uses = std::collections::HashMap::new();
        for candidate in candidates.iter().flatten() {
            *uses.entry(candidate.clone()).or_insert(0) += 1;
        }
        for (name, candidate) in names.iter_mut().zip(candidates) {
            if name.is_none() && candidate.as_ref().is_some_and(|name| uses[name] == 1) {
                *name = candidate;
            }
        }
        self.names = names;
    }

    /// Gives every value without a name the one of a form, unless one before it has it.
    fn give_first(&mut self, form: impl Fn(&str) -> String) {
        for index in 0..self.names.len() {
            let candidate = Some(form(self.values[index].0));
            if self.names[index].is_none() && !self.names.contains(&candidate) {
                self.names[index] = candidate;
            }
        }
    }
}

/// The name with a word for the case of the value, if it has one.
fn styled(value: &str) -> Option<String> {
    let name = upper_camel(value);
    let name = name.trim_start_matches('_');
    if value.is_empty() {
        return Some(format!("{name}Text"));
    }
    if !value.contains(char::is_alphanumeric) {
        return Some(format!("{name}Symbol"));
    }
    let is_lower = !value.contains(char::is_uppercase);
    let is_upper = !value.contains(char::is_lowercase);
    let mut words = value
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty());
    let is_capitalized = words.all(|word| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
    });
    let style = match (is_lower, is_upper) {
        (true, true) => return None,
        (true, false) => "Lower",
        (false, true) => "Upper",
        (false, false) if is_capitalized => "Capitalized",
        (false, false) => "Mixed",
    };
    Some(format!("{style}{name}"))
}

#[cfg(test)]
mod tests {
    use super::variants;

    #[track_caller]
    fn check(values: &[&str], names: &[&str]) {
        let values: Vec<_> = values.iter().map(|value| (*value, None)).collect();
        assert_eq!(variants(&values), names);
    }

    #[test]
    fn values_that_differ_in_symbols_are_spelled() {
        check(&["c", "c++", "go"], &["C", "CPlusPlus", "Go"]);
        check(&["1", "-1"], &["_1", "Minus1"]);
        check(
            &["like", "=like", "not like"],
            &["Like", "EqualLike", "NotLike"],
        );
        check(
            &["HealthCare", "Health Care"],
            &["HealthCare", "HealthSpaceCare"],
        );
    }

    #[test]
    fn values_that_differ_in_capitals_say_how_they_are_written() {
        check(&["it", "IT"], &["It", "UpperIt"]);
        check(
            &["E-Learning", "E-learning"],
            &["ELearning", "MixedELearning"],
        );
        check(
            &["FOO", "foo", "Foo"],
            &["Foo", "LowerFoo", "CapitalizedFoo"],
        );
        check(&["12H", "12h"], &["_12h", "Lower12h"]);
    }

    #[test]
    fn symbols_and_the_words_for_them_are_told_apart() {
        check(&["empty", ""], &["Empty", "EmptyText"]);
        check(&["", "empty"], &["Empty", "LowerEmpty"]);
        check(&["plus", "+", "-"], &["Plus", "PlusSymbol", "Minus"]);
    }

    #[test]
    fn operators_are_named_as_they_are_read() {
        check(
            &["=", "!=", ">", ">=", "<", "<=", "=?", "in", "not in"],
            &[
                "Equal",
                "NotEqual",
                "Greater",
                "GreaterOrEqual",
                "Less",
                "LessOrEqual",
                "EqualQuestion",
                "In",
                "NotIn",
            ],
        );
    }

    #[test]
    fn numbers_that_stand_apart_stay_apart() {
        check(
            &["1-10", "11-50", "110", "10001+"],
            &["_1_10", "_11_50", "_110", "_10001"],
        );
    }

    #[test]
    fn a_chosen_name_is_nobody_elses() {
        let values = [("it", None), ("IT", Some("technology"))];
        assert_eq!(variants(&values), ["It", "Technology"]);
        let values = [("it", None), ("x", Some("it"))];
        assert_eq!(variants(&values), ["LowerIt", "It"]);
    }

    #[test]
    fn what_nothing_tells_apart_keeps_one_name() {
        check(&["fooBar", "FooBar", "fooBAR"], &["FooBar"; 3]);
    }
}
