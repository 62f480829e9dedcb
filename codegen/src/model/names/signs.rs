//! Signs that have a name: operators, symbols, Greek letters.

/// Operators of several characters, which are read as one.
pub(super) const OPERATORS: &[(&str, &str)] = &[
    ("!=", "not equal"),
    ("<>", "not equal"),
    ("<=", "less or equal"),
    (">=", "greater or equal"),
    ("==", "equal"),
    ("->", "to"),
    ("=>", "to"),
];

/// The name of a sign that has a meaning wherever it stands: `R&D`, `50%`, `10+`, `≤`.
pub(super) fn meaning(sign: char) -> Option<&'static str> {
    Some(match sign {
        '%' => "percent",
        '&' => "and",
        '+' => "plus",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '±' => "plus minus",
        '°' => "degree",
        'µ' => "micro",
        '×' => "times",
        '÷' => "divided by",
        '¬' => "not",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '←' => "left",
        '↑' => "up",
        '→' => "right",
        '↓' => "down",
        '\u{2126}' => "ohm",
        '\u{212a}' => "kelvin",
        '\u{212b}' => "angstrom",
        '−' => "minus",
        '∈' => "in",
        '∉' => "not in",
        '∞' => "infinity",
        '√' => "root",
        '∼' => "similar",
        '≃' => "similar or equal",
        '≅' => "congruent",
        '≈' => "approximately equal",
        '≉' => "not approximately equal",
        '≠' => "not equal",
        '≡' => "identical",
        '≢' => "not identical",
        '≤' | '⩽' => "less or equal",
        '≥' | '⩾' => "greater or equal",
        '≪' => "much less",
        '≫' => "much greater",
        '≮' => "not less",
        '≯' => "not greater",
        '⊂' => "subset",
        '⊃' => "superset",
        '⊆' => "subset or equal",
        '⊇' => "superset or equal",
        '✓' | '✔' => "check",
        '✗' | '✘' => "cross",
        _ => return None,
    })
}

/// The name of any other character of ASCII, for a source that has nothing else.
pub(super) fn symbol(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        ' ' => "space",
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "pipe",
        '}' => "close brace",
        '~' => "tilde",
        _ => return None,
    })
}

/// The name of a Greek letter, which is a symbol where it stands alone: `μg`, `Ω`, `Δt`.
pub(super) fn greek(letter: char) -> Option<&'static str> {
    const LETTERS: &[&str] = &[
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
        "phi", "chi", "psi", "omega",
    ];
    let first = if letter < 'α' { 'Α' } else { 'α' };
    let index = u32::from(letter).checked_sub(u32::from(first))?;
    LETTERS.get(usize::try_from(index).ok()?).copied()
}
