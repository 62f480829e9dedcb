//! What stands in the place of a secret.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in the place of a value that is not recorded.
pub(crate) const REDACTED: &str = "[redacted]";

/// How a placeholder begins.
const BEGIN: &str = "[secret ";

/// What `encodeURIComponent` escapes.
const COMPONENT: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// How a secret was written in the place of a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Json,
    JsonInJson,
    /// As a part of an address.
    Component,
    /// As a value of a form, with a plus in the place of a space.
    Plus,
    /// With all but letters and digits escaped.
    Percent,
    /// In a form from which the secret is not written again.
    Other,
}

impl Form {
    const RESTORED: [Self; 6] = [
        Self::Plain,
        Self::Json,
        Self::JsonInJson,
        Self::Component,
        Self::Plus,
        Self::Percent,
    ];

    /// The form of a found text.
    pub(super) fn of(found: &[u8], secret: &str) -> Self {
        let mut forms = Self::RESTORED.into_iter();
        let form = forms.find(|form| form.write(secret).as_bytes() == found);
        form.unwrap_or(Self::Other)
    }

    fn write(self, secret: &str) -> String {
        match self {
            Self::Plain | Self::Other => secret.to_owned(),
            Self::Json => json_escaped(secret),
            Self::JsonInJson => json_escaped(&json_escaped(secret)),
            Self::Component => utf8_percent_encode(secret, &COMPONENT).to_string(),
            Self::Plus => form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
            Self::Percent => utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Json => "|json",
            Self::JsonInJson => "|json-in-json",
            Self::Component => "|component",
            Self::Plus => "|form",
            Self::Percent => "|percent",
            Self::Other => "|encoded",
        }
    }
}

/// The placeholder of a secret.
pub(super) fn placeholder(name: &str, form: Form) -> String {
    let name: String = name.chars().map(harmless).collect();
    format!("{BEGIN}{name}{}]", form.suffix())
}

/// Writes a secret in the places of its placeholders.
pub(super) fn restore(text: &mut Vec<u8>, name: &str, secret: &str) {
    for form in Form::RESTORED {
        let written = form.write(secret);
        replace(text, placeholder(name, form).as_bytes(), written.as_bytes());
    }
}

/// The names in the placeholders of a text, with their forms.
pub(super) fn remaining(text: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, BEGIN.as_bytes(), at) {
        at = start + BEGIN.len();
        let Some(end) = find(text, b"]", at) else {
            break;
        };
        let name = String::from_utf8_lossy(&text[at..end]).into_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn replace(text: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    let mut at = 0;
    while let Some(start) = find(text, from, at) {
        text.splice(start..start + from.len(), to.iter().copied());
        at = start + to.len();
    }
}

fn find(text: &[u8], part: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = rest.windows(part.len()).position(|window| window == part);
    found.map(|at| from + at)
}

/// A name is written into JSON strings and into headers.
fn harmless(character: char) -> char {
    match character {
        '"' | '\\' | '[' | ']' | '|' => '_',
        control if control.is_control() => '_',
        other => other,
    }
}

pub(super) fn json_escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_becomes_the_secret_in_the_form_that_it_had() {
        let secret = "a\n\"b\" c*-~";
        for form in Form::RESTORED {
            let written = form.write(secret);
            assert_eq!(Form::of(written.as_bytes(), secret), form);
            let mut text = format!("<{}>", placeholder("/key", form)).into_bytes();
            restore(&mut text, "/key", secret);
            assert_eq!(text, format!("<{written}>").into_bytes());
        }
    }

    #[test]
    fn a_placeholder_of_another_form_stays() {
        let mut text = placeholder("/key", Form::Other).into_bytes();
        restore(&mut text, "/key", "secret");
        assert_eq!(remaining(&text), ["/key|encoded"]);
    }
}
