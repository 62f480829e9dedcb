//! Names in one scope: fields of a struct, values of an enum, actions, messages, tags…

use std::collections::HashMap;

use super::case::{ORDINALS, chosen_words, snake_of, upper_camel_of};
use super::reserved::step_aside;
use super::styles::styles;
use super::words::{Spelling, spelled, words};

/// The case of the names in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    /// Types, traits and variants.
    UpperCamel,
    /// Fields, methods and modules.
    Snake,
}

/// Something that needs a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// Its name in the definition.
    pub(crate) text: &'a str,
    /// The name that the author chose with `x-rust-name`.
    pub(crate) chosen: Option<&'a str>,
    /// Names that it cannot have.
    pub(crate) reserved: &'a [&'static str],
}

/// Two sources whose names fold into one, by their positions; the second has another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fold {
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// Whether the author chose the name for both, so that neither can step aside.
    pub(crate) is_chosen: bool,
}

/// The names of some sources, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Distinct {
    pub(crate) names: Vec<String>,
    pub(crate) folds: Vec<Fold>,
}

/// Names the sources of one scope, each as if those after it did not exist, so that adding one renames no other.
///
/// The words of a source are its name. Of several with the same name, the first one keeps it. Another one says how it
/// is written, where it differs: `it` and `IT` are `It` and `UpperIt`, `in-progress` and `in_progress` are `InProgress`
/// and `SnakeInProgress`, `type` and `@type` are `Type` and `AtType`. If that is not enough, its position is added.
/// A name that the author chose comes first.
pub(crate) fn distinct(sources: &[Source<'_>], case: Case) -> Distinct {
    let mut names: Vec<Option<String>> = vec![None; sources.len()];
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut folds = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let Some(chosen) = source.chosen else {
            continue;
        };
        let name = step_aside(case.name(&chosen_words(chosen)), source.reserved);
        if let Some(first) = taken.get(&name).copied() {
            folds.push(Fold {
                first,
                second: index,
                is_chosen: true,
            });
        }
        taken.entry(name.clone()).or_insert(index);
        names[index] = Some(name);
    }
    for (index, source) in sources.iter().enumerate() {
        if names[index].is_some() {
            continue;
        }
        let of_words = |words: &str| step_aside(case.name(words), source.reserved);
        let plain = of_words(&words(source.text));
        let first = taken.get(&plain).copied();
        let name = match first {
            None => plain,
            Some(first) => {
                folds.push(Fold {
                    first,
                    second: index,
                    is_chosen: false,
                });
                let others = others(source.text, sources[first].text);
                let mut others = others.map(|words| of_words(&words));
                others
                    .find(|name| !taken.contains_key(name))
                    .expect("one of endless names is free")
            }
        };
        taken.insert(name.clone(), index);
        names[index] = Some(name);
    }
    Distinct {
        names: names.into_iter().flatten().collect(),
        folds,
    }
}

/// The words that tell a source from the one that has its name, likeliest first.
fn others<'a>(source: &'a str, first: &str) -> impl Iterator<Item = String> + 'a {
    let plain = words(source);
    let styled: Vec<_> = styles(source, first)
        .iter()
        .map(|style| style.of(&plain))
        .collect();
    let spellings = [Spelling::Symbols, Spelling::Everything, Spelling::Codes];
    let spelled = spellings.map(|spelling| spelled(source, spelling));
    let spelled = spelled.into_iter().filter(|words| !words.trim().is_empty());
    styled.into_iter().chain(spelled).chain(numbered(plain))
}

/// Words with a number behind them, from the second on.
pub(super) fn numbered(words: String) -> impl Iterator<Item = String> {
    let more = (ORDINALS.len() + 1..).map(|number| number.to_string());
    let turns = ORDINALS[1..].iter().map(ToString::to_string).chain(more);
    turns.map(move |turn| format!("{words} {turn}"))
}

