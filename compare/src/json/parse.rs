//! The JSON parser.

use serde::de::IgnoredAny;

use super::Json;

/// Reads JSON text.
///
/// # Errors
///
/// Returns an error if the text is not JSON.
pub fn parse(text: &str) -> serde_json::Result<Json> {
    // Invalid JSON is rejected first, so that the parser below can rely on valid input.
    serde_json::from_str::<IgnoredAny>(text)?;
    Reader { text, at: 0 }.value()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> serde_json::Result<Json> {
        match self.peek() {
            b'n' => Ok(self.word("null", Json::Null)),
            b't' => Ok(self.word("true", Json::Bool(true))),
            b'f' => Ok(self.word("false", Json::Bool(false))),
            b'"' => self.string().map(Json::String),
            b'[' => self.array(),
            b'{' => self.object(),
            _ => Ok(self.number()),
        }
    }

    /// The first byte that is not white space.
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or(0)
    }

    fn word(&mut self, word: &str, value: Json) -> Json {
        self.at += word.len();
        value
    }

    fn number(&mut self) -> Json {
        let rest = &self.text[self.at..];
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        self.at += length;
        Json::Number(rest[..length].to_owned())
    }

    fn string(&mut self) -> serde_json::Result<String> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.text.as_bytes()[self.at] {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_str(&self.text[start..self.at])
    }

    fn array(&mut self) -> serde_json::Result<Json> {
        let mut items = Vec::new();
        self.at += 1;
        while self.peek() != b']' {
            items.push(self.value()?);
            self.skip_comma();
        }
        self.at += 1;
        Ok(Json::Array(items))
    }

    fn object(&mut self) -> serde_json::Result<Json> {
        let mut fields = Vec::new();
        self.at += 1;
        while self.peek() != b'}' {
            let name = self.string()?;
            self.peek();
            self.at += 1;
            fields.push((name, self.value()?));
            self.skip_comma();
        }
        self.at += 1;
        Ok(Json::Object(fields))
    }

    fn skip_comma(&mut self) {
        if self.peek() == b',' {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_notation() {
        let text = r#"{"a":[1.0,1e400,-0,123456789012345678901],"b\n":{"":"\\\"é"},"c":[true,false,null],"d":[],"e":{}}"#;
        assert_eq!(parse(text).unwrap().to_string(), text);
        let spaced = text.replace(',', " ,\n").replace(':', " : ");
        assert_eq!(parse(&spaced).unwrap().to_string(), text);
    }

    #[test]
    fn invalid_json_is_rejected() {
        for text in ["", "{", "[1,]", "{\"a\"}", "nul", "01", "\"\\x\"", "1 2"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
