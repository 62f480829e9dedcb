//! The part of the program that does not depend on generated code.

/// The source of the library that decodes and encodes a value.
pub(super) const LIBRARY: &str = r#"
use std::io::{BufRead, Write};

use contexture::Payload;

pub type Entry = fn(&[u8]) -> Answer;

pub type Answer = (&'static str, String);

/// Decodes a value and encodes it again, once directly and once through a JSON value.
pub fn answer<T: Payload>(text: &[u8]) -> Answer {
    let direct = told(T::decode(text), |value| {
        value.encode().map(|text| String::from_utf8_lossy(&text).into_owned())
    });
    if let Ok(value) = serde_json::from_slice(text) {
        let long = told(T::from_value(value), |value| value.to_value().map(|value| value.to_string()));
        if long != direct {
            return ("differs", format!("{direct:?} directly, {long:?} through a value"));
        }
    }
    direct
}

fn told<T, E: ToString>(decoded: Result<T, E>, encode: impl Fn(T) -> Result<String, E>) -> Answer {
    match decoded.map(encode) {
        Ok(Ok(text)) => ("accepts", text),
        Ok(Err(violations)) => ("unwritable", violations.to_string()),
        Err(violations) => ("refuses", violations.to_string()),
    }
}

/// Does the same without the schema.
pub fn answer_bare<T: contexture::codegen::Json + contexture::codegen::serde::Serialize + contexture::codegen::serde::de::DeserializeOwned>(text: &[u8]) -> Answer {
    match serde_json::from_slice::<T>(text) {
        Ok(value) => match serde_json::to_string(&value) {
            Ok(text) => ("accepts", text),
            Err(error) => ("unwritable", error.to_string()),
        },
        Err(error) => ("refuses", error.to_string()),
    }
}

/// Processes every line of a file: the module, the index of the payload and the value, separated by tabs.
pub fn main(tables: &[&[(&str, &[Entry])]]) {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("the first argument is a file");
    let first: usize = arguments.next().map_or(0, |number| number.parse().expect("a number"));
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the file can be opened"));
    let entries: std::collections::HashMap<_, _> = tables.iter().flat_map(|table| table.iter().copied()).collect();
    let mut output = std::io::stdout().lock();
    std::panic::set_hook(Box::new(|_| {}));
    for line in file.lines().skip(first) {
        let line = line.expect("the file is UTF-8");
        let mut parts = line.splitn(3, '\t');
        let mut part = || parts.next().expect("three parts");
        let (module, number, text) = (part(), part(), part());
        let entry = entries[module][number.parse::<usize>().expect("a number")];
        let (word, rest) = std::panic::catch_unwind(|| entry(text.as_bytes()))
            .unwrap_or_else(|panic| ("panics", panic.downcast_ref::<String>().cloned().unwrap_or_default()));
        let rest = rest.replace(['\n', '\r'], " ");
        writeln!(output, "{word}\t{rest}").and_then(|()| output.flush()).expect("the output can be written");
    }
}
"#;