impl Case {
    /// Words as an identifier.
    fn name(self, words: &str) -> String {
        match self {
            Self::UpperCamel => upper_camel_of(words),
            Self::Snake => snake_of(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Source, distinct};

    fn names(case: Case, values: &[&str]) -> Vec<String> {
        let sources = values.iter().map(|text| Source {
            text,
            chosen: None,
            reserved: &[],
        });
        distinct(&sources.collect::<Vec<_>>(), case).names
    }

    #[track_caller]
    fn check(values: &[&str], expected: &[&str]) {
        assert_eq!(names(Case::UpperCamel, values), expected);
        // Adding one renames none.
        for count in 0..values.len() {
            assert_eq!(names(Case::UpperCamel, &values[..count]), expected[..count]);
        }
    }

    #[test]
    fn signs_that_mean_something_are_always_said() {
        check(
            &["c", "c++", "c#", "go"],
            &["C", "CPlusPlus", "CHash", "Go"],
        );
        check(&["1", "-1", "+1"], &["_1", "Minus1", "Plus1"]);
        check(
            &["like", "=like", "!like"],
            &["Like", "EqualLike", "NotLike"],
        );
        check(&["R&D", "50%", "10+"], &["RAndD", "_50Percent", "_10Plus"]);
        check(
            &["votes", "votes-+1", "votes--1", "votes-1"],
            &["Votes", "VotesPlus1", "VotesMinus1", "Votes1"],
        );
    }

    #[test]
    fn values_that_differ_in_separators_say_which_one_they_have() {
        check(
            &["in-progress", "in_progress"],
            &["InProgress", "SnakeInProgress"],
        );
        check(
            &["in_progress", "in-progress", "in progress", "IN_PROGRESS"],
            &[
                "InProgress",
                "KebabInProgress",
                "SpacedInProgress",
                "UpperInProgress",
            ],
        );
        check(
            &["type", "@type", "$type"],
            &["Type", "AtType", "DollarType"],
        );
    }

    #[test]
    fn values_that_differ_in_capitals_say_how_they_are_written() {
        check(&["it", "IT"], &["It", "UpperIt"]);
        check(
            &["FOO", "foo", "Foo"],
            &["Foo", "LowerFoo", "CapitalizedFoo"],
        );
        check(&["12H", "12h"], &["_12h", "Lower12h"]);
        check(
            &["fooBar", "FooBar", "fooBAR"],
            &["FooBar", "PascalFooBar", "MixedFooBar"],
        );
        check(
            &["labelmap", "LabelMap", "labelMap", "label_map", "LABELMAP"],
            &[
                "Labelmap",
                "LabelMap",
                "CamelLabelMap",
                "SnakeLabelMap",
                "UpperLabelmap",
            ],
        );
    }

    #[test]
    fn symbols_and_the_words_for_them_are_told_apart() {
        check(&["empty", ""], &["Empty", "EmptySymbol"]);
        check(&["", "empty"], &["Empty", "EmptyWord"]);
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
        check(
            &["≠", "≤", "<=", "!=", "≈"],
            &[
                "NotEqual",
                "LessOrEqual",
                "AsciiLessOrEqual",
                "AsciiNotEqual",
                "ApproximatelyEqual",
            ],
        );
    }

    #[test]
    fn look_alikes_are_told_apart() {
        check(&["a", "а", "ａ"], &["A", "CyrillicA", "WideA"]);
        check(
            &["ete", "été", "e\u{301}te\u{301}"],
            &["Ete", "AccentedEte", "AccentedLowerEte"],
        );
        check(&["mg", "µg", "μg"], &["Mg", "MicroG", "MuG"]);
        check(&["\u{3a9}", "\u{2126}"], &["Omega", "Ohm"]);
        check(&["❤", "❤\u{fe0f}"], &["Heart", "HeartUfe0f"]);
    }

    #[test]
    fn what_nothing_else_tells_apart_is_numbered() {
        check(
            &["votes-+1", "votes+1", "votes+-1", "votes+ 1"],
            &[
                "VotesPlus1",
                "VotesPlus1Second",
                "VotesPlusMinus1",
                "SpacedVotesPlus1",
            ],
        );
    }

    #[test]
    fn a_chosen_name_comes_first_and_cannot_be_given_twice() {
        let source = |text, chosen| Source {
            text,
            chosen,
            reserved: &[],
        };
        let named = distinct(
            &[source("it", None), source("x", Some("it"))],
            Case::UpperCamel,
        );
        assert_eq!(named.names, ["ItSecond", "It"]);
        assert!(!named.folds[0].is_chosen);
        let twice = [source("a", Some("it")), source("b", Some("It"))];
        assert!(distinct(&twice, Case::UpperCamel).folds[0].is_chosen);
    }

    #[test]
    fn a_reserved_name_is_stepped_aside_from() {
        let source = Source {
            text: "new",
            chosen: None,
            reserved: &["new"],
        };
        assert_eq!(distinct(&[source], Case::Snake).names, ["new_"]);
    }
}
