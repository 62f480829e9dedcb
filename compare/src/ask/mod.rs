//! The question whether one schema takes all values of another one, and its answers.
//!
//! An answer is proved: *yes* by the algebra of schemas, *no* by a value that two validators judge.

mod algebra;
mod canonical;
mod formats;
mod in_process;
mod patterns;
mod shrink;
mod witness;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use algebra::{Difference, SchemaAlgebra};
pub use canonical::Canonical;
pub(crate) use formats::is_asserted_format;
pub use in_process::InProcess;

/// Whether every value of one schema is a value of another one. Both are self-contained, and of draft 7 unless they name
/// another draft. Formats are asserted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The schema whose values are in question.
    pub from: Value,
    /// The schema that has to take all of them.
    pub to: Value,
    /// Another schema, which has to reject a shown value too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beyond: Option<Value>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// Every value is taken: proved by the algebra.
    Yes,
    /// This value is not taken: two validators accept it for the first schema and reject it for the second one.
    No {
        /// The value.
        value: Value,
    },
    /// Neither was proved.
    Unknown {
        /// The reason, as a sentence without a full stop.
        reason: String,
    },
}

/// Answers questions. An implementation bounds the time and the memory of a question, and answers *unknown* at the bound.
pub trait Judge {
    /// Answers a question.
    fn ask(&self, question: &Question) -> Answer;
}
