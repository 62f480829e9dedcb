//! Inputs of a size, as JSON texts.

/// A candidate: its name, and a function that makes a text of about this many bytes.
pub type Input = (&'static str, fn(usize) -> String);

/// The depth to which JSON may be nested, less the levels around a candidate.
pub const DEPTH: usize = 120;

/// Pieces with commas between them, as many as fit.
#[must_use]
pub fn filled(size: usize, open: &str, close: &str, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 64);
    text.push_str(open);
    for index in 0.. {
        let piece = piece(index);
        if index > 0 {
            if text.len() + piece.len() + close.len() >= size {
                break;
            }
            text.push(',');
        }
        text.push_str(&piece);
    }
    text.push_str(close);
    text
}

/// An array of pieces.
#[must_use]
pub fn list(size: usize, piece: impl Fn(usize) -> String) -> String {
    filled(size, "[", "]", piece)
}

/// An object of members.
#[must_use]
pub fn object(size: usize, member: impl Fn(usize) -> String) -> String {
    filled(size, "{", "}", member)
}

/// A string of repeated units.
#[must_use]
pub fn string(size: usize, unit: &str) -> String {
    format!("\"{}\"", unit.repeat((size / unit.len()).max(1)))
}

/// A value nested to this depth.
#[must_use]
pub fn nested(depth: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// Inputs that fit no particular schema: wide, deep, long and many values.
pub const COMMON: &[Input] = &[
    ("zeros", |size| list(size, |_| "0".to_owned())),
    ("empty texts", |size| list(size, |_| "\"\"".to_owned())),
    ("empty arrays", |size| list(size, |_| "[]".to_owned())),
    ("empty objects", |size| list(size, |_| "{}".to_owned())),
    ("deep arrays", |size| {
        list(size, |_| nested(DEPTH, "[", "", "]"))
    }),
    ("deep objects", |size| {
        list(size, |_| nested(DEPTH, "{\"a\":", "0", "}"))
    }),
    ("a deep large array", |size| {
        nested(DEPTH, "[", &list(size, |_| "0".to_owned()), "]")
    }),
    ("a deep large object", |size| {
        let inner = object(size, |index| format!("\"{index}\":0"));
        nested(DEPTH, "{\"a\":", &inner, "}")
    }),
    ("a long text", |size| string(size, "a")),
    ("a text of escapes", |size| string(size, "\\u0001")),
    ("many members", |size| {
        object(size, |index| format!("\"{index}\":0"))
    }),
    ("names with the same beginning", |size| {
        let beginning = "a".repeat(200);
        object(size, |index| format!("\"{beginning}{index}\":0"))
    }),
    ("a long name", |size| format!("{{{}:0}}", string(size, "a"))),
    ("the same name again", |size| {
        object(size, |_| "\"a\":0".to_owned())
    }),
    ("objects of a member", |size| {
        list(size, |_| "{\"a\":0}".to_owned())
    }),
    ("large integers", |size| {
        list(size, |index| {
            format!("1844674407370{:07}", 9_551_615 - index % 4_000_000)
        })
    }),
    ("a number of many digits", |size| "7".repeat(size)),
    ("many numbers of 1000 digits", |size| {
        list(size, |index| format!("0.{index}{}", "3".repeat(1000)))
    }),
    ("huge exponents", |size| {
        list(size, |index| format!("1e-{}", 300 + index % 24))
    }),
    ("an exponent of many digits", |size| {
        format!("1e-{}", "9".repeat(size))
    }),
];
