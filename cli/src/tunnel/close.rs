//! How a connection ends.

/// The close codes of the tunnel (`@bpinternal/tunnel`, `errors.ts`) and of WebSocket (RFC 6455, section 7.4.1).
pub(super) mod code {
    /// A normal end.
    pub(in crate::tunnel) const NORMAL: u16 = 1000;
    /// The tunnel does not take this id.
    pub(in crate::tunnel) const INVALID_ID: u16 = 4000;
    /// Another connection has this id.
    pub(in crate::tunnel) const ID_IN_USE: u16 = 4001;
    /// The tunnel cannot read a response.
    pub(in crate::tunnel) const INVALID_RESPONSE: u16 = 4002;
    /// A request of the tunnel cannot be read.
    pub(in crate::tunnel) const INVALID_REQUEST: u16 = 4003;
    /// The tail failed.
    pub(in crate::tunnel) const INTERNAL_TAIL: u16 = 4004;
    /// The tunnel failed.
    pub(in crate::tunnel) const INTERNAL_HEAD: u16 = 4005;
}

/// Why a connection ended, or why there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The tunnel closed it.
    Closed { code: u16, reason: String },
    /// It broke, or was given up.
    Broken(String),
    /// It could not be opened.
    Unreachable(String),
    /// This side was asked to end.
    Stopped,
}

impl End {
    /// The end in words, which follow "because".
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Closed { code, reason } => {
                let meaning = meaning(*code);
                let quoted = if reason.is_empty() {
                    String::new()
                } else {
                    format!(": {}", shown(reason))
                };
                format!("the tunnel closed it with {code} ({meaning}){quoted}")
            }
            Self::Broken(reason) => reason.clone(),
            Self::Unreachable(reason) => format!("the tunnel cannot be reached: {reason}"),
            Self::Stopped => "it was ended here".to_owned(),
        }
    }
}

fn meaning(code: u16) -> &'static str {
    match code {
        code::NORMAL => "normal",
        1001 => "the server goes away",
        1005 => "no code",
        1006 => "abnormal",
        1009 => "a frame is too large",
        1011 => "an error of the server",
        1012 => "the server restarts",
        code::INVALID_ID => "the id is not accepted",
        code::ID_IN_USE => "the id is in use",
        code::INVALID_RESPONSE => "a response could not be read",
        code::INVALID_REQUEST => "a request could not be read",
        code::INTERNAL_TAIL | code::INTERNAL_HEAD => "an internal error",
        _ => "a code without a meaning here",
    }
}

/// A text of the other side, on one line.
fn shown(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
