//! The words of a source, in ASCII.
//!
//! Rust warns about identifiers that look alike, that mix scripts or that have rare characters, and a crate may forbid
//! all but ASCII. So every name is written in ASCII, whatever the script of its source.

use any_ascii::any_ascii_char;

use super::signs::{OPERATORS, greek, meaning, symbol};

/// How much of a source its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// Letters, digits, and signs with a meaning.
    Words,
    /// Also the other symbols, apart from those that separate words.
    Symbols,
    /// Also the separators.
    Everything,
    /// Also the code points of all characters outside ASCII.
    Codes,
}

/// The words of a source with spaces between them. A source without any word is spelled.
pub(super) fn words(source: &str) -> String {
    let words = spelled(source, Spelling::Words);
    if words.contains(is_of_word) {
        return words;
    }
    if source.is_empty() {
        return "empty".to_owned();
    }
    spelled(source, Spelling::Everything)
}

/// Whether a character is a letter or a digit of ASCII.
fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
}

/// Whether a character only separates words, as in `in-progress` and `in_progress`.
pub(super) fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '-' | '_' | '.' | '/' | ':')
}

/// Writes a source as words.
pub(super) fn spelled(source: &str, spelling: Spelling) -> String {
    let characters: Vec<char> = source.chars().collect();
    let has_brackets = has_brackets(&characters);
    let mut words = String::new();
    let mut index = 0;
    while let Some(character) = characters.get(index).copied() {
        let rest = &characters[index..];
        if let Some((length, name)) = operator(rest).filter(|_| spelling < Spelling::Everything) {
            words.extend([" ", name, " "]);
            index += length;
            continue;
        }
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1).copied();
        if is_of_word(character) {
            words.push(character);
        } else if has_brackets && matches!(character, '<' | '>') && spelling == Spelling::Words {
            words.push(' ');
        } else if let Some(name) = said(before, character, after) {
            words.extend([" ", name, " "]);
        } else {
            push_other(&mut words, before, character, after, spelling);
        }
        index += 1;
    }
    words
}

/// Adds a character that is no letter of ASCII and has no meaning of its own.
fn push_other(
    words: &mut String,
    before: Option<char>,
    character: char,
    after: Option<char>,
    spelling: Spelling,
) {
    let is_greek = |other: Option<char>| other.and_then(greek).is_some();
    let is_named = match spelling {
        Spelling::Words => false,
        Spelling::Symbols => !is_separator(character),
        Spelling::Everything | Spelling::Codes => true,
    };
    let code = || format!(" u{:x} ", u32::from(character));
    if character.is_ascii() {
        match symbol(character) {
            Some(name) if is_named => words.extend([" ", name, " "]),
            // A control character has no name.
            None if spelling >= Spelling::Everything => words.push_str(&code()),
            _ => words.push(' '),
        }
    } else if spelling == Spelling::Codes {
        words.push_str(&code());
    } else if let Some(name) = greek(character).filter(|_| !is_greek(before) && !is_greek(after)) {
        words.extend([" ", name, " "]);
    } else {
        let ascii = any_ascii_char(character);
        if spelling == Spelling::Everything && !ascii.contains(is_of_word) {
            words.push_str(&code());
        }
        // Pictures have names between colons.
        let parts = ascii.chars().map(|c| if is_of_word(c) { c } else { ' ' });
        words.extend(parts);
    }
}

/// The name of a sign that means something where it stands.
fn said(before: Option<char>, sign: char, after: Option<char>) -> Option<&'static str> {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let is_digit = |character: Option<char>| character.is_some_and(|digit| digit.is_ascii_digit());
    match sign {
        // The sign of a number; between words a hyphen is a separator.
        '-' => (!is_word(before) && is_digit(after)).then_some("minus"),
        '!' => (!is_word(before) && is_word(after)).then_some("not"),
        // C# and F#.
        '#' => (is_word(before) && !is_word(after)).then_some("hash"),
        _ => meaning(sign),
    }
}

fn operator(rest: &[char]) -> Option<(usize, &'static str)> {
    let is_first = |operator: &str| {
        operator
            .chars()
            .zip(rest.iter().map(Some).chain(std::iter::repeat(None)))
            .all(|(wanted, found)| found == Some(&wanted))
    };
    OPERATORS
        .iter()
        .find(|(operator, _)| is_first(operator))
        .map(|(operator, name)| (operator.len(), *name))
}

/// Whether `<` and `>` are brackets, as in `Page<User>`.
fn has_brackets(characters: &[char]) -> bool {
    let count = |wanted| characters.iter().filter(|c| **c == wanted).count();
    let opens = characters.windows(2).filter(|pair| pair[0] == '<');
    count('<') == count('>')
        && opens.clone().count() == count('<')
        && opens.clone().all(|pair| pair[1].is_alphabetic())
}
