//! Buttons below a message, and their data.

use serde_json::{Value, json};

use super::outbox::Part;

/// The maximum number of buttons of a Telegram message.
const MOST_BUTTONS: usize = 100;
/// The maximum size of a button's data, in bytes.
const LONGEST_DATA: usize = 64;

/// The data of a button: a value, or a reference to a value that is too long for Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ButtonData {
    Value(String),
    /// The value of a button of a Botpress message, by its index.
    Stored {
        message_id: String,
        position: usize,
    },
}

impl ButtonData {
    /// The data of a button with this value.
    pub(super) fn new(value: &str, message_id: &str, position: usize) -> Self {
        let data = Self::Value(value.to_owned());
        if data.encode().len() <= LONGEST_DATA {
            return data;
        }
        let message_id = message_id.to_owned();
        Self::Stored {
            message_id,
            position,
        }
    }

    /// Encodes the data for Telegram.
    pub(crate) fn encode(&self) -> String {
        match self {
            Self::Value(value) => format!("v:{value}"),
            Self::Stored {
                message_id,
                position,
            } => format!("m:{message_id}:{position}"),
        }
    }

    /// Decodes data from Telegram. Data that [`encode`](Self::encode) did not write is a value.
    pub(crate) fn decode(data: &str) -> Self {
        if let Some(value) = data.strip_prefix("v:") {
            return Self::Value(value.to_owned());
        }
        let stored = data
            .strip_prefix("m:")
            .and_then(|rest| rest.rsplit_once(':'));
        let stored = stored.and_then(|(id, position)| Some((id, position.parse().ok()?)));
        match stored {
            Some((id, position)) => Self::Stored {
                message_id: id.to_owned(),
                position,
            },
            None => Self::Value(data.to_owned()),
        }
    }
}

/// One button.
pub(super) struct Button(Value);

impl Button {
    /// A button that sends a value to the bot.
    pub(super) fn new(label: &str, data: &ButtonData) -> Self {
        Self(json!({ "text": label, "callback_data": data.encode() }))
    }

    /// A button that opens a page.
    pub(super) fn link(label: &str, url: &str) -> Self {
        Self(json!({ "text": label, "url": url }))
    }
}

/// The buttons below a message, one on each line.
#[derive(Default)]
pub(super) struct Keyboard(Vec<Button>);

impl Keyboard {
    pub(super) fn add(&mut self, button: Button) {
        self.0.push(button);
    }

    /// The parameters for the buttons of one message, and those of further messages for the remaining buttons.
    pub(super) fn into_parts(self) -> (Part, Vec<Part>) {
        let rows: Vec<_> = self
            .0
            .into_iter()
            .map(|Button(button)| json!([button]))
            .collect();
        let show = |rows: &[Value]| {
            Part::default().with("reply_markup", json!({ "inline_keyboard": rows }))
        };
        let mut parts = rows.chunks(MOST_BUTTONS).map(show);
        (parts.next().unwrap_or_default(), parts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "msg_01JABCDEFGHJKMNPQRSTVWXYZ0";

    #[test]
    fn a_value_is_read_back_as_it_was() {
        for value in ["yes", "", "m:1:2", "v:v", "é😀"] {
            let data = ButtonData::new(value, MESSAGE, 3);
            assert_eq!(data, ButtonData::Value(value.to_owned()));
            assert_eq!(ButtonData::decode(&data.encode()), data);
        }
    }

    #[test]
    fn a_value_that_is_too_long_is_looked_up() {
        let fits = "é".repeat(31);
        assert!(matches!(
            ButtonData::new(&fits, MESSAGE, 0),
            ButtonData::Value(_)
        ));
        let data = ButtonData::new(&"é".repeat(32), MESSAGE, 999);
        let stored = ButtonData::Stored {
            message_id: MESSAGE.to_owned(),
            position: 999,
        };
        assert_eq!(data, stored);
        assert_eq!(ButtonData::decode(&data.encode()), stored);
        assert!(data.encode().len() <= LONGEST_DATA);
    }

    #[test]
    fn data_of_another_program_is_a_value() {
        for data in ["start", "m:", "m:1", "m:1:x"] {
            assert_eq!(ButtonData::decode(data), ButtonData::Value(data.to_owned()));
        }
    }
}
